package org.aitia.explanations.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.aitia.api.graph.ComputationGraph;

/**
 * Hands out targets to lanes as batches that fit. Safe for several threads.
 *
 * <p>Batches are cut from the list of targets in order, so that they are the same whichever lane takes them: sums of
 * floats, and with them the last digits of a result, depend on what shares a batch. Computation graphs are extracted
 * when their batch is cut, so that a request for all nodes of a large graph never holds more than the batches being
 * worked on.
 */
final class TargetPlan {
    private final List<Integer> targets;
    private final IntFunction<ComputationGraph> extraction;
    private int next; // guarded by this
    private ComputationGraph held; // of target next - 1, taken, but too much for the last batch; guarded by this

    /** What a batch may grow to. */
    interface Limit {
        /**
         * Tells whether a batch of this size is acceptable; one target always is.
         *
         * @param count number of targets
         * @param nodes sum of their nodes
         * @param edges sum of their edges
         */
        boolean admits(int count, long nodes, long edges);
    }

    /**
     * Some targets with their computation graphs.
     *
     * @param positions where each stands in the request
     * @param graphs its computation graph
     */
    record Portion(List<Integer> positions, List<ComputationGraph> graphs) {
        /** Splits a portion that was too large. */
        List<Portion> halves() {
            int half = positions.size() / 2;
            return List.of(
                    new Portion(positions.subList(0, half), graphs.subList(0, half)),
                    new Portion(positions.subList(half, positions.size()), graphs.subList(half, graphs.size())));
        }
    }

    TargetPlan(List<Integer> targets, IntFunction<ComputationGraph> extraction) {
        this.targets = targets;
        this.extraction = extraction;
    }

    /** Tells whether every target has been handed out. */
    synchronized boolean isExhausted() {
        return held == null && next >= targets.size();
    }

    /** Returns the next batch, or nothing when all targets are taken. */
    synchronized Optional<Portion> next(Limit limit) {
        List<Integer> positions = new ArrayList<>();
        List<ComputationGraph> graphs = new ArrayList<>();
        long nodes = 0;
        long edges = 0;
        while (held != null || next < targets.size()) {
            if (held == null) {
                held = extraction.apply(targets.get(next++));
            }
            long moreNodes = nodes + held.nodeCount();
            long moreEdges = edges + held.edgeCount();
            if (!graphs.isEmpty() && !limit.admits(graphs.size() + 1, moreNodes, moreEdges)) {
                break;
            }
            positions.add(next - 1);
            graphs.add(held);
            held = null;
            nodes = moreNodes;
            edges = moreEdges;
        }
        return graphs.isEmpty() ? Optional.empty() : Optional.of(new Portion(positions, graphs));
    }
}
