package org.aitia.models.internal.layers;

/** The options that every stack of convolutions understands; records of options implement it with their components. */
public interface LayerOptions {
    /**
     * Returns the width of hidden layers.
     *
     * @return at least 1
     */
    int hidden();

    /**
     * Returns the number of convolutions.
     *
     * @return at least 1
     */
    default int layers() {
        return 1;
    }

    /**
     * Returns how often a value is dropped in training, before the linear layer of the readout.
     *
     * @return a probability below 1
     */
    double dropout();

    /**
     * Returns how often an input of a convolution is dropped in training.
     *
     * @return {@link #dropout()} unless overridden
     */
    default double layerDropout() {
        return dropout();
    }

    /**
     * Returns the function between layers.
     *
     * @return relu unless overridden
     */
    default ActivationFunction activation() {
        return ActivationFunction.RELU;
    }

    /**
     * Tells whether hidden rows are scaled to length 1 before the activation.
     *
     * @return false unless overridden
     */
    default boolean l2Normalize() {
        return false;
    }

    /**
     * Tells whether hidden layers are batch-normalised.
     *
     * @return false unless overridden
     */
    default boolean batchNorm() {
        return false;
    }

    /**
     * Tells whether the outputs of all layers are read out, rather than that of the last.
     *
     * @return false unless overridden
     */
    default boolean concat() {
        return false;
    }

    /**
     * Returns how the nodes of a graph become one row.
     *
     * @return for graph tasks
     */
    Pooling pooling();

    /**
     * Returns how the two ends of a link become logits.
     *
     * @return for link tasks
     */
    Decoder decoder();

    /**
     * Tells whether linear layers add a constant.
     *
     * @return true unless overridden
     */
    default boolean bias() {
        return true;
    }
}
