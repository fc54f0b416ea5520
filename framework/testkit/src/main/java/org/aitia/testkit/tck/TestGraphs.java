package org.aitia.testkit.tck;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.aitia.api.Seeds;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.graph.SparseFeatures;

/** Seeded random graphs for tests. */
public final class TestGraphs {
    private TestGraphs() {}

    /**
     * Makes an undirected random graph with Gaussian features and labels.
     *
     * @param nodes number of nodes; the last one is isolated
     * @param edges number of undirected edges to draw; duplicates and self-loops fall away
     * @param features features per node
     * @param classes number of classes
     * @param seed of everything random
     * @return the graph
     */
    public static Graph undirected(int nodes, int edges, int features, int classes, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        GraphBuilder builder = Graph.builder(nodes).withoutSelfLoops();
        for (int e = 0; e < edges; e++) {
            builder.undirectedEdge(random.nextInt(nodes - 1), random.nextInt(nodes - 1));
        }
        int[] labels = random.ints(nodes, 0, classes).toArray();
        return builder.features(gaussian(nodes, features, random))
                .labels(labels)
                .build();
    }

    /**
     * Makes a directed random graph with sparse binary features and labels.
     *
     * @param nodes number of nodes; the last one is isolated
     * @param edges number of edges to draw; duplicates and self-loops fall away
     * @param features features per node
     * @param classes number of classes
     * @param seed of everything random
     * @return the graph
     */
    public static Graph directed(int nodes, int edges, int features, int classes, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        GraphBuilder builder = Graph.builder(nodes).withoutSelfLoops();
        for (int e = 0; e < edges; e++) {
            builder.edge(random.nextInt(nodes - 1), random.nextInt(nodes - 1));
        }
        int[] labels = random.ints(nodes, 0, classes).toArray();
        return builder.features(sparse(nodes, features, random)).labels(labels).build();
    }

    private static Features gaussian(int nodes, int features, RandomGenerator random) {
        FloatBuffer values = FloatBuffer.allocate(nodes * features);
        for (int i = 0; i < values.capacity(); i++) {
            values.put(i, (float) random.nextGaussian());
        }
        return new DenseFeatures(nodes, features, values);
    }

    private static Features sparse(int nodes, int features, RandomGenerator random) {
        int[] offsets = new int[nodes + 1];
        int[] indices = new int[nodes * features];
        int count = 0;
        for (int v = 0; v < nodes; v++) {
            for (int f = 0; f < features; f++) {
                if (random.nextInt(4) == 0) {
                    indices[count++] = f;
                }
            }
            offsets[v + 1] = count;
        }
        float[] ones = new float[count];
        java.util.Arrays.fill(ones, 1);
        return new SparseFeatures(features, offsets, java.util.Arrays.copyOf(indices, count), ones);
    }
}
