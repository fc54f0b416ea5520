package org.aitia.models.internal.layers;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.aitia.models.internal.batch.DeviceFeatures;
import org.aitia.models.internal.batch.FeatureView;

/** How inference and training differ. */
interface Pass {
    /** Nothing dropped, running statistics. */
    Pass INFERENCE = new Pass() {
        @Override
        public FeatureView features(DeviceFeatures features, double rate) {
            return features.plain();
        }

        @Override
        public NDArray dropout(NDArray x, double rate) {
            return x;
        }

        @Override
        public Optional<Statistics> statistics(String norm, NDArray x) {
            return Optional.empty();
        }
    };

    /** Mean and variance per column, [H] each. */
    record Statistics(NDArray mean, NDArray variance) {}

    /** The features that enter the first layer. */
    FeatureView features(DeviceFeatures features, double rate);

    /** What is left of values after dropout. */
    NDArray dropout(NDArray x, double rate);

    /** What batch normalisation uses instead of the running statistics. */
    Optional<Statistics> statistics(String norm, NDArray x);
}
