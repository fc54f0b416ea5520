package org.aitia.shell.internal.command;

import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.ResultArguments;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Json;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code remove-model}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=remove-model"})
public final class RemoveModelCommand extends AitiaCommand<RemoveModelCommand.Given> {

    @Command(name = "remove-model", header = "Removes a model from the store.")
    static final class Given extends ResultArguments {
        @Parameters(paramLabel = "MODEL", description = "Name of a model, as 'models' lists it.")
        String name;
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public RemoveModelCommand(@Reference Services services) {
        super(services, Group.MODELS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        services().models().remove(given.name);
        if (given.json()) {
            new Json().put("removed", given.name).print(console.out());
        } else {
            console.println("Removed model " + given.name + ".");
        }
    }
}
