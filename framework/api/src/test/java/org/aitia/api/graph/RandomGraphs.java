package org.aitia.api.graph;

import java.util.random.RandomGenerator;
import org.aitia.api.Seeds;

/** Directed graphs with loops, repeats, unconnected parts and nodes without edges. */
final class RandomGraphs {
    private RandomGraphs() {}

    static Graph directed(long seed) {
        RandomGenerator random = Seeds.generator(seed);
        int nodes = 1 + random.nextInt(40);
        GraphBuilder builder = Graph.builder(nodes);
        int edges = random.nextInt(4 * nodes);
        for (int e = 0; e < edges; e++) {
            builder.edge(random.nextInt(nodes), random.nextInt(nodes));
        }
        return builder.build();
    }
}
