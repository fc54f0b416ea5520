package org.aitia.explainer.ig.internal;

/** What gets attributions, in the words of Captum's and PyG's {@code mask_type}. */
enum MaskKind {
    NODE_AND_EDGE,
    NODE,
    EDGE,
    FEATURES;

    boolean explainsFeatures() {
        return this != EDGE;
    }

    boolean explainsEdges() {
        return this == NODE_AND_EDGE || this == EDGE;
    }
}
