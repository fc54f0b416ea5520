package org.aitia.models.internal.batch;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;

/** The features X of a batch on a device, [N, F], as the first factor of products with weights [F, H]. */
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
     * Computes X W.
     *
     * @param kernels what computes
     * @param weight [F, H]
     * @return [N, H]
     */
    NDArray times(GraphKernels kernels, NDArray weight);

    /**
     * Computes (X * mask) W for a mask with a value per feature.
     *
     * @param kernels what computes
     * @param weight [F, H]
     * @param mask as {@code type} says
     * @param type {@code FEATURE} or {@code NODE_FEATURE}
     * @return [N, H]
     */
    NDArray maskedTimes(GraphKernels kernels, NDArray weight, NDArray mask, FeatureMaskType type);

    /**
     * Computes dropout(X) W.
     *
     * @param kernels what computes
     * @param weight [F, H]
     * @param rate probability of being dropped
     * @param random source of dropout
     * @return [N, H]
     */
    NDArray droppedTimes(GraphKernels kernels, NDArray weight, double rate, RandomGenerator random);
}
