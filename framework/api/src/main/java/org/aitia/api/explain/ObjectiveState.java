package org.aitia.api.explain;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.function.Function;
import org.aitia.api.model.FeatureMaskType;

/**
 * What an {@link Objective} sees at one step.
 *
 * @param batch the work: graphs, engine, targets
 * @param logits of the masked batch, [B, C]
 * @param edgeMask values in [0, 1], [E] in batch order; empty without edge mask
 * @param featureMask of the shape that {@code featureType} says; empty without feature mask
 * @param featureType the shape of {@code featureMask}
 * @param constants keeps arrays for the whole run: makes one with the given function, which gets the batch's manager,
 *     the first time a name is asked for
 */
public record ObjectiveState(
        ExplanationBatch batch,
        NDArray logits,
        Optional<NDArray> edgeMask,
        Optional<NDArray> featureMask,
        FeatureMaskType featureType,
        Constants constants) {
    /** Arrays that do not change from step to step. */
    @FunctionalInterface
    public interface Constants {
        /**
         * Returns an array, making it when first asked for.
         *
         * @param name unique within the objective
         * @param maker makes the array, attached to the manager of the batch
         * @return the array; not to be closed
         */
        NDArray get(String name, Function<ExplanationBatch, NDArray> maker);
    }
}
