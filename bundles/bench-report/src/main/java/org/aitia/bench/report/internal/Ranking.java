package org.aitia.bench.report.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.PairedTest;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Score;

/** Who is first, second, ... in one column of one table, by the mean over seeds. */
final class Ranking {
    /** Means that differ by less are equal: rounding of 32-bit values. */
    private static final double SAME = 1e-9;

    private final Comparison comparison;
    private final Column column;
    private final Map<String, Double> means = new TreeMap<>();

    private Ranking(Comparison comparison, Column column) {
        this.comparison = comparison;
        this.column = column;
        for (Row row : comparison.rows()) {
            double mean = Columns.mean(comparison, row.label(), column.name());
            if (row.role() != Row.Role.RANDOMISED && Double.isFinite(mean)) {
                means.put(row.label(), mean);
            }
        }
    }

    /** Ranks; empty if there is no such column, or it has no better direction. */
    static Optional<Ranking> of(Comparison comparison, String column) {
        return Columns.find(comparison, column)
                .filter(found -> Columns.sign(found) != 0)
                .map(found -> new Ranking(comparison, found));
    }

    private double merit(double mean) {
        return Columns.sign(column) * mean;
    }

    /** The first one; of equal ones that which comes first in the table. */
    Optional<String> best() {
        double most = means.values().stream().mapToDouble(this::merit).max().orElse(Double.NaN);
        return comparison.rows().stream()
                .map(Row::label)
                .filter(label -> means.containsKey(label) && merit(means.get(label)) >= most - SAME)
                .findFirst();
    }

    boolean isBest(String label) {
        return best().filter(best -> rank(label) <= rank(best)).isPresent();
    }

    /** The place, 1 for the first; equal ones share the mean of their places. NaN if it was not measured. */
    double rank(String label) {
        if (!means.containsKey(label)) {
            return Double.NaN;
        }
        double own = merit(means.get(label));
        long before =
                means.values().stream().filter(mean -> merit(mean) > own + SAME).count();
        long equal = means.values().stream()
                .filter(mean -> Math.abs(merit(mean) - own) <= SAME)
                .count();
        return before + (equal + 1) / 2.0;
    }

    /** Labels that were measured, the best first. */
    List<String> order() {
        return comparison.rows().stream()
                .map(Row::label)
                .filter(means::containsKey)
                .sorted(Comparator.comparingDouble(this::rank))
                .toList();
    }

    /** The test of a row against the best one. */
    Optional<PairedTest> test(String label) {
        return best().filter(best -> !best.equals(label))
                .flatMap(best -> comparison.tests().stream()
                        .filter(test -> test.column().equals(column.name()))
                        .filter(test -> test.first().equals(label)
                                        && test.second().equals(best)
                                || test.first().equals(best) && test.second().equals(label))
                        .findFirst());
    }

    /**
     * Whether nothing is known against its being as good as the best. Tests are on values per target, by which the one that
     * is best over all targets together can be the worse; so a score that is no mean of them must also lie within the
     * intervals over seeds.
     */
    boolean isAsGood(String label) {
        return !isBest(label)
                && best().filter(best -> isNear(label, best)).isPresent()
                && test(label)
                        .filter(test ->
                                test.adjusted() >= 1 - comparison.setting().confidence() || merit(test, label) > 0)
                        .isPresent();
    }

    private boolean isNear(String label, String best) {
        Score own = comparison.row(label).score(column.name());
        Score top = comparison.row(best).score(column.name());
        return own.basis() == Score.Basis.TARGETS && top.basis() == Score.Basis.TARGETS
                || merit(means.get(best)) - merit(means.getOrDefault(label, Double.NaN))
                        <= halfWidth(own) + halfWidth(top) + SAME;
    }

    private static double halfWidth(Score score) {
        return score.overSeeds().hasInterval() ? score.overSeeds().halfWidth() : 0;
    }

    private double merit(PairedTest test, String label) {
        double difference = merit(test.difference().mean());
        return test.first().equals(label) ? difference : -difference;
    }
}
