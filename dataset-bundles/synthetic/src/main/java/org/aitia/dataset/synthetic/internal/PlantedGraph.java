package org.aitia.dataset.synthetic.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A base graph with motifs, while it grows. Base nodes come first, then the motifs one after the other. */
final class PlantedGraph {
    /** A motif in its place: its nodes are {@code first..first + size - 1}. */
    record Planted(int first, Motif motif) {}

    private final Set<Edge> edges = new LinkedHashSet<>(); // in order of insertion, so that generation is repeatable
    private final List<Integer> labels = new ArrayList<>();
    private final List<Planted> motifs = new ArrayList<>();

    private PlantedGraph(int nodes) {
        addNodes(nodes);
    }

    /**
     * Preferential attachment (Barabasi and Albert 1999) as NetworkX and thus the published data have it: it starts from
     * {@code m} nodes without edges, hence (n - m) m edges. Libraries for Java start from a clique, which would give
     * BA-Shapes ten edges too many.
     */
    static PlantedGraph barabasiAlbert(int n, int m, RandomGenerator random) {
        PlantedGraph graph = new PlantedGraph(n);
        int[] ends = new int[2 * (n - m) * m]; // every node as often as it has edges
        int count = 0;
        Set<Integer> targets = new LinkedHashSet<>();
        for (int i = 0; i < m; i++) {
            targets.add(i);
        }
        for (int node = m; node < n; node++) {
            for (int target : targets) {
                graph.connect(node, target);
                ends[count++] = target;
                ends[count++] = node;
            }
            targets.clear();
            while (targets.size() < m) {
                targets.add(ends[random.nextInt(count)]);
            }
        }
        return graph;
    }

    /** A complete binary tree of a height, numbered level by level. */
    static PlantedGraph binaryTree(int height) {
        PlantedGraph graph = new PlantedGraph((1 << (height + 1)) - 1);
        for (int node = 1; node < graph.nodeCount(); node++) {
            graph.connect(node, (node - 1) / 2);
        }
        return graph;
    }

    /** Puts another graph beside this one. */
    void append(PlantedGraph other, int labelOffset) {
        int offset = nodeCount();
        other.labels.forEach(label -> labels.add(label + labelOffset));
        other.edges.forEach(edge -> edges.add(edge.plus(offset)));
        other.motifs.forEach(planted -> motifs.add(new Planted(planted.first() + offset, planted.motif())));
    }

    /** Adds a motif, its first node tied to a node that is there. Its labels are 1 + role. */
    Planted plant(Motif motif, int at) {
        Planted planted = new Planted(nodeCount(), motif);
        motif.roles().forEach(role -> labels.add(1 + role));
        motif.edges().forEach(edge -> edges.add(edge.plus(planted.first())));
        connect(planted.first(), at);
        motifs.add(planted);
        return planted;
    }

    /** Plants copies of a motif at evenly spaced nodes of the base, as the authors of GNNExplainer do. */
    List<Planted> plantEvenly(Motif motif, int copies) {
        int spacing = nodeCount() / copies;
        List<Planted> planted = new ArrayList<>();
        for (int i = 0; i < copies; i++) {
            planted.add(plant(motif, i * spacing));
        }
        return planted;
    }

    boolean connect(int a, int b) {
        return edges.add(new Edge(a, b));
    }

    /** Adds random edges where there are none. */
    void addRandomEdges(int count, RandomGenerator random) {
        connectRandomly(count, 0, nodeCount(), 0, nodeCount(), random);
    }

    /** Adds random edges between two ranges of nodes, where there are none. */
    void connectRandomly(int count, int fromA, int toA, int fromB, int toB, RandomGenerator random) {
        int added = 0;
        while (added < count) {
            int a = random.nextInt(fromA, toA);
            int b = random.nextInt(fromB, toB);
            if (a != b && connect(a, b)) {
                added++;
            }
        }
    }

    int nodeCount() {
        return labels.size();
    }

    Set<Edge> edges() {
        return edges;
    }

    List<Planted> motifs() {
        return motifs;
    }

    int[] labels() {
        return labels.stream().mapToInt(Integer::intValue).toArray();
    }

    private void addNodes(int count) {
        for (int i = 0; i < count; i++) {
            labels.add(0);
        }
    }
}
