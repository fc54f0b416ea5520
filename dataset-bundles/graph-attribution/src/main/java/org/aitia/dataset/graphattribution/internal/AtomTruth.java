package org.aitia.dataset.graphattribution.internal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.graph.Graph;

/**
 * Atoms that are marked as the reason of a class, with the bonds between two of them. Every column of marks is a right
 * explanation; what is true of a molecule as a whole is what any of them marks.
 */
final class AtomTruth implements GroundTruth {
    private final List<Alternative> all = new ArrayList<>();
    private final List<List<Alternative>> alternatives = new ArrayList<>();

    /**
     * Puts the truth together.
     *
     * @param graphs all of them
     * @param molecules what they were made of
     */
    AtomTruth(List<Graph> graphs, List<Molecule> molecules) {
        for (int g = 0; g < graphs.size(); g++) {
            Graph graph = graphs.get(g);
            BitSet nodes = new BitSet();
            BitSet edges = new BitSet();
            List<Alternative> found = new ArrayList<>();
            for (BitSet mark : molecules.get(g).marks()) {
                Alternative alternative = new Alternative(between(graph, mark), mark);
                nodes.or(mark);
                edges.or(alternative.edges());
                found.add(alternative);
            }
            all.add(new Alternative(edges, nodes));
            alternatives.add(List.copyOf(found));
        }
    }

    private static BitSet between(Graph graph, BitSet atoms) {
        BitSet edges = new BitSet();
        for (int e = 0; e < graph.edgeCount(); e++) {
            edges.set(e, atoms.get(graph.source(e)) && atoms.get(graph.target(e)));
        }
        return edges;
    }

    @Override
    public BitSet edges(int graph) {
        return all.get(graph).edges();
    }

    @Override
    public BitSet nodes(int graph) {
        return all.get(graph).nodes();
    }

    @Override
    public List<Alternative> alternatives(int target) {
        return alternatives.get(target);
    }
}
