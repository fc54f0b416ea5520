package org.aitia.explainer.pgexplainer.internal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;

/**
 * The edges that the network scores, on the host: those of the batch in its order and, behind them, those that lie
 * between two nodes at the rim of a receptive field or lead out to it. The latter cannot influence a prediction; they
 * are here if they are regularised, or if they are the other direction of one that can.
 */
final class EdgeTable {
    private final GraphBatch graphs;
    private final int inBatch;
    private final int[] offsets; // [heads + 1]: edges by head
    private final int[] sources; // [edges], rows of the batch
    private final int[] headRows; // [heads], rows of the batch
    private final int[] blocks; // [edges]
    private final int[][] places; // per block, of its edges in this table
    private final int[][] originals; // per block, their numbers in the graph
    private final int[] reverse; // [edges], or empty
    private final boolean[] counted; // [edges]

    EdgeTable(GraphBatch graphs, boolean subgraph, boolean tied) {
        this.graphs = graphs;
        this.inBatch = graphs.edgeCount();
        int[][] rowsOf = rowsOf(graphs);
        Extras extras = new Extras(graphs, subgraph, tied, rowsOf);
        int rows = headCount(graphs);
        int edges = inBatch + extras.count;
        int[] batchSources = graphs.sources(inBatch);
        sources = Arrays.copyOf(batchSources, edges);
        System.arraycopy(extras.sources, 0, sources, inBatch, extras.count);
        offsets = Arrays.copyOf(graphs.inOffsets(rows), rows + 1 + extras.heads);
        headRows = Arrays.copyOf(identity(rows), rows + extras.heads);
        blocks = Arrays.copyOf(graphs.edgeBlocks(), edges);
        counted = new boolean[edges];
        for (int h = 0; h < extras.heads; h++) {
            headRows[rows + h] = extras.headRows[h];
            offsets[rows + h + 1] = inBatch + extras.headEnds[h];
        }
        for (int h = 0; h < headRows.length; h++) {
            for (int e = offsets[h]; e < offsets[h + 1]; e++) {
                boolean loop = sources[e] == headRows[h];
                counted[e] = !loop && (e < inBatch || subgraph);
            }
        }
        System.arraycopy(extras.blocks, 0, blocks, inBatch, extras.count);
        places = new int[graphs.blocks().size()][];
        originals = new int[places.length][];
        locate(extras);
        reverse = tied ? reverse() : new int[0];
    }

    private static int headCount(GraphBatch graphs) {
        ComputationGraph first = graphs.blocks().get(0);
        return first.isWhole() ? graphs.nodeCount() : graphs.nodesWithin(Math.max(0, first.hops() - 1));
    }

    private static int[] identity(int n) {
        int[] identity = new int[n];
        Arrays.setAll(identity, i -> i);
        return identity;
    }

    private static int[][] rowsOf(GraphBatch graphs) {
        int[][] rows = new int[graphs.blocks().size()][];
        for (int b = 0; b < rows.length; b++) {
            rows[b] = new int[graphs.blocks().get(b).nodeCount()];
        }
        int[] rowBlocks = graphs.rowBlocks();
        int[] rowNodes = graphs.rowNodes();
        for (int r = 0; r < rowBlocks.length; r++) {
            rows[rowBlocks[r]][rowNodes[r]] = r;
        }
        return rows;
    }

    private void locate(Extras extras) {
        int[] counts = new int[places.length];
        for (int block : blocks) {
            counts[block]++;
        }
        for (int b = 0; b < places.length; b++) {
            places[b] = new int[counts[b]];
            originals[b] = new int[counts[b]];
        }
        int[] edgeBlocks = graphs.edgeBlocks();
        int[] edgeLocals = graphs.edgeLocals();
        for (int e = 0; e < inBatch; e++) {
            places[edgeBlocks[e]][edgeLocals[e]] = e;
            originals[edgeBlocks[e]][edgeLocals[e]] =
                    graphs.blocks().get(edgeBlocks[e]).edge(edgeLocals[e]);
        }
        int[] next = new int[places.length];
        for (int b = 0; b < next.length; b++) {
            next[b] = graphs.blocks().get(b).edgeCount();
        }
        for (int x = 0; x < extras.count; x++) {
            int b = extras.blocks[x];
            places[b][next[b]] = inBatch + x;
            originals[b][next[b]++] = extras.originals[x];
        }
    }

    /** For each edge the other direction of it, or itself where there is none; a row belongs to one block. */
    private int[] reverse() {
        Map<Long, Integer> seen = new HashMap<>(2 * sources.length);
        int[] heads = heads();
        for (int e = 0; e < sources.length; e++) {
            seen.put(key(sources[e], heads[e]), e);
        }
        int[] found = new int[sources.length];
        for (int e = 0; e < found.length; e++) {
            found[e] = seen.getOrDefault(key(heads[e], sources[e]), e);
        }
        return found;
    }

    private int[] heads() {
        int[] heads = new int[sources.length];
        for (int h = 0; h < headRows.length; h++) {
            Arrays.fill(heads, offsets[h], offsets[h + 1], headRows[h]);
        }
        return heads;
    }

    private static long key(int source, int target) {
        return (long) source << Integer.SIZE | target;
    }

    GraphBatch graphs() {
        return graphs;
    }

    /** How many edges there are. */
    int size() {
        return sources.length;
    }

    /** How many of them are edges of the batch; they come first. */
    int inBatch() {
        return inBatch;
    }

    int[] offsets() {
        return offsets;
    }

    int[] sources() {
        return sources;
    }

    int[] headRows() {
        return headRows;
    }

    int[] blocks() {
        return blocks;
    }

    int[] reverseOrEmpty() {
        return reverse;
    }

    /** Whether an edge counts for size and entropy: self-loops, which are not masked, do not. */
    boolean counted(int edge) {
        return counted[edge];
    }

    /** Where the edges of a block lie in this table: first those of its computation graph, in its order. */
    int[] places(int block) {
        return places[block];
    }

    /** The numbers of these edges in the graph. */
    int[] originals(int block) {
        return originals[block];
    }

    /** Whether an edge of the batch is a self-loop. */
    boolean isLoop(int edge) {
        return edge < inBatch && !counted[edge];
    }

    /** Edges into the rim: nodes as many hops away as the model looks. */
    private static final class Extras {
        private int[] sources = new int[16];
        private int[] blocks = new int[16];
        private int[] originals = new int[16];
        private int[] headRows = new int[16];
        private int[] headEnds = new int[16];
        private int count;
        private int heads;

        Extras(GraphBatch graphs, boolean subgraph, boolean tied, int[][] rowsOf) {
            for (int b = 0; b < rowsOf.length; b++) {
                ComputationGraph block = graphs.blocks().get(b);
                if (!block.isWhole() && (subgraph || tied)) {
                    collect(b, block, subgraph, rowsOf[b]);
                }
            }
        }

        private void collect(int b, ComputationGraph block, boolean subgraph, int[] rows) {
            Graph graph = block.graph();
            Map<Integer, Integer> locals = new HashMap<>(2 * block.nodeCount());
            for (int i = 0; i < block.nodeCount(); i++) {
                locals.put(block.node(i), i);
            }
            int inner = block.hops() == 0 ? 0 : block.nodesWithin(block.hops() - 1);
            for (int i = inner; i < block.nodeCount(); i++) {
                int before = count;
                int node = block.node(i);
                for (int e = graph.inOffset(node); e < graph.inOffset(node + 1); e++) {
                    Integer source = locals.get(graph.source(e));
                    if (source != null && (subgraph || source < inner && hasEdge(block, i, source))) {
                        add(b, rows[source], e);
                    }
                }
                if (count > before) {
                    headRows = fit(headRows, heads);
                    headEnds = fit(headEnds, heads);
                    headRows[heads] = rows[i];
                    headEnds[heads++] = count;
                }
            }
        }

        private static boolean hasEdge(ComputationGraph block, int source, int target) {
            for (int e = block.inOffset(target); e < block.inOffset(target + 1); e++) {
                if (block.source(e) == source) {
                    return true;
                }
            }
            return false;
        }

        private void add(int block, int source, int original) {
            sources = fit(sources, count);
            blocks = fit(blocks, count);
            originals = fit(originals, count);
            sources[count] = source;
            blocks[count] = block;
            originals[count++] = original;
        }

        private static int[] fit(int[] values, int at) {
            return at < values.length ? values : Arrays.copyOf(values, 2 * values.length);
        }
    }
}
