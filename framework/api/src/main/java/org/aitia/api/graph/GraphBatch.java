package org.aitia.api.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;

/**
 * Several computation graphs as one block-diagonal graph. Immutable and safe for several threads.
 *
 * <p><b>Layout.</b> Batch rows are ordered by depth first and by block within a depth: first the targets of all blocks
 * (row b is the target of block b, where each has one), then the nodes at distance 1 of all blocks, and so on. A model with L layers therefore computes layer k only
 * for the first {@code nodesWithin(L - k)} rows, from the first {@code edgesWithin(L - k)} edges: never outside the
 * receptive field, with prefixes instead of masks. Batch edges are ordered by batch row of their target.
 *
 * <p>Blocks do not touch, so computing the batch is the same as computing block by block. Whole graphs (graph tasks)
 * have depth 0 throughout: their rows and edges are contiguous per block.
 */
public final class GraphBatch {
    private final List<ComputationGraph> blocks;
    private final Optional<Places> places; // none if the batch is one whole graph in its own order
    private final int[] inOffsets; // [rows + 1]
    private final int[] sources; // edge -> row
    private final int[] depths; // rows within d hops
    private final int[] linkSources; // [P]
    private final int[] linkTargets; // [P]

    private GraphBatch(
            List<ComputationGraph> blocks,
            Optional<Places> places,
            int[] inOffsets,
            int[] sources,
            int[] depths,
            int[] linkSources,
            int[] linkTargets) {
        this.blocks = blocks;
        this.places = places;
        this.inOffsets = inOffsets;
        this.sources = sources;
        this.depths = depths;
        this.linkSources = linkSources;
        this.linkTargets = linkTargets;
    }

    /**
     * Where rows and edges lie in their blocks.
     *
     * @param rowBlocks row to block
     * @param rowNodes row to node local to its block
     * @param edgeBlocks edge to block
     * @param edgeLocals edge to edge local to its block
     */
    private record Places(int[] rowBlocks, int[] rowNodes, int[] edgeBlocks, int[] edgeLocals) {}

    /**
     * Joins computation graphs.
     *
     * @param blocks at least one, all of the same number of hops
     * @return the batch
     */
    public static GraphBatch of(List<ComputationGraph> blocks) {
        if (blocks.isEmpty()) {
            throw new InvalidRequestException("a batch needs at least one graph");
        }
        if (blocks.size() == 1 && blocks.get(0).isWhole()) {
            return whole(blocks.get(0), new int[0], new int[0]);
        }
        int hops = blocks.get(0).hops();
        int rows = 0;
        int edges = 0;
        for (ComputationGraph block : blocks) {
            if (block.hops() != hops) {
                throw new InvalidRequestException(
                        "one batch cannot mix graphs of " + hops + " and of " + block.hops() + " hops");
            }
            rows = Math.addExact(rows, block.nodeCount());
            edges = Math.addExact(edges, block.edgeCount());
        }
        int[] rowBlocks = new int[rows];
        int[] rowNodes = new int[rows];
        int[] depths = new int[hops + 1];
        int[][] rowOf = new int[blocks.size()][];
        int row = 0;
        for (int depth = 0; depth <= hops; depth++) {
            for (int b = 0; b < blocks.size(); b++) {
                ComputationGraph block = blocks.get(b);
                if (depth == 0) {
                    rowOf[b] = new int[block.nodeCount()];
                }
                int from = depth == 0 ? 0 : block.nodesWithin(depth - 1);
                for (int i = from; i < block.nodesWithin(depth); i++) {
                    rowBlocks[row] = b;
                    rowNodes[row] = i;
                    rowOf[b][i] = row++;
                }
            }
            depths[depth] = row;
        }
        int[] inOffsets = new int[rows + 1];
        int[] sources = new int[edges];
        int[] edgeBlocks = new int[edges];
        int[] edgeLocals = new int[edges];
        int edge = 0;
        for (int r = 0; r < rows; r++) {
            int b = rowBlocks[r];
            ComputationGraph block = blocks.get(b);
            int local = rowNodes[r];
            for (int e = block.inOffset(local); e < block.inOffset(local + 1); e++) {
                sources[edge] = rowOf[b][block.source(e)];
                edgeBlocks[edge] = b;
                edgeLocals[edge] = e;
                edge++;
            }
            inOffsets[r + 1] = edge;
        }
        return new GraphBatch(
                List.copyOf(blocks),
                Optional.of(new Places(rowBlocks, rowNodes, edgeBlocks, edgeLocals)),
                inOffsets,
                sources,
                depths,
                linkEnds(blocks, rowOf, 0),
                linkEnds(blocks, rowOf, 1));
    }

    private static int[] linkEnds(List<ComputationGraph> blocks, int[][] rowOf, int end) {
        return IntStream.range(0, blocks.size())
                .filter(b -> blocks.get(b).isLink())
                .map(b -> rowOf[b][end])
                .toArray();
    }

    /**
     * Makes the batch of one whole graph.
     *
     * @param graph the graph
     * @return a batch whose rows and edges are those of the graph
     */
    public static GraphBatch whole(Graph graph) {
        return whole(ComputationGraph.whole(graph), new int[0], new int[0]);
    }

    /** Shares the arrays of the graph, which may be a large one. */
    private static GraphBatch whole(ComputationGraph block, int[] linkSources, int[] linkTargets) {
        return new GraphBatch(
                List.of(block),
                Optional.empty(),
                block.inOffsetArray(),
                block.sourceArray(),
                new int[] {block.nodeCount()},
                linkSources,
                linkTargets);
    }

    /**
     * Makes the batch of one whole graph in which links are to be predicted.
     *
     * @param graph the graph that messages pass along
     * @param sources one end of each candidate link
     * @param targets the other end of each
     * @return a batch whose rows and edges are those of the graph
     * @throws InvalidRequestException if an end is not a node of the graph
     */
    public static GraphBatch wholeWithLinks(Graph graph, int[] sources, int[] targets) {
        if (sources.length != targets.length) {
            throw new InvalidRequestException(sources.length + " sources but " + targets.length + " targets of links");
        }
        for (int[] ends : List.of(sources, targets)) {
            for (int node : ends) {
                if (node < 0 || node >= graph.nodeCount()) {
                    throw new InvalidRequestException(
                            "a link names node " + node + "; the graph has nodes 0.." + (graph.nodeCount() - 1));
                }
            }
        }
        return whole(ComputationGraph.whole(graph), sources.clone(), targets.clone());
    }

    /**
     * Returns where candidate links begin.
     *
     * @return rows, a new array, [P]; empty if this batch is not about links
     */
    public int[] linkSources() {
        return linkSources.clone();
    }

    /**
     * Returns where candidate links end.
     *
     * @return rows, a new array, [P]; empty if this batch is not about links
     */
    public int[] linkTargets() {
        return linkTargets.clone();
    }

    /**
     * Returns the blocks.
     *
     * @return an immutable list, [B]
     */
    public List<ComputationGraph> blocks() {
        return blocks;
    }

    /**
     * Returns the number of rows.
     *
     * @return nodes of all blocks
     */
    public int nodeCount() {
        return inOffsets.length - 1;
    }

    /**
     * Returns the number of edges.
     *
     * @return edges of all blocks
     */
    public int edgeCount() {
        return sources.length;
    }

    /**
     * Returns how many rows lie within a distance of their target; they are the first ones.
     *
     * @param depth 0 or more
     * @return number of rows
     */
    public int nodesWithin(int depth) {
        return depths[Math.min(depth, depths.length - 1)];
    }

    /**
     * Returns how many edges end within a distance of their target; they are the first ones.
     *
     * @param depth 0 or more
     * @return number of edges
     */
    public int edgesWithin(int depth) {
        return inOffsets[nodesWithin(depth)];
    }

    /**
     * Returns where the in-edges of the first rows begin.
     *
     * @param rows how many rows
     * @return a new array, [rows + 1]
     */
    public int[] inOffsets(int rows) {
        return Arrays.copyOf(inOffsets, rows + 1);
    }

    /**
     * Returns the source rows of the first edges.
     *
     * @param edges how many edges
     * @return a new array, [edges]
     */
    public int[] sources(int edges) {
        return Arrays.copyOf(sources, edges);
    }

    /**
     * Returns the block of each row.
     *
     * @return a new array, [rows]
     */
    public int[] rowBlocks() {
        return places.map(at -> at.rowBlocks().clone()).orElseGet(() -> new int[nodeCount()]);
    }

    /**
     * Returns the node of each row, numbered within its block.
     *
     * @return a new array, [rows]
     */
    public int[] rowNodes() {
        return places.map(at -> at.rowNodes().clone())
                .orElseGet(() -> blocks.get(0).nodes());
    }

    /**
     * Returns the block of each edge.
     *
     * @return a new array, [edges]
     */
    public int[] edgeBlocks() {
        return places.map(at -> at.edgeBlocks().clone()).orElseGet(() -> new int[edgeCount()]);
    }

    /**
     * Returns the edge of each batch edge, numbered within its block.
     *
     * @return a new array, [edges]
     */
    public int[] edgeLocals() {
        return places.map(at -> at.edgeLocals().clone())
                .orElseGet(() -> IntStream.range(0, edgeCount()).toArray());
    }

    /**
     * Sorts per-row values into their blocks.
     *
     * @param values {@code width} values per row, row by row
     * @param width values per row
     * @return per block, {@code width} values per local node in the block's order
     */
    public float[][] splitRows(float[] values, int width) {
        if (places.isEmpty()) {
            return new float[][] {values.clone()};
        }
        Places at = places.get();
        float[][] split = new float[blocks.size()][];
        for (int b = 0; b < split.length; b++) {
            split[b] = new float[Math.multiplyExact(blocks.get(b).nodeCount(), width)];
        }
        for (int r = 0; r < at.rowBlocks().length; r++) {
            System.arraycopy(values, r * width, split[at.rowBlocks()[r]], at.rowNodes()[r] * width, width);
        }
        return split;
    }

    /**
     * Sorts per-edge values into their blocks.
     *
     * @param values one per batch edge
     * @return per block, one per local edge in the block's order
     */
    public float[][] splitEdges(float[] values) {
        if (places.isEmpty()) {
            return new float[][] {values.clone()};
        }
        Places at = places.get();
        float[][] split = new float[blocks.size()][];
        for (int b = 0; b < split.length; b++) {
            split[b] = new float[blocks.get(b).edgeCount()];
        }
        for (int e = 0; e < values.length; e++) {
            split[at.edgeBlocks()[e]][at.edgeLocals()[e]] = values[e];
        }
        return split;
    }

    /**
     * Brings per-node values of the blocks into batch order, the reverse of {@link #splitRows}.
     *
     * @param values per block, {@code width} values per local node
     * @param width values per node
     * @return {@code width} values per row
     */
    public float[] joinRows(float[][] values, int width) {
        if (places.isEmpty()) {
            return values[0].clone();
        }
        Places at = places.get();
        float[] joined = new float[Math.multiplyExact(nodeCount(), width)];
        for (int r = 0; r < nodeCount(); r++) {
            System.arraycopy(values[at.rowBlocks()[r]], at.rowNodes()[r] * width, joined, r * width, width);
        }
        return joined;
    }

    /**
     * Brings per-edge values of the blocks into batch order, the reverse of {@link #splitEdges}.
     *
     * @param values per block, one per local edge
     * @return one per batch edge
     */
    public float[] joinEdges(float[][] values) {
        if (places.isEmpty()) {
            return values[0].clone();
        }
        Places at = places.get();
        float[] joined = new float[edgeCount()];
        for (int e = 0; e < joined.length; e++) {
            joined[e] = values[at.edgeBlocks()[e]][at.edgeLocals()[e]];
        }
        return joined;
    }

    /**
     * Returns where the stored feature values of each row begin, in batch order (see
     * {@link ComputationGraph#storedOffsets}).
     *
     * @return a new array, [rows + 1], the last being the number of stored values of the batch
     */
    public int[] storedOffsets() {
        int[][] within = blocks.stream().map(ComputationGraph::storedOffsets).toArray(int[][]::new);
        if (places.isEmpty()) {
            return within[0];
        }
        Places at = places.get();
        int[] offsets = new int[nodeCount() + 1];
        for (int r = 0; r < nodeCount(); r++) {
            int[] block = within[at.rowBlocks()[r]];
            int node = at.rowNodes()[r];
            offsets[r + 1] = Math.addExact(offsets[r], block[node + 1] - block[node]);
        }
        return offsets;
    }

    /**
     * Sorts values of stored features into their blocks.
     *
     * @param values one per stored value of the batch
     * @return per block, one per stored value of its nodes in the block's order
     */
    public float[][] splitStored(float[] values) {
        if (places.isEmpty()) {
            return new float[][] {values.clone()};
        }
        float[][] split = new float[blocks.size()][];
        for (int b = 0; b < split.length; b++) {
            int[] offsets = blocks.get(b).storedOffsets();
            split[b] = new float[offsets[offsets.length - 1]];
        }
        forEachStoredRow((row, block, at, length) -> System.arraycopy(values, row, split[block], at, length));
        return split;
    }

    /**
     * Brings values of stored features of the blocks into batch order, the reverse of {@link #splitStored}.
     *
     * @param values per block, one per stored value of its nodes
     * @return one per stored value of the batch
     */
    public float[] joinStored(float[][] values) {
        if (places.isEmpty()) {
            return values[0].clone();
        }
        int[] offsets = storedOffsets();
        float[] joined = new float[offsets[nodeCount()]];
        forEachStoredRow((row, block, at, length) -> System.arraycopy(values[block], at, joined, row, length));
        return joined;
    }

    /** Receives, for each row, where its stored values lie in the batch and in its block. */
    private interface StoredRow {
        void copy(int inBatch, int block, int inBlock, int length);
    }

    private void forEachStoredRow(StoredRow receiver) {
        int[][] within = blocks.stream().map(ComputationGraph::storedOffsets).toArray(int[][]::new);
        int[] rowBlocks = rowBlocks();
        int[] rowNodes = rowNodes();
        int offset = 0;
        for (int r = 0; r < nodeCount(); r++) {
            int[] block = within[rowBlocks[r]];
            int from = block[rowNodes[r]];
            int length = block[rowNodes[r] + 1] - from;
            receiver.copy(offset, rowBlocks[r], from, length);
            offset += length;
        }
    }
}
