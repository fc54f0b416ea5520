package org.aitia.models.internal.layers;

import ai.djl.ndarray.NDArray;

/** Batch normalisation as PyTorch's {@code BatchNorm1d}. */
final class BatchNorm {
    private static final double EPSILON = 1e-5;

    private BatchNorm() {}

    /** Normalises columns with the batch's or the running statistics. */
    static NDArray apply(DeviceWeights weights, String norm, NDArray y, Pass pass) {
        Pass.Statistics statistics = pass.statistics(norm, y)
                .orElseGet(() ->
                        new Pass.Statistics(weights.get(norm + ".running_mean"), weights.get(norm + ".running_var")));
        NDArray scale = weights.get(norm + ".weight")
                .div(statistics.variance().add(EPSILON).sqrt());
        NDArray shift = weights.get(norm + ".bias").sub(statistics.mean().mul(scale));
        return y.mul(scale).add(shift);
    }
}
