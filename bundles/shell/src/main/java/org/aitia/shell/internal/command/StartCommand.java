package org.aitia.shell.internal.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Arguments;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.console.Console;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Prepares an interactive session: banner, completion, history. Called by the shell's profile; Gogo's completion hides
 * names that begin with an underscore.
 */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=__start"})
public final class StartCommand extends AitiaCommand<StartCommand.Given> {
    private static final Logger LOG = LoggerFactory.getLogger(StartCommand.class);
    private static final String HISTORY_FILE = "history-file";

    @Command(name = "__start", header = "Prepares an interactive session.")
    static final class Given extends Arguments {}

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public StartCommand(@Reference Services services) {
        super(services, Group.HIDDEN, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        defineCompletion(session);
        services().property("aitia.data").ifPresent(data -> openHistory(Path.of(data), session));
        console.println("Aitia " + services().version() + " explains the predictions of graph neural networks.");
        console.println("'help' lists the commands, TAB completes, 'demo' shows the main job, Ctrl-D leaves.");
    }

    private void defineCompletion(CommandSession session) {
        if (!(session.get("gogo:complete") instanceof Function complete)) {
            return;
        }
        try {
            for (AitiaCommand<?> command : services().commands()) {
                if (command.group() == Group.HIDDEN) {
                    continue;
                }
                for (String name : names(command, session)) {
                    define(complete, session, "-c", name, "-e");
                    define(complete, session, "-c", name, "-d", header(command));
                    for (OptionSpec option : command.spec().options()) {
                        define(complete, session, arguments(name, option));
                    }
                    // Gogo would offer the values of all options at once; one function that looks at the line does
                    // not.
                    define(complete, session, "-c", name, "-a", "__complete");
                }
            }
        } catch (Exception e) {
            LOG.warn("There will be no completion of options", e);
        }
    }

    /** Returns the names under which Gogo looks for completions: it may take a namesake of another scope. */
    private static Set<String> names(AitiaCommand<?> command, CommandSession session) {
        Set<String> names = new LinkedHashSet<>(List.of("aitia:" + command.name()));
        if (session.get(".commands") instanceof Set<?> all) {
            all.stream()
                    .map(Object::toString)
                    .filter(name -> name.endsWith(":" + command.name()))
                    .forEach(names::add);
        }
        return names;
    }

    private static String header(AitiaCommand<?> command) {
        return command.spec().usageMessage().header()[0];
    }

    private static String[] arguments(String command, OptionSpec option) {
        List<String> arguments = new ArrayList<>(List.of("-c", command));
        for (String name : option.names()) {
            arguments.add(name.startsWith("--") ? "-l" : "-s");
            arguments.add(name.replaceFirst("^-+", ""));
        }
        arguments.add("--description");
        arguments.add(option.description()[0]);
        return arguments.toArray(String[]::new);
    }

    private static void define(Function complete, CommandSession session, String... arguments) throws Exception {
        complete.execute(session, new ArrayList<>(List.of(arguments)));
    }

    /** What users type may be private; the file is theirs only. */
    private static void openHistory(Path data, CommandSession session) {
        Path file = data.resolve("history");
        session.put(HISTORY_FILE, file);
        try {
            if (Files.getFileStore(data).supportsFileAttributeView("posix")) {
                var ownerOnly = PosixFilePermissions.fromString("rw-------");
                try {
                    Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
                } catch (FileAlreadyExistsException e) {
                    Files.setPosixFilePermissions(file, ownerOnly);
                }
            }
        } catch (IOException e) {
            LOG.warn("The history {} cannot be protected from others", file, e);
        }
    }
}
