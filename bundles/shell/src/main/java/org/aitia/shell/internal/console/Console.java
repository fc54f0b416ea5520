package org.aitia.shell.internal.console;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Job;
import org.apache.felix.service.command.Process;
import org.jline.terminal.Terminal;

/**
 * What one call of a command talks to.
 *
 * @param out results, UTF-8, buffered
 * @param err progress, UTF-8
 * @param directory the user's working directory
 * @param foreground whether the user waits for the command
 * @param live whether {@code err} is a terminal that can redraw a line
 * @param unicode whether bars may use block characters
 * @param width columns to wrap text at
 * @param terminal the interactive terminal, if the command runs in its foreground
 */
public record Console(
        PrintStream out,
        PrintStream err,
        Path directory,
        boolean foreground,
        boolean live,
        boolean unicode,
        int width,
        Optional<Terminal> terminal)
        implements AutoCloseable {

    private static final int DEFAULT_WIDTH = 100;
    private static final int MIN_WIDTH = 60;

    /**
     * Finds out what a session offers at the moment of a command.
     *
     * @param session the Gogo session
     * @param property framework properties: {@code aitia.tty} says whether standard error is a terminal, which Java cannot tell, {@code
     *     aitia.ascii} forbids block characters
     * @return the console, to be closed (which flushes)
     */
    public static Console of(CommandSession session, Function<String, Optional<String>> property) {
        // The console of the session bypasses pipes and redirections, the current process does not.
        Optional<Process> process = Optional.ofNullable(Process.Utils.current());
        Optional<Terminal> terminal = Optional.ofNullable(session.get(".terminal"))
                .filter(Terminal.class::isInstance)
                .map(Terminal.class::cast);
        boolean foreground = Optional.ofNullable(Job.Utils.current())
                .map(job -> job.status() == Job.Status.Foreground)
                .orElse(true);
        boolean live = process.map(p -> p.isTty(2)).orElse(true)
                && (terminal.isPresent()
                        || property.apply("aitia.tty")
                                .map(Boolean::parseBoolean)
                                .orElse(false));
        OutputStream out = flushed(process.map(Process::out).orElseGet(session::getConsole), terminal);
        OutputStream err = flushed(process.map(Process::err).orElse(System.err), terminal);
        return new Console(
                new PrintStream(new BufferedOutputStream(out), false, StandardCharsets.UTF_8),
                new PrintStream(new BufferedOutputStream(err), true, StandardCharsets.UTF_8),
                session.currentDir(),
                foreground,
                live,
                unicode(property.apply("aitia.ascii"), locale()),
                width(session.get("COLUMNS")),
                terminal.filter(t -> foreground));
    }

    /** The terminal keeps what it is given until it is told, and Gogo's channels in between do not tell it. */
    private static OutputStream flushed(OutputStream stream, Optional<Terminal> terminal) {
        if (terminal.isEmpty()) {
            return stream;
        }
        return new FilterOutputStream(stream) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void flush() throws IOException {
                out.flush();
                terminal.get().flush();
            }
        };
    }

    private static Optional<String> locale() {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(System::getenv)
                .filter(value -> value != null && !value.isEmpty())
                .findFirst();
    }

    static boolean unicode(Optional<String> ascii, Optional<String> locale) {
        if (ascii.isPresent()) {
            return !Boolean.parseBoolean(ascii.get());
        }
        // No locale at all is usual in containers, whose terminals read UTF-8.
        String name = locale.orElse("C.UTF-8").toUpperCase(Locale.ROOT);
        return name.contains("UTF-8") || name.contains("UTF8");
    }

    static int width(Object columns) {
        if (columns instanceof Number number && number.intValue() > 0) {
            return Math.max(MIN_WIDTH, number.intValue());
        }
        return DEFAULT_WIDTH;
    }

    /**
     * Prints a line of the result.
     *
     * @param line without line end
     */
    public void println(String line) {
        out.println(line);
    }

    /** Shows what was printed so far. */
    @Override
    public void close() {
        // Writing on an interrupted thread would close the channel of the session for good.
        boolean interrupted = Thread.interrupted();
        out.flush();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
