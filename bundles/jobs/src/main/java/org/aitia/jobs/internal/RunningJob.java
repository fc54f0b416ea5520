package org.aitia.jobs.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.aitia.api.AitiaException;
import org.aitia.api.CancelledException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.job.Job;
import org.aitia.api.job.JobInfo;
import org.aitia.api.job.JobInfo.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job from its start to its end, and its result for whoever keeps it. */
final class RunningJob<T> implements Job<T> {
    private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);

    private final long id;
    private final String kind;
    private final String description;
    private final Instant started = Instant.now();
    private final JobMonitor monitor;

    // opened when everything about the end is written and listed
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile Optional<End<T>> end = Optional.empty();

    /** How it ended. A record of its own, so that a snapshot never mixes before and after. */
    private record End<T>(State state, Optional<T> result, Optional<AitiaException> failure, Instant at) {}

    RunningJob(long id, String kind, String description, JobMonitor monitor) {
        this.id = id;
        this.kind = kind;
        this.description = description;
        this.monitor = monitor;
    }

    /**
     * Does the work on this thread.
     *
     * @param work what to do; not kept
     * @param whenEnded told before those who wait for the job
     */
    void run(Function<TaskMonitor, T> work, Runnable whenEnded) {
        try {
            end = Optional.of(end(work));
            monitor.end();
        } finally {
            whenEnded.run();
            finished.countDown();
        }
    }

    // whatever the work throws, Errors included, must reach those who wait
    private End<T> end(Function<TaskMonitor, T> work) {
        try {
            return new End<>(State.DONE, Optional.ofNullable(work.apply(monitor)), Optional.empty(), Instant.now());
        } catch (CancelledException e) {
            return failed(State.CANCELLED, e);
        } catch (AitiaException e) {
            LOG.debug("{} failed", this, e);
            return failed(State.FAILED, e);
        } catch (OutOfMemoryError e) {
            LOG.error("{} failed", this, e);
            return failed(
                    State.FAILED,
                    new AitiaException(
                            this + " ran out of Java heap, which has "
                                    + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB; give it more with -Xmx",
                            e));
        } catch (Throwable e) {
            LOG.error("{} failed", this, e);
            return failed(
                    State.FAILED,
                    new AitiaException(this + " failed unexpectedly: " + oneLine(e.toString()) + "; see the log", e));
        }
    }

    private static <T> End<T> failed(State state, AitiaException e) {
        return new End<>(state, Optional.empty(), Optional.of(e), Instant.now());
    }

    long id() {
        return id;
    }

    @Override
    public JobInfo info() {
        Optional<End<T>> now = end;
        JobMonitor.Progress progress = monitor.latest();
        return new JobInfo(
                id,
                kind,
                description,
                now.map(End::state).orElse(State.RUNNING),
                progress.stage(),
                progress.done(),
                progress.total(),
                started,
                now.map(End::at),
                now.flatMap(End::failure).map(e -> oneLine(String.valueOf(e.getMessage()))));
    }

    @Override
    public T await() {
        // what has ended is known, even to a thread that was interrupted
        if (finished.getCount() > 0) {
            try {
                finished.await();
            } catch (InterruptedException e) {
                cancel();
                Thread.currentThread().interrupt();
                // not waiting for the work to notice: whoever interrupts wants this thread back
                throw new CancelledException(this + " was cancelled because the wait for it was interrupted", e);
            }
        }
        End<T> known = end.orElseThrow();
        if (known.failure().isPresent()) {
            throw known.failure().get();
        }
        return known.result().orElse(null);
    }

    @Override
    public void cancel() {
        monitor.cancel();
    }

    @Override
    public String toString() {
        return "job %d (%s %s)".formatted(id, kind, description).strip();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
