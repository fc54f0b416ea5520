package org.aitia.testkit.container;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A container that stays up between commands, in a process of its own. For use by one thread. */
public final class AitiaSession implements AutoCloseable {

    private static final String READY = "#aitia:ready";
    private static final String DONE = "#aitia:done";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final BufferedWriter commands;
    private final BlockingQueue<Optional<String>> out;
    private final BlockingQueue<Optional<String>> err;

    AitiaSession(Process process) {
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.out = lines(process.inputReader(StandardCharsets.UTF_8), "out");
        this.err = lines(process.errorReader(StandardCharsets.UTF_8), "err");
        read(out, READY);
    }

    /** An empty element stands for the end of the stream. */
    private static BlockingQueue<Optional<String>> lines(BufferedReader reader, String name) {
        BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
        Thread thread = new Thread(
                () -> {
                    try (reader) {
                        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                            lines.add(Optional.of(line));
                        }
                    } catch (IOException | UncheckedIOException e) {
                        lines.add(Optional.of("cannot read: " + e));
                    }
                    lines.add(Optional.empty());
                },
                "aitia-session-" + name);
        thread.setDaemon(true);
        thread.start();
        return lines;
    }

    /**
     * Runs commands and waits for their end.
     *
     * @param line one or more commands, separated by semicolons, without line ends
     * @return what they left behind
     */
    public Outcome run(String line) {
        try {
            commands.write(line);
            commands.newLine();
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StringBuilder text = new StringBuilder();
        String done = read(out, DONE, text);
        StringBuilder complaints = new StringBuilder();
        read(err, DONE, complaints);
        int status = Integer.parseInt(done.substring(DONE.length()).strip());
        return new Outcome(status, text.toString(), complaints.toString());
    }

    /**
     * Repeats commands until their outcome is as wished, for what happens a moment later.
     *
     * @param line the commands
     * @param wish what is waited for
     * @return the first outcome that fulfils the wish
     */
    public Outcome await(String line, Predicate<Outcome> wish) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        Outcome outcome = run(line);
        while (!wish.test(outcome)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 30 s; last outcome of '" + line + "': " + outcome);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            outcome = run(line);
        }
        return outcome;
    }

    /**
     * The process of the container.
     *
     * @return a process that runs until the session is closed
     */
    public Process process() {
        return process;
    }

    private static String read(BlockingQueue<Optional<String>> lines, String mark) {
        return read(lines, mark, new StringBuilder());
    }

    private static String read(BlockingQueue<Optional<String>> lines, String mark, StringBuilder before) {
        try {
            while (true) {
                Optional<String> line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (line == null) {
                    throw new AssertionError("no answer within " + PATIENCE + "; so far: " + before);
                }
                if (line.isEmpty()) {
                    throw new AssertionError("the container has ended; it said: " + before);
                }
                // A command may leave its last line open, so the mark can follow text.
                int at = line.get().indexOf(mark);
                if (at >= 0) {
                    before.append(line.get(), 0, at);
                    return line.get().substring(at);
                }
                before.append(line.get()).append('\n');
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the input, at which the container stops, and waits for it. */
    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the container did not stop within 30 s");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
