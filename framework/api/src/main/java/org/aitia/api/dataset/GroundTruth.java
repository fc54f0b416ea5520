package org.aitia.api.dataset;

import java.util.BitSet;
import java.util.List;

/**
 * The true explanation of a data set, where it is known by construction. Immutable: bit sets are copies.
 *
 * <p>Elements are numbered as in the {@link org.aitia.api.graph.Graph}. Undirected truth marks both directions of an
 * edge.
 */
public interface GroundTruth {
    /**
     * Returns every edge of a graph that belongs to some motif: positive in the pooled ROC-AUC of the literature
     * (GNNExplainer, PGExplainer).
     *
     * @param graph index of the graph, 0 for node tasks
     * @return edge numbers
     */
    BitSet edges(int graph);

    /**
     * Returns every node of a graph that belongs to some motif.
     *
     * @param graph index of the graph, 0 for node tasks
     * @return node numbers
     */
    BitSet nodes(int graph);

    /**
     * Returns the explanations that are right for one target; any of them will do.
     *
     * @param target a node for node tasks, a graph index for graph tasks
     * @return empty if the target has no true explanation
     */
    List<Alternative> alternatives(int target);

    /**
     * One right explanation.
     *
     * @param edges edge numbers
     * @param nodes node numbers
     */
    record Alternative(BitSet edges, BitSet nodes) {
        /** Copies the sets. */
        public Alternative {
            edges = (BitSet) edges.clone();
            nodes = (BitSet) nodes.clone();
        }

        /**
         * Returns the edges.
         *
         * @return a copy
         */
        @Override
        public BitSet edges() {
            return (BitSet) edges.clone();
        }

        /**
         * Returns the nodes.
         *
         * @return a copy
         */
        @Override
        public BitSet nodes() {
            return (BitSet) nodes.clone();
        }
    }
}
