package org.aitia.shell.internal.command;

import java.util.Locale;
import org.aitia.api.metric.Metrics.MetricEntry;
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

/** {@code metric}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=metric"})
public final class MetricCommand extends AitiaCommand<MetricCommand.Given> {

    @Command(name = "metric", header = "Shows one metric with its options: type, default, range, meaning.")
    static final class Given extends ResultArguments {
        @Parameters(paramLabel = "METRIC", description = "Name of a metric, as 'metrics' lists it.")
        String name;
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public MetricCommand(@Reference Services services) {
        super(services, Group.EXPLANATIONS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        MetricEntry entry = services().metrics().metric(given.name);
        if (given.json()) {
            MetricsCommand.json(entry).print(console.out());
            return;
        }
        console.println(entry.info().name() + ": " + entry.info().title());
        Text.wrap(entry.info().description(), console.width()).forEach(console::println);
        console.println("");
        new Facts()
                .add("source", entry.info().source())
                .add("better", entry.info().better().name().toLowerCase(Locale.ROOT))
                .add(
                        "needs",
                        String.join(", ", ExplainersCommand.names(entry.info().needs())))
                .add(
                        "tasks",
                        String.join(", ", ExplainersCommand.names(entry.info().tasks())))
                .add("bundle", entry.bundle())
                .print(console);
        if (!entry.options().isEmpty()) {
            console.println("");
            OptionTable.print(entry.options(), console);
        }
    }
}
