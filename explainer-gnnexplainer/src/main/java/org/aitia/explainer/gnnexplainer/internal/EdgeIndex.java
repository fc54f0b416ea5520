package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.graph.GraphBatch;

/** Where the edges of a batch lie, as arrays that belong to the batch's manager. */
final class EdgeIndex {
    private EdgeIndex() {}

    /** The block of each edge, [E]. */
    static NDArray blocks(ExplanationBatch batch) {
        return create(batch, batch.graphs().edgeBlocks());
    }

    /** The row that each edge begins in, [E]. */
    static NDArray sources(ExplanationBatch batch) {
        return create(batch, batch.graphs().sources(batch.graphs().edgeCount()));
    }

    /** The row that each edge ends in, [E]. */
    static NDArray targets(ExplanationBatch batch) {
        GraphBatch graphs = batch.graphs();
        int[] offsets = graphs.inOffsets(graphs.nodeCount());
        int[] targets = new int[graphs.edgeCount()];
        for (int row = 0; row < graphs.nodeCount(); row++) {
            Arrays.fill(targets, offsets[row], offsets[row + 1], row);
        }
        return create(batch, targets);
    }

    private static NDArray create(ExplanationBatch batch, int[] values) {
        long[] wide = Arrays.stream(values).asLongStream().toArray();
        return batch.manager().create(LongBuffer.wrap(wide), new Shape(wide.length));
    }
}
