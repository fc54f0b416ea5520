package org.aitia.models.internal.gat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.models.internal.batch.Keeper;
import org.aitia.models.internal.batch.LeadingRows;
import org.aitia.models.internal.batch.Messages;

/**
 * Features of edges, one row for each message of a batch. A self-loop that a layer adds has the mean of the features of
 * the node's in-edges in the full graph, those from itself left out (PyG {@code fill_value='mean'}, which also replaces
 * the self-loops of the graph); zeros where there are none. A mask of the features of edges goes into these means, as it
 * would if the features had been multiplied before.
 */
final class EdgeRows {
    private final GraphBatch batch;
    private final Messages messages;
    private final int width;
    private final boolean added;
    private final NDManager owner;
    private final NDArray plain; // [M, D]
    private Optional<Masking> masking = Optional.empty();

    /**
     * How rows come from features of edges: {@code rows = A (features * mask) + constants}.
     *
     * @param features [E_1, D], of the edges that hop 1 sees
     * @param sums the matrix A: for each message the edges that its row is made of, [M, E_1]
     * @param shares [nnz], values of A
     * @param constants [M, D]: what edges outside the batch add to means; empty if there are none
     */
    private record Masking(NDArray features, Adjacency sums, NDArray shares, Optional<NDArray> constants) {}

    /**
     * Puts features on the device.
     *
     * @param added whether self-loops are those that layers add
     */
    EdgeRows(Keeper keeper, GraphBatch batch, Messages messages, int width, boolean added) {
        this.batch = batch;
        this.messages = messages;
        this.width = width;
        this.added = added;
        this.owner = keeper.owner();
        this.plain = keeper.floats(rows(), new Shape(messages.hostEdges().length, width));
    }

    /** As they are, [M, D]. */
    NDArray plain() {
        return plain;
    }

    /**
     * Multiplies features of edges by a mask.
     *
     * @param mask [E, D] in the batch's edge order
     * @return [M, D]
     */
    NDArray masked(TensorEngine engine, NDArray mask) {
        if (masking.isEmpty()) {
            try (var off = engine.gradientMode(false);
                    TensorScope scope = engine.openScope()) {
                masking = Optional.of(masking(new Keeper(scope, owner)));
            }
        }
        Masking at = masking.get();
        GraphKernels kernels = engine.kernels();
        NDArray features = at.features().mul(LeadingRows.of(mask, at.sums().columns()));
        NDArray rows = kernels.aggregate(at.sums(), features, at.shares());
        return at.constants().map(rows::add).orElse(rows);
    }

    private float[] rows() {
        int[] offsets = messages.hostOffsets();
        int[] edges = messages.hostEdges();
        int[] rowBlocks = batch.rowBlocks();
        int[] rowNodes = batch.rowNodes();
        int[] edgeLocals = batch.edgeLocals();
        float[] values = new float[Math.multiplyExact(edges.length, width)];
        for (int r = 0; r + 1 < offsets.length; r++) {
            ComputationGraph block = batch.blocks().get(rowBlocks[r]);
            Graph graph = block.graph();
            int node = block.node(rowNodes[r]);
            for (int m = offsets[r]; m < offsets[r + 1]; m++) {
                if (edges[m] >= 0) {
                    graph.edgeFeatures().copyRow(block.edge(edgeLocals[edges[m]]), values, m * width);
                } else if (added) {
                    addMean(block, rowNodes[r], removed(block, rowNodes[r]), values, m * width);
                } else {
                    graph.edgeFeatures().copyRow(graph.edge(node, node), values, m * width);
                }
            }
        }
        return values;
    }

    /** How many in-edges of a node are neither self-loops nor removed from the graph. */
    private static int neighbours(ComputationGraph block, int local) {
        Graph graph = block.graph();
        int node = block.node(local);
        if (!block.isRecounted(local)) {
            return graph.inDegree(node) - (graph.edge(node, node) < 0 ? 0 : 1);
        }
        int count = 0;
        for (int e = block.inOffset(local); e < block.inOffset(local + 1); e++) {
            count += block.source(e) == local ? 0 : 1;
        }
        return count;
    }

    /** The in-edges of a node that were removed from the graph, as positions among all. */
    private static BitSet removed(ComputationGraph block, int local) {
        BitSet removed = new BitSet();
        if (block.isRecounted(local)) {
            int first = block.graph().inOffset(block.node(local));
            removed.set(0, block.graph().inDegree(block.node(local)));
            for (int e = block.inOffset(local); e < block.inOffset(local + 1); e++) {
                removed.clear(block.edge(e) - first);
            }
        }
        return removed;
    }

    /** Adds the share of some in-edges in the mean over all. */
    private void addMean(ComputationGraph block, int local, BitSet leftOut, float[] values, int at) {
        Graph graph = block.graph();
        int node = block.node(local);
        double[] sums = new double[width];
        float[] row = new float[width];
        for (int e = graph.inOffset(node); e < graph.inOffset(node + 1); e++) {
            if (graph.source(e) != node && !leftOut.get(e - graph.inOffset(node))) {
                graph.edgeFeatures().copyRow(e, row, 0);
                for (int d = 0; d < width; d++) {
                    sums[d] += row[d];
                }
            }
        }
        int count = Math.max(1, neighbours(block, local));
        for (int d = 0; d < width; d++) {
            values[at + d] = (float) (sums[d] / count);
        }
    }

    private Masking masking(Keeper keeper) {
        int[] offsets = messages.hostOffsets();
        int[] edges = messages.hostEdges();
        int rows = offsets.length - 1;
        int[] inOffsets = batch.inOffsets(rows);
        int[] inSources = batch.sources(inOffsets[rows]);
        int[] rowBlocks = batch.rowBlocks();
        int[] rowNodes = batch.rowNodes();
        int[] edgeLocals = batch.edgeLocals();
        int capacity = Math.addExact(edges.length, inSources.length);
        int[] sumOffsets = new int[edges.length + 1];
        int[] parts = new int[capacity];
        float[] shares = new float[capacity];
        float[] features = new float[Math.multiplyExact(inSources.length, width)];
        float[] constants = new float[Math.multiplyExact(edges.length, width)];
        boolean constant = false;
        int count = 0;
        for (int r = 0; r < rows; r++) {
            ComputationGraph block = batch.blocks().get(rowBlocks[r]);
            Graph graph = block.graph();
            int node = block.node(rowNodes[r]);
            BitSet inBatch = new BitSet();
            int neighbours = 0;
            int all = neighbours(block, rowNodes[r]);
            for (int e = inOffsets[r]; e < inOffsets[r + 1]; e++) {
                int edge = block.edge(edgeLocals[e]);
                graph.edgeFeatures().copyRow(edge, features, e * width);
                inBatch.set(edge - graph.inOffset(node));
                neighbours += inSources[e] == r ? 0 : 1;
            }
            for (int m = offsets[r]; m < offsets[r + 1]; m++) {
                boolean mean = edges[m] < 0 && added;
                if (edges[m] >= 0) {
                    parts[count] = edges[m];
                    shares[count++] = 1;
                } else {
                    for (int e = inOffsets[r]; e < inOffsets[r + 1]; e++) {
                        if (mean == (inSources[e] != r)) {
                            parts[count] = e;
                            shares[count++] = mean ? 1f / all : 1;
                        }
                    }
                }
                if (mean && neighbours < all) {
                    addMean(block, rowNodes[r], inBatch, constants, m * width);
                    constant = true;
                }
                sumOffsets[m + 1] = count;
            }
        }
        Shape shape = new Shape(edges.length, width);
        return new Masking(
                keeper.floats(features, new Shape(inSources.length, width)),
                keeper.adjacency(sumOffsets, Arrays.copyOf(parts, count), inSources.length),
                keeper.floats(Arrays.copyOf(shares, count), new Shape(count)),
                constant ? Optional.of(keeper.floats(constants, shape)) : Optional.empty());
    }
}
