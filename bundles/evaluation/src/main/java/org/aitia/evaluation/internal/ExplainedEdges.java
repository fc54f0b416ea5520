package org.aitia.evaluation.internal;

import java.util.Arrays;
import java.util.BitSet;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.explain.Explanation;
import org.aitia.api.graph.Graph;

/**
 * The edges of one explained instance as the literature counts them, with their scores.
 *
 * <p>For a node these are the edges of the subgraph <em>induced</em> by the nodes within k hops (PyG
 * {@code k_hop_subgraph}), which is more than the receptive field that an explanation holds: an edge between two nodes
 * at distance k cannot influence the prediction and scores 0. For a graph they are all its edges. Self-loops are left
 * out.
 *
 * @param edges numbers in the graph, each direction on its own
 * @param scores absolute importance of each
 * @param graph what the numbers refer to
 */
record ExplainedEdges(int[] edges, double[] scores, Graph graph) {

    /** Collects the edges of one explanation. */
    static ExplainedEdges of(Explanation explanation, Dataset dataset) {
        Graph graph = graphOf(explanation, dataset);
        int[] nodes = explanation.nodes().clone();
        Arrays.sort(nodes);
        int id = explanation.target().id();
        int[] edges = new int[Math.max(16, explanation.edgeCount())];
        int count = 0;
        for (int v : nodes) {
            if (v < 0 || v >= graph.nodeCount()) {
                throw new InvalidRequestException("the explanation of " + id + " holds node " + v + ", but data set '"
                        + dataset.info().name() + "' has nodes 0.." + (graph.nodeCount() - 1)
                        + "; measure it on the data it was made with");
            }
            for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
                int source = graph.source(e);
                if (source != v && Arrays.binarySearch(nodes, source) >= 0) {
                    if (count == edges.length) {
                        edges = Arrays.copyOf(edges, 2 * count);
                    }
                    edges[count++] = e;
                }
            }
        }
        edges = Arrays.copyOf(edges, count);
        Arrays.sort(edges);
        return new ExplainedEdges(edges, scores(explanation, graph, edges), graph);
    }

    private static double[] scores(Explanation explanation, Graph graph, int[] edges) {
        int id = explanation.target().id();
        float[] mask = explanation.edgeMask();
        if (mask.length == 0 && explanation.edgeCount() > 0) {
            throw new InvalidRequestException("the explanation of " + id + " holds no importances of edges; choose an"
                    + " explainer or options that explain edges");
        }
        double[] scores = new double[edges.length];
        for (int i = 0; i < mask.length; i++) {
            if (!Float.isFinite(mask[i])) {
                throw new InvalidRequestException("the explanation of " + id + " gives edge "
                        + explanation.edgeSources()[i] + " -> " + explanation.edgeTargets()[i] + " the importance "
                        + mask[i] + "; only finite numbers can be ranked");
            }
            int edge = graph.edge(explanation.edgeSources()[i], explanation.edgeTargets()[i]);
            int at = edge < 0 ? -1 : Arrays.binarySearch(edges, edge);
            if (at >= 0) {
                scores[at] = Math.abs(mask[i]);
            }
        }
        return scores;
    }

    /** The graph that an explanation is about. */
    static Graph graphOf(Explanation explanation, Dataset dataset) {
        if (dataset.info().task() != Task.GRAPH) {
            return dataset.graph();
        }
        int id = explanation.target().id();
        if (id < 0 || id >= dataset.graphs().size()) {
            throw new InvalidRequestException("graph " + id + " is explained, but data set '"
                    + dataset.info().name() + "' has graphs 0.."
                    + (dataset.graphs().size() - 1) + "; measure it on the data it was made with");
        }
        return dataset.graphs().get(id);
    }

    /** The number that {@link GroundTruth} knows the graph of an explanation by. */
    static int graphIndex(Explanation explanation, Dataset dataset) {
        return dataset.info().task() == Task.GRAPH ? explanation.target().id() : 0;
    }

    int size() {
        return edges.length;
    }

    /** Positions whose edge is marked, in this or in the other direction. */
    BitSet marked(BitSet truth) {
        BitSet marked = new BitSet(edges.length);
        for (int i = 0; i < edges.length; i++) {
            int reverse = reverse(i);
            if (truth.get(edges[i]) || reverse >= 0 && truth.get(reverse)) {
                marked.set(i);
            }
        }
        return marked;
    }

    /** These edges with the two directions of a pair made one, scored by the larger; the one of lower number stays. */
    ExplainedEdges pairs() {
        int[] kept = new int[edges.length];
        double[] best = new double[edges.length];
        int count = 0;
        for (int i = 0; i < edges.length; i++) {
            int reverse = reverse(i);
            int other = reverse < 0 ? -1 : Arrays.binarySearch(edges, reverse);
            if (other < 0 || other > i) {
                kept[count] = edges[i];
                best[count++] = other < 0 ? scores[i] : Math.max(scores[i], scores[other]);
            }
        }
        return new ExplainedEdges(Arrays.copyOf(kept, count), Arrays.copyOf(best, count), graph);
    }

    /** What of these edges is ranked, and by which scores. */
    ExplainedEdges of(RankedEdges.Population population, Explanation explanation) {
        return switch (population) {
            case SUBGRAPH -> this;
            case UNDIRECTED -> tied();
            case RECEPTIVE_FIELD -> held(explanation);
        };
    }

    private ExplainedEdges tied() {
        double[] larger = scores.clone();
        for (int i = 0; i < edges.length; i++) {
            int reverse = reverse(i);
            int other = reverse < 0 ? -1 : Arrays.binarySearch(edges, reverse);
            larger[i] = other < 0 ? scores[i] : Math.max(scores[i], scores[other]);
        }
        return new ExplainedEdges(edges, larger, graph);
    }

    private ExplainedEdges held(Explanation explanation) {
        BitSet held = new BitSet(edges.length);
        for (int i = 0; i < explanation.edgeCount(); i++) {
            int edge = graph.edge(explanation.edgeSources()[i], explanation.edgeTargets()[i]);
            int at = edge < 0 ? -1 : Arrays.binarySearch(edges, edge);
            if (at >= 0) {
                held.set(at);
            }
        }
        return new ExplainedEdges(
                held.stream().map(i -> edges[i]).toArray(),
                held.stream().mapToDouble(i -> scores[i]).toArray(),
                graph);
    }

    private int reverse(int i) {
        return reverse(graph, edges[i]);
    }

    /** The edge between the same nodes the other way round, or -1. */
    static int reverse(Graph graph, int edge) {
        int from = graph.target(edge);
        int to = graph.source(edge);
        return graph.edge(from, to);
    }

    /** The truth, or a refusal. */
    static GroundTruth groundTruth(String metric, Dataset dataset) {
        return dataset.groundTruth()
                .orElseThrow(
                        () -> new InvalidRequestException("metric '" + metric + "' needs ground truth, which data set '"
                                + dataset.info().name() + "' does not have; choose a metric without it or a data set"
                                + " with planted motifs"));
    }
}
