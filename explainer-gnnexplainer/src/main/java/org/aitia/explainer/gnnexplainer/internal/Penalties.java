package org.aitia.explainer.gnnexplainer.internal;

import java.util.Optional;

/**
 * What a mask costs. A standard run takes size and entropy, a sparse one the price.
 *
 * @param size coefficient of the mask's size
 * @param reduction how the size is taken
 * @param entropy coefficient of the mean element-wise entropy
 * @param entropyCounts how many numbers the mean is over, per block; empty for those that count
 * @param eps guard of the logarithms
 * @param price of one element, in units of the loss: of its value (l1), or of its being there (l0)
 */
record Penalties(
        double size,
        GnnExplainerOptions.Reduction reduction,
        double entropy,
        Optional<float[]> entropyCounts,
        double eps,
        double price) {}
