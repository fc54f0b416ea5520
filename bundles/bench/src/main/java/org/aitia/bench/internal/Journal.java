package org.aitia.bench.internal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.StorageException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.bench.BenchCell;
import org.aitia.api.bench.BenchRequest;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.ComparisonWriter;

/**
 * Results as they come: {@code results.jsonl}, one line per cell, each on disk before the next begins. The lines of a run
 * begin with one that says which suite was run with which libraries. Safe for several threads.
 */
final class Journal implements AutoCloseable {
    static final String FILE = "results.jsonl";

    private static final String LOCK = ".lock";
    private static final String FORMAT = "aitia-bench";
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private final Path file;
    private final ComparisonWriter writer;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Map<String, String>> libraries = new HashMap<>(); // that measured an entry, by its key
    private final FileChannel lockChannel;
    private final FileChannel channel;
    private Optional<Header> header = Optional.empty();

    /**
     * A cell that was measured.
     *
     * @param comparison one row with one run
     * @param seconds that it took, with its metrics
     */
    record Entry(Comparison comparison, double seconds) {}

    /** Which run wrote the lines that follow. */
    private record Header(
            String format, int version, String suite, String document, Map<String, String> libraries, String started) {
        Header {
            libraries = libraries == null ? Map.of() : libraries;
        }
    }

    private Journal(Path file, ComparisonWriter writer, FileChannel lockChannel, FileChannel channel) {
        this.file = file;
        this.writer = writer;
        this.lockChannel = lockChannel;
        this.channel = channel;
    }

    /**
     * Opens the results of a directory.
     *
     * @param request says where, and whether results of earlier runs are used
     * @param writer reads and writes cells
     * @param libraries versions of what computes now
     * @param monitor told of what is different from before
     * @throws InvalidRequestException if another run has the directory, or it holds results that are not to be used
     * @throws StorageException if it cannot be read or written
     */
    static Journal open(
            BenchRequest request, ComparisonWriter writer, Map<String, String> libraries, TaskMonitor monitor) {
        Path directory = request.directory();
        Path file = directory.resolve(FILE);
        FileChannel lockChannel = null;
        FileChannel channel = null;
        try {
            Files.createDirectories(directory);
            lockChannel = lock(directory);
            if (!request.resume() && Files.exists(file) && Files.size(file) > 0) {
                throw new InvalidRequestException(
                        directory + " holds results of an earlier run: resume it to go on with"
                                + " them (--resume), or choose another directory");
            }
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Journal journal = new Journal(file, writer, lockChannel, channel);
            long end = journal.load(monitor);
            channel.truncate(end);
            channel.position(end);
            journal.begin(request, libraries, monitor);
            return journal;
        } catch (IOException e) {
            closeQuietly(channel);
            closeQuietly(lockChannel);
            throw failed("use", file, e);
        } catch (RuntimeException e) {
            closeQuietly(channel);
            closeQuietly(lockChannel);
            throw e;
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Optional<FileLock> lock;
        try {
            lock = Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            lock = Optional.empty();
        }
        if (lock.isEmpty()) {
            channel.close();
            throw new InvalidRequestException(
                    "another benchmark is running in " + directory + ": wait for its end, or choose another directory");
        }
        return channel;
    }

    /** Reads what is there; returns where the last whole line ends. */
    private long load(TaskMonitor monitor) throws IOException {
        byte[] content = Files.readAllBytes(file);
        int start = 0;
        int number = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n') {
                number++;
                read(new String(content, start, i - start, StandardCharsets.UTF_8), number, monitor);
                start = i + 1;
            }
        }
        if (start < content.length) {
            monitor.message("note: the last line of " + file
                    + " is not whole, as after a run that was killed; what it told is measured again");
        }
        return start;
    }

    private void read(String line, int number, TaskMonitor monitor) {
        try {
            JsonObject json = JsonParser.parseString(line).getAsJsonObject();
            if (json.has("format")) {
                header = Optional.of(GSON.fromJson(json, Header.class));
            } else if (json.has("comparison")) {
                String key = json.get("key").getAsString();
                entries.put(
                        key,
                        new Entry(
                                writer.read(json.get("comparison").toString()),
                                json.get("seconds").getAsDouble()));
                libraries.put(key, header.map(Header::libraries).orElse(Map.of()));
            }
        } catch (RuntimeException e) {
            // JSON of another kind than expected has as many exceptions as kinds
            monitor.message("note: line " + number + " of " + file + " cannot be read; what it told is measured again");
        }
    }

    private void begin(BenchRequest request, Map<String, String> libraries, TaskMonitor monitor) {
        String document = Digests.hash(request.suite().document());
        header.ifPresent(before -> {
            if (!document.equals(before.document())) {
                monitor.message("note: the results in " + request.directory() + " are of "
                        + (request.suite().name().equals(before.suite()) ? "another version of suite '" : "suite '")
                        + before.suite() + "'; those of cells that are the same are used");
            }
        });
        // not only those of the last run: what it resumed may be older
        this.libraries.values().stream()
                .distinct()
                .filter(before -> !before.isEmpty() && !before.equals(libraries))
                .sorted(Comparator.comparing(Journal::words))
                .forEach(before -> monitor.message("note: "
                        + (this.libraries.values().stream().allMatch(before::equals) ? "the results" : "some results")
                        + " in " + request.directory() + " were measured with " + words(before) + ", and now it is "
                        + words(libraries) + "; choose another directory to measure all of them anew"));
        append(GSON.toJsonTree(new Header(
                FORMAT,
                1,
                request.suite().name(),
                document,
                libraries,
                Instant.now().toString())));
    }

    private static String words(Map<String, String> libraries) {
        StringBuilder words = new StringBuilder();
        libraries.forEach((name, version) -> words.append(words.isEmpty() ? "" : ", ")
                .append(name)
                .append(' ')
                .append(version));
        return words.toString();
    }

    /** Returns what an earlier run has measured. */
    synchronized Optional<Entry> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** Keeps a result. */
    void keep(String key, BenchCell cell, Entry entry) {
        JsonObject line = line(key, cell);
        line.addProperty("seconds", entry.seconds());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(entry.comparison(), "json", out);
        } catch (IOException e) {
            throw failed("write", file, e);
        }
        line.add("comparison", JsonParser.parseString(out.toString(StandardCharsets.UTF_8)));
        append(line);
    }

    /** Keeps the reason of a failure; the next run tries again. */
    void keepFailure(String key, BenchCell cell, String reason) {
        JsonObject line = line(key, cell);
        line.addProperty("failure", reason);
        append(line);
    }

    private static JsonObject line(String key, BenchCell cell) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("study", cell.study());
        told.put("dataset", cell.dataset());
        told.put("model", cell.model());
        told.put("type", Plan.name(cell.type()));
        told.put("explainer", cell.explainer());
        told.put("seed", cell.seed());
        if (cell.tried()) {
            told.put("tried", cell.tuning());
        }
        JsonObject line = new JsonObject();
        line.addProperty("key", key);
        line.add("cell", GSON.toJsonTree(told));
        return line;
    }

    private synchronized void append(JsonElement line) {
        ByteBuffer bytes = ByteBuffer.wrap((GSON.toJson(line) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            throw failed("write", file, e);
        }
    }

    private static StorageException failed(String what, Path file, IOException e) {
        return new StorageException(
                "cannot " + what + " " + file + ": " + e + "; check the directory and the space left", e);
    }

    private static void closeQuietly(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // what went wrong before is what the user hears of
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
        closeQuietly(lockChannel);
    }
}
