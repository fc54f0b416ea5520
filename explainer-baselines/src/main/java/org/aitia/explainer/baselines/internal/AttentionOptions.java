package org.aitia.explainer.baselines.internal;

import org.aitia.api.option.Option;

/**
 * Options of attention.
 *
 * @param reduce how several coefficients become one
 * @param layers which layers count
 */
record AttentionOptions(
        @Option(
                description = "how the coefficients of all heads of a layer, and then those of all layers, become one:"
                        + " max, mean or min",
                defaultValue = "max",
                source = "PyG AttentionExplainer")
        Reduce reduce,

        @Option(
                description =
                        "which layers count for an edge: those in which its message reaches the target (reaching),"
                                + " or all, as in PyG, which looks at the full graph for that",
                defaultValue = "reaching")
        Layers layers) {

    /** How several numbers become one. */
    enum Reduce {
        MAX,
        MEAN,
        MIN
    }

    /** Which layers count. */
    enum Layers {
        REACHING,
        ALL
    }
}
