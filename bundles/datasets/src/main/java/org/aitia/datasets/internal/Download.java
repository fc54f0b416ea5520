package org.aitia.datasets.internal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.api.CancelledException;
import org.aitia.api.TaskMonitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads into {@code .part} files, from where a broken transfer goes on.
 *
 * <p>Beside a part lies a note of its address and of the validator (entity tag or date) that the server gave; only a
 * server that confirms the validator continues the part, any other sends the whole file again.
 */
final class Download {
    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    private static final long POLL_MILLIS = 100;
    private static final int CONNECT_ATTEMPTS = 2;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

    /**
     * Where a file comes from.
     *
     * @param address asked for it
     * @param name for progress
     * @param verifiable whether its checksum is known, so that nothing else can be taken for it
     */
    record Source(URI address, String name, boolean verifiable) {}

    private final CacheSettings settings;
    private final HttpClient client;

    Download(CacheSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .executor(shortLivedThreads())
                .build();
    }

    /** The client's own threads would live for a minute and keep this bundle's class loader alive. */
    private static ThreadPoolExecutor shortLivedThreads() {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(null, task, "aitia-download", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        });
    }

    /**
     * Brings a part to its full length.
     *
     * @return whether it was continued from an earlier attempt
     * @throws TransferException if this address cannot give the file
     */
    boolean run(Source source, Path part, TaskMonitor monitor) throws TransferException {
        int failures = 0;
        long furthest = length(part);
        boolean continued = false;
        while (true) {
            try {
                continued |= attempt(source, part, monitor);
                return continued;
            } catch (IllegalArgumentException e) {
                throw new TransferException(e.getMessage(), e); // not an address that HTTP can use
            } catch (IOException e) {
                boolean noConnection = isNoConnection(e);
                long reached = length(part);
                // a transfer that gets further each time ends some day; one that does not is given up
                failures = reached > furthest ? 1 : failures + 1;
                furthest = Math.max(furthest, reached);
                if (failures
                        >= (noConnection ? Math.min(CONNECT_ATTEMPTS, settings.attempts()) : settings.attempts())) {
                    throw new TransferException(reason(e), e);
                }
                LOG.info(
                        "Transfer of {} from {} broke off ({}); trying again",
                        source.name(),
                        source.address(),
                        reason(e));
                pause(failures, monitor);
            }
        }
    }

    private void pause(int failures, TaskMonitor monitor) {
        long millis = settings.backOff().toMillis() << Math.min(failures - 1, 6);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (System.nanoTime() - end < 0) {
                monitor.checkCancelled();
                TimeUnit.MILLISECONDS.sleep(Math.min(POLL_MILLIS, Math.max(1, millis)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("cancelled", e);
        }
    }

    /** One request. Throws an IOException for what may go away, a TransferException for what will not. */
    private boolean attempt(Source source, Path part, TaskMonitor monitor) throws IOException, TransferException {
        PartNote note = new PartNote(part);
        long have = length(part);
        Optional<String> validator = have > 0 ? note.validator(source.address()) : Optional.empty();
        HttpRequest.Builder request = HttpRequest.newBuilder(source.address()).header("User-Agent", "Aitia");
        validator.ifPresent(v -> request.header("Range", "bytes=" + have + "-").header("If-Range", v));
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = send(request.build(), monitor);
        try (Body body = new Body(response.body(), settings.stallTimeout())) {
            int status = response.statusCode();
            OptionalLong length = response.headers().firstValueAsLong("Content-Length");
            if (status == 206 && validator.isPresent()) {
                checkContinues(response, have, validator.get(), part);
                long total = length.isPresent() ? have + length.getAsLong() : -1;
                copy(body, part, have, total, source.name(), monitor);
                return true;
            } else if (status == 200) {
                refuseWebPage(response, source);
                discard(part);
                note.write(source.address(), newValidator(response));
                copy(body, part, 0, length.orElse(-1), source.name(), monitor);
                return false;
            } else if (status == 416 && validator.isPresent()) {
                if (header(response, "Content-Range").equals("bytes */" + have)) {
                    return true; // killed between the last byte and publishing: the part is whole
                }
                discard(part);
                throw new IOException("the server has a shorter file");
            } else if (status >= 500 || status == 408 || status == 429) {
                throw new IOException("HTTP status " + status);
            }
            throw new TransferException("HTTP status " + status);
        }
    }

    /** Some servers continue whatever they have now, whether or not it is what was begun. */
    private static void checkContinues(HttpResponse<?> response, long have, String validator, Path part)
            throws IOException {
        Matcher range = CONTENT_RANGE.matcher(header(response, "Content-Range"));
        if (!range.matches() || !range.group(1).equals(Long.toString(have))) {
            discard(part);
            throw new IOException("the server continued at the wrong place");
        }
        Optional<String> current = newValidator(response);
        if (current.isPresent() && !current.get().equals(validator)) {
            discard(part);
            throw new IOException("the file changed on the server");
        }
    }

    /** Networks that want a login answer every request with a page of theirs, which must not be pinned as data. */
    private static void refuseWebPage(HttpResponse<?> response, Source source) throws TransferException {
        boolean page = header(response, "Content-Type").toLowerCase(Locale.ROOT).startsWith("text/html");
        if (page && !source.verifiable() && !source.name().endsWith(".html")) {
            throw new TransferException("a web page came instead of the file; perhaps the network wants a login");
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(HttpRequest request, TaskMonitor monitor)
            throws IOException {
        CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> sent =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofPublisher());
        long deadline = System.nanoTime()
                + settings.connectTimeout().plus(settings.stallTimeout()).toNanos();
        try {
            while (true) {
                monitor.checkCancelled();
                try {
                    return sent.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (System.nanoTime() - deadline > 0) {
                        throw new HttpTimeoutException("the server did not answer");
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("cancelled", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            sent.cancel(true); // no effect on an answer that has come
        }
    }

    private void copy(Body body, Path part, long from, long total, String name, TaskMonitor monitor)
            throws IOException {
        long done = from;
        try (FileChannel out = open(part)) {
            write(part, () -> out.truncate(from).position(from));
            String stage = "downloading " + name;
            monitor.progress(stage, done, total);
            for (List<ByteBuffer> buffers = body.next(monitor); !buffers.isEmpty(); buffers = body.next(monitor)) {
                for (ByteBuffer buffer : buffers) {
                    done += buffer.remaining();
                    write(part, () -> {
                        while (buffer.hasRemaining()) {
                            out.write(buffer);
                        }
                    });
                }
                monitor.progress(stage, done, total);
            }
            write(part, () -> out.force(true));
        }
        if (total >= 0 && done != total) {
            throw new IOException("the connection broke after " + done + " of " + total + " bytes");
        }
    }

    private interface Write {
        void run() throws IOException;
    }

    private static FileChannel open(Path part) {
        try {
            return FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw NotStored.of(part, e);
        }
    }

    /** What goes wrong here is the disk's fault: not to be tried again, as what goes wrong on the network is. */
    private static void write(Path part, Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw NotStored.of(part, e);
        }
    }

    /** Removes a part and its note. */
    static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
            new PartNote(part).delete();
        } catch (IOException e) {
            throw NotStored.of(part, e);
        }
    }

    private static Optional<String> newValidator(HttpResponse<?> response) {
        return response.headers()
                .firstValue("ETag")
                .filter(tag -> !tag.startsWith("W/")) // weak tags do not promise equal bytes
                .or(() -> response.headers().firstValue("Last-Modified"));
    }

    private static long length(Path part) {
        try {
            return Files.exists(part) ? Files.size(part) : 0;
        } catch (IOException e) {
            throw NotStored.of(part, e);
        }
    }

    private static boolean isNoConnection(IOException e) {
        return e instanceof ConnectException
                || e instanceof HttpConnectTimeoutException
                || e instanceof UnknownHostException;
    }

    private static String reason(IOException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof UnresolvedAddressException || t instanceof UnknownHostException) {
                return "the host is not known, perhaps there is no network";
            }
        }
        if (e instanceof HttpConnectTimeoutException) {
            return "no connection in time";
        } else if (e instanceof ConnectException) {
            return "no connection";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
