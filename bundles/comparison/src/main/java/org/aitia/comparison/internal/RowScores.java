package org.aitia.comparison.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.Score;

/** Scores of one row in one column, from the runs with each seed. */
final class RowScores {
    private final String column;
    private final Map<Long, Double> bySeed = new TreeMap<>();
    private final Map<Integer, double[]> byTarget = new LinkedHashMap<>(); // sum and count over seeds
    private final List<String> reasons = new ArrayList<>();
    private int runs;
    private int unasked; // runs that measured other columns, as where only the first seed draws a curve

    private RowScores(String column) {
        this.column = column;
    }

    /** Collects what the runs of a row say of a column. */
    static RowScores of(String column, List<Cell> cells) {
        RowScores scores = new RowScores(column);
        cells.forEach(scores::add);
        return scores;
    }

    private void add(Cell cell) {
        runs++;
        if (!cell.failure().isEmpty()) {
            reasons.add(cell.failure());
            return;
        }
        cell.values().stream()
                .filter(value -> value.column().equals(column))
                .findFirst()
                .ifPresentOrElse(value -> add(cell, value), () -> unasked++);
    }

    private void add(Cell cell, Cell.Value value) {
        if (Double.isNaN(value.value())) {
            reasons.add(value.reason());
        } else {
            bySeed.put(cell.seed(), value.value());
        }
        double[] perTarget = value.perTarget();
        for (int i = 0; i < perTarget.length; i++) {
            if (Double.isFinite(perTarget[i])) {
                double[] sum = byTarget.computeIfAbsent(cell.targets().get(i), target -> new double[2]);
                sum[0] += perTarget[i];
                sum[1]++;
            }
        }
    }

    /** The mean over seeds of each target that has a value. */
    Map<Integer, Double> targetMeans() {
        Map<Integer, Double> means = new LinkedHashMap<>();
        byTarget.forEach((target, sum) -> means.put(target, sum[0] / sum[1]));
        return means;
    }

    Map<Long, Double> seedValues() {
        return bySeed;
    }

    /** The score without lifts. */
    Score score(double confidence) {
        Estimate seeds = Statistics.estimate(values(bySeed), confidence);
        Optional<Estimate> targets = byTarget.isEmpty()
                ? Optional.empty()
                : Optional.of(Statistics.estimate(values(targetMeans()), confidence));
        return new Score(column, seeds, targets, List.of(), reason());
    }

    private String reason() {
        if (reasons.isEmpty()) {
            return runs > 0 && unasked == runs ? "not measured" : "";
        }
        String first = reasons.get(0);
        return reasons.size() == runs - unasked || first.isEmpty()
                ? first
                : first + " (in " + reasons.size() + " of " + (runs - unasked) + " runs)";
    }

    /** The score less that of a baseline. */
    static Score.Lift lift(String baseline, RowScores row, RowScores base, double confidence) {
        boolean targets = row.score(confidence).basis() == Score.Basis.TARGETS
                && base.score(confidence).basis() == Score.Basis.TARGETS;
        if (targets) {
            double[] differences = differences(row.targetMeans(), base.targetMeans());
            return new Score.Lift(baseline, Statistics.estimate(differences, confidence), Score.Basis.TARGETS);
        }
        double[] differences = differences(row.bySeed, base.bySeed);
        if (row.bySeed.size() == 1 && base.bySeed.size() > 1) {
            // an explainer without chance runs once: it is compared with every run of the baseline, not with the first
            double value = values(row.bySeed)[0];
            differences = base.bySeed.values().stream()
                    .mapToDouble(other -> value - other)
                    .toArray();
        } else if (row.bySeed.size() > 1 && base.bySeed.size() == 1) {
            double other = values(base.bySeed)[0];
            differences = row.bySeed.values().stream()
                    .mapToDouble(value -> value - other)
                    .toArray();
        } else if (differences.length == 0 && !row.bySeed.isEmpty() && !base.bySeed.isEmpty()) {
            // stored files of other seeds: there is a difference, but no pairs to tell how sure it is
            differences = new double[] {Statistics.mean(values(row.bySeed)) - Statistics.mean(values(base.bySeed))};
        }
        return new Score.Lift(baseline, Statistics.estimate(differences, confidence), Score.Basis.SEEDS);
    }

    /** Differences of what both have. */
    static <K> double[] differences(Map<K, Double> first, Map<K, Double> second) {
        return first.entrySet().stream()
                .filter(entry -> second.containsKey(entry.getKey()))
                .mapToDouble(entry -> entry.getValue() - second.get(entry.getKey()))
                .toArray();
    }

    private static double[] values(Map<?, Double> map) {
        return map.values().stream().mapToDouble(Double::doubleValue).toArray();
    }
}
