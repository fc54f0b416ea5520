package org.aitia.comparison.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.PairedTest.Method;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.SignificanceResult;
import org.apache.commons.statistics.inference.TTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/** Means with intervals, tests of paired values, correction for many tests. Values that are NaN count as missing. */
final class Statistics {
    /** With five, the least two-sided p-value of Wilcoxon's test is 1/16. */
    static final int LEAST_FOR_WILCOXON = 6;

    private Statistics() {}

    /** What a test found. */
    record Outcome(Method method, double statistic, double p) {}

    /** Returns the mean with its interval by Student's t distribution. */
    static Estimate estimate(double[] values, double confidence) {
        double[] finite = present(values);
        int count = finite.length;
        if (count == 0) {
            return Estimate.NONE;
        }
        double mean = Mean.of(finite).getAsDouble();
        if (count == 1) {
            return new Estimate(mean, Double.NaN, Double.NaN, Double.NaN, 1);
        }
        double deviation = StandardDeviation.of(finite).getAsDouble();
        double quantile = TDistribution.of(count - 1).inverseSurvivalProbability((1 - confidence) / 2);
        double half = quantile * deviation / Math.sqrt(count);
        return new Estimate(mean, deviation, mean - half, mean + half, count);
    }

    /**
     * Tests whether paired values differ.
     *
     * @param differences of the pairs
     * @return empty for fewer than two pairs, where nothing can be said
     */
    static Optional<Outcome> paired(double[] differences) {
        double[] present = present(differences);
        // Wilcoxon's own way with pairs that do not differ: they say nothing of the direction
        double[] changes = Arrays.stream(present).filter(d -> d != 0).toArray();
        if (present.length < 2) {
            return Optional.empty();
        }
        if (changes.length == 0) {
            Method method = present.length >= LEAST_FOR_WILCOXON ? Method.WILCOXON : Method.T;
            return Optional.of(new Outcome(method, 0, 1));
        }
        if (changes.length >= LEAST_FOR_WILCOXON) {
            return Optional.of(outcome(
                    Method.WILCOXON, WilcoxonSignedRankTest.withDefaults().test(changes)));
        }
        if (Arrays.stream(present).distinct().count() == 1) {
            return Optional.empty(); // t is infinite, from as few as two pairs
        }
        return Optional.of(outcome(Method.T, TTest.withDefaults().test(present)));
    }

    private static Outcome outcome(Method method, SignificanceResult result) {
        return new Outcome(method, result.getStatistic(), result.getPValue());
    }

    /** Returns p-values that hold for all tests together (Holm 1979), in the order of the given ones. */
    static double[] holm(double[] p) {
        int[] order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[p.length];
        double greatest = 0;
        for (int rank = 0; rank < order.length; rank++) {
            greatest = Math.max(greatest, Math.min(1, (p.length - rank) * p[order[rank]]));
            adjusted[order[rank]] = greatest;
        }
        return adjusted;
    }

    static double[] present(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).toArray();
    }

    static double mean(double[] values) {
        double[] present = present(values);
        return present.length == 0 ? Double.NaN : Mean.of(present).getAsDouble();
    }
}
