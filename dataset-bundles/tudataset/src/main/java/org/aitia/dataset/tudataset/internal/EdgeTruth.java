package org.aitia.dataset.tudataset.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.graph.Graph;

/**
 * Edges that somebody marked. A graph of the class that they explain is explained by all of them together, and by each
 * connected group alone: one nitro group makes a molecule mutagenic, however many there are.
 */
final class EdgeTruth implements GroundTruth {
    private final TreeMap<Integer, Alternative> marked = new TreeMap<>(); // graph -> all of its marked edges
    private final TreeMap<Integer, List<Alternative>> alternatives = new TreeMap<>();

    /**
     * Puts the truth together.
     *
     * @param graphs all of them
     * @param edges marked edges of each graph, both directions
     * @param explained whether a graph is of the class that the edges explain
     */
    EdgeTruth(List<Graph> graphs, List<BitSet> edges, IntPredicate explained) {
        for (int g = 0; g < graphs.size(); g++) {
            if (!edges.get(g).isEmpty()) {
                Alternative all = new Alternative(edges.get(g), ends(graphs.get(g), edges.get(g)));
                marked.put(g, all);
                if (explained.test(g)) {
                    alternatives.put(g, withGroups(graphs.get(g), all));
                }
            }
        }
    }

    private static BitSet ends(Graph graph, BitSet edges) {
        BitSet nodes = new BitSet();
        edges.stream().forEach(e -> {
            nodes.set(graph.source(e));
            nodes.set(graph.target(e));
        });
        return nodes;
    }

    private static List<Alternative> withGroups(Graph graph, Alternative all) {
        List<Alternative> found = new ArrayList<>(List.of(all));
        BitSet left = all.nodes();
        BitSet edges = all.edges();
        for (int node = left.nextSetBit(0); node >= 0; node = left.nextSetBit(0)) {
            BitSet group = group(graph, edges, node);
            left.andNot(group);
            if (left.isEmpty() && found.size() == 1) {
                break; // one group is all there is
            }
            BitSet within = new BitSet();
            edges.stream().filter(e -> group.get(graph.source(e))).forEach(within::set);
            found.add(new Alternative(within, group));
        }
        return List.copyOf(found);
    }

    /** Nodes that marked edges connect with a node, in either direction. */
    private static BitSet group(Graph graph, BitSet edges, int start) {
        BitSet group = new BitSet();
        group.set(start);
        Deque<Integer> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            int node = next.pop();
            edges.stream().forEach(e -> {
                int source = graph.source(e);
                int target = graph.target(e);
                int other = source == node ? target : target == node ? source : -1;
                if (other >= 0 && !group.get(other)) {
                    group.set(other);
                    next.push(other);
                }
            });
        }
        return group;
    }

    /** Graphs that have an explanation. */
    int[] explained() {
        return alternatives.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public BitSet edges(int graph) {
        return marked.containsKey(graph) ? marked.get(graph).edges() : new BitSet();
    }

    @Override
    public BitSet nodes(int graph) {
        return marked.containsKey(graph) ? marked.get(graph).nodes() : new BitSet();
    }

    @Override
    public List<Alternative> alternatives(int target) {
        return alternatives.getOrDefault(target, List.of());
    }
}
