package org.aitia.comparison.internal;

/** How large the values of a mask are. */
final class MaskSizes {
    /** What users call small: masks of optimisers end near it, not at 0. */
    static final float SMALL = 0.01f;

    private MaskSizes() {}

    /** Returns the share of values whose size is at most a bound; NaN for an empty mask. */
    static double shareUpTo(float[] mask, float bound) {
        int count = 0;
        for (float value : mask) {
            if (Math.abs(value) <= bound) {
                count++;
            }
        }
        return mask.length == 0 ? Double.NaN : (double) count / mask.length;
    }

    /** Returns the entropy of the sizes as shares of their sum, over its greatest value; NaN if all are 0. */
    static double entropy(float[] mask) {
        double sum = 0;
        for (float value : mask) {
            sum += Math.abs(value);
        }
        if (sum == 0) {
            return Double.NaN;
        }
        double entropy = 0;
        for (float value : mask) {
            double share = Math.abs(value) / sum;
            if (share > 0) {
                entropy -= share * Math.log(share);
            }
        }
        return mask.length == 1 ? 0 : entropy / Math.log(mask.length);
    }
}
