package org.aitia.explainer.ig.internal;

import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.api.model.FeatureMaskType;

/** What gets an attribution of its own, in PyG's words. */
enum NodeMaskType {
    /** Each feature of each node. */
    ATTRIBUTES,
    /** Each stored feature of each node: of sparse features those that are not zero. */
    STORED,
    /** Each node: the sum over its features. */
    OBJECT,
    /** Each feature: the sum over nodes. */
    COMMON_ATTRIBUTES;

    /** The shape of a result of which every element may be other than zero. */
    FeatureMaskType shape() {
        return switch (this) {
            case ATTRIBUTES -> FeatureMaskType.NODE_FEATURE;
            case STORED -> FeatureMaskType.STORED;
            case OBJECT -> FeatureMaskType.NODE;
            case COMMON_ATTRIBUTES -> FeatureMaskType.FEATURE;
        };
    }

    /** The shape of a result that is zero where the features are. */
    FeatureMaskType shapeOfFactors(GraphBatch graphs) {
        boolean sparse = graphs.blocks().stream().allMatch(b -> b.graph().features() instanceof SparseFeatures);
        return this == ATTRIBUTES && sparse ? FeatureMaskType.STORED : shape();
    }
}
