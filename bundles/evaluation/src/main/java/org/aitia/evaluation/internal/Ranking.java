package org.aitia.evaluation.internal;

import java.util.BitSet;
import org.apache.commons.statistics.ranking.NaNStrategy;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/** Measures of how well scores rank what is true before what is not. */
final class Ranking {
    private Ranking() {}

    /**
     * Returns the area under the ROC curve: the probability that a positive is scored above a negative, ties counting
     * one half. Computed from ranks (Mann and Whitney 1947), so it is exact, without a grid of thresholds.
     *
     * @param scores finite
     * @param positives positions of the positives
     * @return in [0, 1]; NaN if all are positive or none is
     */
    static double rocAuc(double[] scores, BitSet positives) {
        long positive = positives.cardinality();
        long negative = scores.length - positive;
        if (positive == 0 || negative == 0) {
            return Double.NaN;
        }
        double[] ranks = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE).apply(scores);
        // ranks are whole or half numbers, so the sum is exact far beyond any graph
        double sum = positives.stream().mapToDouble(i -> ranks[i]).sum();
        return (sum - positive * (positive + 1) / 2.0) / ((double) positive * negative);
    }

    /**
     * Returns the share of positives among the k best. Where a tie crosses the cut, it counts what drawing from the tied
     * at random gives on average, so the order of equals has no influence.
     *
     * @param scores finite
     * @param positives positions of the positives
     * @param k at least 1; those beyond the number of scores count as misses
     * @return in [0, 1]
     */
    static double precisionAt(double[] scores, BitSet positives, int k) {
        double[] sorted = scores.clone();
        java.util.Arrays.sort(sorted);
        double cut = k <= sorted.length ? sorted[sorted.length - k] : Double.NEGATIVE_INFINITY;
        int above = 0;
        int tied = 0;
        int hits = 0;
        int tiedPositives = 0;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] > cut) {
                above++;
                hits += positives.get(i) ? 1 : 0;
            } else if (scores[i] == cut) {
                tied++;
                tiedPositives += positives.get(i) ? 1 : 0;
            }
        }
        double expected = tied == 0 ? 0 : (double) (k - above) * tiedPositives / tied;
        return (hits + expected) / k;
    }
}
