package org.aitia.shell.internal.command;

import java.util.List;
import org.aitia.api.explain.TrainedExplainer;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.ResultArguments;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Json;
import org.aitia.shell.internal.console.Table;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code trained-explainers}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=trained-explainers"})
public final class TrainedExplainersCommand extends AitiaCommand<TrainedExplainersCommand.Given> {

    @Command(name = "trained-explainers", header = "Lists the trained explainers of the store.")
    static final class Given extends ResultArguments {}

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public TrainedExplainersCommand(@Reference Services services) {
        super(services, Group.EXPLANATIONS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        List<TrainedExplainer> all = services().trainedExplainers().list();
        if (given.json()) {
            new Json().put("trainedExplainers", all, TrainedExplainerText::json).print(console.out());
            return;
        }
        if (all.isEmpty()) {
            console.println("No explainer is trained yet; 'train-explainer -m MODEL -x pgexplainer --all' trains one.");
            return;
        }
        Table table = new Table("NAME", "EXPLAINER", "MODEL", "DATA", "LEARNT FROM");
        for (TrainedExplainer trained : all) {
            table.row(
                    trained.name(),
                    trained.explainer(),
                    trained.model(),
                    trained.dataset(),
                    TrainedExplainerText.targets(trained));
        }
        table.print(console);
    }
}
