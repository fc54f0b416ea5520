package org.aitia.shell.internal.command;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.StoredModel;
import org.aitia.shell.internal.console.Json;
import org.aitia.shell.internal.console.Text;

/** Models as {@code train}, {@code models} and {@code model} show them. */
final class ModelText {
    private static final String[] ACCURACIES = {"trainAccuracy", "valAccuracy", "testAccuracy"};

    private ModelText() {}

    static double metric(StoredModel model, String name) {
        return model.metrics().getOrDefault(name, Double.NaN);
    }

    static String task(StoredModel model) {
        return model.info().shape().task().name().toLowerCase(Locale.ROOT);
    }

    static String accuracies(StoredModel model) {
        String[] parts = {"train", "validation", "test"};
        return IntStream.range(0, parts.length)
                .filter(i -> model.metrics().containsKey(ACCURACIES[i]))
                .mapToObj(i -> parts[i] + " " + Text.percent(metric(model, ACCURACIES[i])))
                .collect(Collectors.joining(", "));
    }

    /** How long training took; empty for a model that was not trained here. */
    static String training(StoredModel model) {
        double seconds = metric(model, "seconds");
        return Double.isNaN(seconds) ? "" : Text.seconds(seconds);
    }

    /** A command that explains the model's first instance. */
    static String example(StoredModel model) {
        String target =
                switch (model.info().shape().task()) {
                    case NODE -> " -n 0";
                    case GRAPH -> " -g 0";
                    case LINK -> " -l 0";
                };
        String data = model.dataset().isEmpty() ? " -d DATASET" : "";
        String edges = model.info().edgeMasks() == EdgeMaskSupport.NONE ? " -o edgeMaskType=none" : "";
        return "explain -m " + model.name() + " -x gnnexplainer" + data + target + edges;
    }

    static Json json(StoredModel model) {
        Json json = new Json()
                .put("name", model.name())
                .put("dataset", model.dataset())
                .put("architecture", model.info().architecture());
        for (String accuracy : ACCURACIES) {
            json.put(accuracy, metric(model, accuracy));
        }
        json.put("seconds", metric(model, "seconds"));
        Json metrics = new Json();
        model.metrics().forEach(metrics::put);
        return json.put("task", task(model))
                .put("features", model.info().shape().inputFeatures())
                .put("classes", model.info().shape().classes())
                .put("hops", model.info().hops())
                .put("edgeMasks", model.info().edgeMasks().name().toLowerCase(Locale.ROOT))
                .put("notes", model.info().notes())
                .put("seed", model.seed())
                .put("metrics", metrics)
                .put("options", model.info().options())
                .put("trainingOptions", model.trainingOptions())
                .put("datasetOptions", model.datasetOptions())
                .put("datasetDigest", model.datasetDigest())
                .put("weightsDigest", model.weightsDigest())
                .put("created", model.created())
                .put("libraries", model.libraries());
    }
}
