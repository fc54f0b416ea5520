package org.aitia.api.engine;

/** How derivatives pass a ReLU on their way back. The forward pass is the same for all. */
public enum Rectifier {
    /** The derivative: what comes from above passes where the input was positive. */
    PLAIN,
    /**
     * Deconvolution (Zeiler and Fergus 2014): what comes from above passes where <em>it</em> is positive, whatever the
     * input was.
     */
    DECONVOLUTION,
    /** Guided backpropagation (Springenberg et al. 2015): it passes where it and the input are positive. */
    GUIDED
}
