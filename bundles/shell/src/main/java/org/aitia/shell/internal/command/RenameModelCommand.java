package org.aitia.shell.internal.command;

import org.aitia.api.model.StoredModel;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.ResultArguments;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.console.Console;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rename-model}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=rename-model"})
public final class RenameModelCommand extends AitiaCommand<RenameModelCommand.Given> {

    @Command(name = "rename-model", header = "Renames a model of the store.")
    static final class Given extends ResultArguments {
        @Parameters(index = "0", paramLabel = "MODEL", description = "Name of a model, as 'models' lists it.")
        String from;

        @Parameters(index = "1", paramLabel = "NAME", description = "Its new name, which must be free.")
        String to;
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public RenameModelCommand(@Reference Services services) {
        super(services, Group.MODELS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        StoredModel renamed = services().models().rename(given.from, given.to);
        if (given.json()) {
            ModelText.json(renamed).print(console.out());
        } else {
            console.println("Model " + given.from + " is now " + renamed.name() + ".");
        }
    }
}
