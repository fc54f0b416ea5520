package org.aitia.testkit.container;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An installation of the product in a temporary directory, and the ways to run it. Closing it ends what still runs and
 * removes the directory. Not safe for use by several threads.
 */
@SuppressWarnings("deprecation") // CloseableResource: its successor is younger than the JUnit this runs on
public final class Aitia implements AutoCloseable, ExtensionContext.Store.CloseableResource {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path root;
    private final Path home;
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> processes = new ArrayList<>();

    private Aitia(Path root, Path home, Path directory) {
        this.root = root;
        this.home = home;
        this.directory = directory;
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    /**
     * Copies the product. The big directories, which no run writes to, are linked where the system allows it.
     *
     * @param distribution the unpacked product
     * @return the installation
     */
    static Aitia install(Path distribution) {
        try {
            Path root = Files.createTempDirectory("aitia-test-");
            Path home = Files.createDirectory(root.resolve("aitia home"));
            for (String name : List.of("bin", "etc", "plugins")) {
                copy(distribution.resolve(name), home.resolve(name));
            }
            for (String name : List.of("lib", "system")) {
                link(distribution.resolve(name), home.resolve(name));
            }
            Aitia aitia = new Aitia(root, home, Files.createDirectory(root.resolve("work")));
            // Unpacking libtorch takes longer than most tests, so all installations share one copy.
            return aitia.environment(
                    "AITIA_NATIVES_DIR",
                    distribution.resolveSibling("test-natives").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The installation directory.
     *
     * @return what {@code AITIA_HOME} is
     */
    public Path home() {
        return home;
    }

    /**
     * The directory that commands are run in; relative file names of commands mean files in it.
     *
     * @return an empty directory at first
     */
    public Path directory() {
        return directory;
    }

    /**
     * The data directory.
     *
     * @return what {@code AITIA_DATA} is
     */
    public Path data() {
        String data = environment.get("AITIA_DATA");
        return data == null ? home.resolve("data") : directory.resolve(data);
    }

    /**
     * The directory whose jars are plugins.
     *
     * @return {@code plugins} below the home
     */
    public Path plugins() {
        return home.resolve("plugins");
    }

    /**
     * The log so far.
     *
     * @return the text of {@code aitia.log}, empty if there is none
     */
    public String log() {
        Path file = data().resolve("log/aitia.log");
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sets an environment variable for what is started from now on.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public Aitia environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /**
     * Runs commands in a process of their own: {@code aitia -c COMMANDS}.
     *
     * @param commands one or more, separated by semicolons
     * @return how it ended
     */
    public Outcome run(String commands) {
        return launch("-c", commands);
    }

    /**
     * Runs {@code bin/aitia} to its end.
     *
     * @param arguments the command line
     * @return how it ended
     */
    public Outcome launch(String... arguments) {
        return await(start(arguments));
    }

    /**
     * Starts {@code bin/aitia} and leaves it running.
     *
     * @param arguments the command line
     * @return the process
     */
    public Process start(String... arguments) {
        boolean windows = File.separatorChar == '\\';
        List<String> command = new ArrayList<>();
        command.add(home.resolve(windows ? "bin/aitia.bat" : "bin/aitia").toString());
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        Map<String, String> inherited = builder.environment();
        inherited.keySet().removeIf(name -> name.startsWith("AITIA_") || name.equals("JAVA_OPTS"));
        inherited.putAll(environment);
        try {
            Process process = builder.start();
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits for the end of a process and collects what it wrote.
     *
     * @param process from {@link #start}
     * @return how it ended
     */
    public Outcome await(Process process) {
        try {
            process.getOutputStream().close();
            // A thread for each: the common pool may have one only, and a full pipe stops the process.
            CompletableFuture<String> err = CompletableFuture.supplyAsync(
                    () -> text(process.errorReader(StandardCharsets.UTF_8)), task -> new Thread(task).start());
            CompletableFuture<String> out = CompletableFuture.supplyAsync(
                    () -> text(process.inputReader(StandardCharsets.UTF_8)), task -> new Thread(task).start());
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("aitia did not end within " + PATIENCE);
            }
            return new Outcome(process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(Reader reader) {
        try (Reader closing = reader) {
            StringBuilder text = new StringBuilder();
            char[] buffer = new char[8192];
            for (int n = closing.read(buffer); n >= 0; n = closing.read(buffer)) {
                text.append(buffer, 0, n);
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a container that stays up between commands.
     *
     * @return the session; closing it stops the container
     */
    public AitiaSession open() {
        return new AitiaSession(start("--pipe"));
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        try {
            for (Process process : processes) {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            }
            delete(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void link(Path from, Path to) throws IOException {
        try {
            Files.createSymbolicLink(to, from.toAbsolutePath());
        } catch (IOException | UnsupportedOperationException e) {
            copy(from, to);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(from)) {
            files = walk.toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file); // of a symbolic link only the link
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
