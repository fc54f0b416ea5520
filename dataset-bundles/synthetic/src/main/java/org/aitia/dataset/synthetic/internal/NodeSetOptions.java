package org.aitia.dataset.synthetic.internal;

import org.aitia.api.option.Option;

/**
 * Options of the node data sets.
 *
 * @param seed decides structure, features and split
 * @param noise random edges, as a fraction
 */
record NodeSetOptions(
        @Option(description = "seed of structure, features and split", defaultValue = "0")
        long seed,

        @Option(
                description = "random extra edges, as a fraction of the edges there are without them",
                defaultValue = "0.01",
                min = 0,
                max = 1,
                source =
                        "code and data of Ying et al. 2019 and Luo et al. 2020; the text of the former says 0.1 N edges")
        double noise) {}
