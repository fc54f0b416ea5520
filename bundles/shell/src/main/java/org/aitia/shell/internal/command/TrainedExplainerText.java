package org.aitia.shell.internal.command;

import java.util.Locale;
import java.util.TreeMap;
import org.aitia.api.explain.TrainedExplainer;
import org.aitia.shell.internal.console.Json;
import org.aitia.shell.internal.console.Text;

/** Trained explainers for people and programs. */
final class TrainedExplainerText {
    private TrainedExplainerText() {}

    static Facts facts(TrainedExplainer trained) {
        Facts facts = new Facts()
                .add("explainer", trained.explainer() + ", by " + trained.explainerBundle())
                .add("model", trained.model() + ", weights " + trained.modelDigest())
                .add(
                        "data",
                        trained.dataset()
                                + trained.datasetOptions().entrySet().stream()
                                        .map(option -> " " + option.getKey() + "=" + option.getValue())
                                        .sorted()
                                        .reduce("", String::concat))
                .add("learnt from", targets(trained))
                .add("type", trained.type().name().toLowerCase(Locale.ROOT))
                .add("seed", Long.toString(trained.seed()))
                .add("created", Text.dateTime(trained.created()));
        new TreeMap<>(trained.learnt().metrics()).forEach((name, value) -> facts.add(name, Text.significant(value, 5)));
        return facts;
    }

    static String targets(TrainedExplainer trained) {
        int count = trained.targets().size();
        return Text.count(count) + (count == 1 ? " target" : " targets");
    }

    static Json json(TrainedExplainer trained) {
        Json metrics = new Json();
        new TreeMap<>(trained.learnt().metrics()).forEach(metrics::put);
        return new Json()
                .put("name", trained.name())
                .put("explainer", trained.explainer())
                .put("bundle", trained.explainerBundle())
                .put("type", trained.type().name().toLowerCase(Locale.ROOT))
                .put("model", trained.model())
                .put("modelDigest", trained.modelDigest())
                .put("dataset", trained.dataset())
                .put("datasetOptions", new TreeMap<>(trained.datasetOptions()))
                .put("targets", trained.targets().stream().mapToLong(t -> t).toArray())
                .put("seed", trained.seed())
                .put("options", new TreeMap<>(trained.learnt().options()))
                .put("metrics", metrics)
                .put("digest", trained.digest())
                .put("created", trained.created());
    }
}
