package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.aitia.api.engine.TensorScope;

/** One mask of a batch while it is learnt: how its numbers are parametrised, penalised and changed. */
interface LearntMask extends AutoCloseable {
    /** Returns the leaf that the loss is differentiated by. */
    NDArray variable();

    /** Computes the mask for this step. */
    void activate();

    /** Returns the mask of this step as the model takes it. */
    NDArray values();

    /** Returns the mask of this step with zeros where it cannot influence the prediction, as objectives see it. */
    NDArray relevantValues();

    /** Returns the sum of all blocks' penalties to be differentiated, a scalar; none in the first step, as in PyG. */
    Optional<NDArray> penalty();

    /** Returns the penalty of each block; zeros in the first step. */
    float[] penaltyPerBlock();

    /**
     * Changes the mask.
     *
     * @param gradient of the loss by {@link #variable}
     * @param step the scope of the step
     */
    void update(NDArray gradient, TensorScope step);

    /** Returns the mask after the last step, as {@link MaskLayout#split} takes it; exactly 0 without influence. */
    float[] result();

    @Override
    void close();
}
