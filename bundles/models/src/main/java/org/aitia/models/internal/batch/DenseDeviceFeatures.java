package org.aitia.models.internal.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;

/** Features with every value stored. */
final class DenseDeviceFeatures implements DeviceFeatures {
    private final NDArray values; // [N, F]
    private final NDArray rowBlocks; // int64 [N]
    private final boolean oneBlock;
    private final Optional<NDArray> storedPlaces; // int64 [S]; empty if every value is stored

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
        storedPlaces = source.isDense() ? Optional.empty() : Optional.of(keeper.longs(source.storedPlaces()));
    }

    @Override
    public FeatureView plain() {
        return new FeatureView.Dense(values);
    }

    @Override
    public FeatureView masked(GraphKernels kernels, NDArray mask, FeatureMaskType type) {
        long rows = values.getShape().get(0);
        NDArray factors = // [N, F], or [1, F] to be broadcast
                switch (type) {
                    case FEATURE -> oneBlock ? mask : kernels.gather(mask, rowBlocks);
                    case STORED -> spread(kernels, mask);
                    default -> LeadingRows.of(mask, rows); // rows farther away than the model looks come last
                };
        return new FeatureView.Dense(values.mul(factors));
    }

    /** One value per stored value to one per value; what is not stored is 0 whatever the mask. */
    private NDArray spread(GraphKernels kernels, NDArray mask) {
        if (storedPlaces.isEmpty()) {
            return LeadingRows.of(mask, values.size()).reshape(values.getShape());
        }
        NDArray places = storedPlaces.get();
        return kernels.scatterSum(LeadingRows.of(mask, places.size()), places, values.size())
                .reshape(values.getShape());
    }

    @Override
    public FeatureView dropped(double rate, RandomGenerator random) {
        return new FeatureView.Dense(Dropout.apply(values, rate, random));
    }
}
