package org.aitia.shell.internal.command;

import java.util.List;
import java.util.stream.IntStream;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.graph.Graph;

/**
 * What is counted of a data set: the same numbers for people and for scripts.
 *
 * @param nodes of all graphs
 * @param edges directed ones
 * @param selfLoops edges from a node to itself
 * @param isolated nodes without any edge
 * @param undirected whether every edge has its reverse
 * @param degrees in-degrees
 * @param classSizes instances per class
 * @param unlabelled instances without a class
 * @param homophily share of edges, self-loops left out, that join nodes of one class, among those whose both ends have
 *     one (edge homophily; Zhu et al. 2020); NaN if there are none
 * @param truthEdges edges of motifs
 * @param truthNodes nodes of motifs
 */
record DatasetSummary(
        long nodes,
        long edges,
        long selfLoops,
        long isolated,
        boolean undirected,
        Degrees degrees,
        long[] classSizes,
        long unlabelled,
        double homophily,
        long truthEdges,
        long truthNodes) {

    static DatasetSummary of(Dataset dataset) {
        Counts counts = new Counts();
        dataset.graphs().forEach(counts::add);
        long[] classSizes = new long[dataset.classCount()];
        long unlabelled = 0;
        for (int i = 0; i < dataset.instanceCount(); i++) {
            int label = dataset.label(i);
            if (label < 0) {
                unlabelled++;
            } else {
                classSizes[label]++;
            }
        }
        long truthEdges = 0;
        long truthNodes = 0;
        if (dataset.groundTruth().isPresent()) {
            GroundTruth truth = dataset.groundTruth().get();
            List<Graph> graphs = dataset.graphs();
            truthEdges = IntStream.range(0, graphs.size())
                    .mapToLong(g -> truth.edges(g).cardinality())
                    .sum();
            truthNodes = IntStream.range(0, graphs.size())
                    .mapToLong(g -> truth.nodes(g).cardinality())
                    .sum();
        }
        return new DatasetSummary(
                counts.nodes,
                counts.edges,
                counts.selfLoops,
                counts.isolated,
                counts.undirected,
                Degrees.of(dataset.graphs()),
                classSizes,
                unlabelled,
                counts.labelledEdges == 0 ? Double.NaN : (double) counts.sameClassEdges / counts.labelledEdges,
                truthEdges,
                truthNodes);
    }

    /** Sums over graphs. */
    private static final class Counts {
        private long nodes;
        private long edges;
        private long selfLoops;
        private long isolated;
        private long labelledEdges;
        private long sameClassEdges;
        private boolean undirected = true;

        void add(Graph graph) {
            nodes += graph.nodeCount();
            edges += graph.edgeCount();
            undirected &= graph.isUndirected();
            for (int v = 0; v < graph.nodeCount(); v++) {
                if (graph.inDegree(v) == 0 && !graph.outEdges(v).hasRemaining()) {
                    isolated++;
                }
                for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
                    add(graph, graph.source(e), v);
                }
            }
        }

        private void add(Graph graph, int source, int target) {
            if (source == target) {
                selfLoops++;
            } else if (graph.label(source) >= 0 && graph.label(target) >= 0) {
                labelledEdges++;
                sameClassEdges += graph.label(source) == graph.label(target) ? 1 : 0;
            }
        }
    }
}
