package org.aitia.explainer.baselines.internal;

import org.aitia.api.option.Option;

/**
 * Options of PageRank.
 *
 * @param damping probability of going on
 * @param walk where to
 * @param edges from nodes to edges
 */
record PageRankOptions(
        @Option(
                description = "probability with which the walk follows an edge rather than begin anew at any node",
                defaultValue = "0.85",
                min = 0,
                max = 1,
                maxExclusive = true,
                aliases = {"dampingFactor", "alpha"},
                source = "Brin and Page 1998, section 2.1.1")
        double damping,

        @Option(
                description = "how the walk takes edges: either way (undirected), along the messages (forward), or"
                        + " against them (backward)",
                defaultValue = "undirected")
        Walk walk,

        @Option(
                description = "how an edge's importance follows from its ends: mean, product, max, source or target",
                defaultValue = "mean",
                source = "code of Faber et al. 2021")
        EdgeScore edges) {

    /** How a walk takes edges. */
    enum Walk {
        UNDIRECTED,
        FORWARD,
        BACKWARD
    }
}
