package org.aitia.explainer.gnnexplainer.internal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.aitia.api.graph.ComputationGraph;

/** Which edges of a computation graph are the two directions of one. */
final class EdgePairs {
    private EdgePairs() {}

    /** Numbers undirected edges in the order of their first direction, and says which each edge is a direction of. */
    static int[] of(ComputationGraph graph) {
        int[] pairs = new int[graph.edgeCount()];
        Map<Long, Integer> known = new HashMap<>();
        for (int v = 0; v < graph.nodeCount(); v++) {
            for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
                int u = graph.source(e);
                long ends = (long) Math.min(u, v) << Integer.SIZE | Math.max(u, v);
                Integer pair = known.putIfAbsent(ends, known.size());
                pairs[e] = pair == null ? known.size() - 1 : pair;
            }
        }
        return pairs;
    }

    static int count(int[] pairs) {
        return Arrays.stream(pairs).max().orElse(-1) + 1;
    }
}
