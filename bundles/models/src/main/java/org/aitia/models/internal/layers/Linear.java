package org.aitia.models.internal.layers;

import ai.djl.ndarray.NDArray;

/** Steps that several convolutions take. */
public final class Linear {
    private static final float LENGTH_FLOOR = 1e-24f;

    private Linear() {}

    /**
     * Scales rows to length 1, as PyTorch's {@code normalize}; shorter ones than 1e-12 are divided by that.
     *
     * @param call for constants
     * @param y [R, H]
     * @return [R, H]
     */
    public static NDArray unitRows(LayerCall call, NDArray y) {
        return y.div(y.square()
                .sum(new int[] {1}, true)
                .maximum(call.constant(LENGTH_FLOOR))
                .sqrt());
    }
}
