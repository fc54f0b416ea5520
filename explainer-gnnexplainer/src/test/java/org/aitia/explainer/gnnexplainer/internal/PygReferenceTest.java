package org.aitia.explainer.gnnexplainer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Threshold;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.PreparedBatch;
import org.aitia.testkit.data.SharedFiles;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The masks that PyTorch Geometric computes from the same initial masks, on the karate club graph, float32. */
class PygReferenceTest {
    private static final int NODES = 34;
    private static final float TOLERANCE = 1e-4f;
    private static final Path REFERENCE = SharedFiles.references();

    static Stream<Arguments> cases() {
        if (!Files.isDirectory(REFERENCE)) {
            return Stream.of(Arguments.of("reference data absent", new JsonObject()));
        }
        return StreamSupport.stream(
                        read("karate_gnnexplainer_f32.json")
                                .getAsJsonArray("cases")
                                .spliterator(),
                        false)
                .map(JsonElement::getAsJsonObject)
                .map(c -> Arguments.of(
                        "node " + c.get("node") + ", node mask " + c.get("node_mask_type") + ", edge mask "
                                + c.get("edge_mask_type") + ", " + c.get("explanation_type") + ", " + c.get("epochs")
                                + " epochs",
                        c));
    }

    private static JsonObject read(String file) {
        try {
            return JsonParser.parseString(Files.readString(REFERENCE.resolve(file)))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void matches(String name, JsonObject reference) {
        assumeTrue(Files.isDirectory(REFERENCE), "no reference data at " + REFERENCE);
        compare(Karate.read(), reference);
    }

    @Test
    void matchesOnAttention() {
        assumeTrue(Files.isDirectory(REFERENCE), "no reference data at " + REFERENCE);
        JsonObject attention = read("karate_attention_f32.json");
        JsonObject reference =
                attention.getAsJsonArray("gat_gnnexplainer").get(0).getAsJsonObject();
        reference.addProperty("node_mask_type", "attributes");
        reference.addProperty("edge_mask_type", "object");
        reference.addProperty("explanation_type", "model");
        compare(Karate.readWithAttention(attention), reference);
    }

    static Stream<Arguments> thresholded() {
        if (!Files.isDirectory(REFERENCE)) {
            return Stream.of(Arguments.of("reference data absent", new JsonObject()));
        }
        return StreamSupport.stream(
                        read("karate_gnnexplainer_f32.json")
                                .getAsJsonArray("thresholded")
                                .spliterator(),
                        false)
                .map(JsonElement::getAsJsonObject)
                .map(c -> Arguments.of(c.get("threshold") + " " + c.get("value") + ", node " + c.get("node"), c));
    }

    /** Thresholds of PyG: the option topk, and the general thresholds of the API. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("thresholded")
    void matchesThresholded(String name, JsonObject reference) {
        assumeTrue(Files.isDirectory(REFERENCE), "no reference data at " + REFERENCE);
        Karate karate = Karate.read();
        JsonObject soft = new JsonObject();
        soft.add("node", reference.get("node"));
        soft.add("node_mask_type", JsonNull.INSTANCE);
        soft.addProperty("edge_mask_type", "object");
        soft.addProperty("explanation_type", "model");
        soft.addProperty("epochs", 100);
        String kind = reference.get("threshold").getAsString();
        String value = reference.get("value").getAsString();
        try (Workbench workbench = Workbench.open()) {
            ComputationGraph block = block(karate, reference);
            MaskValues masks = run(workbench, karate, soft, block);
            ExplanationTarget target = new ExplanationTarget(0, 0, 0, 0, new float[4], 0);
            MaskValues cut = Threshold.parse(kind + ":" + value)
                    .apply(Explanation.of(target, block, masks), Task.NODE)
                    .masks();
            compareEdges(reference, karate, block, cut);
            if (kind.equals("topk")) {
                GnnExplainerOptions options =
                        (GnnExplainerOptions) new GnnExplainer().options().parse(Map.of("topk", value));
                compareEdges(reference, karate, block, new Selection(options).apply(target, block, masks));
            }
        }
    }

    private static ComputationGraph block(Karate karate, JsonObject reference) {
        return reference.get("node").isJsonNull()
                ? ComputationGraph.whole(karate.graph)
                : ComputationGraph.of(karate.graph, reference.get("node").getAsInt(), 2);
    }

    private static void compare(Karate karate, JsonObject reference) {
        try (Workbench workbench = Workbench.open()) {
            ComputationGraph block = block(karate, reference);
            MaskValues masks = run(workbench, karate, reference, block);
            compareEdges(reference, karate, block, masks);
            compareFeatures(reference, block, masks);
            JsonArray losses = reference.getAsJsonArray("losses");
            assertThat(masks.diagnostics().get("loss"))
                    .isCloseTo(losses.get(losses.size() - 1).getAsDouble(), within(1e-3));
        }
    }

    private static MaskValues run(Workbench workbench, Karate karate, JsonObject reference, ComputationGraph block) {
        GnnExplainerOptions options = options(reference);
        GraphBatch graphs = GraphBatch.of(List.of(block));
        boolean phenomenon = reference.get("explanation_type").getAsString().equals("phenomenon");
        int[] predictions = karate.predictions(workbench);
        int[] classes = phenomenon ? karate.labels : predictions;
        PredictionGoal objective = block.target() < 0
                ? PredictionGoal.wholeGraph(classes)
                : PredictionGoal.perTarget(new int[] {classes[block.target()]});
        ExplanationTarget target = new ExplanationTarget(0, 0, 0, 0, new float[4], 0);
        try (ModelSession session = karate.model.open(workbench.lease());
                PreparedBatch prepared = session.prepare(graphs);
                NDManager manager = workbench.lease().manager().newSubManager()) {
            ExplanationBatch batch = new ExplanationBatch(
                    session, prepared, List.of(target), Map.of(), workbench.lease(), manager, TaskMonitor.NONE);
            try (MaskOptimization optimization =
                    new MaskOptimization(batch, options, initial(options, karate, block), objective, List.of())) {
                return optimization.run().get(0);
            }
        }
    }

    private static GnnExplainerOptions options(JsonObject reference) {
        Map<String, String> values = new HashMap<>();
        values.put("epochs", reference.get("epochs").getAsString());
        values.put("node_mask_type", maskType(reference.get("node_mask_type")));
        values.put("edge_mask_type", maskType(reference.get("edge_mask_type")));
        return (GnnExplainerOptions) new GnnExplainer().options().parse(values);
    }

    private static String maskType(JsonElement type) {
        return type.isJsonNull() ? "none" : type.getAsString();
    }

    /** The files' formula: values by flat index in PyG's order, before the sigmoid. */
    private static InitialMasks initial(GnnExplainerOptions options, Karate karate, ComputationGraph block) {
        float[] edges = new float[block.edgeCount()];
        for (int e = 0; e < edges.length; e++) {
            edges[e] = round4(0.2 * Math.cos(0.53 * karate.pygEdge(block, e) + 0.1));
        }
        int width = karate.graph.features().columns();
        float[] features =
                switch (options.nodeMaskType()) {
                    case NONE -> new float[0];
                    case OBJECT -> nodeMask(IntStream.of(block.nodes()));
                    case COMMON_ATTRIBUTES -> nodeMask(IntStream.range(0, width));
                    case ATTRIBUTES ->
                        nodeMask(places(block, options.nodeMaskType().shape(GraphBatch.of(List.of(block)))));
                };
        return new InitialMasks(new float[][] {edges}, new float[][] {features});
    }

    /** Where the values of a mask per node and feature lie in PyG's mask of the whole graph. */
    private static IntStream places(ComputationGraph block, FeatureMaskType type) {
        int width = block.graph().features().columns();
        if (type == FeatureMaskType.NODE_FEATURE) {
            return IntStream.range(0, block.nodeCount() * width).map(i -> block.node(i / width) * width + i % width);
        }
        int[] offsets = block.storedOffsets();
        int[] columns = block.storedColumns();
        return IntStream.range(0, block.nodeCount())
                .flatMap(v -> IntStream.range(offsets[v], offsets[v + 1]).map(i -> block.node(v) * width + columns[i]));
    }

    private static float[] nodeMask(IntStream flatIndices) {
        int[] indices = flatIndices.toArray();
        float[] values = new float[indices.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = round4(0.1 * Math.sin(0.37 * indices[i] + 0.5));
        }
        return values;
    }

    private static float round4(double value) {
        return (float) (Math.rint(value * 1e4) / 1e4);
    }

    private static void compareEdges(JsonObject reference, Karate karate, ComputationGraph block, MaskValues masks) {
        if (reference.get("edge_mask").isJsonNull()) {
            assertThat(masks.edges()).isEmpty();
            return;
        }
        float[] full = new float[karate.pygSources.length]; // zero outside the computation graph
        for (int e = 0; e < block.edgeCount(); e++) {
            full[karate.pygEdge(block, e)] = masks.edges()[e];
        }
        assertThat(full).containsExactly(floats(reference.getAsJsonArray("edge_mask")), within(TOLERANCE));
    }

    private static void compareFeatures(JsonObject reference, ComputationGraph block, MaskValues masks) {
        if (reference.get("node_mask").isJsonNull()) {
            assertThat(masks.features()).isEmpty();
            return;
        }
        JsonArray rows = reference.getAsJsonArray("node_mask");
        int width = rows.get(0).getAsJsonArray().size();
        float[] expected = new float[rows.size() * width];
        for (int r = 0; r < rows.size(); r++) {
            System.arraycopy(floats(rows.get(r).getAsJsonArray()), 0, expected, r * width, width);
        }
        float[] full = new float[expected.length];
        if (rows.size() == 1) {
            full = masks.features();
        } else if (masks.featureType() == FeatureMaskType.STORED) {
            int[] places = places(block, FeatureMaskType.STORED).toArray();
            for (int i = 0; i < places.length; i++) {
                full[places[i]] = masks.features()[i];
            }
        } else {
            for (int i = 0; i < block.nodeCount(); i++) {
                System.arraycopy(masks.features(), i * width, full, block.node(i) * width, width);
            }
        }
        assertThat(full).containsExactly(expected, within(TOLERANCE));
    }

    private static float[] floats(JsonArray array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).getAsFloat();
        }
        return values;
    }

    /** The graph, model and edge order of the reference. */
    private record Karate(Graph graph, GnnModel model, int[] labels, int[] pygSources, int[] pygTargets) {
        static Karate read() {
            JsonObject json = PygReferenceTest.read("karate_gcn_f32.json");
            JsonArray index = json.getAsJsonArray("edge_index");
            int[] sources = ints(index.get(0).getAsJsonArray());
            int[] targets = ints(index.get(1).getAsJsonArray());
            int[] offsets = IntStream.rangeClosed(0, NODES).toArray();
            float[] ones = new float[NODES];
            java.util.Arrays.fill(ones, 1);
            SparseFeatures identity =
                    new SparseFeatures(NODES, offsets, IntStream.range(0, NODES).toArray(), ones);
            int[] labels = ints(json.getAsJsonArray("y"));
            Graph graph = Graph.builder(NODES)
                    .edges(sources, targets)
                    .features(identity)
                    .labels(labels)
                    .build();
            JsonObject weights = json.getAsJsonObject("weights");
            ModelShape shape = new ModelShape(Task.NODE, NODES, 4);
            Map<String, String> options = Map.of("layers", "2", "hidden", "8", "dropout", "0");
            GnnModel template = Workbench.architecture("gcn").create(shape, options, 0);
            GnnModel model = Workbench.architecture("gcn").restore(shape, options, parameters(template, weights));
            return new Karate(graph, model, labels, sources, targets);
        }

        /** The graph with six features per node, and a GAT. */
        static Karate readWithAttention(JsonObject attention) {
            Karate other = read();
            JsonObject json = PygReferenceTest.read("karate_layers_f32.json");
            ModelShape shape = new ModelShape(Task.NODE, 6, 4);
            GnnModel template = Workbench.architecture("gat").create(shape, Map.of("hidden", "4", "heads", "2"), 0);
            GnnModel model = Workbench.architecture("gat")
                    .restore(
                            shape, template.info().options(), parameters(template, attention.getAsJsonObject("state")));
            Graph graph = Graph.builder(NODES)
                    .edges(other.pygSources, other.pygTargets)
                    .features(new DenseFeatures(NODES, 6, FloatBuffer.wrap(flat(json.get("x")))))
                    .labels(other.labels)
                    .build();
            return new Karate(graph, model, other.labels, other.pygSources, other.pygTargets);
        }

        private static List<Parameter> parameters(GnnModel template, JsonObject weights) {
            List<Parameter> parameters = new ArrayList<>();
            for (Parameter parameter : template.parameters()) {
                parameters.add(
                        new Parameter(parameter.name(), parameter.shape(), flat(weights.get(parameter.name())), true));
            }
            return parameters;
        }

        private static float[] flat(JsonElement element) {
            List<Float> values = new ArrayList<>();
            collect(element, values);
            float[] flat = new float[values.size()];
            for (int i = 0; i < flat.length; i++) {
                flat[i] = values.get(i);
            }
            return flat;
        }

        private static void collect(JsonElement element, List<Float> values) {
            if (element.isJsonArray()) {
                element.getAsJsonArray().forEach(child -> collect(child, values));
            } else {
                values.add(element.getAsFloat());
            }
        }

        private static int[] ints(JsonArray array) {
            return IntStream.range(0, array.size())
                    .map(i -> array.get(i).getAsInt())
                    .toArray();
        }

        int[] predictions(Workbench workbench) {
            float[][] logits = workbench.logits(model, GraphBatch.whole(graph));
            return Stream.of(logits)
                    .mapToInt(row -> IntStream.range(0, row.length)
                            .reduce((a, b) -> row[b] > row[a] ? b : a)
                            .orElseThrow())
                    .toArray();
        }

        int pygEdge(ComputationGraph block, int localEdge) {
            int edge = block.edge(localEdge);
            int source = graph.source(edge);
            int target = graph.target(edge);
            return IntStream.range(0, pygSources.length)
                    .filter(k -> pygSources[k] == source && pygTargets[k] == target)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
