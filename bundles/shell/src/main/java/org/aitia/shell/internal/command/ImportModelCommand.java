package org.aitia.shell.internal.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.model.ImportReport;
import org.aitia.api.model.ImportRequest;
import org.aitia.api.model.ModelExchange;
import org.aitia.api.model.StoredModel;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.KeyValue;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.UserPath;
import org.aitia.shell.internal.WorkArguments;
import org.aitia.shell.internal.WorkCommand;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Json;
import org.aitia.shell.internal.console.Text;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import-model}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=import-model"})
public final class ImportModelCommand extends WorkCommand<ImportModelCommand.Given> {

    @Command(
            name = "import-model",
            header = "Takes a model from PyTorch into the store.",
            description = {
                "FILE is a TorchScript module, scripted or traced: forward(x, edge_index) or forward(x, edge_index,"
                        + " edge_weight), with batch at the end for graph tasks. It is tried out, and what can be"
                        + " explained is said. TorchScript is code: import files only from those you trust."
            },
            sortOptions = false,
            footer = {
                "",
                "Examples:",
                "  import-model gcn.pt -n my-gcn --task node -d cora",
                "  import-model gin.pt -n my-gin --task graph --classes 2 --features 7"
            })
    static final class Given extends WorkArguments {
        @Parameters(paramLabel = "FILE", description = "A TorchScript module.")
        String file;

        @Option(
                names = {"-n", "--name"},
                required = true,
                order = 1,
                paramLabel = "NAME",
                description = "Name in the store. Replaces a model of that name.")
        String name;

        @Option(names = "--task", order = 2, paramLabel = "TASK", description = "node (default), graph or link.")
        Task task = Task.NODE;

        @Option(
                names = "--classes",
                order = 3,
                paramLabel = "N",
                description = "Number of classes; found by trying unless given.")
        Integer classes;

        @Option(
                names = "--features",
                order = 4,
                paramLabel = "N",
                description = "Features per node; found by trying, or from the data set, unless given.")
        Integer features;

        @Option(
                names = {"-d", "--dataset"},
                order = 5,
                paramLabel = "DATASET",
                description = "Data set that the model was trained on: it is tried out and explained on it.")
        String dataset;

        @Option(
                names = {"-D", "--dataset-option"},
                order = 6,
                paramLabel = "KEY=VALUE",
                description = "Option of the data set; may be repeated.")
        List<KeyValue> datasetOptions;

        @Option(
                names = "--seed",
                order = 7,
                paramLabel = "N",
                description = "Seed of the data that it is tried out with; 0 unless given.")
        long seed;

        ImportRequest request(Path directory) {
            if (datasetOptions != null && dataset == null) {
                throw new InvalidRequestException(
                        "import-model: -D is an option of the data set given with -d; name the data set too");
            }
            return new ImportRequest(
                    UserPath.resolve(file, directory),
                    name,
                    task,
                    positive("--classes", classes),
                    positive("--features", features),
                    Optional.ofNullable(dataset),
                    KeyValue.map(datasetOptions),
                    seed);
        }

        private static OptionalInt positive(String option, Integer value) {
            if (value != null && value < 1) {
                throw new InvalidRequestException(
                        "import-model: option '" + option + "' must be 1 or more, not " + value);
            }
            return value == null ? OptionalInt.empty() : OptionalInt.of(value);
        }
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public ImportModelCommand(@Reference Services services) {
        super(services, Group.MODELS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        ImportRequest request = given.request(console.directory());
        ModelExchange exchange = services().exchange();
        ImportReport report = work(given, console, given.name, monitor -> exchange.importModel(request, monitor));
        if (given.json()) {
            new Json()
                    .put("model", ModelText.json(report.model()))
                    .put("findings", report.findings())
                    .print(console.out());
            return;
        }
        StoredModel model = report.model();
        console.println("Imported " + request.file().getFileName() + " as " + model.name() + ".");
        for (String finding : report.findings()) {
            List<String> lines = Text.wrap(finding, console.width() - 4);
            console.println("  - " + lines.get(0));
            lines.stream().skip(1).forEach(line -> console.println("    " + line));
        }
        new Facts()
                .add("stored as", model.name())
                .add("explain it", ModelText.example(model))
                .print(console);
    }
}
