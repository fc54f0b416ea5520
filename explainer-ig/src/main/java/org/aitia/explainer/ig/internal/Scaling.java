package org.aitia.explainer.ig.internal;

import java.util.function.IntUnaryOperator;

/** How attributions of one target are scaled. */
enum Scaling {
    NONE,
    ABSOLUTE_SUM,
    NODE_ABSOLUTE_SUM,
    MAX;

    /**
     * Scales values in place.
     *
     * @param values attributions of one target
     * @param groupOf the node of each value, for {@code NODE_ABSOLUTE_SUM}
     * @param groups number of nodes
     * @return what they were divided by; 1 if each node has its own divisor, or all values are 0
     */
    double apply(float[] values, IntUnaryOperator groupOf, int groups) {
        return switch (this) {
            case NONE -> 1;
            case NODE_ABSOLUTE_SUM -> {
                double[] sums = new double[groups];
                for (int i = 0; i < values.length; i++) {
                    sums[groupOf.applyAsInt(i)] += Math.abs(values[i]);
                }
                for (int i = 0; i < values.length; i++) {
                    divide(values, i, sums[groupOf.applyAsInt(i)]);
                }
                yield 1;
            }
            case ABSOLUTE_SUM, MAX -> {
                double divisor = 0;
                for (float value : values) {
                    divisor = this == MAX ? Math.max(divisor, Math.abs(value)) : divisor + Math.abs(value);
                }
                for (int i = 0; i < values.length; i++) {
                    divide(values, i, divisor);
                }
                yield divisor == 0 ? 1 : divisor;
            }
        };
    }

    private static void divide(float[] values, int at, double divisor) {
        values[at] = (float) (divisor == 0 ? 0 : values[at] / divisor);
    }
}
