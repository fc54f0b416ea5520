package org.aitia.api.graph;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;

/**
 * Builds a {@link Graph}. Used by one thread.
 *
 * <p>Edges may be added in any order; those that come in the order of the graph, by target and then by source, are
 * not sorted again. Several edges between the same two nodes become one at {@link #build()}; with weights, the first
 * weight wins.
 *
 * <p><b>Memory.</b> 8 bytes per added edge, 4 more with weights, and while building 4 more for the graph itself or 12
 * where weights or edge features have to follow their edges; {@link #reserve} avoids the copies of growing.
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
     * Makes room for edges, so that adding them copies nothing.
     *
     * @param count how many edges are to be added, as far as is known
     * @return this
     */
    public GraphBuilder reserve(int count) {
        int needed = Math.addExact(edges, count);
        if (needed > edgeSources.length) {
            grow(needed);
        }
        return this;
    }

    private void grow(int capacity) {
        edgeSources = Arrays.copyOf(edgeSources, capacity);
        edgeTargets = Arrays.copyOf(edgeTargets, capacity);
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
            grow(Math.max(16, Math.addExact(edges, edges >> 1)));
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
        reserve(from.length);
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
     * Builds the graph, in O(N + E log D) with D the largest in-degree.
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
        InEdges in = isInOrder() ? inOrder() : weighted || edgeFeatures.isPresent() ? sortedWithPlaces() : sorted();
        return new Graph(in.offsets(), in.sources(), weightsOf(in), features, labels, nodeNames, edgeFeaturesOf(in));
    }

    /**
     * Edges in the order of the graph.
     *
     * @param offsets [N + 1]
     * @param sources [E]
     * @param added when each edge was added, [E]; none if in that order, or if nobody asks
     */
    private record InEdges(int[] offsets, int[] sources, Optional<int[]> added) {}

    /** Whether edges came by target and then by source, none twice, none to be dropped. */
    private boolean isInOrder() {
        for (int e = 0; e < edges; e++) {
            if (dropSelfLoops && edgeSources[e] == edgeTargets[e]
                    || e > 0
                            && (edgeTargets[e] < edgeTargets[e - 1]
                                    || edgeTargets[e] == edgeTargets[e - 1] && edgeSources[e] <= edgeSources[e - 1])) {
                return false;
            }
        }
        return true;
    }

    private InEdges inOrder() {
        return new InEdges(countedByTarget(), Arrays.copyOf(edgeSources, edges), Optional.empty());
    }

    /** Puts each source into the bucket of its target and sorts buckets. */
    private InEdges sorted() {
        int[] offsets = countedByTarget();
        int[] next = Arrays.copyOf(offsets, nodes);
        int[] sources = new int[edges];
        for (int e = 0; e < edges; e++) {
            sources[next[edgeTargets[e]]++] = edgeSources[e];
        }
        int count = 0;
        int from = 0;
        for (int target = 0; target < nodes; target++) {
            int to = offsets[target + 1];
            Arrays.sort(sources, from, to);
            int first = count;
            for (int i = from; i < to; i++) {
                boolean duplicate = count > first && sources[i] == sources[count - 1];
                if (!duplicate && !(dropSelfLoops && sources[i] == target)) {
                    sources[count++] = sources[i];
                }
            }
            offsets[target + 1] = count;
            from = to;
        }
        return new InEdges(offsets, count == edges ? sources : Arrays.copyOf(sources, count), Optional.empty());
    }

    /** The same for pairs of source and time of adding, so that of equal edges the first is kept. */
    private InEdges sortedWithPlaces() {
        int[] offsets = countedByTarget();
        int[] next = Arrays.copyOf(offsets, nodes);
        long[] pairs = new long[edges];
        for (int e = 0; e < edges; e++) {
            pairs[next[edgeTargets[e]]++] = (long) edgeSources[e] << Integer.SIZE | e;
        }
        int[] sources = new int[edges];
        int[] added = new int[edges];
        int count = 0;
        int from = 0;
        for (int target = 0; target < nodes; target++) {
            int to = offsets[target + 1];
            Arrays.sort(pairs, from, to);
            int first = count;
            for (int i = from; i < to; i++) {
                int source = (int) (pairs[i] >>> Integer.SIZE);
                boolean duplicate = count > first && source == sources[count - 1];
                if (!duplicate && !(dropSelfLoops && source == target)) {
                    sources[count] = source;
                    added[count++] = (int) pairs[i];
                }
            }
            offsets[target + 1] = count;
            from = to;
        }
        return new InEdges(
                offsets,
                count == edges ? sources : Arrays.copyOf(sources, count),
                Optional.of(count == edges ? added : Arrays.copyOf(added, count)));
    }

    private int[] countedByTarget() {
        int[] offsets = new int[nodes + 1];
        for (int e = 0; e < edges; e++) {
            offsets[edgeTargets[e] + 1]++;
        }
        for (int v = 0; v < nodes; v++) {
            offsets[v + 1] += offsets[v];
        }
        return offsets;
    }

    private float[] weightsOf(InEdges in) {
        if (!weighted) {
            return new float[0];
        }
        if (in.added().isEmpty()) {
            return Arrays.copyOf(weights, edges);
        }
        int[] added = in.added().get();
        float[] kept = new float[added.length];
        for (int e = 0; e < kept.length; e++) {
            kept[e] = weights[added[e]];
        }
        return kept;
    }

    private Features edgeFeaturesOf(InEdges in) {
        return edgeFeatures
                .map(matrix -> in.added().map(matrix::select).orElse(matrix))
                .orElseGet(() -> new DenseFeatures(in.sources().length, 0, FloatBuffer.allocate(0)));
    }
}
