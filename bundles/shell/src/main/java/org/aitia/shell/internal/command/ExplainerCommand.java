package org.aitia.shell.internal.command;

import org.aitia.api.explain.Explanations.ExplainerEntry;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.ResultArguments;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Text;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code explainer}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=explainer"})
public final class ExplainerCommand extends AitiaCommand<ExplainerCommand.Given> {

    @Command(name = "explainer", header = "Shows one explainer with its options: type, default, range, meaning.")
    static final class Given extends ResultArguments {
        @Parameters(paramLabel = "EXPLAINER", description = "Name of an explainer, as 'explainers' lists it.")
        String name;
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public ExplainerCommand(@Reference Services services) {
        super(services, Group.EXPLANATIONS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        ExplainerEntry entry = services().explanations().explainer(given.name);
        if (given.json()) {
            ExplainersCommand.json(entry).print(console.out());
            return;
        }
        console.println(entry.info().name() + ": " + entry.info().title());
        Text.wrap(entry.info().description(), console.width()).forEach(console::println);
        console.println("");
        new Facts()
                .add("paper", entry.info().paper())
                .add(
                        "tasks",
                        String.join(", ", ExplainersCommand.names(entry.info().tasks())))
                .add(
                        "edge masks",
                        String.join(", ", ExplainersCommand.names(entry.info().edgeMasks())))
                .add("bundle", entry.bundle())
                .print(console);
        if (!entry.options().isEmpty()) {
            console.println("");
            OptionTable.print(entry.options(), console);
        }
    }
}
