package org.aitia.api.engine;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Adam (Kingma and Ba 2015), numerically as in PyTorch: {@code p -= lr * mhat / (sqrt(vhat) + eps)}. Used by one
 * thread.
 */
@ProviderType
public interface AdamOptimizer extends AutoCloseable {
    /**
     * Updates the variables in place.
     *
     * @param gradients one per variable, of its shape
     */
    void step(List<NDArray> gradients);

    /**
     * Changes the learning rate from the next step on, for schedules.
     *
     * @param learningRate more than 0
     */
    void setLearningRate(double learningRate);

    /**
     * Copies what the optimiser remembers to the host. Variables updated from a restored state become the same, to the
     * last bit, as without the interruption; the learning rate is the caller's to restore.
     *
     * @return a copy
     * @throws org.aitia.api.InvalidRequestException if the variables are not of single precision
     */
    AdamState state();

    /**
     * Goes on from an earlier state.
     *
     * @param state as {@link #state()} of an optimiser of the same variables returned it
     * @throws org.aitia.api.InvalidRequestException if it belongs to other variables
     */
    void restore(AdamState state);

    /** Frees the moments. The variables stay. */
    @Override
    void close();
}
