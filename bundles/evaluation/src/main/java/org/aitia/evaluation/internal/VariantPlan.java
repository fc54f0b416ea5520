package org.aitia.evaluation.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.aitia.api.graph.ComputationGraph;

/**
 * Hands out variants to lanes as portions that fit. Safe for several threads.
 *
 * <p>Portions are cut in order, whichever lane takes them: the last digits of a result depend on what shares a batch.
 * Computation graphs are extracted when their portion is cut, so that never more are held than are being worked on.
 */
final class VariantPlan {
    private final List<Group> groups;
    private final IntFunction<ComputationGraph> extraction;
    private int next; // guarded by this
    private ComputationGraph held; // of group next - 1, taken, but too much for the last portion; guarded by this

    /**
     * What is asked about one explanation.
     *
     * @param explanation its position
     * @param variants their positions in the request
     */
    record Group(int explanation, int[] variants) {}

    /** What a batch may grow to. */
    interface Limit {
        /**
         * Tells whether a batch of this size is acceptable; one block always is.
         *
         * @param count number of blocks
         * @param nodes sum of their nodes
         * @param edges sum of their edges
         */
        boolean admits(int count, long nodes, long edges);
    }

    /**
     * Some groups with the computation graphs of their explanations.
     *
     * @param groups what is asked
     * @param graphs of each group's explanation
     */
    record Portion(List<Group> groups, List<ComputationGraph> graphs) {
        List<Portion> halves() {
            int half = groups.size() / 2;
            return List.of(
                    new Portion(groups.subList(0, half), graphs.subList(0, half)),
                    new Portion(groups.subList(half, groups.size()), graphs.subList(half, graphs.size())));
        }

        long nodes() {
            return graphs.stream().mapToLong(ComputationGraph::nodeCount).sum();
        }

        long edges() {
            return graphs.stream().mapToLong(ComputationGraph::edgeCount).sum();
        }
    }

    VariantPlan(List<Group> groups, IntFunction<ComputationGraph> extraction) {
        this.groups = groups;
        this.extraction = extraction;
    }

    /** Tells whether every variant has been handed out. */
    synchronized boolean isExhausted() {
        return held == null && next >= groups.size();
    }

    /** Returns the next portion, or nothing when all variants are taken. */
    synchronized Optional<Portion> next(Limit limit) {
        List<Group> taken = new ArrayList<>();
        List<ComputationGraph> graphs = new ArrayList<>();
        long nodes = 0;
        long edges = 0;
        while (held != null || next < groups.size()) {
            if (held == null) {
                held = extraction.apply(groups.get(next++).explanation());
            }
            long moreNodes = nodes + held.nodeCount();
            long moreEdges = edges + held.edgeCount();
            if (!taken.isEmpty() && !limit.admits(taken.size() + 1, moreNodes, moreEdges)) {
                break;
            }
            taken.add(groups.get(next - 1));
            graphs.add(held);
            held = null;
            nodes = moreNodes;
            edges = moreEdges;
        }
        return taken.isEmpty() ? Optional.empty() : Optional.of(new Portion(taken, graphs));
    }
}
