package org.aitia.bench.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aitia.api.NotFoundException;
import org.aitia.api.bench.Suite;
import org.aitia.api.bench.Suite.Contender;
import org.aitia.api.bench.Suite.Data;
import org.aitia.api.bench.Suite.Recipe;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.explain.Explanations;
import org.aitia.api.metric.Metrics;
import org.aitia.api.metric.Metrics.Selection;
import org.aitia.api.model.Trainer;
import org.aitia.api.option.OptionSpec;

/** Looks whether all that a plan names is there, so that a misspelt word is told at once and not after an hour. */
final class Names {
    private final Services services;

    Names(Services services) {
        this.services = services;
    }

    /**
     * Checks names of data sets, architectures, explainers, metrics and of their options.
     *
     * @throws NotFoundException if one is not there
     */
    void check(Suite suite, Plan plan) {
        for (Plan.Table table : plan.tables()) {
            check(suite.dataset(table.dataset()));
            check(suite.model(table.model()).recipe(table.dataset()));
            table.rows().forEach(row -> check(row.contender(), table));
            table.study().metrics().forEach(this::check);
            table.study().curves().ifPresent(curves -> curves.metrics().forEach(this::check));
        }
    }

    private void check(Data data) {
        Datasets.DatasetEntry entry = services.datasets().find(data.dataset());
        options("data set " + data.dataset(), data.options().keySet(), entry.options());
    }

    private void check(Recipe recipe) {
        List<Trainer.ArchitectureEntry> architectures = services.trainer().architectures();
        Trainer.ArchitectureEntry entry = architectures.stream()
                .filter(architecture -> architecture.name().equals(recipe.architecture()))
                .findFirst()
                .orElseThrow(() -> NotFoundException.of(
                        "architecture",
                        recipe.architecture(),
                        architectures.stream()
                                .map(Trainer.ArchitectureEntry::name)
                                .toList()));
        List<OptionSpec> known = new ArrayList<>(services.trainer().options());
        known.addAll(entry.options());
        options(
                "the trainer and of architecture " + recipe.architecture(),
                recipe.options().keySet(),
                known);
    }

    private void check(Contender contender, Plan.Table table) {
        Explanations.ExplainerEntry entry = services.explanations().explainer(contender.explainer());
        Map<String, String> options = contender.options(table.dataset(), table.model());
        Stream<String> tuned = contender.tuning().stream()
                .flatMap(tuning -> tuning.settings().stream())
                .flatMap(setting -> setting.keySet().stream());
        options(
                "explainer " + contender.explainer(),
                Stream.concat(options.keySet().stream(), tuned).toList(),
                entry.options());
    }

    private void check(Selection metric) {
        Metrics.MetricEntry entry = services.metrics().metric(metric.metric());
        options("metric " + metric.metric(), metric.options().keySet(), entry.options());
    }

    private static void options(String owner, Collection<String> given, List<OptionSpec> specs) {
        List<String> known = specs.stream()
                .flatMap(spec -> Stream.concat(Stream.of(spec.name()), spec.aliases().stream()))
                .toList();
        for (String option : given) {
            if (!known.contains(option)) {
                throw NotFoundException.of("option of " + owner, option, known);
            }
        }
    }
}
