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

/** {@code remove-trained-explainer}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=remove-trained-explainer"})
public final class RemoveTrainedExplainerCommand extends AitiaCommand<RemoveTrainedExplainerCommand.Given> {

    @Command(name = "remove-trained-explainer", header = "Removes a trained explainer from the store.")
    static final class Given extends ResultArguments {
        @Parameters(paramLabel = "TRAINED", description = "Name, as 'trained-explainers' lists it.")
        String name;
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public RemoveTrainedExplainerCommand(@Reference Services services) {
        super(services, Group.EXPLANATIONS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        services().trainedExplainers().remove(given.name);
        if (given.json()) {
            new Json().put("removed", given.name).print(console.out());
        } else {
            console.println("Removed trained explainer " + given.name + ".");
        }
    }
}
