package org.aitia.shell.internal.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.model.Evaluation;
import org.aitia.api.model.PredictionRequest;
import org.aitia.api.model.Predictor;
import org.aitia.api.model.StoredModel;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.KeyValue;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.WorkArguments;
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

/** {@code evaluate}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=evaluate"})
public final class EvaluateCommand extends WorkCommand<EvaluateCommand.Given> {
    /** Classes beyond which a confusion matrix is no longer readable in a terminal. */
    private static final int MAX_MATRIX = 20;

    @Command(
            name = "evaluate",
            header = "Compares predictions of a model with the labels: accuracy, F1, ROC-AUC, confusion matrix.",
            sortOptions = false,
            footer = {"", "Examples:", "  evaluate -m cora-gcn", "  evaluate -m cora-gcn -d cora -D split=random --json"
            })
    static final class Given extends WorkArguments {
        @Option(
                names = {"-m", "--model"},
                required = true,
                order = 1,
                paramLabel = "MODEL",
                description = "Model of the store.")
        String model;

        @Option(
                names = {"-d", "--dataset"},
                order = 2,
                paramLabel = "DATASET",
                description = "Data set; the one that the model was trained on unless given.")
        String dataset;

        @Option(
                names = {"-D", "--dataset-option"},
                order = 3,
                paramLabel = "KEY=VALUE",
                description = "Option of the data set given with -d; may be repeated.")
        List<KeyValue> datasetOptions;

        @Option(
                names = "--split",
                order = 4,
                paramLabel = "SPLIT",
                description = "Split of the data set; the one that the model was trained with unless given.")
        String split;

        @Option(
                names = "--device",
                order = 5,
                paramLabel = "DEVICE",
                description = "Where to compute, as 'devices' lists it; the best there is unless given.")
        String device;

        PredictionRequest request() {
            if (datasetOptions != null && dataset == null) {
                throw new InvalidRequestException(
                        "evaluate: -D is an option of the data set given with -d; name the data set too");
            }
            return new PredictionRequest(
                    model,
                    Optional.ofNullable(dataset),
                    KeyValue.map(datasetOptions),
                    Optional.empty(),
                    Optional.ofNullable(device));
        }
    }

    private record Outcome(Map<String, Evaluation> parts, Dataset dataset) {}

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public EvaluateCommand(@Reference Services services) {
        super(services, Group.MODELS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        PredictionRequest request = given.request();
        Predictor predictor = services().predictor();
        Datasets datasets = services().datasets();
        StoredModel model = services().models().find(given.model);
        if (given.dataset == null && model.dataset().isEmpty()) {
            throw new InvalidRequestException(
                    "model '" + model.name() + "' was imported without a data set; say which one to use with -d");
        }
        Outcome outcome = work(given, console, given.model, monitor -> {
            Map<String, Evaluation> parts = predictor.evaluate(request, Optional.ofNullable(given.split), monitor);
            Dataset dataset = given.dataset == null
                    ? datasets.load(model.dataset(), model.datasetOptions(), monitor)
                    : datasets.load(given.dataset, request.datasetOptions(), monitor);
            return new Outcome(parts, dataset);
        });
        if (given.json()) {
            json(model, outcome).print(console.out());
        } else {
            print(model, outcome, console);
        }
    }

    private static Json json(StoredModel model, Outcome outcome) {
        Json parts = new Json();
        outcome.parts().forEach((name, evaluation) -> parts.put(name, json(evaluation)));
        return new Json()
                .put("model", model.name())
                .put("dataset", outcome.dataset().info().name())
                .put("classNames", outcome.dataset().classNames())
                .put("parts", parts);
    }

    private static Json json(Evaluation evaluation) {
        return new Json()
                .put("instances", evaluation.instances())
                .put("loss", evaluation.loss())
                .put("accuracy", evaluation.accuracy())
                .put("macroF1", evaluation.macroF1())
                .put("rocAuc", evaluation.rocAuc())
                .putNumbers("confusion", evaluation.confusion());
    }

    private static void print(StoredModel model, Outcome outcome, Console console) {
        console.println(model.name() + " on " + outcome.dataset().info().name());
        Table table = new Table("PART", "INSTANCES", "LOSS", "ACCURACY", "MACRO F1", "ROC-AUC").right(1, 2, 3, 4, 5);
        outcome.parts()
                .forEach((name, e) -> table.row(
                        name,
                        Text.count(e.instances()),
                        Text.decimal(e.loss(), 4),
                        Text.percent(e.accuracy()),
                        Text.decimal(e.macroF1(), 3),
                        Double.isNaN(e.rocAuc()) ? "-" : Text.decimal(e.rocAuc(), 3)));
        table.print(console);
        List<String> names = new ArrayList<>(outcome.parts().keySet());
        String last = names.get(names.size() - 1);
        int classes = outcome.dataset().classCount();
        if (classes <= MAX_MATRIX) {
            console.println("");
            console.println("confusion matrix of part '" + last + "', rows are labels, columns predictions");
            printMatrix(outcome.parts().get(last).confusion(), outcome.dataset().classNames(), console);
        }
    }

    private static void printMatrix(long[][] confusion, List<String> names, Console console) {
        int classes = confusion.length;
        String[] headers = new String[classes + 1];
        headers[0] = "LABEL";
        for (int c = 0; c < classes; c++) {
            headers[c + 1] = Integer.toString(c);
        }
        int[] right = new int[classes];
        Arrays.setAll(right, c -> c + 1);
        Table table = new Table(headers).right(right);
        for (int c = 0; c < classes; c++) {
            String[] row = new String[classes + 1];
            String number = Integer.toString(c);
            row[0] = names.get(c).equals(number) ? number : number + " " + names.get(c);
            for (int p = 0; p < classes; p++) {
                row[p + 1] = Long.toString(confusion[c][p]);
            }
            table.row(row);
        }
        table.print(console);
    }
}
