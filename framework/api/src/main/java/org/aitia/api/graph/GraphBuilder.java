package org.aitia.api.graph;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;

/**
 * Builds a {@link Graph}. Used by one thread.
 *
 * <p>Edges may be added in any order. Several edges between the same two nodes become one at {@link #build()}; with
 * weights, the first weight wins.
 */
public final class GraphBuilder {
    private final int nodes;
    private int[] edgeSources = new int[16];
    private int[] edgeTargets = new int[16];
    private float[] weights = new float[0];
    private int edges;
    private boolean weighted;
    private boolean dropSelfLoops;
    private Features features;
    private int[] labels = {};
    private List<String> nodeNames = List.of();
    private Optional<Features> edgeFeatures = Optional.empty();

    GraphBuilder(int nodes) {
        if (nodes < 0) {
            throw new InvalidRequestException("a graph cannot have " + nodes + " nodes");
        }
        this.nodes = nodes;
        this.features = new DenseFeatures(nodes, 0, FloatBuffer.allocate(0));
    }

    /**
     * Adds a directed edge of weight 1.
     *
     * @param source in [0, N)
     * @param target in [0, N)
     * @return this
     * @throws InvalidRequestException if a node is out of range
     */
    public GraphBuilder edge(int source, int target) {
        return edge(source, target, 1);
    }

    /**
     * Adds a directed edge.
     *
     * @param source in [0, N)
     * @param target in [0, N)
     * @param weight any finite value
     * @return this
     * @throws InvalidRequestException if a node is out of range
     */
    public GraphBuilder edge(int source, int target, float weight) {
        if (source < 0 || source >= nodes || target < 0 || target >= nodes) {
            throw new InvalidRequestException(
                    "edge " + source + " -> " + target + " names a node outside 0.." + (nodes - 1));
        }
        if (!Float.isFinite(weight)) {
            throw new InvalidRequestException("edge " + source + " -> " + target + " has weight " + weight);
        }
        if (edges == edgeSources.length) {
            int larger = Math.max(16, Math.addExact(edges, edges >> 1));
            edgeSources = Arrays.copyOf(edgeSources, larger);
            edgeTargets = Arrays.copyOf(edgeTargets, larger);
        }
        if (weight != 1 && !weighted) {
            weighted = true;
            weights = new float[edgeSources.length];
            Arrays.fill(weights, 1);
        }
        if (weighted) {
            if (weights.length < edgeSources.length) {
                weights = Arrays.copyOf(weights, edgeSources.length);
            }
            weights[edges] = weight;
        }
        edgeSources[edges] = source;
        edgeTargets[edges] = target;
        edges++;
        return this;
    }

    /**
     * Adds both directions of an edge.
     *
     * @param a in [0, N)
     * @param b in [0, N)
     * @return this
     */
    public GraphBuilder undirectedEdge(int a, int b) {
        edge(a, b);
        return a == b ? this : edge(b, a);
    }

    /**
     * Adds directed edges of weight 1.
     *
     * @param from sources
     * @param to targets, as many
     * @return this
     */
    public GraphBuilder edges(int[] from, int[] to) {
        if (from.length != to.length) {
            throw new InvalidRequestException(from.length + " sources but " + to.length + " targets");
        }
        for (int e = 0; e < from.length; e++) {
            edge(from[e], to[e]);
        }
        return this;
    }

    /**
     * Leaves out edges from a node to itself.
     *
     * @return this
     */
    public GraphBuilder withoutSelfLoops() {
        dropSelfLoops = true;
        return this;
    }

    /**
     * Sets the features.
     *
     * @param matrix [N, F]
     * @return this
     */
    public GraphBuilder features(Features matrix) {
        if (matrix.rows() != nodes) {
            throw new InvalidRequestException(matrix.rows() + " feature rows for " + nodes + " nodes");
        }
        this.features = matrix;
        return this;
    }

    /**
     * Sets the classes of nodes.
     *
     * @param classes [N]; -1 where there is none; copied
     * @return this
     */
    public GraphBuilder labels(int[] classes) {
        if (classes.length != nodes) {
            throw new InvalidRequestException(classes.length + " labels for " + nodes + " nodes");
        }
        this.labels = classes.clone();
        return this;
    }

    /**
     * Names the nodes.
     *
     * @param names N names
     * @return this
     */
    public GraphBuilder nodeNames(List<String> names) {
        if (names.size() != nodes) {
            throw new InvalidRequestException(names.size() + " names for " + nodes + " nodes");
        }
        this.nodeNames = List.copyOf(names);
        return this;
    }

    /**
     * Sets the features of edges.
     *
     * @param matrix a row for each added edge, in the order in which they were added, with the two directions of an
     *     undirected edge one after the other; of several edges between the same two nodes the first one's row is kept
     * @return this
     */
    public GraphBuilder edgeFeatures(Features matrix) {
        this.edgeFeatures = Optional.of(matrix);
        return this;
    }

    /**
     * Builds the graph, in O(N + E).
     *
     * @return an immutable graph
     * @throws InvalidRequestException if there are not as many rows of edge features as edges
     */
    public Graph build() {
        edgeFeatures.ifPresent(matrix -> {
            if (matrix.rows() != edges) {
                throw new InvalidRequestException(matrix.rows() + " rows of edge features for " + edges + " edges");
            }
        });
        // Two stable counting passes (by source, then by target) put edges in order; equal neighbours are then
        // duplicates.
        int[] bySource = sortedBy(edgeSources, identity());
        int[] order = sortedBy(edgeTargets, bySource);
        int[] offsets = new int[nodes + 1];
        int[] sources = new int[edges];
        float[] kept = new float[weighted ? edges : 0];
        int[] rows = new int[edgeFeatures.isPresent() ? edges : 0];
        int count = 0;
        int previousSource = -1;
        int previousTarget = -1;
        for (int e : order) {
            int source = edgeSources[e];
            int target = edgeTargets[e];
            boolean duplicate = source == previousSource && target == previousTarget;
            if (duplicate || dropSelfLoops && source == target) {
                continue;
            }
            previousSource = source;
            previousTarget = target;
            sources[count] = source;
            if (weighted) {
                kept[count] = weights[e];
            }
            if (rows.length > 0) {
                rows[count] = e;
            }
            offsets[target + 1]++;
            count++;
        }
        for (int v = 0; v < nodes; v++) {
            offsets[v + 1] += offsets[v];
        }
        int edgeTotal = count;
        return new Graph(
                offsets,
                count == edges ? sources : Arrays.copyOf(sources, count),
                weighted ? Arrays.copyOf(kept, count) : kept,
                features,
                labels,
                nodeNames,
                edgeFeatures
                        .map(matrix -> matrix.select(Arrays.copyOf(rows, edgeTotal)))
                        .orElseGet(() -> new DenseFeatures(edgeTotal, 0, FloatBuffer.allocate(0))));
    }

    private int[] identity() {
        int[] order = new int[edges];
        Arrays.setAll(order, i -> i);
        return order;
    }

    private int[] sortedBy(int[] keys, int[] order) {
        int[] start = new int[nodes + 1];
        for (int e = 0; e < edges; e++) {
            start[keys[e] + 1]++;
        }
        for (int v = 0; v < nodes; v++) {
            start[v + 1] += start[v];
        }
        int[] sorted = new int[edges];
        for (int e : order) {
            sorted[start[keys[e]]++] = e;
        }
        return sorted;
    }
}
