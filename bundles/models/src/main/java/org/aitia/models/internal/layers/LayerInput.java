package org.aitia.models.internal.layers;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.aitia.api.engine.GraphKernels;
import org.aitia.models.internal.batch.FeatureView;
import org.aitia.models.internal.batch.LeadingRows;

/**
 * The rows [C, F] that enter a layer, after masks and dropout. Those of the first layer are perhaps sparse: they are to
 * be multiplied with weights, which costs no more than their non-zeros, before anything else is done with them.
 */
public interface LayerInput {

    /**
     * Multiplies with weights.
     *
     * @param weight [F, H], a parameter
     * @return [C, H]
     */
    NDArray times(NDArray weight);

    /**
     * Multiplies the first rows with weights.
     *
     * @param weight [F, H], a parameter
     * @param rows at most C
     * @return [rows, H]
     */
    default NDArray times(NDArray weight, long rows) {
        return first(times(weight), rows);
    }

    /**
     * Multiplies with weights, leaving out {@link #rowFactors()}.
     *
     * @param weight [F, H], a parameter
     * @return [C, H]
     */
    default NDArray unscaledTimes(NDArray weight) {
        return times(weight);
    }

    /**
     * Returns what multiplies each row because of a mask of nodes. Messages along edges may be scaled instead of rows:
     * A (m * XW) = (A with column v times m_v) XW, one factor per message instead of one per value.
     *
     * @return [C], or empty for all ones
     */
    default Optional<NDArray> rowFactors() {
        return Optional.empty();
    }

    /**
     * Returns the rows themselves.
     *
     * @return dense or sparse
     */
    FeatureView view();

    /** Takes the first rows of an array. */
    static NDArray first(NDArray x, long rows) {
        return LeadingRows.of(x, rows);
    }

    /** What enters a later layer. */
    record Hidden(NDArray x) implements LayerInput {
        @Override
        public NDArray times(NDArray weight) {
            return x.matMul(weight);
        }

        @Override
        public NDArray times(NDArray weight, long rows) {
            return first(x, rows).matMul(weight);
        }

        @Override
        public FeatureView view() {
            return new FeatureView.Dense(x);
        }
    }

    /**
     * What enters the first layer.
     *
     * @param product computes X W, or remembers it
     * @param features X without {@code rowFactors}
     */
    record First(GraphKernels kernels, Product product, FeatureView features, Optional<NDArray> rowFactors)
            implements LayerInput {

        /** Computes X W. */
        interface Product {
            NDArray with(NDArray weight);
        }

        @Override
        public NDArray times(NDArray weight) {
            NDArray product = unscaledTimes(weight);
            return rowFactors.map(m -> product.mul(m.reshape(-1, 1))).orElse(product);
        }

        @Override
        public NDArray times(NDArray weight, long rows) {
            NDArray product = LayerInput.first(unscaledTimes(weight), rows);
            return rowFactors
                    .map(m -> product.mul(LayerInput.first(m, rows).reshape(-1, 1)))
                    .orElse(product);
        }

        @Override
        public NDArray unscaledTimes(NDArray weight) {
            return product.with(weight);
        }

        @Override
        public FeatureView view() {
            return rowFactors.map(m -> features.scaled(kernels, m)).orElse(features);
        }
    }
}
