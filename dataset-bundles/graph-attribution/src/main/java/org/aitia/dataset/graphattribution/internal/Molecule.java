package org.aitia.dataset.graphattribution.internal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;

/**
 * A molecule as its files have it.
 *
 * @param atoms features of atoms
 * @param senders one end of each directed bond
 * @param receivers the other end of each directed bond
 * @param bonds features of directed bonds
 * @param marks atoms of each of its reasons; none empty
 * @param label its class
 */
record Molecule(
        DenseFeatures atoms, int[] senders, int[] receivers, DenseFeatures bonds, List<BitSet> marks, int label) {
    /**
     * Makes a graph of it.
     *
     * @param elements what the features of atoms stand for
     */
    Graph toGraph(List<String> elements) {
        float[] row = new float[atoms.columns()];
        List<String> names = new ArrayList<>();
        for (int atom = 0; atom < atoms.rows(); atom++) {
            atoms.copyRow(atom, row, 0);
            int element = 0;
            for (int i = 1; i < row.length; i++) {
                element = row[i] > row[element] ? i : element;
            }
            names.add(elements.get(element));
        }
        return Graph.builder(atoms.rows())
                .reserve(senders.length)
                .edges(senders, receivers)
                .edgeFeatures(bonds)
                .withoutSelfLoops()
                .features(atoms)
                .nodeNames(names)
                .build();
    }
}
