package org.aitia.explainer.baselines.internal;

import org.aitia.api.option.Option;

/**
 * Options of degree.
 *
 * @param direction which edges count
 * @param edges from nodes to edges
 */
record DegreeOptions(
        @Option(
                description = "which edges of a node count: those that end at it (in), begin at it (out), or both",
                defaultValue = "in")
        Direction direction,

        @Option(
                description = "how an edge's importance follows from its ends: mean, product, max, source or target",
                defaultValue = "mean")
        EdgeScore edges) {}
