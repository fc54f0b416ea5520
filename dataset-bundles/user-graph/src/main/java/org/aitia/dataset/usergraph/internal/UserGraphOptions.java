package org.aitia.dataset.usergraph.internal;

import org.aitia.api.option.Option;

/**
 * Options of {@code user-graph}.
 *
 * @param path where the graph is
 * @param seed of the random split
 */
record UserGraphOptions(
        @Option(
                description = "a folder with nodes.csv and edges.csv, a zip of one, a .graphml file or an .npz file",
                defaultValue = "")
        String path,

        @Option(description = "seed of the random split", defaultValue = "0")
        long seed) {}
