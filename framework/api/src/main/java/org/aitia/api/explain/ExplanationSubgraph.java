package org.aitia.api.explain;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.FeatureMaskType;

/**
 * An explanation as a graph, and what it leaves out as another. Immutable.
 *
 * <p>The explanation holds the edges of the computation graph whose importance is not 0, their nodes and the target;
 * where only nodes were explained, the nodes whose importance is not 0, the target, and the edges between these. The
 * complement holds the other edges of the computation graph, their nodes, the target, and the nodes that the
 * explanation does not hold. So every edge of the computation graph is in exactly one of the two. A {@link Threshold}
 * applied before decides what is 0.
 *
 * @param explanation what is important
 * @param complement the rest of the computation graph
 */
public record ExplanationSubgraph(Part explanation, Part complement) {
    /**
     * A part of a graph. Features, labels and names of nodes, weights and features of edges are those of the full graph.
     * Arrays are not copied and must not be changed.
     *
     * @param graph the part, a graph of its own
     * @param nodes the number that each of its nodes has in the full graph, [n], ascending
     * @param edges the number that each of its edges has in the full graph, [m], ascending
     * @param targets its nodes that the prediction is about: one, the two ends of a link, none for a graph
     */
    public record Part(Graph graph, int[] nodes, int[] edges, int[] targets) {
        /**
         * Finds a node.
         *
         * @param original number in the full graph
         * @return its number in this part, or -1 if it is not there
         */
        public int node(int original) {
            return Math.max(Arrays.binarySearch(nodes, original), -1);
        }

        /**
         * Leaves of an explanation what is about this part, so that it can be shown or exported by itself.
         *
         * @param explanation what was split
         * @return an explanation with the nodes and edges of this part, in their order, and their importances
         */
        public Explanation of(Explanation explanation) {
            int[] all = explanation.nodes();
            int[] keptNodes = IntStream.range(0, all.length)
                    .filter(i -> node(all[i]) >= 0)
                    .toArray();
            int[] keptEdges = IntStream.range(0, explanation.edgeCount())
                    .filter(e -> {
                        int source = node(explanation.edgeSources()[e]);
                        int target = node(explanation.edgeTargets()[e]);
                        return source >= 0 && target >= 0 && graph.edge(source, target) >= 0;
                    })
                    .toArray();
            return new Selection(explanation, keptNodes, keptEdges).make();
        }
    }

    /**
     * Splits the computation graph of an explanation.
     *
     * @param explanation with importances of edges or of nodes
     * @param dataset what it is about
     * @return both parts
     * @throws InvalidRequestException if it has neither, or is about another data set
     */
    public static ExplanationSubgraph of(Explanation explanation, Dataset dataset) {
        Task task = dataset.info().task();
        int id = explanation.target().id();
        if (task == Task.GRAPH && (id < 0 || id >= dataset.graphs().size())) {
            throw new InvalidRequestException("the explanation is about graph " + id + ", but data set '"
                    + dataset.info().name() + "' has graphs 0.."
                    + (dataset.graphs().size() - 1) + "; load the data set that was explained");
        }
        Graph graph = task == Task.GRAPH ? dataset.graphs().get(id) : dataset.graph();
        return of(explanation, graph, task);
    }

    /**
     * Splits the computation graph of an explanation.
     *
     * @param explanation with importances of edges or of nodes
     * @param graph the full graph that it is about
     * @param task what is explained
     * @return both parts
     * @throws InvalidRequestException if it has neither, or is about another graph
     */
    public static ExplanationSubgraph of(Explanation explanation, Graph graph, Task task) {
        int[] targets = Threshold.targets(explanation, task);
        BitSet nodes = importantNodes(explanation);
        Arrays.stream(targets).forEach(nodes::set);
        BitSet important = new BitSet();
        BitSet others = new BitSet();
        for (int e = 0; e < explanation.edgeCount(); e++) {
            int source = explanation.edgeSources()[e];
            int target = explanation.edgeTargets()[e];
            boolean known = source < graph.nodeCount() && target < graph.nodeCount();
            int edge = known ? graph.edge(source, target) : -1;
            if (edge < 0) {
                throw new InvalidRequestException("the explanation of target "
                        + explanation.target().id() + " has edge " + source + " -> " + target + ", but the graph of "
                        + graph.nodeCount() + " nodes has not; load the data set that was explained");
            }
            boolean kept = explanation.edgeMask().length > 0
                    ? explanation.edgeMask()[e] != 0
                    : nodes.get(source) && nodes.get(target);
            (kept ? important : others).set(edge);
        }
        BitSet rest = new BitSet();
        Arrays.stream(explanation.nodes()).forEach(rest::set);
        BitSet inside = ends(graph, important);
        inside.or(nodes);
        rest.andNot(inside);
        rest.or(ends(graph, others));
        Arrays.stream(targets).forEach(rest::set);
        return new ExplanationSubgraph(part(graph, inside, important, targets), part(graph, rest, others, targets));
    }

    /** Nodes that belong to the explanation by themselves: none where edges decide. */
    private static BitSet importantNodes(Explanation explanation) {
        BitSet nodes = new BitSet();
        if (explanation.edgeMask().length > 0
                || explanation.edgeCount() == 0 && explanation.featureMask().length == 0) {
            return nodes;
        }
        if (explanation.featureMask().length == 0 || explanation.featureMaskType() == FeatureMaskType.FEATURE) {
            throw new InvalidRequestException("the explanation of target "
                    + explanation.target().id() + " has no importances of edges or nodes, so there is no subgraph;"
                    + " explain with a mask of edges or nodes");
        }
        float[] importance = explanation.nodeImportance();
        for (int i = 0; i < importance.length; i++) {
            if (importance[i] != 0) {
                nodes.set(explanation.nodes()[i]);
            }
        }
        return nodes;
    }

    private static BitSet ends(Graph graph, BitSet edges) {
        BitSet nodes = new BitSet();
        edges.stream().forEach(e -> {
            nodes.set(graph.source(e));
            nodes.set(graph.target(e));
        });
        return nodes;
    }

    private static Part part(Graph graph, BitSet nodeSet, BitSet edgeSet, int[] targets) {
        int[] nodes = nodeSet.stream().toArray();
        int[] edges = edgeSet.stream().toArray();
        var builder = Graph.builder(nodes.length).reserve(edges.length);
        for (int e : edges) {
            builder.edge(
                    Arrays.binarySearch(nodes, graph.source(e)),
                    Arrays.binarySearch(nodes, graph.target(e)),
                    graph.edgeWeight(e));
        }
        builder.features(graph.features().select(nodes));
        if (graph.edgeFeatures().columns() > 0) {
            builder.edgeFeatures(graph.edgeFeatures().select(edges));
        }
        if (graph.hasLabels()) {
            builder.labels(IntStream.of(nodes).map(graph::label).toArray());
        }
        List<Optional<String>> names =
                IntStream.of(nodes).mapToObj(graph::nodeName).toList();
        if (!names.isEmpty() && names.stream().allMatch(Optional::isPresent)) {
            builder.nodeNames(names.stream().map(Optional::orElseThrow).toList());
        }
        int[] local =
                IntStream.of(targets).map(v -> Arrays.binarySearch(nodes, v)).toArray();
        return new Part(builder.build(), nodes, edges, local);
    }

    /** A part of an explanation, by positions of nodes and edges. */
    private record Selection(Explanation explanation, int[] nodes, int[] edges) {
        Explanation make() {
            MaskValues masks = explanation.masks();
            boolean stored = explanation.storedOffsets().length > 0;
            int[] offsets = new int[stored ? nodes.length + 1 : 0];
            for (int i = 0; stored && i < nodes.length; i++) {
                offsets[i + 1] = offsets[i] + storedCount(nodes[i]);
            }
            int[] columns = new int[stored ? offsets[nodes.length] : 0];
            for (int i = 0; stored && i < nodes.length; i++) {
                System.arraycopy(
                        explanation.storedColumns(),
                        explanation.storedOffsets()[nodes[i]],
                        columns,
                        offsets[i],
                        storedCount(nodes[i]));
            }
            return new Explanation(
                    explanation.target(),
                    select(explanation.nodes(), nodes),
                    select(explanation.edgeSources(), edges),
                    select(explanation.edgeTargets(), edges),
                    offsets,
                    columns,
                    new MaskValues(
                            ofEdges(masks.edges()),
                            masks.featureType(),
                            features(masks.features()),
                            ofEdges(masks.edgeFeatures()),
                            masks.deviation()
                                    .map(d -> new MaskValues.Deviation(
                                            ofEdges(d.edges()), features(d.features()), ofEdges(d.edgeFeatures()))),
                            masks.diagnostics()));
        }

        private int storedCount(int node) {
            return explanation.storedOffsets()[node + 1] - explanation.storedOffsets()[node];
        }

        private static int[] select(int[] values, int[] positions) {
            return IntStream.of(positions).map(i -> values[i]).toArray();
        }

        private float[] ofEdges(float[] values) {
            return rows(values, explanation.edgeCount(), edges);
        }

        private float[] features(float[] values) {
            if (values.length == 0 || explanation.featureMaskType() == FeatureMaskType.FEATURE) {
                return values;
            }
            if (explanation.featureMaskType() != FeatureMaskType.STORED) {
                return rows(values, explanation.nodes().length, nodes);
            }
            int count = IntStream.of(nodes).map(this::storedCount).sum();
            float[] selected = new float[count];
            int at = 0;
            for (int node : nodes) {
                System.arraycopy(values, explanation.storedOffsets()[node], selected, at, storedCount(node));
                at += storedCount(node);
            }
            return selected;
        }

        private static float[] rows(float[] values, int count, int[] positions) {
            int width = count == 0 ? 0 : values.length / count;
            float[] selected = new float[positions.length * width];
            for (int i = 0; i < positions.length; i++) {
                System.arraycopy(values, positions[i] * width, selected, i * width, width);
            }
            return selected;
        }
    }
}
