package org.aitia.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/** The entry point that {@code bin/aitia} starts. */
public final class Main {

    private Main() {}

    /**
     * Runs Aitia and exits with the status that {@code --help} explains.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        // The platform's encoding is not always UTF-8 on Java 17; results always are.
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        System.setOut(out);
        System.setErr(err);
        int status;
        try {
            status = run(CommandLine.parse(args), out, err);
        } catch (LaunchException e) {
            err.println("aitia: " + e.getMessage());
            status = e.status();
        }
        out.flush();
        err.flush();
        System.exit(status);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static int run(CommandLine commandLine, PrintStream out, PrintStream err) {
        switch (commandLine.mode()) {
            case HELP -> {
                out.print(CommandLine.USAGE);
                return 0;
            }
            case VERSION -> {
                out.println("Aitia " + version() + " (Java " + System.getProperty("java.version") + ")");
                return 0;
            }
            default -> {
                commandLine.properties().forEach(System::setProperty);
                return runContainer(commandLine, out, err);
            }
        }
    }

    private static int runContainer(CommandLine commandLine, PrintStream out, PrintStream err) {
        Settings settings = Settings.load(System.getenv(), System.getProperties());
        keepOffTheNetwork();
        Logging.start(settings.home(), settings.log());
        boolean interactive = commandLine.mode() == CommandLine.Mode.SHELL;
        InputStream in = System.in; // Gogo replaces it by one that leads back to the session.
        try (Container container = Container.create(settings, interactive)) {
            // SIGINT and SIGTERM: the JVM exits with 130 or 143 after this.
            Runtime.getRuntime().addShutdownHook(new Thread(container::close, "aitia-shutdown"));
            container.start(interactive);
            if (interactive) {
                container.await();
                return 0;
            }
            Commands commands = new Commands(container, in, out, err);
            return commandLine.mode() == CommandLine.Mode.PIPE ? commands.pipe() : commands.run(commandLine.sources());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return LaunchException.START;
        } catch (IOException e) {
            LoggerFactory.getLogger(Main.class).error("Standard input cannot be read", e);
            return 1;
        }
    }

    /** DJL reports usage and downloads what it misses unless it is told not to before its classes load. */
    private static void keepOffTheNetwork() {
        if (System.getenv("OPT_OUT_TRACKING") == null && System.getProperty("OPT_OUT_TRACKING") == null) {
            System.setProperty("OPT_OUT_TRACKING", "true");
        }
        if (System.getenv("DJL_OFFLINE") == null && System.getProperty("ai.djl.offline") == null) {
            System.setProperty("ai.djl.offline", "true");
        }
    }

    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }
}
