package org.aitia.evaluation.internal;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;
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
     * Returns the average precision, {@code sum_n (R_n - R_(n-1)) P_n} over the distinct scores, falling: the area under
     * the curve of precision over recall by steps (scikit-learn).
     *
     * @param scores finite
     * @param positives positions of the positives
     * @return in (0, 1]; NaN if there are no positives
     */
    static double averagePrecision(double[] scores, BitSet positives) {
        int positive = positives.cardinality();
        if (positive == 0) {
            return Double.NaN;
        }
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .mapToInt(i -> i)
                .toArray();
        double sum = 0;
        int hits = 0;
        int before = 0;
        for (int i = 0; i < order.length; i++) {
            hits += positives.get(order[i]) ? 1 : 0;
            boolean last = i + 1 == order.length || scores[order[i + 1]] != scores[order[i]];
            if (last) {
                sum += (double) (hits - before) / positive * hits / (i + 1);
                before = hits;
            }
        }
        return sum;
    }

    /**
     * How a choice of elements agrees with the truth. Hits may be broken numbers: where a tie crosses the cut, it counts
     * what drawing from the tied at random gives on average, so the order of equals has no influence.
     *
     * @param hits chosen and true
     * @param chosen how many were chosen
     * @param truth how many are true
     */
    record Agreement(double hits, double chosen, double truth) {
        double precision() {
            return chosen == 0 ? 0 : hits / chosen;
        }

        double recall() {
            return truth == 0 ? 0 : hits / truth;
        }

        double f1() {
            return chosen + truth == 0 ? 0 : 2 * hits / (chosen + truth);
        }

        double jaccard() {
            return chosen + truth == 0 ? 0 : hits / (chosen + truth - hits);
        }
    }

    /**
     * Chooses the k best.
     *
     * @param scores finite
     * @param positives positions of the positives
     * @param truth how many are true, those without a score among them
     * @param k at least 1; those beyond the number of scores count as chosen and wrong
     */
    static Agreement best(double[] scores, BitSet positives, int truth, int k) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
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
        return new Agreement(hits + expected, k, truth);
    }

    /**
     * Chooses those of at least some score.
     *
     * @param scores finite
     * @param positives positions of the positives
     * @param truth how many are true, those without a score among them
     * @param level the least score that is chosen
     */
    static Agreement atLeast(double[] scores, BitSet positives, int truth, double level) {
        int chosen = 0;
        int hits = 0;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] >= level) {
                chosen++;
                hits += positives.get(i) ? 1 : 0;
            }
        }
        return new Agreement(hits, chosen, truth);
    }
}
