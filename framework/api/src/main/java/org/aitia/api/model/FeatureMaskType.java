package org.aitia.api.model;

/** The shape of a mask on node features. Named after what gets a value of its own; PyG's name in the comment. */
public enum FeatureMaskType {
    /** One value per node, [N, 1]; PyG: {@code object}. */
    NODE,
    /** One value per feature, shared by the nodes of a block, [B, F]; PyG: {@code common_attributes}. */
    FEATURE,
    /** One value per node and feature, [N, F]; PyG: {@code attributes}. */
    NODE_FEATURE,
    /**
     * One value per <em>stored</em> feature value, [S], row by row: of sparse features those that are not zero by
     * structure, of dense ones all. As a mask this is {@code NODE_FEATURE}, since a zero stays zero under any mask, at a
     * fraction of the memory (Cora stores 18 of its 1,433 features per node).
     */
    STORED
}
