package org.aitia.evaluation.internal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;

/** Graphs that lack some edges and have some others. */
final class EdgeNoise {
    private EdgeNoise() {}

    /** Edges that must stay; both directions of a pair are protected together. */
    interface Protection {
        boolean covers(int source, int target);
    }

    /**
     * Removes each edge with some chance and adds as many as were removed between nodes drawn at random. Edges that have
     * a reverse are removed and added with it, self-loops stay. Where edges have features none are added, since there is
     * nothing that a new edge's features should be.
     */
    static Graph on(Graph graph, double share, Protection protection, RandomGenerator random) {
        int nodes = graph.nodeCount();
        GraphBuilder builder = Graph.builder(nodes).reserve(graph.edgeCount()).features(graph.features());
        Set<Long> removed = new HashSet<>();
        boolean featured = graph.edgeFeatures().columns() > 0;
        int[] rows = new int[graph.edgeCount()];
        int kept = 0;
        int pairs = 0;
        int single = 0;
        for (int v = 0; v < nodes; v++) {
            for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
                int source = graph.source(e);
                boolean paired = source != v && graph.edge(v, source) >= 0;
                boolean gone;
                if (paired && source < v) {
                    // decided when the first of both directions came
                    gone = removed.contains(key(v, source));
                } else {
                    double lot = random.nextDouble();
                    gone = source != v && lot < share && !protection.covers(source, v);
                    if (gone && paired) {
                        removed.add(key(source, v));
                    }
                    pairs += gone && paired ? 1 : 0;
                    single += gone && !paired ? 1 : 0;
                }
                if (!gone) {
                    builder.edge(source, v, graph.edgeWeight(e));
                    rows[kept++] = e;
                }
            }
        }
        if (featured) {
            builder.edgeFeatures(graph.edgeFeatures().select(Arrays.copyOf(rows, kept)));
        } else if (nodes > 1) {
            Set<Long> added = new HashSet<>();
            add(graph, builder, added, pairs, true, random);
            add(graph, builder, added, single, false, random);
        }
        if (graph.hasLabels()) {
            int[] labels = new int[nodes];
            Arrays.setAll(labels, graph::label);
            builder.labels(labels);
        }
        return builder.build();
    }

    private static long key(int source, int target) {
        return (long) source << Integer.SIZE | target;
    }

    private static void add(
            Graph graph, GraphBuilder builder, Set<Long> added, int count, boolean both, RandomGenerator random) {
        int wanted = added.size() + count;
        // a graph that is almost complete has no room: give up rather than search for ever
        for (long attempt = 0; added.size() < wanted && attempt < 100L * count; attempt++) {
            int a = random.nextInt(graph.nodeCount());
            int b = random.nextInt(graph.nodeCount());
            boolean free = a != b && graph.edge(a, b) < 0 && graph.edge(b, a) < 0;
            if (free && added.add(key(Math.min(a, b), Math.max(a, b)))) {
                builder.edge(a, b);
                if (both) {
                    builder.edge(b, a);
                }
            }
        }
    }
}
