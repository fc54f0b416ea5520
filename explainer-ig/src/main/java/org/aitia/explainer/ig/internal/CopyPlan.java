package org.aitia.explainer.ig.internal;

import java.util.ArrayList;
import java.util.List;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.graph.ComputationGraph;

/** Decides how many points are computed in one call. */
final class CopyPlan {
    /** Nodes and edges per call: enough to hide the cost of calls, few enough to stay in a cache. */
    private static final long ELEMENTS = 16_384;

    /** Values of an array with one per node and feature: 8 MiB, which a cache holds. */
    private static final long INPUT_VALUES = 1 << 21;

    private static final double MEMORY_SHARE = 0.5;
    private static final int INPUT_ARRAYS = 8; // of one value per node and feature, alive at once

    private CopyPlan() {}

    /** Memory of masks, their derivatives and what they come from. */
    static long bytes(long nodes, long edges, long featureValues) {
        return Float.BYTES * (8 * nodes + 8 * edges + INPUT_ARRAYS * featureValues);
    }

    /**
     * Divides targets into portions that are computed one after the other.
     *
     * @param batch the work
     * @param targets positions
     * @param input whether masks are the features themselves, one value per node and feature
     * @return all in one unless their inputs would be too large
     */
    static List<List<Integer>> portions(ExplanationBatch batch, List<Integer> targets, boolean input) {
        if (!input) {
            return List.of(targets);
        }
        List<List<Integer>> portions = new ArrayList<>();
        long values = 0;
        for (int b : targets) {
            ComputationGraph block = batch.graphs().blocks().get(b);
            long own = (long) block.nodeCount() * block.graph().features().columns();
            if (portions.isEmpty() || values + own > INPUT_VALUES) {
                portions.add(new ArrayList<>());
                values = 0;
            }
            portions.get(portions.size() - 1).add(b);
            values += own;
        }
        return portions;
    }

    /**
     * Returns the number of copies.
     *
     * @param batch the work
     * @param chosen positions of the targets
     * @param points how many points there are to compute
     * @param input whether masks are the features themselves, one value per node and feature
     */
    static int copies(ExplanationBatch batch, List<Integer> chosen, int points, boolean input) {
        long nodes = 0;
        long edges = 0;
        long stored = 0;
        for (int b : chosen) {
            ComputationGraph block = batch.graphs().blocks().get(b);
            nodes += block.nodeCount();
            edges += block.edgeCount();
            stored += input
                    ? (long) block.nodeCount() * block.graph().features().columns()
                    : block.storedOffsets()[block.nodeCount()];
        }
        long each = batch.session().workingSetBytes(nodes, edges, stored) + bytes(nodes, edges, stored);
        long most = Math.min(ELEMENTS / Math.max(1, nodes + edges), (long)
                (MEMORY_SHARE * batch.lease().memoryBudget() / Math.max(1, each)));
        long copies = Math.max(1, Math.min(points, most));
        long calls = (points + copies - 1) / copies;
        return (int) ((points + calls - 1) / calls); // equal calls
    }
}
