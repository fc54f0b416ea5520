package org.aitia.api.graph;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aitia.api.InvalidRequestException;

/**
 * The part of a graph that a prediction can depend on: the receptive field. Immutable and safe for several threads.
 *
 * <p>For a target node and L message-passing layers it holds the nodes within L hops against the direction of edges,
 * and the edges that end within L - 1 hops; no other element can change the prediction (GNNExplainer, Ying et al.
 * 2019, section 3). It is not the induced subgraph: an edge between two nodes at distance L is left out. Extraction
 * takes time in the size of the result, not of the graph.
 *
 * <p>There may be several targets: the two ends of a link, or the nodes of a training step. It is then the union of
 * their receptive fields, and a distance is that to the nearest target.
 *
 * <p>Local nodes are ordered by distance, the targets first, in their order; local edges by local target, then as in
 * the graph. Original numbers are kept, and with them the degrees of the full graph.
 */
public final class ComputationGraph {
    /** Stands for the numbers of the graph where they stay as they are. */
    private static final int[] UNCHANGED = {};

    private final Graph graph;
    private final int[] targets; // none for a whole graph
    private final boolean link;
    private final boolean sampled;
    private final int hops;
    private final int[] nodes; // local -> original, or UNCHANGED
    private final int[] depths; // number of local nodes within d hops, d = 0..hops
    private final int[] inOffsets; // [n + 1]
    private final int[] sources; // local sources
    private final int[] edges; // local -> original, or UNCHANGED
    private final BitSet recounted; // nodes that lost in-edges to removing()

    private ComputationGraph(
            Graph graph,
            Extent extent,
            int hops,
            int[] nodes,
            int[] depths,
            int[] inOffsets,
            int[] sources,
            int[] edges) {
        this(graph, extent, hops, nodes, depths, inOffsets, sources, edges, new BitSet());
    }

    private ComputationGraph(
            Graph graph,
            Extent extent,
            int hops,
            int[] nodes,
            int[] depths,
            int[] inOffsets,
            int[] sources,
            int[] edges,
            BitSet recounted) {
        this.graph = graph;
        this.targets = extent.targets();
        this.link = extent.link();
        this.sampled = extent.fanouts().isPresent();
        this.hops = hops;
        this.nodes = nodes;
        this.depths = depths;
        this.inOffsets = inOffsets;
        this.sources = sources;
        this.edges = edges;
        this.recounted = recounted;
    }

    /** What is asked for. */
    private record Extent(int[] targets, boolean link, Optional<int[]> fanouts) {}

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
        return of(graph, new int[] {target}, hops);
    }

    /**
     * Extracts the union of the receptive fields of several nodes.
     *
     * @param graph the full graph
     * @param targets at least one node, none twice
     * @param hops number of message-passing layers, 0 or more
     * @return the computation graph; local node i is {@code targets[i]}
     * @throws InvalidRequestException if the graph has no such node, or one is named twice
     */
    public static ComputationGraph of(Graph graph, int[] targets, int hops) {
        return new Extraction(graph, new Extent(targets.clone(), false, Optional.empty()), hops, IntSupply.NONE).run();
    }

    /**
     * Extracts what the prediction of a link between two nodes can depend on.
     *
     * @param graph the full graph
     * @param source a node
     * @param target another node
     * @param hops number of message-passing layers, 0 or more
     * @return the union of both receptive fields; local nodes 0 and 1 are source and target
     * @throws InvalidRequestException if the graph has no such nodes, or they are the same
     */
    public static ComputationGraph ofLink(Graph graph, int source, int target, int hops) {
        Extent extent = new Extent(new int[] {source, target}, true, Optional.empty());
        return new Extraction(graph, extent, hops, IntSupply.NONE).run();
    }

    /**
     * Samples the receptive field of several nodes, for training on graphs whose full receptive fields are too large
     * (GraphSAGE, Hamilton et al. 2017, section 3.1): of each node's in-edges at most a given number are kept, drawn
     * without replacement.
     *
     * @param graph the full graph
     * @param targets at least one node, none twice
     * @param fanouts how many in-edges to keep of a node at distance 0, 1, ...; as many as there are message-passing
     *     layers; -1 for all
     * @param random source of chance
     * @return the computation graph
     * @throws InvalidRequestException if the graph has no such node, or one is named twice
     */
    public static ComputationGraph sampled(Graph graph, int[] targets, int[] fanouts, RandomGenerator random) {
        Extent extent = new Extent(targets.clone(), false, Optional.of(fanouts.clone()));
        return new Extraction(graph, extent, fanouts.length, random::nextInt).run();
    }

    /**
     * Takes a whole graph, as graph tasks do: every node is computed in every layer.
     *
     * @param graph the graph
     * @return a computation graph without target, with the nodes and edges of the graph in their order
     */
    public static ComputationGraph whole(Graph graph) {
        return new ComputationGraph(
                graph,
                new Extent(new int[0], false, Optional.empty()),
                0,
                UNCHANGED,
                new int[] {graph.nodeCount()},
                graph.inOffsetArray(), // shared, as neither changes: the graph may be a large one
                graph.sourceArray(),
                UNCHANGED);
    }

    /**
     * Leaves out edges, as if the graph did not have them. Nodes stay, and so do the degrees of the full graph.
     *
     * @param removed local edges, in any order
     * @return a computation graph of the same nodes
     */
    public ComputationGraph withoutEdges(int... removed) {
        return without(removed, recounted);
    }

    /**
     * Removes edges from the graph itself, as far as the prediction can tell: unlike with {@link #withoutEdges}, the
     * degrees of their targets no longer count them, so that a model computes what it would in a graph built without
     * them. Nodes stay, also those that no path leads from any more.
     *
     * @param removed local edges, in any order
     * @return a computation graph of the same nodes
     */
    public ComputationGraph removing(int... removed) {
        BitSet counted = (BitSet) recounted.clone();
        for (int edge : removed) {
            // the last node whose first in-edge is not after this edge
            int at = Arrays.binarySearch(inOffsets, Objects.checkIndex(edge, edgeCount()));
            int target = at < 0 ? -at - 2 : at;
            while (inOffsets[target + 1] == inOffsets[target]) {
                target++; // nodes without in-edges share their offset with the next
            }
            counted.set(target);
        }
        return without(removed, counted);
    }

    private ComputationGraph without(int[] removed, BitSet counted) {
        BitSet gone = new BitSet();
        for (int edge : removed) {
            gone.set(Objects.checkIndex(edge, edgeCount()));
        }
        int count = edgeCount() - gone.cardinality();
        int[] keptSources = new int[count];
        int[] keptEdges = new int[count];
        int[] offsets = new int[inOffsets.length];
        int next = 0;
        for (int v = 0; v < nodeCount(); v++) {
            for (int e = inOffsets[v]; e < inOffsets[v + 1]; e++) {
                if (!gone.get(e)) {
                    keptSources[next] = sources[e];
                    keptEdges[next++] = edge(e);
                }
            }
            offsets[v + 1] = next;
        }
        Extent extent = new Extent(targets, link, sampled ? Optional.of(new int[0]) : Optional.empty());
        return new ComputationGraph(graph, extent, hops, nodes, depths, offsets, keptSources, keptEdges, counted);
    }

    /**
     * Tells whose in-edges make its degree.
     *
     * @param local in [0, n)
     * @return true for a node that {@link #removing} took in-edges from: its in-edges here are all that it has; false
     *     for others, whose degree is that of the full graph, where in-edges may be missing here
     */
    public boolean isRecounted(int local) {
        return recounted.get(local);
    }

    /**
     * Lets the nodes of the full graph have other features.
     *
     * @param features of the nodes of the full graph, [N, F]
     * @return a computation graph of the same nodes and edges
     * @throws InvalidRequestException if there are not as many rows as the full graph has nodes
     */
    public ComputationGraph withFeatures(Features features) {
        Extent extent = new Extent(targets, link, sampled ? Optional.of(new int[0]) : Optional.empty());
        return new ComputationGraph(
                graph.withFeatures(features), extent, hops, nodes, depths, inOffsets, sources, edges, recounted);
    }

    private static int[] identity(int n) {
        int[] identity = new int[n];
        Arrays.setAll(identity, i -> i);
        return identity;
    }

    /**
     * Returns where the stored feature values of each node begin, counting node after node: of sparse features the
     * values that are not zero by structure, of dense ones all.
     *
     * @return a new array, [n + 1], the last being the number of stored values
     */
    public int[] storedOffsets() {
        int[] offsets = new int[nodeCount() + 1];
        Features features = graph.features();
        IntBuffer rows = features instanceof SparseFeatures sparse ? sparse.offsets() : null;
        for (int v = 0; v < nodeCount(); v++) {
            int node = node(v);
            int stored = rows == null ? features.columns() : rows.get(node + 1) - rows.get(node);
            offsets[v + 1] = Math.addExact(offsets[v], stored);
        }
        return offsets;
    }

    /**
     * Returns the feature of each stored value, in the order of {@link #storedOffsets}.
     *
     * @return a new array, in [0, F)
     */
    public int[] storedColumns() {
        int[] offsets = storedOffsets();
        int[] columns = new int[offsets[nodeCount()]];
        Features features = graph.features();
        IntBuffer rows = features instanceof SparseFeatures sparse ? sparse.offsets() : null;
        IntBuffer indices = features instanceof SparseFeatures sparse ? sparse.indices() : null;
        for (int v = 0; v < nodeCount(); v++) {
            if (rows != null && indices != null) {
                indices.get(rows.get(node(v)), columns, offsets[v], offsets[v + 1] - offsets[v]);
            } else {
                for (int i = offsets[v]; i < offsets[v + 1]; i++) {
                    columns[i] = i - offsets[v];
                }
            }
        }
        return columns;
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
     * @return original number of the first target node, or -1 for a whole graph
     */
    public int target() {
        return isWhole() ? -1 : targets[0];
    }

    /**
     * Returns the targets.
     *
     * @return original numbers of the target nodes, a new array; empty for a whole graph
     */
    public int[] targets() {
        return targets.clone();
    }

    /**
     * Tells whether this is a whole graph rather than a receptive field.
     *
     * @return true if there is no target
     */
    public boolean isWhole() {
        return targets.length == 0;
    }

    /**
     * Tells whether this belongs to a link.
     *
     * @return true if the two targets are the ends of one link, false if each target is an instance of its own
     */
    public boolean isLink() {
        return link;
    }

    /**
     * Tells whether in-edges may be missing because they were not drawn.
     *
     * @return true if {@link #sampled made by sampling}
     */
    public boolean isSampled() {
        return sampled;
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
        return inOffsets.length - 1;
    }

    /**
     * Returns the number of local edges.
     *
     * @return m
     */
    public int edgeCount() {
        return sources.length;
    }

    /**
     * Returns the original number of a local node.
     *
     * @param local in [0, n)
     * @return node of the full graph
     */
    public int node(int local) {
        return nodes == UNCHANGED ? Objects.checkIndex(local, nodeCount()) : nodes[local];
    }

    /**
     * Returns the original numbers of all local nodes.
     *
     * @return a new array, [n]
     */
    public int[] nodes() {
        return nodes == UNCHANGED ? identity(nodeCount()) : nodes.clone();
    }

    /**
     * Returns the original number of a local edge.
     *
     * @param local in [0, m)
     * @return edge of the full graph
     */
    public int edge(int local) {
        return edges == UNCHANGED ? Objects.checkIndex(local, edgeCount()) : edges[local];
    }

    /**
     * Returns the original numbers of all local edges.
     *
     * @return a new array, [m]
     */
    public int[] edges() {
        return edges == UNCHANGED ? identity(edgeCount()) : edges.clone();
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

    /** The array behind {@link #inOffset}, for this package to read. */
    int[] inOffsetArray() {
        return inOffsets;
    }

    /** The array behind {@link #source}, for this package to read. */
    int[] sourceArray() {
        return sources;
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
        return "ComputationGraph[targets " + Arrays.toString(targets) + ", " + hops + " hops, " + nodeCount()
                + " nodes, " + edgeCount() + " edges]";
    }

    /** A source of whole numbers in [0, bound). */
    private interface IntSupply {
        IntSupply NONE = bound -> 0;

        int below(int bound);
    }

    /** Breadth-first search against the edges, with an open-addressing map from original to local numbers. */
    private static final class Extraction {
        private final Graph graph;
        private final Extent extent;
        private final int hops;
        private final IntSupply random;
        private int[] nodes = new int[16];
        private int nodeCount;
        private int[] slots = new int[64]; // local number + 1, at the hash of the original number
        private int[] edges = new int[16];
        private int edgeCount;
        private int[] ends = new int[16]; // behind the in-edges of each expanded node

        Extraction(Graph graph, Extent extent, int hops, IntSupply random) {
            this.graph = graph;
            this.extent = extent;
            this.hops = hops;
            this.random = random;
            if (hops < 0) {
                throw new InvalidRequestException("a computation graph cannot have " + hops + " hops");
            }
            if (extent.targets().length == 0) {
                throw new InvalidRequestException("a computation graph needs at least one target");
            }
        }

        ComputationGraph run() {
            int[] depths = new int[hops + 1];
            for (int target : extent.targets()) {
                if (target < 0 || target >= graph.nodeCount()) {
                    throw new InvalidRequestException(
                            "node " + target + " is out of range; the graph has nodes 0.." + (graph.nodeCount() - 1));
                }
                int before = nodeCount;
                if (local(target) < before) {
                    throw new InvalidRequestException(
                            "node " + target + " is named twice; a link needs two nodes, a batch distinct ones");
                }
            }
            depths[0] = nodeCount;
            int expanded = 0;
            for (int depth = 1; depth <= hops; depth++) {
                int end = nodeCount;
                for (; expanded < end; expanded++) {
                    expand(nodes[expanded], depth - 1);
                    if (expanded == ends.length) {
                        ends = Arrays.copyOf(ends, 2 * expanded);
                    }
                    ends[expanded] = edgeCount;
                }
                depths[depth] = nodeCount;
            }
            int[] inOffsets = new int[nodeCount + 1];
            for (int i = 0; i < nodeCount; i++) {
                inOffsets[i + 1] = i < expanded ? ends[i] : edgeCount;
            }
            int[] kept = Arrays.copyOf(edges, edgeCount);
            int[] sources = new int[edgeCount];
            for (int e = 0; e < edgeCount; e++) {
                sources[e] = local(graph.source(kept[e]));
            }
            return new ComputationGraph(
                    graph, extent, hops, Arrays.copyOf(nodes, nodeCount), depths, inOffsets, sources, kept);
        }

        /** Takes the in-edges of a node, or a sample of them, and what they come from. */
        private void expand(int node, int depth) {
            int first = graph.inOffset(node);
            int degree = graph.inDegree(node);
            int fanout = extent.fanouts().map(f -> f[depth]).orElse(-1);
            int count = fanout < 0 ? degree : Math.min(fanout, degree);
            if (edgeCount + count > edges.length) {
                edges = Arrays.copyOf(edges, Math.max(Math.addExact(edgeCount, count), 2 * edges.length));
            }
            for (int seen = 0; seen < degree && count > 0; seen++) {
                // selection sampling (Knuth, algorithm S): each subset is equally likely, and order is kept
                if (degree - seen == count || random.below(degree - seen) < count) {
                    edges[edgeCount++] = first + seen;
                    local(graph.source(first + seen));
                    count--;
                }
            }
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
