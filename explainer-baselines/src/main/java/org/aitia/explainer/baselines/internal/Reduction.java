package org.aitia.explainer.baselines.internal;

import org.aitia.explainer.baselines.internal.AttentionOptions.Reduce;

/** Makes one number of several, for each of many places; 0 where there are none. Used by one thread. */
final class Reduction {
    private final Reduce reduce;
    private final double[] values;
    private final int[] counts;

    Reduction(Reduce reduce, int places) {
        this.reduce = reduce;
        this.values = new double[places];
        this.counts = new int[places];
    }

    void add(int place, double value) {
        if (counts[place] == 0) {
            values[place] = value;
        } else {
            values[place] = switch (reduce) {
                case MAX -> Math.max(values[place], value);
                case MIN -> Math.min(values[place], value);
                case MEAN -> values[place] + value;
            };
        }
        counts[place]++;
    }

    float[] values() {
        float[] result = new float[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) (reduce == Reduce.MEAN ? values[i] / Math.max(1, counts[i]) : values[i]);
        }
        return result;
    }
}
