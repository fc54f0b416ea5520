package org.aitia.explainer.ig.internal;

import java.util.List;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.graph.ComputationGraph;

/** Decides how many points are computed in one call. */
final class CopyPlan {
    /** Nodes and edges per call: enough to hide the cost of calls, few enough to stay in a cache. */
    private static final long ELEMENTS = 16_384;

    private static final double MEMORY_SHARE = 0.5;
    private static final int INPUT_ARRAYS = 8; // of one value per node and feature, alive at once

    private CopyPlan() {}

    /** Memory of masks, their derivatives and what they come from. */
    static long bytes(long nodes, long edges, long featureValues) {
        return Float.BYTES * (8 * nodes + 8 * edges + INPUT_ARRAYS * featureValues);
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
