package org.aitia.shell.internal.command;

import java.util.TreeMap;
import org.aitia.api.explain.TrainedExplainer;
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

/** {@code trained-explainer}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=trained-explainer"})
public final class TrainedExplainerCommand extends AitiaCommand<TrainedExplainerCommand.Given> {

    @Command(
            name = "trained-explainer",
            header = "Shows one trained explainer: model, data, options, how training went.")
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
    public TrainedExplainerCommand(@Reference Services services) {
        super(services, Group.EXPLANATIONS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        TrainedExplainer trained = services().trainedExplainers().find(given.name);
        if (given.json()) {
            TrainedExplainerText.json(trained).print(console.out());
            return;
        }
        console.println(trained.name());
        TrainedExplainerText.facts(trained).print(console);
        console.println("");
        Facts options = new Facts();
        new TreeMap<>(trained.learnt().options()).forEach(options::add);
        options.print(console);
    }
}
