package org.aitia.shell.internal.command;

import java.util.List;
import org.aitia.api.NotFoundException;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Arguments;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.console.Console;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** Answers for commands that do not exist: Gogo calls the function {@code default} for them. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=default"})
public final class UnknownCommand extends AitiaCommand<UnknownCommand.Given> {

    @Command(name = "default", header = "Answers for commands that do not exist.")
    static final class Given extends Arguments {
        @Parameters(paramLabel = "COMMAND", index = "0", description = "What was typed.")
        String command;

        @Unmatched
        List<String> rest;
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public UnknownCommand(@Reference Services services) {
        super(services, Group.HIDDEN, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        List<String> known = services().commands().stream()
                .filter(command -> command.group() != Group.HIDDEN)
                .map(AitiaCommand::name)
                .toList();
        String suggestion = NotFoundException.suggestion(given.command, known);
        throw new NotFoundException("unknown command '" + given.command + "'"
                + (suggestion.startsWith("; did") ? suggestion : ";") + " 'help' lists the commands");
    }
}
