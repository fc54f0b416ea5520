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

    boolean isDense() {
        return blocks.stream().noneMatch(b -> b.graph().features() instanceof SparseFeatures);
    }

    /** The place of each stored value in [rows, columns], row by row. */
    long[] storedPlaces() {
        int[] offsets = new int[rows + 1];
        for (int r = 0; r < rows; r++) {
            int stored = columns;
            if (features(r) instanceof SparseFeatures sparse) {
                stored = sparse.offsets().get(node(r) + 1) - sparse.offsets().get(node(r));
            }
            offsets[r + 1] = Math.addExact(offsets[r], stored);
        }
        long[] places = new long[offsets[rows]];
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < offsets[r + 1] - offsets[r]; i++) {
                int column = features(r) instanceof SparseFeatures sparse
                        ? sparse.indices().get(sparse.offsets().get(node(r)) + i)
                        : i;
                places[offsets[r] + i] = (long) r * columns + column;
            }
        }
        return places;
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
