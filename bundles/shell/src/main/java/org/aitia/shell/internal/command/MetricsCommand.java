package org.aitia.shell.internal.command;

import java.util.List;
import java.util.Locale;
import org.aitia.api.metric.Metrics.MetricEntry;
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

/** {@code metrics}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=metrics"})
public final class MetricsCommand extends AitiaCommand<MetricsCommand.Given> {

    @Command(name = "metrics", header = "Lists the metrics that judge explanations.")
    static final class Given extends ResultArguments {}

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public MetricsCommand(@Reference Services services) {
        super(services, Group.EXPLANATIONS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        List<MetricEntry> entries = services().metrics().metrics();
        if (given.json()) {
            new Json().put("metrics", entries, MetricsCommand::json).print(console.out());
            return;
        }
        Table table = new Table("NAME", "BETTER", "NEEDS", "MEANING");
        for (MetricEntry entry : entries) {
            table.row(
                    entry.info().name(),
                    entry.info().better().name().toLowerCase(Locale.ROOT),
                    String.join(", ", ExplainersCommand.names(entry.info().needs())),
                    entry.info().description());
        }
        table.print(console);
    }

    static Json json(MetricEntry entry) {
        return new Json()
                .put("name", entry.info().name())
                .put("title", entry.info().title())
                .put("description", entry.info().description())
                .put("source", entry.info().source())
                .put("better", entry.info().better().name().toLowerCase(Locale.ROOT))
                .put("needs", ExplainersCommand.names(entry.info().needs()))
                .put("tasks", ExplainersCommand.names(entry.info().tasks()))
                .put("options", entry.options(), OptionTable::json)
                .put("bundle", entry.bundle());
    }
}
