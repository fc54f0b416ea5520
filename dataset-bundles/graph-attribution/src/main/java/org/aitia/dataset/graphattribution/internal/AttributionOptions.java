package org.aitia.dataset.graphattribution.internal;

import org.aitia.api.option.Option;

/**
 * Options of loading.
 *
 * @param negatives molecules of class 0 per molecule of class 1; 0 for all
 * @param seed decides which are kept, and the split
 */
record AttributionOptions(
        @Option(
                description = "how many molecules of class 0 are kept per molecule of class 1; 0 keeps all",
                defaultValue = "0",
                min = 0,
                max = 1000,
                source = "GraphXAI's AlkaneCarbonyl keeps 2, because class 1 is rare")
        int negatives,

        @Option(description = "seed of the split, and of which molecules are kept", defaultValue = "0")
        long seed) {}
