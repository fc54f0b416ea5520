package org.aitia.explainer.ig.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.SparseFeatures;

/** Features of the nodes of computation graphs as they are, [N, F] in batch order. */
final class FeatureInput {
    private FeatureInput() {}

    /** Per block the features of its nodes, row by row. */
    static float[][] read(List<ComputationGraph> blocks) {
        float[][] values = new float[blocks.size()][];
        for (int b = 0; b < values.length; b++) {
            ComputationGraph block = blocks.get(b);
            Features features = block.graph().features();
            int width = features.columns();
            values[b] = new float[Math.multiplyExact(block.nodeCount(), width)];
            for (int v = 0; v < block.nodeCount(); v++) {
                features.copyRow(block.node(v), values[b], v * width);
            }
        }
        return values;
    }

    /** The features as they are, on the device; of sparse ones only what is stored travels there. */
    static NDArray present(NDManager manager, GraphKernels kernels, GraphBatch graphs) {
        int width = graphs.blocks().get(0).graph().features().columns();
        if (!graphs.blocks().stream().allMatch(b -> b.graph().features() instanceof SparseFeatures)) {
            return array(manager, graphs, read(graphs.blocks()), width);
        }
        float[][] stored = new float[graphs.blocks().size()][];
        for (int b = 0; b < stored.length; b++) {
            stored[b] = stored(graphs.blocks().get(b));
        }
        NDArray values = manager.create(graphs.joinStored(stored));
        NDArray places = manager.create(storedPlaces(graphs));
        long size = (long) graphs.nodeCount() * width;
        return kernels.scatterSum(values, places, size).reshape(graphs.nodeCount(), width);
    }

    /** The stored values of the nodes of a computation graph with sparse features. */
    private static float[] stored(ComputationGraph block) {
        SparseFeatures features = (SparseFeatures) block.graph().features();
        int[] offsets = block.storedOffsets();
        float[] values = new float[offsets[block.nodeCount()]];
        FloatBuffer all = features.values();
        IntBuffer rows = features.offsets();
        for (int v = 0; v < block.nodeCount(); v++) {
            all.get(rows.get(block.node(v)), values, offsets[v], offsets[v + 1] - offsets[v]);
        }
        return values;
    }

    /** Where each stored value lies in [N, F], in batch order. */
    static long[] storedPlaces(GraphBatch graphs) {
        long width = graphs.blocks().get(0).graph().features().columns();
        int[][] columns =
                graphs.blocks().stream().map(ComputationGraph::storedColumns).toArray(int[][]::new);
        int[][] within =
                graphs.blocks().stream().map(ComputationGraph::storedOffsets).toArray(int[][]::new);
        int[] offsets = graphs.storedOffsets();
        int[] blocks = graphs.rowBlocks();
        int[] nodes = graphs.rowNodes();
        long[] places = new long[offsets[graphs.nodeCount()]];
        for (int r = 0; r < graphs.nodeCount(); r++) {
            int from = within[blocks[r]][nodes[r]];
            for (int i = offsets[r]; i < offsets[r + 1]; i++) {
                places[i] = r * width + columns[blocks[r]][from + i - offsets[r]];
            }
        }
        return places;
    }

    /** Brings values of blocks to the device. */
    static NDArray array(NDManager manager, GraphBatch graphs, float[][] values, int width) {
        float[] joined = graphs.joinRows(values, width);
        return manager.create(FloatBuffer.wrap(joined), new Shape(graphs.nodeCount(), width));
    }
}
