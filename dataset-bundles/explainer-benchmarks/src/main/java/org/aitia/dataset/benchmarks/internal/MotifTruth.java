package org.aitia.dataset.benchmarks.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.graph.Graph;

/** The motifs that true edges form, each of which explains what lies in it. */
final class MotifTruth implements GroundTruth {
    private final boolean perGraph;
    private final List<List<Alternative>> motifs; // [graph][motif]
    private final int[] motifOf; // node -> motif of graph 0, or -1; empty for graph tasks

    private MotifTruth(boolean perGraph, List<List<Alternative>> motifs, int[] motifOf) {
        this.perGraph = perGraph;
        this.motifs = motifs;
        this.motifOf = motifOf;
    }

    /**
     * Every node is explained by its own motif: the true edges that are connected with it.
     *
     * @param edges true edges in both directions
     */
    static MotifTruth ofNodes(Graph graph, BitSet edges) {
        int[] motifOf = new int[graph.nodeCount()];
        Arrays.fill(motifOf, -1);
        List<Alternative> motifs = new ArrayList<>();
        for (int node = 0; node < motifOf.length; node++) {
            if (motifOf[node] < 0) {
                BitSet reached = connected(graph, edges, node);
                if (reached.cardinality() > 1) {
                    int motif = motifs.size();
                    reached.stream().forEach(member -> motifOf[member] = motif);
                    motifs.add(within(graph, edges, reached));
                }
            }
        }
        return new MotifTruth(false, List.of(List.copyOf(motifs)), motifOf);
    }

    /**
     * Every graph is explained by all of its true edges.
     *
     * @param edges true edges in both directions, per graph
     */
    static MotifTruth ofGraphs(List<Graph> graphs, List<BitSet> edges) {
        List<List<Alternative>> motifs = new ArrayList<>();
        for (int i = 0; i < graphs.size(); i++) {
            BitSet nodes = new BitSet();
            Graph graph = graphs.get(i);
            edges.get(i).stream().forEach(edge -> {
                nodes.set(graph.source(edge));
                nodes.set(graph.target(edge));
            });
            motifs.add(List.of(new Alternative(edges.get(i), nodes)));
        }
        return new MotifTruth(true, motifs, new int[0]);
    }

    private static BitSet connected(Graph graph, BitSet edges, int start) {
        BitSet reached = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(List.of(start));
        reached.set(start);
        while (!open.isEmpty()) {
            int node = open.remove();
            int end = graph.inOffsets().get(node + 1);
            for (int edge = edges.nextSetBit(graph.inOffsets().get(node)); edge >= 0 && edge < end; ) {
                int neighbour = graph.source(edge);
                if (!reached.get(neighbour)) {
                    reached.set(neighbour);
                    open.add(neighbour);
                }
                edge = edges.nextSetBit(edge + 1);
            }
        }
        return reached;
    }

    private static Alternative within(Graph graph, BitSet edges, BitSet nodes) {
        BitSet own = new BitSet();
        edges.stream().filter(edge -> nodes.get(graph.target(edge))).forEach(own::set);
        return new Alternative(own, nodes);
    }

    @Override
    public BitSet edges(int graph) {
        BitSet all = new BitSet();
        motifs.get(graph).forEach(motif -> all.or(motif.edges()));
        return all;
    }

    @Override
    public BitSet nodes(int graph) {
        BitSet all = new BitSet();
        motifs.get(graph).forEach(motif -> all.or(motif.nodes()));
        return all;
    }

    @Override
    public List<Alternative> alternatives(int target) {
        if (perGraph) {
            return motifs.get(target);
        }
        return motifOf[target] < 0 ? List.of() : List.of(motifs.get(0).get(motifOf[target]));
    }
}
