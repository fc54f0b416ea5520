package org.aitia.shell.internal.command;

import java.util.List;
import org.aitia.api.model.Trainer;
import org.aitia.api.model.Trainer.ArchitectureEntry;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.ResultArguments;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Json;
import org.aitia.shell.internal.console.Text;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code architectures}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=architectures"})
public final class ArchitecturesCommand extends AitiaCommand<ArchitecturesCommand.Given> {

    @Command(name = "architectures", header = "Lists what can be trained, with its options and those of the trainer.")
    static final class Given extends ResultArguments {}

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public ArchitecturesCommand(@Reference Services services) {
        super(services, Group.MODELS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        Trainer trainer = services().trainer();
        List<ArchitectureEntry> entries = trainer.architectures();
        if (given.json()) {
            new Json()
                    .put("architectures", entries, ArchitecturesCommand::json)
                    .put("trainerOptions", trainer.options(), OptionTable::json)
                    .print(console.out());
            return;
        }
        if (entries.isEmpty()) {
            console.println(
                    "There are no architectures; 'lb aitia' lists the bundles, and new ones go into the directory plugins.");
            return;
        }
        for (ArchitectureEntry entry : entries) {
            console.println(entry.name() + " (" + entry.bundle() + ")");
            Text.wrap(entry.description(), console.width()).forEach(console::println);
            console.println("");
            OptionTable.print(entry.options(), console);
            console.println("");
        }
        console.println("Options of the trainer, for every architecture:");
        console.println("");
        OptionTable.print(trainer.options(), console);
    }

    private static Json json(ArchitectureEntry entry) {
        return new Json()
                .put("name", entry.name())
                .put("description", entry.description())
                .put("options", entry.options(), OptionTable::json)
                .put("bundle", entry.bundle());
    }
}
