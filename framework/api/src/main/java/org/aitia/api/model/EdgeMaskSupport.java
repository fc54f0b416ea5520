package org.aitia.api.model;

/** How a model honours an edge mask. */
public enum EdgeMaskSupport {
    /** The mask multiplies each message after normalisation or attention, as the literature means it. */
    MESSAGE,
    /** The mask enters as an edge weight and goes through the model's own normalisation. */
    EDGE_WEIGHT,
    /** Edges cannot be masked; only removed. */
    NONE
}
