package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;

/**
 * How the numbers of one mask lie in a batch.
 *
 * @param shape of the numbers that are learnt, [M] or [M, W]
 * @param initial their values before the first step, row by row
 * @param blocks the block of each of the M rows
 * @param places for each row of the mask that the model takes the row that is learnt; empty where each has its own
 * @param multiplicities how often each of the M rows counts in the penalties; empty if once
 * @param split brings the learnt numbers into the blocks, in their order
 */
record MaskLayout(
        Shape shape,
        float[] initial,
        int[] blocks,
        Optional<int[]> places,
        Optional<float[]> multiplicities,
        Function<float[], float[][]> split) {

    private static MaskLayout own(Shape shape, float[] initial, int[] blocks, Function<float[], float[][]> split) {
        return new MaskLayout(shape, initial, blocks, Optional.empty(), Optional.empty(), split);
    }

    /** One number per edge; per pair of opposite edges if they are tied. */
    static MaskLayout edges(GraphBatch graphs, float[][] initial, boolean undirected) {
        float[] values = graphs.joinEdges(initial);
        int[] edgeBlocks = graphs.edgeBlocks();
        if (!undirected) {
            return own(new Shape(values.length), values, edgeBlocks, graphs::splitEdges);
        }
        int[][] pairs = new int[initial.length][];
        int[] first = new int[initial.length]; // of the pairs of a block
        int count = 0;
        for (int b = 0; b < pairs.length; b++) {
            pairs[b] = EdgePairs.of(graphs.blocks().get(b));
            first[b] = count;
            count += EdgePairs.count(pairs[b]);
        }
        int[] locals = graphs.edgeLocals();
        int[] places = new int[values.length];
        float[] tied = new float[count];
        float[] directions = new float[count];
        int[] blocks = new int[count];
        for (int e = 0; e < places.length; e++) {
            places[e] = first[edgeBlocks[e]] + pairs[edgeBlocks[e]][locals[e]];
            tied[places[e]] = values[e]; // both directions begin with one value
            directions[places[e]]++;
            blocks[places[e]] = edgeBlocks[e];
        }
        return new MaskLayout(
                new Shape(count),
                tied,
                blocks,
                Optional.of(places),
                Optional.of(directions),
                learnt -> graphs.splitEdges(expanded(learnt, places, 1)));
    }

    /** Features of nodes. */
    static MaskLayout features(GraphBatch graphs, float[][] initial, FeatureMaskType type, int width) {
        int blocks = graphs.blocks().size();
        return switch (type) {
            case NODE -> rows(graphs, initial, 1);
            case NODE_FEATURE -> rows(graphs, initial, width);
            case FEATURE ->
                own(new Shape(blocks, width), concatenated(initial), identity(blocks), learnt -> parts(learnt, blocks));
            case STORED -> {
                float[] values = graphs.joinStored(initial);
                yield own(new Shape(values.length), values, storedBlocks(graphs), graphs::splitStored);
            }
        };
    }

    private static MaskLayout rows(GraphBatch graphs, float[][] initial, int width) {
        return own(
                new Shape(graphs.nodeCount(), width),
                graphs.joinRows(initial, width),
                graphs.rowBlocks(),
                learnt -> graphs.splitRows(learnt, width));
    }

    /** Features of edges: one number for each, or per feature shared by the edges of a block. */
    static MaskLayout edgeFeatures(GraphBatch graphs, float[][] initial, boolean shared, int width) {
        int[] edgeBlocks = graphs.edgeBlocks();
        if (shared) {
            int blocks = graphs.blocks().size();
            return new MaskLayout(
                    new Shape(blocks, width),
                    concatenated(initial),
                    identity(blocks),
                    Optional.of(edgeBlocks),
                    Optional.empty(),
                    learnt -> splitEdgeRows(graphs, expanded(learnt, edgeBlocks, width), width));
        }
        int[] locals = graphs.edgeLocals();
        float[] values = new float[Math.multiplyExact(graphs.edgeCount(), width)];
        for (int e = 0; e < edgeBlocks.length; e++) {
            System.arraycopy(initial[edgeBlocks[e]], locals[e] * width, values, e * width, width);
        }
        return own(
                new Shape(graphs.edgeCount(), width),
                values,
                edgeBlocks,
                learnt -> splitEdgeRows(graphs, learnt, width));
    }

    private static float[][] splitEdgeRows(GraphBatch graphs, float[] values, int width) {
        float[][] split = new float[graphs.blocks().size()][];
        for (int b = 0; b < split.length; b++) {
            split[b] = new float[Math.multiplyExact(graphs.blocks().get(b).edgeCount(), width)];
        }
        int[] edgeBlocks = graphs.edgeBlocks();
        int[] locals = graphs.edgeLocals();
        for (int e = 0; e < edgeBlocks.length; e++) {
            System.arraycopy(values, e * width, split[edgeBlocks[e]], locals[e] * width, width);
        }
        return split;
    }

    private static int[] storedBlocks(GraphBatch graphs) {
        int[] offsets = graphs.storedOffsets();
        int[] rowBlocks = graphs.rowBlocks();
        int[] blocks = new int[offsets[rowBlocks.length]];
        for (int r = 0; r < rowBlocks.length; r++) {
            Arrays.fill(blocks, offsets[r], offsets[r + 1], rowBlocks[r]);
        }
        return blocks;
    }

    private static float[] expanded(float[] learnt, int[] places, int width) {
        float[] values = new float[Math.multiplyExact(places.length, width)];
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(learnt, places[i] * width, values, i * width, width);
        }
        return values;
    }

    private static int[] identity(int n) {
        int[] identity = new int[n];
        Arrays.setAll(identity, i -> i);
        return identity;
    }

    private static float[] concatenated(float[][] rows) {
        int width = rows[0].length;
        float[] values = new float[rows.length * width];
        for (int b = 0; b < rows.length; b++) {
            System.arraycopy(rows[b], 0, values, b * width, width);
        }
        return values;
    }

    private static float[][] parts(float[] values, int count) {
        int width = values.length / count;
        float[][] parts = new float[count][];
        for (int b = 0; b < count; b++) {
            parts[b] = Arrays.copyOfRange(values, b * width, (b + 1) * width);
        }
        return parts;
    }

    /** Returns these numbers with others. */
    MaskLayout with(float[] values) {
        return new MaskLayout(shape, values, blocks, places, multiplicities, split);
    }

    NDArray initial(NDManager manager) {
        return manager.create(FloatBuffer.wrap(initial), shape);
    }

    NDArray blockIndex(NDManager manager) {
        return index(manager, blocks);
    }

    Optional<NDArray> placeIndex(NDManager manager) {
        return places.map(rows -> index(manager, rows));
    }

    /** An array with a value for each row, to be multiplied with the learnt numbers. */
    NDArray perRow(NDManager manager, float[] values) {
        return manager.create(
                FloatBuffer.wrap(values),
                shape.dimension() > 1 ? new Shape(values.length, 1) : new Shape(values.length));
    }

    private static NDArray index(NDManager manager, int[] values) {
        long[] wide = Arrays.stream(values).asLongStream().toArray();
        return manager.create(LongBuffer.wrap(wide), new Shape(wide.length));
    }
}
