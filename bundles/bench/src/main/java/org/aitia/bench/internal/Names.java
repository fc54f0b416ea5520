package org.aitia.bench.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.aitia.api.InvalidRequestException;
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

/** Looks whether all that a plan names is there, so that a wrong word is told at once and not after an hour. */
final class Names {
    private final Services services;

    Names(Services services) {
        this.services = services;
    }

    /**
     * Checks names of data sets, architectures, explainers, metrics and of their options, and what can be seen of values
     * without whom they are for.
     *
     * @throws NotFoundException if one is not there
     * @throws InvalidRequestException if a value is of the wrong kind
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
        options("data set " + data.dataset(), data.options(), entry.options());
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
        options("the trainer and of architecture " + recipe.architecture(), recipe.options(), known);
    }

    private void check(Contender contender, Plan.Table table) {
        Explanations.ExplainerEntry entry = services.explanations().explainer(contender.explainer());
        Map<String, String> options = contender.options(table.dataset(), table.model());
        options("explainer " + contender.explainer(), options, entry.options());
        contender
                .tuning()
                .ifPresent(tuning -> tuning.settings()
                        .forEach(setting -> options("explainer " + contender.explainer(), setting, entry.options())));
    }

    private void check(Selection metric) {
        Metrics.MetricEntry entry = services.metrics().metric(metric.metric());
        options("metric " + metric.metric(), metric.options(), entry.options());
    }

    private static void options(String owner, Map<String, String> given, List<OptionSpec> specs) {
        given.forEach((option, value) -> {
            OptionSpec spec = specs.stream()
                    .filter(known ->
                            known.name().equals(option) || known.aliases().contains(option))
                    .findFirst()
                    .orElseThrow(() -> NotFoundException.of(
                            "option of " + owner,
                            option,
                            specs.stream()
                                    .flatMap(known -> Stream.concat(Stream.of(known.name()), known.aliases().stream()))
                                    .toList()));
            String allowed = allowed(spec, value);
            if (!allowed.isEmpty()) {
                throw new InvalidRequestException(
                        "option '" + option + "' of " + owner + " takes " + allowed + ", not '" + value + "'");
            }
        });
    }

    /** What an option takes; empty if the value is of that kind. */
    private static String allowed(OptionSpec spec, String value) {
        String trimmed = value.strip();
        return switch (spec.type()) {
            case CHOICE, BOOLEAN ->
                spec.choices().contains(trimmed.toLowerCase(Locale.ROOT).replace('_', '-'))
                        ? ""
                        : "one of " + String.join(", ", spec.choices());
            case INTEGER -> trimmed.matches("[+-]?\\d+") ? "" : "a whole number";
            case NUMBER -> isNumber(trimmed) ? "" : "a number";
            case TEXT -> "";
        };
    }

    private static boolean isNumber(String text) {
        try {
            return !Double.isNaN(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
