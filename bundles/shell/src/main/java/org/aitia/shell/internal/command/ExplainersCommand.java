package org.aitia.shell.internal.command;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.aitia.api.explain.Explanations.ExplainerEntry;
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

/** {@code explainers}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=explainers"})
public final class ExplainersCommand extends AitiaCommand<ExplainersCommand.Given> {

    @Command(name = "explainers", header = "Lists the explainers that are installed, with bundle and version.")
    static final class Given extends ResultArguments {}

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public ExplainersCommand(@Reference Services services) {
        super(services, Group.EXPLANATIONS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        List<ExplainerEntry> entries = services().explanations().explainers();
        if (given.json()) {
            new Json().put("explainers", entries, ExplainersCommand::json).print(console.out());
            return;
        }
        if (entries.isEmpty()) {
            console.println(
                    "No explainer is running; 'lb aitia' lists the bundles, and new ones go into the directory plugins.");
            return;
        }
        Table table = new Table("NAME", "TASKS", "BUNDLE", "TITLE");
        for (ExplainerEntry entry : entries) {
            table.row(
                    entry.info().name(),
                    String.join(", ", names(entry.info().tasks())),
                    entry.bundle(),
                    entry.info().title());
        }
        table.print(console);
    }

    static List<String> names(Set<? extends Enum<?>> constants) {
        return constants.stream()
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .sorted()
                .toList();
    }

    static Json json(ExplainerEntry entry) {
        return new Json()
                .put("name", entry.info().name())
                .put("title", entry.info().title())
                .put("description", entry.info().description())
                .put("paper", entry.info().paper())
                .put("tasks", names(entry.info().tasks()))
                .put("edgeMasks", names(entry.info().edgeMasks()))
                .put("options", entry.options(), OptionTable::json)
                .put("bundle", entry.bundle());
    }
}
