package org.aitia.explainer.baselines.internal;

import org.aitia.api.option.Option;

/**
 * Options of random.
 *
 * @param undirected whether the two directions of an edge are one
 */
record RandomOptions(
        @Option(description = "both directions of an edge have the same importance", defaultValue = "true")
        boolean undirected) {}
