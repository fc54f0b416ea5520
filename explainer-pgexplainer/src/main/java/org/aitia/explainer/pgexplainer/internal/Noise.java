package org.aitia.explainer.pgexplainer.internal;

import java.util.random.RandomGenerator;
import org.aitia.api.Seeds;
import org.aitia.api.explain.ExplanationTarget;

/** Where the uniform noise of the concrete distribution comes from. */
@FunctionalInterface
interface Noise {
    /** From each target's own stream, so that batches and their order do not matter. Strictly between 0 and 1. */
    Noise SEEDED = (target, epoch, edges) -> {
        RandomGenerator random = Seeds.generator(Seeds.derive(target.seed(), epoch));
        double[] values = new double[edges.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = ((random.nextLong() >>> 11) + 0.5) * 0x1p-53;
        }
        return values;
    };

    /**
     * Draws.
     *
     * @param target for which
     * @param epoch in which
     * @param edges original numbers of the edges
     * @return one value per edge, in [0, 1]
     */
    double[] uniform(ExplanationTarget target, int epoch, int[] edges);

    /**
     * Computes the logits of noise in [bias, 1 - bias]: {@code log eps - log(1 - eps)} with {@code eps = (1 - 2 bias) u +
     * bias}. Both numbers are sums of positive ones, so neither meets 0 by cancellation, and their quotient is computed
     * in double precision: within ±37.5 for every bias in [0, 0.5] and u strictly between 0 and 1.
     */
    static void logits(double[] uniform, double bias, float[] values, int[] places) {
        if (bias == 0.5) { // eps is 0.5, but for rounding
            for (int place : places) {
                values[place] = 0;
            }
            return;
        }
        double width = 1 - 2 * bias;
        for (int i = 0; i < uniform.length; i++) {
            double eps = width * uniform[i] + bias;
            double rest = width * (1 - uniform[i]) + bias;
            values[places[i]] = (float) Math.log(eps / rest);
        }
    }
}
