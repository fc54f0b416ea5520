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

    /** Frees the moments. The variables stay. */
    @Override
    void close();
}
