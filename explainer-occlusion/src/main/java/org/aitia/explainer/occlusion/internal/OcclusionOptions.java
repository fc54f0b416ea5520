package org.aitia.explainer.occlusion.internal;

import org.aitia.api.option.Option;

/**
 * Options of occlusion.
 *
 * @param elements what is removed
 * @param undirected whether the two directions of an edge are removed together
 * @param measure what is compared
 */
record OcclusionOptions(
        @Option(
                description = "what is removed, one at a time: edges, nodes (their features are set to 0), or both",
                defaultValue = "edges")
        Elements elements,

        @Option(
                description = "remove the two directions of an edge together; both then have its importance",
                defaultValue = "true")
        boolean undirected,

        @Option(
                description = "what is compared before and after: the probability of the class, or its logit",
                defaultValue = "probability",
                source = "Zeiler and Fergus 2014, section 4.2")
        Measure measure) {

    /** What is removed. */
    enum Elements {
        EDGES,
        NODES,
        BOTH
    }

    /** What is compared. */
    enum Measure {
        PROBABILITY,
        LOGIT
    }

    boolean removesEdges() {
        return elements != Elements.NODES;
    }

    boolean removesNodes() {
        return elements != Elements.EDGES;
    }
}
