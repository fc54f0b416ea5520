package org.aitia.dataset.planetoid.internal;

import org.aitia.api.option.Option;

/**
 * Options of loading.
 *
 * @param normalize whether features are scaled
 * @param split which split comes first
 * @param splitIndex which of the splits of Geom-GCN
 * @param seed decides the random split
 * @param trainPerClass of the random split
 * @param validation of the random split
 * @param test of the random split
 */
record PlanetoidOptions(
        @Option(
                description = "scale the features of each node to sum 1",
                defaultValue = "true",
                source = "Kipf and Welling 2017")
        boolean normalize,

        @Option(
                description = "the split that comes before the public one: none; drawn at random; public but with every"
                        + " other node for training; or one of Geom-GCN's ten, which are downloaded",
                defaultValue = "public",
                source = "PyTorch Geometric's Planetoid")
        SplitName split,

        @Option(
                description = "which of Geom-GCN's splits",
                defaultValue = "0",
                min = 0,
                max = 9,
                source = "Pei et al. 2020")
        int splitIndex,

        @Option(description = "seed of the random split", defaultValue = "0")
        long seed,

        @Option(
                description = "training nodes of each class in the random split",
                defaultValue = "20",
                aliases = "num_train_per_class",
                min = 1,
                source = "PyTorch Geometric's Planetoid")
        int trainPerClass,

        @Option(
                description = "validation nodes of the random split",
                defaultValue = "500",
                aliases = "num_val",
                min = 0,
                source = "PyTorch Geometric's Planetoid")
        int validation,

        @Option(
                description = "test nodes of the random split",
                defaultValue = "1000",
                aliases = "num_test",
                min = 1,
                source = "PyTorch Geometric's Planetoid")
        int test) {

    /** What the default split of the data set can be. */
    enum SplitName {
        PUBLIC,
        RANDOM,
        FULL,
        GEOM_GCN
    }
}
