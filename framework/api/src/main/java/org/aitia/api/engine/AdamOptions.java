package org.aitia.api.engine;

/**
 * Settings of {@link AdamOptimizer}, named as in PyTorch.
 *
 * @param learningRate more than 0
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment
 * @param weightDecay L2 penalty added to the gradient, 0 for none; one value for all variables
 */
public record AdamOptions(double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
    /**
     * Returns PyTorch's defaults with a learning rate.
     *
     * @param learningRate more than 0
     * @return betas 0.9 and 0.999, epsilon 1e-8, no weight decay
     */
    public static AdamOptions withLearningRate(double learningRate) {
        return new AdamOptions(learningRate, 0.9, 0.999, 1e-8, 0);
    }

    /**
     * Returns these settings with another weight decay.
     *
     * @param decay 0 or more
     * @return a copy
     */
    public AdamOptions weightDecay(double decay) {
        return new AdamOptions(learningRate, beta1, beta2, epsilon, decay);
    }
}
