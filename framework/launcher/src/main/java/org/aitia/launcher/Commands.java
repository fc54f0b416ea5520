package org.aitia.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.aitia.launcher.console.Console;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs commands without a terminal: results on standard output, one line on standard error when one fails. */
final class Commands {

    /** Ends each answer in pipe mode, on both streams; standard output adds the exit status. */
    static final String DONE = "#aitia:done";

    /** The first line on standard output in pipe mode. */
    static final String READY = "#aitia:ready";

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
    private static final String API_EXCEPTION = "org.aitia.api.AitiaException";

    private final Container container;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    Commands(Container container, InputStream in, PrintStream out, PrintStream err) {
        this.container = container;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Runs the sources in order in one session and stops at the first failure. */
    int run(Iterable<CommandLine.Source> sources) {
        try (Console.Session session = container.console().open(in, out, err)) {
            for (CommandLine.Source source : sources) {
                int status = execute(session, text(source));
                if (status != 0) {
                    return status;
                }
            }
            return 0;
        }
    }

    /** Runs one line after the other in one session until the input ends. */
    int pipe() throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        answer(out, READY);
        try (Console.Session session = container.console().open(in, out, err)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int status = execute(session, line);
                answer(out, DONE + " " + status);
                answer(err, DONE);
            }
        }
        return 0;
    }

    private static void answer(PrintStream stream, String line) {
        stream.println(line);
        stream.flush();
    }

    private int execute(Console.Session session, String text) {
        try {
            session.execute(text);
            return 0;
        } catch (Exception e) {
            out.flush();
            if (!container.isClosing()) {
                err.println("aitia: " + describe(e));
            }
            return 1;
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** One line that helps; the stack trace of what nobody expected goes to the log. */
    private String describe(Throwable failure) {
        Throwable cause = failure;
        while (!isExpected(cause) && cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = oneLine(cause.getMessage());
        String line =
                switch (cause.getClass().getSimpleName()) {
                    case "CommandNotFoundException" ->
                        message.replaceFirst(
                                "^Command not found: *(.*)$", "unknown command '$1'; 'help' lists the commands");
                    case "SyntaxError", "EOFError" -> "cannot read the command: " + message;
                    // Gogo's way to say that no method takes these arguments.
                    case "IllegalArgumentException" ->
                        message.replaceFirst(
                                "^Cannot coerce ([^(]*).*$", "wrong arguments for '$1'; 'help $1' shows its usage");
                    default -> "";
                };
        if (isExpected(cause)) {
            line = message;
        }
        if (line.isEmpty()) {
            LOG.info("Command failed", failure);
            String type = cause.getClass().getSimpleName();
            return type + (message.isEmpty() ? "" : ": " + message) + " (details in " + container.logFile() + ")";
        }
        LOG.info("Command failed: {}", line);
        LOG.debug("Where it failed", failure);
        return line;
    }

    private static boolean isExpected(Throwable failure) {
        // The class belongs to a bundle, so it is known here by name only.
        for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(API_EXCEPTION)) {
                return true;
            }
        }
        return false;
    }

    private static String oneLine(String message) {
        return message == null ? "" : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private String text(CommandLine.Source source) {
        if (source.text().isPresent()) {
            return source.text().get();
        }
        Path file = source.file().orElseThrow();
        try {
            return file.toString().equals("-")
                    ? new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new LaunchException(1, "there is no file " + file, e);
        } catch (IOException e) {
            throw new LaunchException(1, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
