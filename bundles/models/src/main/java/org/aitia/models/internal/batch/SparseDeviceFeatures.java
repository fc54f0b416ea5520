package org.aitia.models.internal.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.api.model.FeatureMaskType;

/**
 * Features of which only the non-zeros are stored. As the values of a sparse matrix they are weights of the aggregation
 * over W's rows; masks and dropout act on those values, so nothing dense of X's size ever exists.
 */
final class SparseDeviceFeatures implements DeviceFeatures {
    private final Adjacency matrix; // rows are nodes, columns features
    private final float[] hostValues; // [nnz]
    private final NDArray values; // [nnz]
    private final NDArray blockColumns; // int64 [nnz]: place of the value's mask entry in [B, F]
    private final NDArray rowColumns; // int64 [nnz]: place of the value's mask entry in [N, F]

    SparseDeviceFeatures(Keeper keeper, GraphBatch batch, FeatureRows source) {
        int[] offsets = new int[source.rows + 1];
        for (int r = 0; r < source.rows; r++) {
            SparseFeatures features = (SparseFeatures) source.features(r);
            int node = source.node(r);
            offsets[r + 1] = Math.addExact(
                    offsets[r],
                    features.offsets().get(node + 1) - features.offsets().get(node));
        }
        int[] columns = new int[offsets[source.rows]];
        hostValues = new float[columns.length];
        long[] inBlocks = new long[columns.length];
        long[] inRows = new long[columns.length];
        for (int r = 0; r < source.rows; r++) {
            SparseFeatures features = (SparseFeatures) source.features(r);
            int from = features.offsets().get(source.node(r));
            int count = offsets[r + 1] - offsets[r];
            features.indices().get(from, columns, offsets[r], count);
            features.values().get(from, hostValues, offsets[r], count);
            for (int i = offsets[r]; i < offsets[r + 1]; i++) {
                inBlocks[i] = (long) source.block(r) * source.columns + columns[i];
                inRows[i] = (long) r * source.columns + columns[i];
            }
        }
        matrix = keeper.adjacency(offsets, columns, source.columns);
        values = keeper.floats(hostValues);
        blockColumns = keeper.longs(inBlocks);
        rowColumns = keeper.longs(inRows);
    }

    @Override
    public FeatureView plain() {
        return new FeatureView.Sparse(matrix, values);
    }

    @Override
    public FeatureView masked(GraphKernels kernels, NDArray mask, FeatureMaskType type) {
        if (type == FeatureMaskType.STORED) {
            // rows farther away than the model looks come last
            return new FeatureView.Sparse(matrix, values.mul(LeadingRows.of(mask, hostValues.length)));
        }
        NDArray place = type == FeatureMaskType.FEATURE ? blockColumns : rowColumns;
        return new FeatureView.Sparse(
                matrix, kernels.gather(mask.reshape(-1), place).mul(values));
    }

    @Override
    public FeatureView dropped(double rate, RandomGenerator random) {
        if (rate == 0) {
            return plain();
        }
        float[] dropped = Dropout.apply(hostValues, rate, random);
        return new FeatureView.Sparse(matrix, HostValues.copy(values.getManager(), dropped, new Shape(dropped.length)));
    }
}
