package org.aitia.datasets.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of files on this machine that misbehaves as it is told. */
final class FileServer implements AutoCloseable {
    /** What happens to one request; the last of several goes on for ever. */
    interface Behaviour {
        void answer(HttpExchange exchange, byte[] file) throws IOException;
    }

    private static final int PIECE = 2048;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentHashMap<String, byte[]> files = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<Behaviour> behaviours = new ConcurrentLinkedDeque<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    FileServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    FileServer file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    FileServer then(Behaviour behaviour) {
        behaviours.add(behaviour);
        return this;
    }

    /** Forgets what it was told before. */
    FileServer only(Behaviour behaviour) {
        behaviours.clear();
        return then(behaviour);
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Method, path and range of every request so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            String range = exchange.getRequestHeaders().getFirst("Range");
            requests.add(exchange.getRequestURI().getRawPath() + (range == null ? "" : " " + range));
            byte[] file = files.get(exchange.getRequestURI().getPath());
            if (file == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            Behaviour behaviour = behaviours.size() > 1 ? behaviours.poll() : behaviours.peek();
            (behaviour == null ? whole() : behaviour).answer(exchange, file);
        } catch (IOException e) {
            // the client has gone, which some tests make it do
        }
    }

    /** Serves all of it, or the rest if the client asks for that and its validator still holds. */
    Behaviour whole() {
        return (exchange, file) -> {
            String tag = tag(file);
            exchange.getResponseHeaders().set("ETag", tag);
            String range = exchange.getRequestHeaders().getFirst("Range");
            if (range != null && tag.equals(exchange.getRequestHeaders().getFirst("If-Range"))) {
                int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
                if (from >= file.length) {
                    exchange.getResponseHeaders().set("Content-Range", "bytes */" + file.length);
                    exchange.sendResponseHeaders(416, -1);
                    return;
                }
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
                send(exchange, 206, Arrays.copyOfRange(file, from, file.length), file.length - from);
            } else {
                send(exchange, 200, file, file.length);
            }
        };
    }

    /** Serves the rest of whatever there is now, without looking at the client's validator. */
    Behaviour restWhateverItIs() {
        return (exchange, file) -> {
            exchange.getRequestHeaders().set("If-Range", tag(file));
            whole().answer(exchange, file);
        };
    }

    /** Serves all of it, whatever the client asks for. */
    Behaviour wholeWithoutRanges() {
        return (exchange, file) -> {
            exchange.getResponseHeaders().set("ETag", tag(file));
            send(exchange, 200, file, file.length);
        };
    }

    /** Promises all of it and closes the connection after some bytes. */
    Behaviour cutAfter(int bytes) {
        return (exchange, file) -> {
            exchange.getResponseHeaders().set("ETag", tag(file));
            send(exchange, 200, Arrays.copyOf(file, bytes), file.length);
        };
    }

    /**
     * Sends pieces slowly, from where the client asks on, and then nothing until the server is closed.
     *
     * @param limit no more bytes of the file than these
     */
    Behaviour trickle(int limit) {
        return (exchange, file) -> {
            exchange.getResponseHeaders().set("ETag", tag(file));
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            if (from > 0) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, file.length - from);
            OutputStream out = exchange.getResponseBody();
            int end = Math.min(limit, file.length);
            for (int at = from; at < end && closing.getCount() > 0; at += PIECE) {
                out.write(file, at, Math.min(PIECE, end - at));
                out.flush();
                pause();
            }
            if (end < file.length) {
                waitForClose();
            }
        };
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends some bytes and then nothing until the server is closed. */
    Behaviour stallAfter(int bytes) {
        return (exchange, file) -> {
            exchange.getResponseHeaders().set("ETag", tag(file));
            exchange.sendResponseHeaders(200, file.length);
            OutputStream out = exchange.getResponseBody();
            out.write(file, 0, bytes);
            out.flush();
            waitForClose();
        };
    }

    /** Does not even answer. */
    Behaviour silence() {
        return (exchange, file) -> waitForClose();
    }

    Behaviour status(int status) {
        return (exchange, file) -> exchange.sendResponseHeaders(status, -1);
    }

    Behaviour redirect(String to) {
        return (exchange, file) -> {
            exchange.getResponseHeaders().set("Location", address(to).toString());
            exchange.sendResponseHeaders(302, -1);
        };
    }

    private void waitForClose() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] bytes, int promised) throws IOException {
        exchange.sendResponseHeaders(status, promised);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
    }

    private static String tag(byte[] file) {
        return "\"" + Arrays.hashCode(file) + "\"";
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
