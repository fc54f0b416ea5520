package org.aitia.models.internal.torchscript;

import java.util.random.RandomGenerator;
import org.aitia.api.Seeds;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;

/** Random graphs to probe modules with. They are long, so that many hops do not reach all of them. */
final class ProbeGraphs {
    private static final double SECOND_NEIGHBOUR = 0.4;
    private static final double BOTH_WAYS = 0.3;

    private ProbeGraphs() {}

    /** What a graph is like. */
    record Kind(boolean undirected, boolean weighted, boolean negative) {}

    /**
     * Makes a graph without self-loops or isolated nodes.
     *
     * @param nodes how many
     * @param features per node
     * @param kind whether it is undirected, has weights, has negative features
     * @param seed of everything random
     */
    static Graph of(int nodes, int features, Kind kind, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        float[][] x = new float[nodes][features];
        for (float[] row : x) {
            for (int f = 0; f < features; f++) {
                row[f] = (float) (kind.negative() ? 2 * random.nextDouble() - 1 : random.nextDouble());
            }
        }
        GraphBuilder builder = Graph.builder(nodes).features(DenseFeatures.of(x));
        for (int v = 0; v < nodes; v++) {
            for (int distance = 1; distance <= 2; distance++) {
                boolean wanted = distance == 1 || random.nextDouble() < SECOND_NEIGHBOUR;
                if (wanted && v + distance < nodes) {
                    addEdge(builder, v, v + distance, kind, random);
                }
            }
        }
        return builder.build();
    }

    private static void addEdge(GraphBuilder builder, int a, int b, Kind kind, RandomGenerator random) {
        float weight = kind.weighted() ? (float) (0.5 + random.nextDouble()) : 1;
        boolean forth = random.nextBoolean();
        boolean both = kind.undirected() || random.nextDouble() < BOTH_WAYS;
        if (forth || both) {
            builder.edge(a, b, weight);
        }
        if (!forth || both) {
            builder.edge(b, a, weight);
        }
    }
}
