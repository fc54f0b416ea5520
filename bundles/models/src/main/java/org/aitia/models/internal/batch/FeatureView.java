package org.aitia.models.internal.batch;

import ai.djl.ndarray.NDArray;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.GraphKernels;

/** Features as they enter the first layer, after masks and dropout. */
public sealed interface FeatureView {

    /**
     * Computes X W.
     *
     * @param kernels what computes
     * @param weight [F, H]
     * @return [N, H]
     */
    NDArray times(GraphKernels kernels, NDArray weight);

    /**
     * Multiplies each row by a number.
     *
     * @param kernels what computes
     * @param factors [N] or more, one for each row
     * @return the product
     */
    FeatureView scaled(GraphKernels kernels, NDArray factors);

    /**
     * Features with every value stored.
     *
     * @param values [N, F]
     */
    record Dense(NDArray values) implements FeatureView {
        @Override
        public NDArray times(GraphKernels kernels, NDArray weight) {
            return values.matMul(weight);
        }

        @Override
        public FeatureView scaled(GraphKernels kernels, NDArray factors) {
            long rows = values.getShape().get(0);
            return new Dense(values.mul(LeadingRows.of(factors, rows).reshape(-1, 1)));
        }
    }

    /**
     * Features of which only non-zeros are stored.
     *
     * @param matrix rows are nodes, columns features
     * @param values [nnz]
     */
    record Sparse(Adjacency matrix, NDArray values) implements FeatureView {
        @Override
        public NDArray times(GraphKernels kernels, NDArray weight) {
            return kernels.aggregate(matrix, weight, values);
        }

        @Override
        public FeatureView scaled(GraphKernels kernels, NDArray factors) {
            return new Sparse(matrix, values.mul(kernels.gather(factors, matrix.targets())));
        }
    }
}
