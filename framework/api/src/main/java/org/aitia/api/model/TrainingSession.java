package org.aitia.api.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ConsumerType;

/** A model whose weights are being learnt. Used by one thread at a time. */
@ConsumerType
public interface TrainingSession extends ModelSession {
    /**
     * Returns the weights to be learnt.
     *
     * @return differentiable leaves in the order of the trainable {@link GnnModel#parameters()}; to be updated in place
     */
    List<NDArray> variables();

    /**
     * Computes logits in training mode: dropout, batch statistics.
     *
     * @param batch of this session
     * @param random source of dropout
     * @return as {@link #forward}
     */
    NDArray forwardTraining(PreparedBatch batch, RandomGenerator random);

    /**
     * Copies the present weights to the host.
     *
     * @return an immutable model
     */
    GnnModel snapshot();

    /**
     * Sets the weights.
     *
     * @param parameters as {@link GnnModel#parameters()} lists them
     */
    void restore(List<Parameter> parameters);
}
