package org.aitia.explainer.ig.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.GraphBatch;

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

    /** Brings values of blocks to the device. */
    static NDArray array(NDManager manager, GraphBatch graphs, float[][] values, int width) {
        float[] joined = graphs.joinRows(values, width);
        return manager.create(FloatBuffer.wrap(joined), new Shape(graphs.nodeCount(), width));
    }
}
