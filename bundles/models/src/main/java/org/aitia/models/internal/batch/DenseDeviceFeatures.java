package org.aitia.models.internal.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;

/** Features with every value stored. */
final class DenseDeviceFeatures implements DeviceFeatures {
    private final NDArray values; // [N, F]
    private final NDArray rowBlocks; // int64 [N]
    private final boolean oneBlock;
    private final boolean allRows;

    DenseDeviceFeatures(Keeper keeper, GraphBatch batch, FeatureRows source) {
        int width = source.columns;
        values = keeper.fill(new Shape(source.rows, width), Math.max(1, width), (from, target, count) -> {
            for (int at = 0; at < count; at += width) {
                int row = (from + at) / width;
                source.features(row).copyRow(source.node(row), target, at);
            }
        });
        long[] blocks = new long[source.rows];
        for (int r = 0; r < source.rows; r++) {
            blocks[r] = source.block(r);
        }
        rowBlocks = keeper.longs(blocks);
        oneBlock = batch.blocks().size() == 1;
        allRows = source.rows == batch.nodeCount();
    }

    @Override
    public FeatureView plain() {
        return new FeatureView.Dense(values);
    }

    @Override
    public FeatureView masked(GraphKernels kernels, NDArray mask, FeatureMaskType type) {
        NDArray factors; // [N, F], or [1, F] to be broadcast
        if (type == FeatureMaskType.FEATURE) {
            factors = oneBlock ? mask : kernels.gather(mask, rowBlocks);
        } else {
            long rows = values.getShape().get(0);
            factors = allRows ? mask : mask.get(new NDIndex().addSliceDim(0, rows));
        }
        return new FeatureView.Dense(values.mul(factors));
    }

    @Override
    public FeatureView dropped(double rate, RandomGenerator random) {
        return new FeatureView.Dense(Dropout.apply(values, rate, random));
    }
}
