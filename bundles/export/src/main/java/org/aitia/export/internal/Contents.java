package org.aitia.export.internal;

import static org.jgrapht.nio.DefaultAttribute.createAttribute;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.render.RenderRequest;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.AttributeType;

/**
 * What the nodes and edges of a result say, by the names of columns or attributes; the same in every format. Used by one
 * thread.
 */
final class Contents {
    private final Dataset dataset;
    private final List<Explanation> explanations;
    private final Map<String, AttributeType> nodeColumns = new LinkedHashMap<>();
    private final Map<String, AttributeType> edgeColumns = new LinkedHashMap<>();
    private final int edgeFeatures;
    private Truth truth = new Truth(-1, new BitSet(), new BitSet());
    private int summed = -1; // the explanation whose importances of nodes are these
    private float[] sums = {};

    /** A node of the computation graph of an explanation, both by position. */
    record Node(int explanation, int position) {}

    /** An edge of the computation graph of an explanation, both by position. */
    record Edge(int explanation, int position) {}

    /** Ground truth of a graph, kept because making the sets takes long for large graphs. */
    private record Truth(int graph, BitSet edges, BitSet nodes) {}

    Contents(RenderRequest request) {
        dataset = request.dataset();
        explanations = request.result().explanations();
        explanations.forEach(this::check);
        edgeFeatures = explanations.stream()
                .filter(x -> x.edgeCount() > 0)
                .mapToInt(x -> x.masks().edgeFeatures().length / x.edgeCount())
                .max()
                .orElse(0);
        declareNodes();
        declareEdges();
    }

    private void check(Explanation explanation) {
        int id = explanation.target().id();
        String task = dataset.info().task().name().toLowerCase(java.util.Locale.ROOT);
        if (id < 0 || id >= dataset.instanceCount()) {
            throw misfit(task + " " + id + " is explained", "0.." + (dataset.instanceCount() - 1));
        }
        int nodes = graph(explanation).nodeCount();
        for (int node : explanation.nodes()) {
            if (node < 0 || node >= nodes) {
                throw misfit("the explanation of " + task + " " + id + " holds node " + node, "0.." + (nodes - 1));
            }
        }
    }

    private InvalidRequestException misfit(String found, String range) {
        return new InvalidRequestException(found + ", but data set '"
                + dataset.info().name() + "' has " + range + "; export it with the data that it was made with");
    }

    private void declareNodes() {
        Graph first = dataset.graph();
        nodeColumns.put("explanation", AttributeType.INT);
        nodeColumns.put("node_id", AttributeType.INT);
        if (first.nodeCount() > 0 && first.nodeName(0).isPresent()) {
            nodeColumns.put("name", AttributeType.STRING);
        }
        if (dataset.graphs().stream().anyMatch(Graph::hasLabels)) {
            nodeColumns.put("class", AttributeType.INT);
            nodeColumns.put("class_name", AttributeType.STRING);
        }
        nodeColumns.put("is_target", AttributeType.BOOLEAN);
        nodeColumns.put("target_predicted", AttributeType.INT);
        nodeColumns.put("target_explained", AttributeType.INT);
        if (explanations.stream().anyMatch(Contents::hasNodes)) {
            nodeColumns.put("importance", AttributeType.FLOAT);
        }
        if (explanations.stream().anyMatch(x -> nodeDeviation(x).isPresent())) {
            nodeColumns.put("deviation", AttributeType.FLOAT);
        }
        if (dataset.groundTruth().isPresent()) {
            nodeColumns.put("truth", AttributeType.BOOLEAN);
        }
    }

    private void declareEdges() {
        edgeColumns.put("explanation", AttributeType.INT);
        if (explanations.stream().anyMatch(x -> x.edgeMask().length > 0)) {
            edgeColumns.put("importance", AttributeType.FLOAT);
        }
        if (explanations.stream().anyMatch(x -> edgeDeviation(x).isPresent())) {
            edgeColumns.put("deviation", AttributeType.FLOAT);
        }
        edgeColumns.put("weight", AttributeType.FLOAT);
        edgeColumns.put("direction", AttributeType.STRING);
        if (dataset.groundTruth().isPresent()) {
            edgeColumns.put("truth", AttributeType.BOOLEAN);
        }
        for (int d = 0; d < edgeFeatures; d++) {
            edgeColumns.put("importance_" + d, AttributeType.FLOAT);
        }
    }

    private static boolean hasNodes(Explanation explanation) {
        return explanation.featureMask().length > 0 && explanation.featureMaskType() != FeatureMaskType.FEATURE;
    }

    private static Optional<float[]> nodeDeviation(Explanation explanation) {
        return explanation
                .masks()
                .deviation()
                .map(MaskValues.Deviation::features)
                .filter(values -> explanation.featureMaskType() == FeatureMaskType.NODE && values.length > 0);
    }

    private static Optional<float[]> edgeDeviation(Explanation explanation) {
        return explanation.masks().deviation().map(MaskValues.Deviation::edges).filter(values -> values.length > 0);
    }

    List<Explanation> explanations() {
        return explanations;
    }

    Dataset dataset() {
        return dataset;
    }

    /** Names of what is known of nodes, with their types; not every node has all of them. */
    Map<String, AttributeType> nodeColumns() {
        return nodeColumns;
    }

    /** Names of what is known of edges, with their types. */
    Map<String, AttributeType> edgeColumns() {
        return edgeColumns;
    }

    /** The graph that an explanation is about. */
    Graph graph(Explanation explanation) {
        return dataset.info().task() == Task.GRAPH
                ? dataset.graphs().get(explanation.target().id())
                : dataset.graph();
    }

    /** The number of a node; where there are several explanations, with the position of its own before it. */
    String id(Node node) {
        int number = explanations.get(node.explanation()).nodes()[node.position()];
        return explanations.size() == 1 ? Integer.toString(number) : "e" + node.explanation() + "_" + number;
    }

    /** What is written on a node. */
    String label(Node node) {
        Explanation explanation = explanations.get(node.explanation());
        int number = explanation.nodes()[node.position()];
        return graph(explanation)
                .nodeName(number)
                .map(Contents::clean)
                .map(name -> name.length() <= 2 ? name + number : name)
                .orElse(Integer.toString(number));
    }

    /** Whether an explanation is about this node: a node task, or an end of a link. */
    boolean isTarget(Node node) {
        return node.position()
                < switch (dataset.info().task()) {
                    case NODE -> 1;
                    case LINK -> 2;
                    case GRAPH -> 0;
                };
    }

    /** What is known of a node, in the order of {@link #nodeColumns}. */
    Map<String, Attribute> values(Node node) {
        Explanation explanation = explanations.get(node.explanation());
        ExplanationTarget target = explanation.target();
        Graph graph = graph(explanation);
        int number = explanation.nodes()[node.position()];
        Map<String, Attribute> values = new LinkedHashMap<>();
        values.put("explanation", createAttribute(target.id()));
        values.put("node_id", createAttribute(number));
        graph.nodeName(number).ifPresent(name -> values.put("name", createAttribute(clean(name))));
        int label = graph.label(number);
        if (label >= 0) {
            values.put("class", createAttribute(label));
            if (dataset.info().task() == Task.NODE && label < dataset.classCount()) {
                values.put(
                        "class_name", createAttribute(clean(dataset.classNames().get(label))));
            }
        }
        values.put("is_target", createAttribute(isTarget(node)));
        values.put("target_predicted", createAttribute(target.predictedClass()));
        values.put("target_explained", createAttribute(target.explainedClass()));
        float[] importance = nodeImportance(node.explanation());
        if (importance.length > 0) {
            values.put("importance", createAttribute(importance[node.position()]));
        }
        nodeDeviation(explanation).ifPresent(d -> values.put("deviation", createAttribute(d[node.position()])));
        if (nodeColumns.containsKey("truth")) {
            values.put("truth", createAttribute(truth(explanation).nodes().get(number)));
        }
        return values;
    }

    /** Kept for the nodes that follow, as it may sum a large mask. */
    private float[] nodeImportance(int explanation) {
        if (summed != explanation) {
            summed = explanation;
            sums = explanations.get(explanation).nodeImportance();
        }
        return sums;
    }

    /** What is known of an edge, in the order of {@link #edgeColumns}. */
    Map<String, Attribute> values(Edge edge) {
        Explanation explanation = explanations.get(edge.explanation());
        Graph graph = graph(explanation);
        int e = edge.position();
        int number = number(edge);
        Map<String, Attribute> values = new LinkedHashMap<>();
        values.put("explanation", createAttribute(explanation.target().id()));
        if (explanation.edgeMask().length > 0) {
            values.put("importance", createAttribute(explanation.edgeMask()[e]));
        }
        edgeDeviation(explanation).ifPresent(d -> values.put("deviation", createAttribute(d[e])));
        values.put("weight", createAttribute(number < 0 ? 1f : graph.edgeWeight(number)));
        int from = explanation.edgeTargets()[e];
        boolean bothWays = graph.edge(from, explanation.edgeSources()[e]) >= 0;
        values.put("direction", createAttribute(bothWays ? "both" : "one"));
        if (edgeColumns.containsKey("truth")) {
            values.put(
                    "truth",
                    createAttribute(number >= 0 && truth(explanation).edges().get(number)));
        }
        float[] features = explanation.masks().edgeFeatures();
        int width = features.length / explanation.edgeCount();
        for (int d = 0; d < width; d++) {
            values.put("importance_" + d, createAttribute(features[e * width + d]));
        }
        return values;
    }

    /** The number of an edge in the full graph, or -1 if it has none there. */
    private int number(Edge edge) {
        Explanation explanation = explanations.get(edge.explanation());
        return graph(explanation)
                .edge(explanation.edgeSources()[edge.position()], explanation.edgeTargets()[edge.position()]);
    }

    /** The numbers of the edges of an explanation in its graph, in their order; -1 for those that it has not. */
    int[] edgeNumbers(int explanation) {
        int[] numbers = new int[explanations.get(explanation).edgeCount()];
        Arrays.setAll(numbers, e -> number(new Edge(explanation, e)));
        return numbers;
    }

    /** Which edges and nodes of a graph belong to a motif. */
    private Truth truth(Explanation explanation) {
        int graph = dataset.info().task() == Task.GRAPH ? explanation.target().id() : 0;
        if (truth.graph() != graph) {
            truth = dataset.groundTruth()
                    .map(known -> new Truth(graph, known.edges(graph), known.nodes(graph)))
                    .orElseThrow();
        }
        return truth;
    }

    BitSet trueEdges(Explanation explanation) {
        return truth(explanation).edges();
    }

    BitSet trueNodes(Explanation explanation) {
        return truth(explanation).nodes();
    }

    /** A text without the characters that XML cannot hold. */
    static String clean(String text) {
        return text.codePoints()
                .map(c -> c == '\t'
                                || c == '\n'
                                || c == '\r'
                                || c >= 0x20 && (c < 0xD800 || c > 0xDFFF) && c < 0xFFFE
                                || c >= 0x10000
                        ? c
                        : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
