package org.aitia.dataset.tudataset.internal;

import org.aitia.api.option.Option;

/**
 * Options of a set that the user has.
 *
 * @param path where it is
 * @param name which one
 * @param features of nodes
 * @param attributes whether numeric attributes of nodes are features
 * @param seed decides the split
 */
record LocalOptions(
        @Option(description = "folder or zip archive with NAME_A.txt and so on, or with NAME.txt", defaultValue = "")
        String path,

        @Option(description = "which set, where there are several", defaultValue = "")
        String name,

        @Option(
                description = "features of nodes. auto: their attributes and one-hot labels, or the constant 1 where"
                        + " there are none; degree: the one-hot degree; constant: the constant 1",
                defaultValue = "auto",
                source = "degree: Xu et al. 2019 (GIN) for sets of social networks")
        FeatureChoice features,

        @Option(
                description = "with auto: whether numeric attributes are features beside labels",
                defaultValue = "true",
                aliases = "use_node_attr")
        boolean attributes,

        @Option(description = "seed of the split", defaultValue = "0")
        long seed) {}
