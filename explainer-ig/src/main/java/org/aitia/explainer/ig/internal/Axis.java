package org.aitia.explainer.ig.internal;

import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;

/** What the first axis of a mask counts. */
enum Axis {
    EDGES,
    ROWS,
    STORED,
    BLOCKS;

    static Axis of(FeatureMaskType type) {
        return switch (type) {
            case NODE, NODE_FEATURE -> ROWS;
            case FEATURE -> BLOCKS;
            case STORED -> STORED;
        };
    }

    int length(GraphBatch graphs) {
        return switch (this) {
            case EDGES -> graphs.edgeCount();
            case ROWS -> graphs.nodeCount();
            case STORED -> graphs.storedOffsets()[graphs.nodeCount()];
            case BLOCKS -> graphs.blocks().size();
        };
    }
}
