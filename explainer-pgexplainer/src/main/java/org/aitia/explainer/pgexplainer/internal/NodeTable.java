package org.aitia.explainer.pgexplainer.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;

/**
 * The nodes whose embeddings a batch needs: each node of a graph once, however many blocks contain it. For graph tasks
 * each row of the batch is one.
 */
final class NodeTable {
    private final List<Part> parts;
    private final int[] rowEntries;

    /**
     * Nodes of one graph.
     *
     * @param graph the graph
     * @param nodes original numbers, ascending
     */
    record Part(Graph graph, int[] nodes) {}

    private NodeTable(List<Part> parts, int[] rowEntries) {
        this.parts = parts;
        this.rowEntries = rowEntries;
    }

    static NodeTable of(GraphBatch graphs) {
        if (graphs.blocks().get(0).isWhole()) {
            return new NodeTable(
                    List.of(), IntStream.range(0, graphs.nodeCount()).toArray());
        }
        IdentityHashMap<Graph, List<Integer>> blocksOf = new IdentityHashMap<>();
        List<Graph> order = new ArrayList<>();
        List<ComputationGraph> blocks = graphs.blocks();
        for (int b = 0; b < blocks.size(); b++) {
            blocksOf.computeIfAbsent(blocks.get(b).graph(), g -> {
                        order.add(g);
                        return new ArrayList<>();
                    })
                    .add(b);
        }
        List<Part> parts = new ArrayList<>();
        int[][] entries = new int[blocks.size()][];
        int first = 0;
        for (Graph graph : order) {
            List<Integer> members = blocksOf.get(graph);
            int[] nodes = members.stream()
                    .flatMapToInt(b -> IntStream.of(blocks.get(b).nodes()))
                    .sorted()
                    .distinct()
                    .toArray();
            for (int b : members) {
                int start = first;
                entries[b] = IntStream.of(blocks.get(b).nodes())
                        .map(v -> start + Arrays.binarySearch(nodes, v))
                        .toArray();
            }
            parts.add(new Part(graph, nodes));
            first += nodes.length;
        }
        int[] rowBlocks = graphs.rowBlocks();
        int[] rowNodes = graphs.rowNodes();
        int[] rowEntries = new int[rowBlocks.length];
        for (int r = 0; r < rowEntries.length; r++) {
            rowEntries[r] = entries[rowBlocks[r]][rowNodes[r]];
        }
        return new NodeTable(parts, rowEntries);
    }

    /** Nodes graph by graph, in the order of the entries; empty if each row of the batch is an entry. */
    List<Part> parts() {
        return parts;
    }

    /** The entry of each row of the batch; not to be changed. */
    int[] rowEntries() {
        return rowEntries;
    }

    /** How many entries there are. */
    int size() {
        return parts.isEmpty()
                ? rowEntries.length
                : parts.stream().mapToInt(part -> part.nodes().length).sum();
    }
}
