package org.aitia.models.internal.batch;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;

/** The features X of a batch on a device, [N, F]. */
public sealed interface DeviceFeatures permits DenseDeviceFeatures, SparseDeviceFeatures {

    /**
     * Puts the features of the first rows of a batch on a device, sparse if all of its graphs have sparse ones.
     *
     * @param keeper what owns the arrays
     * @param batch the batch
     * @param rows N
     * @param columns F
     * @return the features
     */
    static DeviceFeatures of(Keeper keeper, GraphBatch batch, int rows, int columns) {
        FeatureRows source = new FeatureRows(batch, rows, columns);
        return source.isSparse()
                ? new SparseDeviceFeatures(keeper, batch, source)
                : new DenseDeviceFeatures(keeper, batch, source);
    }

    /**
     * Returns the features as they are.
     *
     * @return X
     */
    FeatureView plain();

    /**
     * Multiplies by a mask with a value per feature.
     *
     * @param kernels what computes
     * @param mask as {@code type} says
     * @param type {@code FEATURE}, {@code NODE_FEATURE} or {@code STORED}
     * @return X * mask
     */
    FeatureView masked(GraphKernels kernels, NDArray mask, FeatureMaskType type);

    /**
     * Drops values.
     *
     * @param rate probability of being dropped
     * @param random source of dropout
     * @return dropout(X)
     */
    FeatureView dropped(double rate, RandomGenerator random);
}
