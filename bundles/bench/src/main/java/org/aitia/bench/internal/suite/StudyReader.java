package org.aitia.bench.internal.suite;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aitia.api.NotFoundException;
import org.aitia.api.bench.Suite.Contender;
import org.aitia.api.bench.Suite.Curves;
import org.aitia.api.bench.Suite.Data;
import org.aitia.api.bench.Suite.Goal;
import org.aitia.api.bench.Suite.Model;
import org.aitia.api.bench.Suite.Study;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.CompareRequest;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.metric.Metrics.Selection;

/** Reads studies of a suite whose data sets, models and explainers are known. */
final class StudyReader {
    static final List<String> KEYS = List.of(
            "title",
            "text",
            "datasets",
            "models",
            "types",
            "explainers",
            "baselines",
            "metrics",
            "rank-by",
            "seeds",
            "curves",
            "goals");

    private static final String ANY = "any";
    private static final List<String> GOAL_KEYS =
            List.of("explainers", "datasets", "models", "types", ANY, "metric", "at-least", "above", "by", "source");

    private final Map<String, Data> datasets;
    private final Map<String, Model> models;
    private final Map<String, Contender> explainers;

    StudyReader(Map<String, Data> datasets, Map<String, Model> models, Map<String, Contender> explainers) {
        this.datasets = datasets;
        this.models = models;
        this.explainers = explainers;
    }

    /** The parts of a study that its goals refer to. */
    private record Scope(
            List<String> datasets,
            List<String> models,
            List<ExplanationType> types,
            List<String> explainers,
            Set<String> columns,
            String rankBy) {}

    Study study(String label, Item item) {
        Fields fields = item.fields(KEYS);
        List<String> data = labels(fields, "datasets", "data set", datasets.keySet());
        List<String> studied = labels(fields, "models", "model", models.keySet());
        List<ExplanationType> types =
                fields.get("types").map(StudyReader::types).orElse(List.of(ExplanationType.MODEL));
        List<String> baselines = fields.get("baselines")
                .filter(list -> !list.isList() || !list.list().isEmpty())
                .map(list -> SuiteReader.labels(list, "explainer", explainers.keySet()))
                .orElse(List.of());
        Set<String> contenders = new LinkedHashSet<>(labels(fields, "explainers", "explainer", explainers.keySet()));
        contenders.addAll(baselines);
        fields.get("goals")
                .ifPresent(goals -> goals.list().forEach(goal -> above(goal).ifPresent(contenders::add)));
        List<Selection> metrics = selections(fields.require("metrics", "[roc-auc]"));
        Optional<Curves> curves = fields.get("curves").map(StudyReader::curves);
        Set<String> columns = columns(metrics, curves);
        String rankBy = fields.get("rank-by")
                .map(column -> column(column, columns, false))
                .orElseGet(() -> Selections.column(metrics.get(0)));
        Scope scope = new Scope(data, studied, types, List.copyOf(contenders), columns, rankBy);
        refuseTuningWithoutValidation(item, scope);
        List<Goal> goals = new ArrayList<>();
        fields.get("goals").ifPresent(list -> list.list().forEach(goal -> goals.addAll(goals(goal, scope, label))));
        return new Study(
                label,
                fields.text("title", label),
                fields.text("text", ""),
                data,
                studied,
                types,
                List.copyOf(contenders),
                baselines,
                metrics,
                rankBy,
                fields.get("seeds").map(seeds -> seeds.integer(1)).orElse(CompareRequest.DEFAULT_SEEDS),
                curves,
                goals);
    }

    private static List<String> labels(Fields fields, String key, String kind, Set<String> known) {
        return fields.get(key)
                .map(item -> SuiteReader.labels(item, kind, known))
                .orElseGet(() -> List.copyOf(known));
    }

    private static List<ExplanationType> types(Item item) {
        return SuiteReader.once(item, StudyReader::type, type -> "");
    }

    private static ExplanationType type(Item item) {
        for (ExplanationType type : ExplanationType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(item.text())) {
                return type;
            }
        }
        throw item.error("'" + item.text()
                + "' is no type; write model (why it predicts so) or phenomenon (why the true label is so)");
    }

    private static List<Selection> selections(Item item) {
        return SuiteReader.once(item, entry -> entry.parsed(Selections::parse), selection -> "");
    }

    private static Curves curves(Item item) {
        Fields fields = item.named("'curves'").fields(List.of("metrics", "fractions", "seeds"));
        Item metrics = fields.require("metrics", "[fidelity-plus]");
        List<Selection> selections = SuiteReader.once(
                metrics,
                entry -> entry.parsed(Selections::parse),
                selection -> Selections.hasThreshold(selection)
                        ? "a curve sets the threshold itself; leave it out of '" + Selections.column(selection) + "'"
                        : "");
        Item list = fields.require("fractions", "[0.1, 0.2, 0.5]");
        List<Double> fractions = new ArrayList<>();
        for (Item entry : list.list()) {
            double fraction = entry.number();
            if (!(fraction > 0 && fraction <= 1)) {
                throw entry.error("a fraction must be above 0 and at most 1, not " + entry.text());
            }
            if (!fractions.isEmpty() && fraction <= fractions.get(fractions.size() - 1)) {
                throw entry.error("fractions must rise, and " + entry.text() + " comes after "
                        + fractions.get(fractions.size() - 1));
            }
            fractions.add(fraction);
        }
        if (fractions.isEmpty()) {
            throw list.error("'fractions' is empty; name at least one");
        }
        return new Curves(
                selections,
                fractions,
                fields.get("seeds").map(seeds -> seeds.integer(1)).orElse(1));
    }

    private static Set<String> columns(List<Selection> metrics, Optional<Curves> curves) {
        Set<String> columns = new LinkedHashSet<>();
        metrics.forEach(metric -> columns.add(Selections.column(metric)));
        curves.ifPresent(some -> some.metrics()
                .forEach(metric -> some.fractions()
                        .forEach(fraction -> columns.add(Selections.column(Selections.at(metric, fraction))))));
        return columns;
    }

    /** Reads the name of a column, as a metric is typed or as its column is called. */
    private static String column(Item item, Set<String> columns, boolean own) {
        String typed = item.text();
        String column = columns.contains(typed) ? typed : Selections.column(item.parsed(Selections::parse));
        Set<String> known = new LinkedHashSet<>(columns);
        if (own) {
            known.addAll(List.of(Column.SECONDS, Column.CALLS));
        }
        if (!known.contains(column)) {
            throw item.error(
                    "'" + typed + "' is not measured in this study" + NotFoundException.suggestion(typed, known));
        }
        return column;
    }

    /** Settings are chosen on instances that are not explained: there must be some. */
    private void refuseTuningWithoutValidation(Item item, Scope scope) {
        for (String label : scope.explainers()) {
            if (explainers.get(label).tuning().isEmpty()) {
                continue;
            }
            for (String dataset : scope.datasets()) {
                if (datasets.get(dataset).validation().isEmpty()) {
                    throw item.error(
                            "explainer '" + label + "' of " + item.what() + " is tuned, but data set '" + dataset
                                    + "' has no 'validation' to choose settings on; add it, or leave one of them out");
                }
            }
        }
    }

    private Optional<String> above(Item goal) {
        return Optional.ofNullable(goal.map().get("above")).map(item -> label(item, "explainer", explainers.keySet()));
    }

    private static String label(Item item, String kind, Set<String> known) {
        if (!known.contains(item.text())) {
            throw item.error(SuiteReader.unknown(item.text(), kind, known));
        }
        return item.text();
    }

    private List<Goal> goals(Item entry, Scope scope, String study) {
        Item item = entry.named("a goal of study '" + study + "'");
        Fields fields = item.fields(GOAL_KEYS);
        Optional<Item> atLeast = fields.get("at-least");
        Optional<Item> above = fields.get("above");
        if (atLeast.isPresent() == above.isPresent()) {
            throw item.error(item.what() + " needs either 'at-least', a value, or 'above', an explainer");
        }
        List<String> data = within(fields, "datasets", "data set", scope.datasets());
        boolean anyType = fields.get("types")
                .filter(types -> !types.isList() && types.text().equals(ANY))
                .isPresent();
        List<ExplanationType> types = fields.get("types")
                .filter(some -> !anyType)
                .map(StudyReader::types)
                .orElse(scope.types());
        types.stream().filter(type -> !scope.types().contains(type)).findFirst().ifPresent(type -> {
            throw fields.get("types")
                    .orElse(item)
                    .error("the study does not explain type " + type.name().toLowerCase(Locale.ROOT));
        });
        Draft draft = new Draft(
                within(
                        fields,
                        "explainers",
                        "explainer",
                        scope.explainers().stream()
                                .filter(label -> above.map(Item::text)
                                        .filter(label::equals)
                                        .isEmpty())
                                .toList()),
                within(fields, "models", "model", scope.models()),
                types,
                anyType || fields.get(ANY).map(Item::flag).orElse(false),
                fields.get("metric")
                        .map(column -> column(column, scope.columns(), true))
                        .orElse(scope.rankBy()),
                above.map(Item::text),
                fields.get("by").map(Item::number).orElse(0.0),
                fields.text("source", ""));
        if (atLeast.isEmpty()) {
            return List.of(draft.goal(data, Optional.empty()));
        }
        fields.get("by").ifPresent(by -> {
            throw by.error("'by' goes with 'above', not with 'at-least'");
        });
        return values(atLeast.get(), data, scope, draft, fields.get("datasets").isPresent());
    }

    private static List<Goal> values(Item values, List<String> data, Scope scope, Draft draft, boolean given) {
        List<Goal> goals = new ArrayList<>();
        if (values.isMap()) {
            Set<String> known = new LinkedHashSet<>(given ? data : scope.datasets());
            values.map().forEach((dataset, value) -> {
                if (!known.contains(dataset)) {
                    throw values.keyError(
                            dataset,
                            "the goal is not about data set '" + dataset + "'"
                                    + NotFoundException.suggestion(dataset, known));
                }
                goals.add(draft.goal(List.of(dataset), Optional.of(value.number())));
            });
        } else if (values.isList()) {
            List<Item> list = values.list();
            if (list.size() != data.size()) {
                throw values.error("'at-least' has " + list.size() + " values for " + data.size()
                        + " data sets; give one for each, or a map by data set");
            }
            for (int i = 0; i < data.size(); i++) {
                goals.add(
                        draft.goal(List.of(data.get(i)), Optional.of(list.get(i).number())));
            }
        } else {
            goals.add(draft.goal(data, Optional.of(values.number())));
        }
        return goals;
    }

    /** A goal without data sets and value. */
    private record Draft(
            List<String> explainers,
            List<String> models,
            List<ExplanationType> types,
            boolean any,
            String column,
            Optional<String> above,
            double by,
            String source) {
        Goal goal(List<String> datasets, Optional<Double> atLeast) {
            return new Goal(explainers, datasets, models, types, any, column, atLeast, above, by, source);
        }
    }

    private static List<String> within(Fields fields, String key, String kind, List<String> studied) {
        return fields.get(key)
                .map(item -> SuiteReader.once(
                        item,
                        Item::text,
                        label -> studied.contains(label)
                                ? ""
                                : "the study has no " + kind + " '" + label + "'"
                                        + NotFoundException.suggestion(label, studied)))
                .orElse(studied);
    }
}
