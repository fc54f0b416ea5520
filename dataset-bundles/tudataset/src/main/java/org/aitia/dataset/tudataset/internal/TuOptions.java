package org.aitia.dataset.tudataset.internal;

import org.aitia.api.option.Option;

/**
 * Options of the known sets.
 *
 * @param cleaned whether isomorphic graphs are left out
 * @param features of nodes
 * @param attributes whether numeric attributes of nodes are features
 * @param seed decides the split
 */
record TuOptions(
        @Option(
                description = "without isomorphic copies of graphs, from github.com/nd7141/graph_datasets",
                defaultValue = "false",
                source = "Ivanov, Sviridov, Burnaev 2019; PyTorch Geometric's TUDataset")
        boolean cleaned,

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
