package org.aitia.comparison.internal;

import java.util.Arrays;

/** The rows that no other row beats. */
final class ParetoFront {
    private ParetoFront() {}

    /**
     * Tells which rows are best: no other is at least as good for every goal and better for one.
     *
     * @param values row by row, one value per goal; rows with a NaN are never best and beat none
     * @param higher for each goal whether more is better
     * @return for each row
     */
    static boolean[] best(double[][] values, boolean[] higher) {
        boolean[] best = new boolean[values.length];
        for (int row = 0; row < values.length; row++) {
            double[] candidate = values[row];
            best[row] = isComplete(candidate)
                    && Arrays.stream(values).noneMatch(other -> isComplete(other) && beats(other, candidate, higher));
        }
        return best;
    }

    private static boolean isComplete(double[] values) {
        return Arrays.stream(values).noneMatch(Double::isNaN);
    }

    private static boolean beats(double[] first, double[] second, boolean[] higher) {
        boolean better = false;
        for (int goal = 0; goal < first.length; goal++) {
            int order = Double.compare(first[goal], second[goal]);
            int gain = higher[goal] ? order : -order;
            if (gain < 0) {
                return false;
            }
            better |= gain > 0;
        }
        return better;
    }
}
