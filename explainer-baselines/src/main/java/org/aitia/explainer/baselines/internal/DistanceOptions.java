package org.aitia.explainer.baselines.internal;

import org.aitia.api.option.Option;

/**
 * Options of distance.
 *
 * @param edges from nodes to edges
 */
record DistanceOptions(
        @Option(
                description = "how an edge's importance follows from its ends: mean, product, max, source or target",
                defaultValue = "target",
                source = "code of Faber et al. 2021")
        EdgeScore edges) {}
