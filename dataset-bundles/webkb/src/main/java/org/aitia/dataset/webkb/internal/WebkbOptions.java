package org.aitia.dataset.webkb.internal;

import org.aitia.api.option.Option;

/**
 * Options of loading.
 *
 * @param undirected whether every edge has its reverse
 * @param seed decides the random split
 */
record WebkbOptions(
        @Option(
                description = "add the reverse of every edge; without, edges are directed as published, which is what"
                        + " PyTorch Geometric counts",
                defaultValue = "false")
        boolean undirected,

        @Option(description = "seed of the random split", defaultValue = "0")
        long seed) {}
