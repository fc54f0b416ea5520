package org.aitia.api.model;

/** The shape of a mask on node features. Named after what gets a value of its own; PyG's name in the comment. */
public enum FeatureMaskType {
    /** One value per node, [N, 1]; PyG: {@code object}. */
    NODE,
    /** One value per feature, shared by the nodes of a block, [B, F]; PyG: {@code common_attributes}. */
    FEATURE,
    /** One value per node and feature, [N, F]; PyG: {@code attributes}. */
    NODE_FEATURE
}
