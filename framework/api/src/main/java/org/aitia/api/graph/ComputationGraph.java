package org.aitia.api.graph;

import java.util.Arrays;
import org.aitia.api.InvalidRequestException;

/**
 * The part of a graph that a prediction can depend on: the receptive field. Immutable and safe for several threads.
 *
 * <p>For a target node and L message-passing layers it holds the nodes within L hops against the direction of edges,
 * and the edges that end within L - 1 hops; no other element can change the prediction (GNNExplainer, Ying et al.
 * 2019, section 3). It is not the induced subgraph: an edge between two nodes at distance L is left out. Extraction
 * takes time in the size of the result, not of the graph.
 *
 * <p>Local nodes are ordered by distance, the target first; local edges by local target, then as in the graph.
 * Original numbers are kept, and with them the degrees of the full graph.
 */
public final class ComputationGraph {
    private final Graph graph;
    private final int target;
    private final int hops;
    private final int[] nodes; // local -> original
    private final int[] depths; // number of local nodes within d hops, d = 0..hops
    private final int[] inOffsets; // [n + 1]
    private final int[] sources; // local sources
    private final int[] edges; // local -> original

    private ComputationGraph(
            Graph graph, int target, int hops, int[] nodes, int[] depths, int[] inOffsets, int[] sources, int[] edges) {
        this.graph = graph;
        this.target = target;
        this.hops = hops;
        this.nodes = nodes;
        this.depths = depths;
        this.inOffsets = inOffsets;
        this.sources = sources;
        this.edges = edges;
    }

    /**
     * Extracts the receptive field of a node.
     *
     * @param graph the full graph
     * @param target a node
     * @param hops number of message-passing layers, 0 or more
     * @return the computation graph
     * @throws InvalidRequestException if the graph has no such node
     */
    public static ComputationGraph of(Graph graph, int target, int hops) {
        if (target < 0 || target >= graph.nodeCount()) {
            throw new InvalidRequestException(
                    "node " + target + " is out of range; the graph has nodes 0.." + (graph.nodeCount() - 1));
        }
        if (hops < 0) {
            throw new InvalidRequestException("a computation graph cannot have " + hops + " hops");
        }
        return new Extraction(graph, target, hops).run();
    }

    /**
     * Takes a whole graph, as graph tasks do: every node is computed in every layer.
     *
     * @param graph the graph
     * @return a computation graph without target, with the nodes and edges of the graph in their order
     */
    public static ComputationGraph whole(Graph graph) {
        int n = graph.nodeCount();
        int[] offsets = new int[n + 1];
        graph.inOffsets().get(offsets);
        int[] sources = new int[graph.edgeCount()];
        graph.sources().get(sources);
        return new ComputationGraph(
                graph, -1, 0, identity(n), new int[] {n}, offsets, sources, identity(graph.edgeCount()));
    }

    private static int[] identity(int n) {
        int[] identity = new int[n];
        Arrays.setAll(identity, i -> i);
        return identity;
    }

    /**
     * Returns the full graph.
     *
     * @return what this is a part of
     */
    public Graph graph() {
        return graph;
    }

    /**
     * Returns the target.
     *
     * @return original number of the target node, or -1 for a whole graph
     */
    public int target() {
        return target;
    }

    /**
     * Returns the number of hops.
     *
     * @return 0 for a whole graph
     */
    public int hops() {
        return hops;
    }

    /**
     * Returns the number of local nodes.
     *
     * @return n
     */
    public int nodeCount() {
        return nodes.length;
    }

    /**
     * Returns the number of local edges.
     *
     * @return m
     */
    public int edgeCount() {
        return edges.length;
    }

    /**
     * Returns the original number of a local node.
     *
     * @param local in [0, n)
     * @return node of the full graph
     */
    public int node(int local) {
        return nodes[local];
    }

    /**
     * Returns the original numbers of all local nodes.
     *
     * @return a new array, [n]
     */
    public int[] nodes() {
        return nodes.clone();
    }

    /**
     * Returns the original number of a local edge.
     *
     * @param local in [0, m)
     * @return edge of the full graph
     */
    public int edge(int local) {
        return edges[local];
    }

    /**
     * Returns the original numbers of all local edges.
     *
     * @return a new array, [m]
     */
    public int[] edges() {
        return edges.clone();
    }

    /**
     * Returns the first local in-edge of a local node.
     *
     * @param local in [0, n]
     * @return a local edge, or m
     */
    public int inOffset(int local) {
        return inOffsets[local];
    }

    /**
     * Returns the local source of a local edge.
     *
     * @param local in [0, m)
     * @return a local node
     */
    public int source(int local) {
        return sources[local];
    }

    /**
     * Returns how many local nodes lie within a distance of the target; they are the first ones.
     *
     * @param depth 0 or more
     * @return number of nodes; all of them from {@link #hops()} on
     */
    public int nodesWithin(int depth) {
        return depths[Math.min(depth, depths.length - 1)];
    }

    @Override
    public String toString() {
        return "ComputationGraph[target " + target + ", " + hops + " hops, " + nodes.length + " nodes, " + edges.length
                + " edges]";
    }

    /** Breadth-first search against the edges, with an open-addressing map from original to local numbers. */
    private static final class Extraction {
        private final Graph graph;
        private final int target;
        private final int hops;
        private int[] nodes = new int[16];
        private int nodeCount;
        private int[] slots = new int[64]; // local number + 1, at the hash of the original number

        Extraction(Graph graph, int target, int hops) {
            this.graph = graph;
            this.target = target;
            this.hops = hops;
        }

        ComputationGraph run() {
            int[] depths = new int[hops + 1];
            local(target);
            depths[0] = 1;
            int expanded = 0;
            int edgeCount = 0;
            for (int depth = 1; depth <= hops; depth++) {
                int end = nodeCount;
                for (; expanded < end; expanded++) {
                    int v = nodes[expanded];
                    for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
                        local(graph.source(e));
                    }
                    edgeCount = Math.addExact(edgeCount, graph.inDegree(v));
                }
                depths[depth] = nodeCount;
            }
            int[] inOffsets = new int[nodeCount + 1];
            int[] sources = new int[edgeCount];
            int[] edges = new int[edgeCount];
            int count = 0;
            for (int i = 0; i < nodeCount; i++) {
                if (i < expanded) {
                    int v = nodes[i];
                    for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
                        sources[count] = local(graph.source(e));
                        edges[count] = e;
                        count++;
                    }
                }
                inOffsets[i + 1] = count;
            }
            return new ComputationGraph(
                    graph, target, hops, Arrays.copyOf(nodes, nodeCount), depths, inOffsets, sources, edges);
        }

        private int local(int original) {
            int mask = slots.length - 1;
            int at = hash(original) & mask;
            while (slots[at] != 0) {
                if (nodes[slots[at] - 1] == original) {
                    return slots[at] - 1;
                }
                at = (at + 1) & mask;
            }
            if (nodeCount == nodes.length) {
                nodes = Arrays.copyOf(nodes, 2 * nodeCount);
            }
            nodes[nodeCount] = original;
            slots[at] = ++nodeCount;
            if (2 * nodeCount > slots.length) {
                rehash();
            }
            return nodeCount - 1;
        }

        private void rehash() {
            slots = new int[2 * slots.length];
            int mask = slots.length - 1;
            for (int i = 0; i < nodeCount; i++) {
                int at = hash(nodes[i]) & mask;
                while (slots[at] != 0) {
                    at = (at + 1) & mask;
                }
                slots[at] = i + 1;
            }
        }

        private static int hash(int value) {
            int h = value * 0x9E3779B9;
            return h ^ (h >>> 15);
        }
    }
}
