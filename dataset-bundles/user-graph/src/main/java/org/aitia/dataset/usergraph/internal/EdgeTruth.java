package org.aitia.dataset.usergraph.internal;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.aitia.api.Task;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.graph.Graph;

/**
 * True explanations as a column of edges gives them. Of a graph, all of its true edges are the one explanation; of a
 * node, those that hang together with it.
 */
final class EdgeTruth implements GroundTruth {
    private final Task task;
    private final List<Graph> graphs;
    private final List<BitSet> edges;

    EdgeTruth(Task task, List<Graph> graphs, List<BitSet> edges) {
        this.task = task;
        this.graphs = graphs;
        this.edges = edges;
    }

    @Override
    public BitSet edges(int graph) {
        return (BitSet) edges.get(graph).clone();
    }

    @Override
    public BitSet nodes(int graph) {
        return ends(graphs.get(graph), edges.get(graph));
    }

    private static BitSet ends(Graph graph, BitSet chosen) {
        BitSet nodes = new BitSet();
        chosen.stream().forEach(e -> {
            nodes.set(graph.source(e));
            nodes.set(graph.target(e));
        });
        return nodes;
    }

    @Override
    public List<Alternative> alternatives(int target) {
        Graph graph = graphs.get(task == Task.GRAPH ? target : 0);
        BitSet chosen = task == Task.GRAPH ? edges.get(target) : component(graph, edges.get(0), target);
        return chosen.isEmpty() ? List.of() : List.of(new Alternative(chosen, ends(graph, chosen)));
    }

    private static BitSet component(Graph graph, BitSet among, int node) {
        BitSet found = new BitSet();
        BitSet seen = new BitSet();
        Deque<Integer> queue = new ArrayDeque<>();
        queue.add(node);
        seen.set(node);
        while (!queue.isEmpty()) {
            int at = queue.remove();
            for (int e = graph.inOffset(at); e < graph.inOffset(at + 1); e++) {
                follow(among, found, seen, queue, e, graph.source(e));
            }
            java.nio.IntBuffer out = graph.outEdges(at);
            while (out.hasRemaining()) {
                int e = out.get();
                follow(among, found, seen, queue, e, graph.target(e));
            }
        }
        return found;
    }

    private static void follow(BitSet among, BitSet found, BitSet seen, Deque<Integer> queue, int edge, int other) {
        if (among.get(edge)) {
            found.set(edge);
            if (!seen.get(other)) {
                seen.set(other);
                queue.add(other);
            }
        }
    }
}
