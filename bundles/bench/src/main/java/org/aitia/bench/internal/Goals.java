package org.aitia.bench.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.aitia.api.bench.BenchResult.Reached;
import org.aitia.api.bench.BenchResult.Table;
import org.aitia.api.bench.Suite.Goal;
import org.aitia.api.bench.Suite.Study;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Row;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.metric.MetricInfo.Better;

/** Which goals were reached. */
final class Goals {
    private Goals() {}

    /**
     * Looks at all goals of the studies that were run.
     *
     * @param studies in the order of the suite
     * @param tables what was measured
     */
    static List<Reached> reached(List<Study> studies, List<Table> tables) {
        List<Reached> reached = new ArrayList<>();
        for (Study study : studies) {
            List<Table> own = tables.stream()
                    .filter(table -> table.study().equals(study.label()))
                    .toList();
            study.goals().forEach(goal -> reached.addAll(reached(goal, own)));
        }
        return reached;
    }

    private static List<Reached> reached(Goal goal, List<Table> tables) {
        List<Reached> all = new ArrayList<>();
        for (String dataset : goal.datasets()) {
            for (String model : goal.models()) {
                List<Attempt> attempts = new ArrayList<>();
                for (ExplanationType type : goal.types()) {
                    tables.stream()
                            .filter(table -> table.dataset().equals(dataset)
                                    && table.model().equals(model)
                                    && table.type() == type)
                            .flatMap(table -> attempt(goal, table).stream())
                            .forEach(attempts::add);
                }
                if (goal.any()) {
                    attempts.stream()
                            .max(Comparator.comparingDouble(Attempt::margin))
                            .ifPresent(best -> all.add(best.reached()));
                } else {
                    attempts.forEach(attempt -> all.add(attempt.reached()));
                }
            }
        }
        return all;
    }

    /** A goal in one table, and by how much it was exceeded; the least there is if nothing could be measured. */
    private record Attempt(Reached reached, double margin) {}

    private static Optional<Attempt> attempt(Goal goal, Table table) {
        Comparison comparison = table.comparison();
        List<String> rows = comparison.rows().stream()
                .map(Row::label)
                .filter(goal.explainers()::contains)
                .toList();
        boolean comparable = goal.above().stream()
                .allMatch(label -> comparison.rows().stream().map(Row::label).anyMatch(label::equals));
        if (rows.isEmpty() || !comparable) {
            return Optional.empty(); // left out of this run
        }
        double sign = sign(comparison, goal.column());
        Optional<String> best = rows.stream()
                .filter(label -> !Double.isNaN(mean(comparison, label, goal.column())))
                .max(Comparator.comparingDouble(label -> sign * mean(comparison, label, goal.column())));
        double value = best.map(label -> mean(comparison, label, goal.column())).orElse(Double.NaN);
        double bound = goal.above()
                .map(baseline -> mean(comparison, baseline, goal.column()) + sign * goal.by())
                .orElseGet(() -> goal.atLeast().orElse(Double.NaN));
        double margin = sign * (value - bound);
        Reached reached = new Reached(
                table.study(), goal, table.dataset(), table.model(), table.type(), best, value, bound, margin >= 0);
        return Optional.of(new Attempt(reached, Double.isNaN(margin) ? Double.NEGATIVE_INFINITY : margin));
    }

    /** Where less is better, a goal is to stay at or below. */
    private static double sign(Comparison comparison, String column) {
        return comparison.columns().stream()
                        .filter(candidate -> candidate.name().equals(column))
                        .map(Column::better)
                        .anyMatch(better -> better == Better.LOWER)
                ? -1
                : 1;
    }

    /** The mean over seeds; NaN if it was not measured. */
    static double mean(Comparison comparison, String label, String column) {
        return comparison.rows().stream()
                .filter(row -> row.label().equals(label))
                .flatMap(row -> row.scores().stream())
                .filter(score -> score.column().equals(column))
                .mapToDouble(score -> score.overSeeds().mean())
                .findFirst()
                .orElse(Double.NaN);
    }
}
