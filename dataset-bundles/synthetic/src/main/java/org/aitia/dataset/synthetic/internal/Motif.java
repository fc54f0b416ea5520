package org.aitia.dataset.synthetic.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A small graph that is planted into a larger one; being part of it is what decides a class.
 *
 * @param roles role of each node, from 0
 * @param edges undirected edges between its nodes
 */
record Motif(List<Integer> roles, List<Edge> edges) {

    /**
     * A square with a roof. Nodes 0 and 1 carry the roof (role 0, the middle), 2 and 3 are the bottom (role 1), 4 is the
     * top (role 2): the numbering of the GNNExplainer authors.
     */
    static final Motif HOUSE = new Motif(
            List.of(0, 0, 1, 1, 2),
            List.of(new Edge(0, 1), new Edge(1, 2), new Edge(2, 3), new Edge(3, 0), new Edge(4, 0), new Edge(4, 1)));

    static Motif cycle(int length) {
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            edges.add(new Edge(i, (i + 1) % length));
        }
        return new Motif(Collections.nCopies(length, 0), edges);
    }

    static Motif grid(int rows, int columns) {
        List<Edge> edges = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int node = r * columns + c;
                if (c + 1 < columns) {
                    edges.add(new Edge(node, node + 1));
                }
                if (r + 1 < rows) {
                    edges.add(new Edge(node, node + columns));
                }
            }
        }
        return new Motif(Collections.nCopies(rows * columns, 0), edges);
    }

    int size() {
        return roles.size();
    }
}
