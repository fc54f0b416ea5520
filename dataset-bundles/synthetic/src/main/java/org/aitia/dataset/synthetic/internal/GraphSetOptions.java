package org.aitia.dataset.synthetic.internal;

import org.aitia.api.option.Option;

/**
 * Options of BA-2motifs.
 *
 * @param seed decides structure and split
 * @param noise random edges, as a fraction
 */
record GraphSetOptions(
        @Option(description = "seed of structure and split", defaultValue = "0")
        long seed,

        @Option(
                description = "random extra edges in each graph, as a fraction of the edges there are without them",
                defaultValue = "0",
                min = 0,
                max = 1,
                source = "Luo et al. 2020, who add none")
        double noise) {}
