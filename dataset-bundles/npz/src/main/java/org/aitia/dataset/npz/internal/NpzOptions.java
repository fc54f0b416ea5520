package org.aitia.dataset.npz.internal;

import org.aitia.api.option.Option;

/**
 * Options of loading.
 *
 * @param binarize whether positive features become 1
 * @param normalize whether features are scaled
 * @param seed decides the split
 * @param trainPerClass of the split
 * @param validationPerClass of the split
 */
record NpzOptions(
        @Option(
                description = "make every positive feature 1",
                defaultValue = "true",
                source = "PyTorch Geometric's read_npz")
        boolean binarize,

        @Option(description = "scale the features of each node to sum 1", defaultValue = "false")
        boolean normalize,

        @Option(description = "seed of the split", defaultValue = "0")
        long seed,

        @Option(
                description = "training nodes of each class",
                defaultValue = "20",
                min = 1,
                max = 1_000_000,
                source = "Shchur et al. 2018")
        int trainPerClass,

        @Option(
                description = "validation nodes of each class; all other nodes are for test",
                defaultValue = "30",
                min = 0,
                max = 1_000_000,
                source = "Shchur et al. 2018")
        int validationPerClass) {}
