package org.aitia.shell.internal.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.model.StoredModel;
import org.aitia.api.model.Trainer;
import org.aitia.api.model.TrainingRequest;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.KeyValue;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.WorkArguments;
import org.aitia.shell.internal.WorkCommand;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Text;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code train}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=train"})
public final class TrainCommand extends WorkCommand<TrainCommand.Given> {

    @Command(
            name = "train",
            header = "Trains a model, evaluates it on the split of its data set and stores it.",
            description = "'architectures' lists the options of architectures and of the trainer.",
            sortOptions = false,
            footer = {
                "",
                "Examples:",
                "  train -d cora -a gcn -n cora-gcn --seed 0",
                "  train -d ba-shapes -a gcn --layers 3 --hidden 20 -o normalization=none -o batchNorm=true"
            })
    static final class Given extends WorkArguments {
        @Option(
                names = {"-d", "--dataset"},
                required = true,
                order = 1,
                paramLabel = "DATASET",
                description = "What to learn from.")
        String dataset;

        @Option(
                names = {"-a", "--architecture"},
                required = true,
                order = 2,
                paramLabel = "ARCHITECTURE",
                description = "What to train.")
        String architecture;

        @Option(
                names = {"-n", "--name"},
                order = 3,
                paramLabel = "NAME",
                description =
                        "Name in the store; DATASET-ARCHITECTURE (for links DATASET-link-ARCHITECTURE) unless given."
                                + " Replaces a model of that name.")
        String name;

        @Option(
                names = "--epochs",
                order = 4,
                paramLabel = "N",
                description = "Passes over the training data, at most.")
        Integer epochs;

        @Option(names = "--hidden", order = 5, paramLabel = "N", description = "Width of hidden layers.")
        Integer hidden;

        @Option(names = "--layers", order = 6, paramLabel = "N", description = "Number of message-passing layers.")
        Integer layers;

        @Option(names = "--lr", order = 7, paramLabel = "X", description = "Learning rate.")
        Double learningRate;

        @Option(
                names = "--seed",
                order = 8,
                paramLabel = "N",
                description = "Seed of initialisation and dropout; 0 unless given.")
        long seed;

        @Option(
                names = {"-o", "--option"},
                order = 9,
                paramLabel = "KEY=VALUE",
                description = "Option of the architecture or the trainer; may be repeated.")
        List<KeyValue> options;

        @Option(
                names = {"-D", "--dataset-option"},
                order = 10,
                paramLabel = "KEY=VALUE",
                description = "Option of the data set; may be repeated.")
        List<KeyValue> datasetOptions;

        @Option(
                names = "--device",
                order = 11,
                paramLabel = "DEVICE",
                description = "Where to compute, as 'devices' lists it; the best there is unless given.")
        String device;

        TrainingRequest request() {
            Map<String, String> all = KeyValue.map(options);
            put(all, "epochs", epochs);
            put(all, "hidden", hidden);
            put(all, "layers", layers);
            put(all, "lr", learningRate);
            return new TrainingRequest(
                    dataset,
                    KeyValue.map(datasetOptions),
                    architecture,
                    Optional.ofNullable(name),
                    all,
                    seed,
                    Optional.ofNullable(device));
        }

        private static void put(Map<String, String> options, String key, Number value) {
            if (value != null) {
                KeyValue.put(options, key, value.toString());
            }
        }
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public TrainCommand(@Reference Services services) {
        super(services, Group.MODELS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        TrainingRequest request = given.request();
        Trainer trainer = services().trainer();
        StoredModel model = work(
                given,
                console,
                given.architecture + " on " + given.dataset,
                monitor -> trainer.train(request, monitor));
        if (given.json()) {
            ModelText.json(model).print(console.out());
            return;
        }
        double epochs = ModelText.metric(model, "epochs");
        console.println("Trained " + model.info().architecture() + " on " + model.dataset() + " in "
                + Text.seconds(ModelText.metric(model, "seconds"))
                + (Double.isFinite(epochs) ? ", " + Text.count(Math.round(epochs)) + " epochs" : "") + ".");
        new Facts()
                .add("accuracy", ModelText.accuracies(model))
                .add("stored as", model.name())
                .add("explain it", ModelText.example(model))
                .print(console);
    }
}
