package org.aitia.datasets.internal;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.aitia.api.CancelledException;
import org.aitia.api.TaskMonitor;

/**
 * A response body, pulled piece by piece. The client's own input stream would wait for ever on a server that has gone
 * quiet; this one waits as long as it is told, and notices cancellation meanwhile.
 */
final class Body implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
    private static final long POLL_MILLIS = 100;

    private sealed interface Event {}

    private record Data(List<ByteBuffer> buffers) implements Event {}

    private record End() implements Event {}

    private record Failure(Throwable cause) implements Event {}

    // holds the subscription's single outstanding piece and at most one end or failure
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Duration stallTimeout;
    private volatile Flow.Subscription subscription;

    Body(Flow.Publisher<List<ByteBuffer>> publisher, Duration stallTimeout) {
        this.stallTimeout = stallTimeout;
        publisher.subscribe(this);
    }

    /**
     * Returns the next piece.
     *
     * @return buffers, or an empty list at the end
     * @throws IOException if the connection breaks or stalls
     */
    List<ByteBuffer> next(TaskMonitor monitor) throws IOException {
        Event event = await(monitor);
        if (event instanceof Data data) {
            subscription.request(1);
            return data.buffers();
        } else if (event instanceof Failure failure) {
            throw new IOException(failure.cause().getMessage(), failure.cause());
        }
        return List.of();
    }

    private Event await(TaskMonitor monitor) throws IOException {
        long deadline = System.nanoTime() + stallTimeout.toNanos();
        try {
            while (true) {
                monitor.checkCancelled();
                Event event = events.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (event != null) {
                    return event;
                } else if (System.nanoTime() - deadline > 0) {
                    throw new HttpTimeoutException("the server sent nothing for " + stallTimeout.toSeconds() + " s");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("cancelled", e);
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        events.add(new Data(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        events.add(new Failure(cause));
    }

    @Override
    public void onComplete() {
        events.add(new End());
    }

    /** Gives the connection back, or breaks it if the body has not been read to its end. */
    @Override
    public void close() {
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }
}
