package org.aitia.shell.internal.command;

import org.aitia.api.InvalidRequestException;
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

/** {@code exit}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=exit", "osgi.command.function=quit"})
public final class ExitCommand extends AitiaCommand<ExitCommand.Given> {

    @Command(name = "exit", header = "Leaves the interactive shell, as Ctrl-D does.")
    static final class Given extends Arguments {}

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public ExitCommand(@Reference Services services) {
        super(services, Group.SYSTEM, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        if (!services().property("aitia.mode").orElse("").equals("shell")) {
            throw new InvalidRequestException("exit: there is no interactive shell to leave; a script ends by itself");
        }
        services().exit();
    }
}
