package org.aitia.shell.internal.command;

import java.nio.file.Path;
import org.aitia.api.model.ModelExchange;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.OutputFile;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.WorkArguments;
import org.aitia.shell.internal.WorkCommand;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Json;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code export-model}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=export-model"})
public final class ExportModelCommand extends WorkCommand<ExportModelCommand.Given> {

    @Command(
            name = "export-model",
            header = "Writes a model as TorchScript that PyTorch loads.",
            footer = {"", "Example:", "  export-model cora-gcn cora-gcn.pt"})
    static final class Given extends WorkArguments {
        @Parameters(index = "0", paramLabel = "MODEL", description = "Name of a model, as 'models' lists it.")
        String model;

        @Parameters(index = "1", paramLabel = "FILE", description = "File to write; replaces one of that name.")
        String file;
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public ExportModelCommand(@Reference Services services) {
        super(services, Group.MODELS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        ModelExchange exchange = services().exchange();
        services().models().find(given.model);
        Path file = OutputFile.check(given.file, console.directory()).path();
        work(given, console, given.model, monitor -> {
            exchange.exportModel(given.model, file, monitor);
            return file;
        });
        if (given.json()) {
            new Json().put("model", given.model).put("file", file.toString()).print(console.out());
            return;
        }
        console.println("Wrote " + file + ".");
        new Facts()
                .add("load it", "torch.jit.load('" + file.getFileName() + "')")
                .print(console);
    }
}
