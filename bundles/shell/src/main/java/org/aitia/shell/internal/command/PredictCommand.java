package org.aitia.shell.internal.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.model.PredictionRequest;
import org.aitia.api.model.Predictions;
import org.aitia.api.model.Predictor;
import org.aitia.api.model.StoredModel;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.InstanceArguments;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.WorkCommand;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Json;
import org.aitia.shell.internal.console.Table;
import org.aitia.shell.internal.console.Text;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code predict}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=predict"})
public final class PredictCommand extends WorkCommand<PredictCommand.Given> {
    private static final int TABLE_ROWS = 50;

    @Command(
            name = "predict",
            header = "Lets a model predict.",
            description = {
                "Prints the predicted class and its probability. NODES and GRAPHS are numbers and ranges with commas: 5"
                        + " or 5,7 or 400..699:5 (from..to:step); LINKS also pairs of nodes: 10-33,4-7."
            },
            sortOptions = false,
            footer = {"", "Examples:", "  predict -m cora-gcn -n 0,42,1358", "  predict -m cora-gcn --all --json"})
    static final class Given extends InstanceArguments {
        @Option(
                names = "--device",
                order = 12,
                paramLabel = "DEVICE",
                description = "Where to compute, as 'devices' lists it; the best there is unless given.")
        String device;
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public PredictCommand(@Reference Services services) {
        super(services, Group.MODELS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        given.checkChoice("predict");
        Predictor predictor = services().predictor();
        Datasets datasets = services().datasets();
        StoredModel model = services().models().find(given.model);
        given.checkFits(model);
        Predictions predictions = work(given, console, given.model + ", " + given.choiceText(), monitor -> {
            InstanceArguments.Chosen chosen = given.load(model, datasets, monitor);
            PredictionRequest request = new PredictionRequest(
                    given.model,
                    Optional.of(given.givenDataset().orElse(model.dataset())),
                    chosen.options(),
                    given.all
                            ? Optional.empty()
                            : Optional.of(
                                    chosen.indices().stream().mapToInt(i -> i).toArray()),
                    Optional.ofNullable(given.device));
            return predictor.predict(request, monitor);
        });
        if (given.json()) {
            json(predictions).print(console.out());
        } else {
            print(predictions, console);
        }
    }

    private static Json json(Predictions predictions) {
        Dataset dataset = predictions.dataset();
        List<Integer> positions =
                IntStream.range(0, predictions.instances().length).boxed().toList();
        return new Json()
                .put("model", predictions.model().name())
                .put("dataset", dataset.info().name())
                .put("task", dataset.info().task().name().toLowerCase(Locale.ROOT))
                .put("classNames", dataset.classNames())
                .put("predictions", positions, i -> json(predictions, i));
    }

    private static Json json(Predictions predictions, int index) {
        Dataset dataset = predictions.dataset();
        int instance = predictions.instances()[index];
        Json json = new Json().put("id", instance);
        if (dataset.info().task() == Task.LINK) {
            json.put("source", dataset.linkSource(instance)).put("target", dataset.linkTarget(instance));
        }
        json.put("predictedClass", predictions.predictedClass(index));
        int label = dataset.label(instance);
        if (label < 0) {
            json.putNull("label");
        } else {
            json.put("label", label);
        }
        return json.putNumbers("probabilities", predictions.probabilities(index))
                .putNumbers("logits", predictions.logits()[index]);
    }

    private static void print(Predictions predictions, Console console) {
        Dataset dataset = predictions.dataset();
        Table table = new Table(dataset.info().task().name(), "PREDICTED", "PROBABILITY", "LABEL").right(2);
        int count = predictions.instances().length;
        for (int i = 0; i < Math.min(TABLE_ROWS, count); i++) {
            int instance = predictions.instances()[i];
            int predicted = predictions.predictedClass(i);
            int label = dataset.label(instance);
            table.row(
                    InstanceText.name(dataset, instance),
                    InstanceText.className(dataset, predicted),
                    Text.percent(predictions.probabilities(i)[predicted]),
                    label < 0 ? "-" : InstanceText.className(dataset, label));
        }
        table.print(console);
        if (count > TABLE_ROWS) {
            console.println("... and " + Text.count(count - TABLE_ROWS) + " more; --json prints all of them");
        }
        long labelled = IntStream.of(predictions.instances())
                .filter(i -> dataset.label(i) >= 0)
                .count();
        long right = IntStream.range(0, count)
                .filter(i -> dataset.label(predictions.instances()[i]) == predictions.predictedClass(i))
                .count();
        if (labelled > 1) {
            console.println(Text.count(right) + " of " + Text.count(labelled) + " right ("
                    + Text.percent((double) right / labelled) + ")");
        }
    }
}
