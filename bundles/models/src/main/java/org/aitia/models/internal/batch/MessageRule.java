package org.aitia.models.internal.batch;

/**
 * What messages a batch has and what they weigh.
 *
 * @param scale what an edge's weight is multiplied by
 * @param selfLoops what happens to self-loops
 * @param edgeWeights whether the graph's edge weights count; all are 1 otherwise
 */
public record MessageRule(Scale scale, SelfLoops selfLoops, boolean edgeWeights) {

    /** What an edge's weight is multiplied by. */
    public enum Scale {
        /** By 1. */
        NONE,
        /** By 1, to be summed: where only some in-edges were drawn, each one stands for more of them. */
        SUM,
        /** By 1 / number of messages that the target gets. */
        MEAN,
        /** By the inverse roots of both ends' weighted in-degrees (PyG's {@code gcn_norm}). */
        SYMMETRIC
    }

    /** What happens to self-loops. */
    public enum SelfLoops {
        /** Those of the graph, no others. */
        KEEP,
        /** Nodes that have none get one of weight 1 (PyG's {@code add_remaining_self_loops}). */
        ADD,
        /** There are none, and degrees do not count them. */
        REMOVE
    }
}
