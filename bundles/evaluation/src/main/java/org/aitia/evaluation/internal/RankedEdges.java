package org.aitia.evaluation.internal;

import org.aitia.api.option.Option;

/**
 * Options of measures that rank edges.
 *
 * @param edges which edges are ranked
 */
record RankedEdges(
        @Option(
                description =
                        "which edges are ranked: subgraph, every direction of all edges between nodes within k hops,"
                                + " where those that cannot influence the prediction score 0; undirected, the same with the larger"
                                + " score of both directions for each; or receptive-field, only those that can influence the"
                                + " prediction",
                defaultValue = "subgraph",
                source = "subgraph: PyG k_hop_subgraph; undirected: the authors' code, whose masks are symmetric")
        Population edges) {
    /** Which edges. */
    enum Population {
        /** All between nodes within k hops. */
        SUBGRAPH,
        /** The same, directions tied. */
        UNDIRECTED,
        /** Those that an explanation can hold. */
        RECEPTIVE_FIELD
    }
}
