package org.aitia.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/** The built product, with data of its own that is gone afterwards. */
final class Product implements AutoCloseable {
    private static final long POLL_MILLIS = 50;

    private final Path home;
    private final Path data;

    /**
     * What commands printed.
     *
     * @param out standard output
     * @param peakKib largest resident set of the process, or 0 where the system does not tell
     */
    record Answer(String out, long peakKib) {}

    Product(Path home) throws IOException {
        this.home = home;
        this.data = Files.createTempDirectory("aitia-benchmark");
    }

    /** Where files can be written. */
    Path directory() {
        return data;
    }

    /** Runs commands in one container. */
    Answer run(String commands) throws IOException, InterruptedException {
        Path out = data.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/aitia").toString(), "-c", commands)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(out.toFile());
        builder.environment().putIfAbsent("AITIA_DATA", data.toString());
        Process process = builder.start();
        long peak = 0;
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, residentKib(process.pid()));
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    "the product ended with status " + process.exitValue() + " on: " + commands);
        }
        return new Answer(Files.readString(out, StandardCharsets.UTF_8), peak);
    }

    /** The high-water mark that Linux keeps; the start script becomes the Java process, so the number is the same. */
    private static long residentKib(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // another system, or the process has just ended
        }
    }

    @Override
    public void close() {
        try (var files = Files.walk(data)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
