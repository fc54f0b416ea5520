package org.aitia.models.internal.batch;

import java.util.List;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.SparseFeatures;

/** Finds the features of a batch's rows in their graphs. */
final class FeatureRows {
    final int rows;
    final int columns;
    private final List<ComputationGraph> blocks;
    private final int[] rowBlocks;
    private final int[] rowNodes;

    FeatureRows(GraphBatch batch, int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.blocks = batch.blocks();
        this.rowBlocks = batch.rowBlocks();
        this.rowNodes = batch.rowNodes();
    }

    boolean isSparse() {
        return blocks.stream().allMatch(b -> b.graph().features() instanceof SparseFeatures);
    }

    Features features(int row) {
        return blocks.get(rowBlocks[row]).graph().features();
    }

    /** The row of {@link #features} that belongs to a batch row. */
    int node(int row) {
        return blocks.get(rowBlocks[row]).node(rowNodes[row]);
    }

    int block(int row) {
        return rowBlocks[row];
    }
}
