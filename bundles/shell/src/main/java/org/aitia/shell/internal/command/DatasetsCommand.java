package org.aitia.shell.internal.command;

import java.util.List;
import java.util.Locale;
import org.aitia.api.dataset.Datasets.DatasetEntry;
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

/** {@code datasets}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=datasets"})
public final class DatasetsCommand extends AitiaCommand<DatasetsCommand.Given> {

    @Command(name = "datasets", header = "Lists the data sets.")
    static final class Given extends ResultArguments {}

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public DatasetsCommand(@Reference Services services) {
        super(services, Group.DATA, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        List<DatasetEntry> entries = services().datasets().list();
        if (given.json()) {
            new Json().put("datasets", entries, DatasetsCommand::json).print(console.out());
            return;
        }
        if (entries.isEmpty()) {
            console.println(
                    "There are no data sets; 'lb aitia' lists the bundles, and new ones go into the directory plugins.");
            return;
        }
        Table table = new Table("NAME", "TASK", "SOURCE", "TITLE");
        for (DatasetEntry entry : entries) {
            table.row(
                    entry.info().name(),
                    entry.info().task().name().toLowerCase(Locale.ROOT),
                    entry.info().generated() ? "generated" : "download",
                    entry.info().title());
        }
        table.print(console);
    }

    private static Json json(DatasetEntry entry) {
        return new Json()
                .put("name", entry.info().name())
                .put("title", entry.info().title())
                .put("description", entry.info().description())
                .put("task", entry.info().task().name().toLowerCase(Locale.ROOT))
                .put("generated", entry.info().generated())
                .put("licence", entry.info().licence())
                .put("options", entry.options(), OptionTable::json)
                .put("bundle", entry.bundle());
    }
}
