package org.aitia.api.graph;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;

/**
 * A directed graph with node features and labels. Immutable and safe for several threads.
 *
 * <p>Nodes are {@code 0..N-1}. Edges are {@code 0..E-1} in the order of (target, source); see the package description.
 * Built by a {@link GraphBuilder}.
 */
public final class Graph {
    private final int[] inOffsets; // [N + 1]
    private final int[] sources; // [E]
    private final float[] edgeWeights; // [E], empty if unweighted
    private final Features features;
    private final int[] labels; // [N], empty if unlabelled
    private final List<String> nodeNames;
    private final Features edgeFeatures; // [E, D]
    private volatile OutEdges outEdges; // derived on first use

    Graph(
            int[] inOffsets,
            int[] sources,
            float[] edgeWeights,
            Features features,
            int[] labels,
            List<String> nodeNames,
            Features edgeFeatures) {
        this.inOffsets = inOffsets;
        this.sources = sources;
        this.edgeWeights = edgeWeights;
        this.features = features;
        this.labels = labels;
        this.nodeNames = nodeNames;
        this.edgeFeatures = edgeFeatures;
    }

    /**
     * Starts a graph.
     *
     * @param nodes number of nodes, 0 or more
     * @return a builder
     */
    public static GraphBuilder builder(int nodes) {
        return new GraphBuilder(nodes);
    }

    /**
     * Returns the number of nodes.
     *
     * @return N
     */
    public int nodeCount() {
        return inOffsets.length - 1;
    }

    /**
     * Returns the number of directed edges.
     *
     * @return E
     */
    public int edgeCount() {
        return sources.length;
    }

    /**
     * Returns the first in-edge of a node; its in-edges are {@code inOffset(v)..inOffset(v+1)-1}.
     *
     * @param node in [0, N]
     * @return an edge number, or E
     */
    public int inOffset(int node) {
        return inOffsets[node];
    }

    /**
     * Returns the number of edges that end in a node, self-loops included.
     *
     * @param node in [0, N)
     * @return 0 or more
     */
    public int inDegree(int node) {
        return inOffsets[node + 1] - inOffsets[node];
    }

    /**
     * Returns where an edge comes from.
     *
     * @param edge in [0, E)
     * @return a node
     */
    public int source(int edge) {
        return sources[edge];
    }

    /**
     * Returns where an edge ends. Takes O(log N).
     *
     * @param edge in [0, E)
     * @return a node
     */
    public int target(int edge) {
        Objects.checkIndex(edge, sources.length);
        // the last node whose first in-edge is not after this edge; empty nodes share their offset with the next
        int low = 0;
        int high = nodeCount();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (inOffsets[middle] <= edge) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Finds the edge between two nodes. Takes O(log degree).
     *
     * @param source in [0, N)
     * @param target in [0, N)
     * @return its number, or -1 if there is none
     */
    public int edge(int source, int target) {
        int at = Arrays.binarySearch(sources, inOffsets[target], inOffsets[target + 1], source);
        return Math.max(at, -1);
    }

    /**
     * Returns the weight of an edge.
     *
     * @param edge in [0, E)
     * @return its weight; 1 in an unweighted graph
     */
    public float edgeWeight(int edge) {
        Objects.checkIndex(edge, sources.length);
        return edgeWeights.length == 0 ? 1 : edgeWeights[edge];
    }

    /**
     * Tells whether edges carry weights.
     *
     * @return false if every weight is 1
     */
    public boolean isWeighted() {
        return edgeWeights.length > 0;
    }

    /**
     * Returns the features.
     *
     * @return [N, F]; F may be 0
     */
    public Features features() {
        return features;
    }

    /**
     * Returns this graph with other features of its nodes.
     *
     * @param others [N, F]; F may differ
     * @return a graph that shares everything else
     * @throws InvalidRequestException if there are not as many rows as nodes
     */
    public Graph withFeatures(Features others) {
        if (others.rows() != nodeCount()) {
            throw new InvalidRequestException(
                    "features of " + others.rows() + " nodes do not fit a graph of " + nodeCount());
        }
        return new Graph(inOffsets, sources, edgeWeights, others, labels, nodeNames, edgeFeatures);
    }

    /**
     * Returns the features of edges, for example kinds of bonds.
     *
     * @return [E, D] in the order of edges; D is 0 where edges have none
     */
    public Features edgeFeatures() {
        return edgeFeatures;
    }

    /**
     * Tells whether nodes carry labels.
     *
     * @return true if {@link #label} has meaning
     */
    public boolean hasLabels() {
        return labels.length > 0;
    }

    /**
     * Returns the class of a node.
     *
     * @param node in [0, N)
     * @return its class, or -1 if it has none
     */
    public int label(int node) {
        Objects.checkIndex(node, nodeCount());
        return labels.length == 0 ? -1 : labels[node];
    }

    /**
     * Returns the name of a node in its data set, for example an atom or an external identifier.
     *
     * @param node in [0, N)
     * @return the name, if it has one other than its number
     */
    public Optional<String> nodeName(int node) {
        Objects.checkIndex(node, nodeCount());
        return nodeNames.isEmpty() ? Optional.empty() : Optional.of(nodeNames.get(node));
    }

    /**
     * Returns where the in-edges of nodes begin.
     *
     * @return a read-only view of N + 1 positions
     */
    public IntBuffer inOffsets() {
        return IntBuffer.wrap(inOffsets).asReadOnlyBuffer();
    }

    /**
     * Returns the sources of all edges.
     *
     * @return a read-only view, [E]
     */
    public IntBuffer sources() {
        return IntBuffer.wrap(sources).asReadOnlyBuffer();
    }

    /**
     * Returns the weights of all edges.
     *
     * @return a read-only view, [E]; empty if unweighted
     */
    public FloatBuffer edgeWeights() {
        return FloatBuffer.wrap(edgeWeights).asReadOnlyBuffer();
    }

    /**
     * Returns the targets of all edges.
     *
     * @return a new array, [E], ascending
     */
    public int[] targets() {
        int[] targets = new int[sources.length];
        for (int v = 0; v < nodeCount(); v++) {
            Arrays.fill(targets, inOffsets[v], inOffsets[v + 1], v);
        }
        return targets;
    }

    /**
     * Returns the edges that begin in a node. The index is made on first use, in O(N + E).
     *
     * @param node in [0, N)
     * @return a read-only view of edge numbers, ascending
     */
    public IntBuffer outEdges(int node) {
        OutEdges index = outEdges;
        if (index == null) {
            // two threads may both compute it; the results are equal
            index = OutEdges.of(nodeCount(), sources);
            outEdges = index;
        }
        return index.of(node);
    }

    /**
     * Tells whether every edge has its reverse.
     *
     * @return true for an undirected graph
     */
    public boolean isUndirected() {
        for (int v = 0; v < nodeCount(); v++) {
            for (int e = inOffsets[v]; e < inOffsets[v + 1]; e++) {
                if (edge(v, sources[e]) < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "Graph[" + nodeCount() + " nodes, " + edgeCount() + " edges, " + features.columns() + " features]";
    }

    /** The array behind {@link #inOffsets()}, for this package to read. */
    int[] inOffsetArray() {
        return inOffsets;
    }

    /** The array behind {@link #sources()}, for this package to read. */
    int[] sourceArray() {
        return sources;
    }

    private record OutEdges(int[] offsets, int[] edges) {
        static OutEdges of(int nodes, int[] sources) {
            int[] offsets = new int[nodes + 1];
            for (int source : sources) {
                offsets[source + 1]++;
            }
            for (int v = 0; v < nodes; v++) {
                offsets[v + 1] += offsets[v];
            }
            int[] next = Arrays.copyOf(offsets, nodes);
            int[] edges = new int[sources.length];
            for (int e = 0; e < sources.length; e++) {
                edges[next[sources[e]]++] = e;
            }
            return new OutEdges(offsets, edges);
        }

        IntBuffer of(int node) {
            return IntBuffer.wrap(edges, offsets[node], offsets[node + 1] - offsets[node])
                    .slice()
                    .asReadOnlyBuffer();
        }
    }
}
