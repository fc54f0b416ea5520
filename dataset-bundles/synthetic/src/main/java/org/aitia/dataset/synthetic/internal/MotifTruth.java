package org.aitia.dataset.synthetic.internal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.graph.Graph;
import org.aitia.dataset.synthetic.internal.PlantedGraph.Planted;

/**
 * The planted motifs as the true explanation. The edge that ties a motif to its base and random edges are not part of
 * it.
 */
final class MotifTruth implements GroundTruth {
    private final boolean perGraph;
    private final List<List<Alternative>> motifs; // [graph][motif]
    private final int[] motifOf; // node -> motif of graph 0, or -1; empty for graph tasks

    private MotifTruth(boolean perGraph, List<List<Alternative>> motifs, int[] motifOf) {
        this.perGraph = perGraph;
        this.motifs = motifs;
        this.motifOf = motifOf;
    }

    /** Every node of a motif is explained by that motif. */
    static MotifTruth ofNodes(Graph graph, List<Planted> planted) {
        int[] motifOf = new int[graph.nodeCount()];
        java.util.Arrays.fill(motifOf, -1);
        for (int i = 0; i < planted.size(); i++) {
            Planted motif = planted.get(i);
            java.util.Arrays.fill(
                    motifOf, motif.first(), motif.first() + motif.motif().size(), i);
        }
        return new MotifTruth(false, List.of(alternatives(graph, planted)), motifOf);
    }

    /** Every graph is explained by its one motif. */
    static MotifTruth ofGraphs(List<Graph> graphs, List<Planted> planted) {
        List<List<Alternative>> motifs = new ArrayList<>();
        for (int i = 0; i < graphs.size(); i++) {
            motifs.add(alternatives(graphs.get(i), List.of(planted.get(i))));
        }
        return new MotifTruth(true, motifs, new int[0]);
    }

    private static List<Alternative> alternatives(Graph graph, List<Planted> planted) {
        return planted.stream().map(motif -> alternative(graph, motif)).toList();
    }

    private static Alternative alternative(Graph graph, Planted planted) {
        BitSet nodes = new BitSet();
        nodes.set(planted.first(), planted.first() + planted.motif().size());
        BitSet edges = new BitSet();
        for (Edge edge : planted.motif().edges()) {
            Edge placed = edge.plus(planted.first());
            edges.set(graph.edge(placed.a(), placed.b()));
            edges.set(graph.edge(placed.b(), placed.a()));
        }
        return new Alternative(edges, nodes);
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
