package org.aitia.evaluation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.metric.Metrics.ScoreRequest;
import org.aitia.api.metric.Metrics.Selection;
import org.aitia.api.metric.Variant;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.testkit.data.SharedFiles;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The numbers that PyTorch Geometric computes of masks on the karate club graph, in float32 to 1e-4; and closed forms
 * where ours differ by intent.
 */
class KarateReferenceTest {
    private static final int NODES = 34;
    private static final double TOLERANCE = 1e-4;
    private static final Path REFERENCE = SharedFiles.references();

    private static JsonObject read(String file) {
        try {
            return JsonParser.parseString(Files.readString(REFERENCE.resolve(file)))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Arguments> entries(String array, String needed) {
        if (!Files.isDirectory(REFERENCE)) {
            return Stream.of(Arguments.of("reference data absent", new JsonObject()));
        }
        return StreamSupport.stream(
                        read("karate_gnnexplainer_f32.json")
                                .getAsJsonArray(array)
                                .spliterator(),
                        false)
                .map(JsonElement::getAsJsonObject)
                .filter(c -> c.has(needed))
                .map(c -> Arguments.of(name(c), c));
    }

    private static String name(JsonObject c) {
        return c.has("threshold")
                ? "node " + c.get("node") + ", threshold " + c.get("threshold")
                : "node " + c.get("node") + ", node mask " + c.get("node_mask_type") + ", edge mask "
                        + c.get("edge_mask_type") + ", " + c.get("explanation_type");
    }

    static Stream<Arguments> cases() {
        return entries("cases", "fidelity");
    }

    static Stream<Arguments> thresholded() {
        return entries("thresholded", "fidelity_pos");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void fidelityAndUnfaithfulnessAreThoseOfPyg(String name, JsonObject reference) {
        assumeTrue(Files.isDirectory(REFERENCE), "no reference data at " + REFERENCE);
        Karate karate = Karate.read();
        ExplanationResult result = karate.result(reference);
        assertThat(karate.score(result, "fidelity-plus", Map.of()).value())
                .isCloseTo(reference.getAsJsonArray("fidelity").get(0).getAsDouble(), within(TOLERANCE));
        assertThat(karate.score(result, "fidelity-minus", Map.of()).value())
                .isCloseTo(reference.getAsJsonArray("fidelity").get(1).getAsDouble(), within(TOLERANCE));
        boolean whole = reference.get("node").isJsonNull();
        Map<String, String> pyg = Map.of("divergence", "pyg");
        assertThat(karate.score(result, "unfaithfulness", pyg).value())
                .isCloseTo(reference.get("unfaithfulness").getAsDouble(), within(TOLERANCE));
        if (reference.has("unfaithfulness_top5")) {
            // PyG ranks features over all nodes of its one explanation; there are many of ours then
            MetricScore top = whole
                    ? karate.score(karate.withTopFeatures(result, reference, 5), "unfaithfulness", pyg)
                    : karate.score(result, "unfaithfulness", Map.of("divergence", "pyg", "topFeatures", "5"));
            assertThat(top.value())
                    .isCloseTo(reference.get("unfaithfulness_top5").getAsDouble(), within(TOLERANCE));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("thresholded")
    void thresholdedMasksScoreAsInPyg(String name, JsonObject reference) {
        assumeTrue(Files.isDirectory(REFERENCE), "no reference data at " + REFERENCE);
        Karate karate = Karate.read();
        ExplanationResult result = karate.result(reference);
        assertThat(karate.score(result, "fidelity-plus", Map.of()).value())
                .isCloseTo(reference.get("fidelity_pos").getAsDouble(), within(TOLERANCE));
        assertThat(karate.score(result, "fidelity-minus", Map.of()).value())
                .isCloseTo(reference.get("fidelity_neg").getAsDouble(), within(TOLERANCE));
        assertThat(karate.score(result, "unfaithfulness", Map.of("divergence", "pyg"))
                        .value())
                .isCloseTo(reference.get("unfaithfulness").getAsDouble(), within(TOLERANCE));
    }

    @Test
    void unfaithfulnessHasTheDocumentedDirection() {
        assumeTrue(Files.isDirectory(REFERENCE), "no reference data at " + REFERENCE);
        Karate karate = Karate.read();
        JsonObject masked = read("karate_masked_metrics_f32.json");
        ExplanationResult result = karate.masked(masked);
        MetricScore score = karate.score(result, "unfaithfulness", Map.of());
        double sum = 0;
        for (int v = 0; v < NODES; v++) {
            double[] y = softmax(karate.json.getAsJsonArray("logits").get(v));
            double[] yHat = softmax(masked.getAsJsonArray("masked_logits").get(v));
            double divergence = 0;
            for (int c = 0; c < y.length; c++) {
                divergence += y[c] * Math.log(y[c] / yHat[c]);
            }
            assertThat(score.perTarget()[v]).as("node " + v).isCloseTo(1 - Math.exp(-divergence), within(TOLERANCE));
            sum += 1 - Math.exp(-divergence);
        }
        assertThat(score.value()).isCloseTo(sum / NODES, within(TOLERANCE));
    }

    @Test
    void maskedInputsHaveThePredictionsOfPyg() {
        assumeTrue(Files.isDirectory(REFERENCE), "no reference data at " + REFERENCE);
        Karate karate = Karate.read();
        JsonObject masked = read("karate_masked_metrics_f32.json");
        ExplanationResult result = karate.masked(masked);
        List<Variant> variants = new ArrayList<>();
        for (int v = 0; v < NODES; v++) {
            Explanation x = result.explanations().get(v);
            variants.add(Variant.unchanged(v));
            variants.add(new Variant(v, x.edgeMask(), new float[0], false));
            variants.add(new Variant(v, new float[0], x.featureMask(), false));
            variants.add(new Variant(v, x.edgeMask(), x.featureMask(), false));
        }
        List<double[]> predictions = karate.context(result).predict(variants);
        for (int v = 0; v < NODES; v++) {
            List<JsonElement> expected = List.of(
                    karate.json.getAsJsonArray("logits").get(v),
                    masked.getAsJsonArray("masked_logits_edge_only").get(v),
                    masked.getAsJsonArray("masked_logits_node_only").get(v),
                    masked.getAsJsonArray("masked_logits").get(v));
            for (int k = 0; k < 4; k++) {
                assertThat(predictions.get(4 * v + k)).containsExactly(softmax(expected.get(k)), within(1e-5));
            }
        }
    }

    @Test
    void characterizationAndCurveAreThoseOfPyg() {
        assumeTrue(Files.isDirectory(REFERENCE), "no reference data at " + REFERENCE);
        JsonObject masked = read("karate_masked_metrics_f32.json");
        double[] plus = doubles(masked.get("fid_pos"));
        double[] minus = doubles(masked.get("fid_neg"));
        double[] equal = doubles(masked.get("characterization_equal"));
        double[] weighted = doubles(masked.get("characterization_w03_07"));
        double[] ratios = new double[plus.length];
        for (int i = 0; i < plus.length; i++) {
            assertThat(CharacterizationMetric.score(plus[i], minus[i], 0.5, 0.5))
                    .isCloseTo(equal[i], within(1e-6));
            assertThat(CharacterizationMetric.score(plus[i], minus[i], 0.3, 0.7))
                    .isCloseTo(weighted[i], within(1e-6));
            ratios[i] = plus[i] / (1 - minus[i]);
        }
        assertThat(FidelityCurveMetric.area(doubles(masked.get("curve_x")), ratios))
                .isCloseTo(masked.get("fidelity_curve_auc").getAsDouble(), within(1e-6));
    }

    private static double[] doubles(JsonElement array) {
        return IntStream.range(0, array.getAsJsonArray().size())
                .mapToDouble(i -> array.getAsJsonArray().get(i).getAsDouble())
                .toArray();
    }

    private static double[] softmax(JsonElement logits) {
        double[] values = doubles(logits);
        double sum = Arrays.stream(values).map(Math::exp).sum();
        return Arrays.stream(values).map(x -> Math.exp(x) / sum).toArray();
    }

    private static float[] floats(JsonElement element) {
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

    /** The graph, model and edge order of the reference. */
    private record Karate(JsonObject json, TestWorld world, int[] sources, int[] targets, double[][] predictions) {
        static Karate read() {
            JsonObject json = KarateReferenceTest.read("karate_gcn_f32.json");
            int[] sources = ints(json.getAsJsonArray("edge_index").get(0));
            int[] targets = ints(json.getAsJsonArray("edge_index").get(1));
            float[] ones = new float[NODES];
            Arrays.fill(ones, 1);
            int[] diagonal = IntStream.range(0, NODES).toArray();
            int[] offsets = IntStream.rangeClosed(0, NODES).toArray();
            Graph graph = Graph.builder(NODES)
                    .edges(sources, targets)
                    .features(new SparseFeatures(NODES, offsets, diagonal, ones))
                    .labels(ints(json.get("y")))
                    .build();
            ModelShape shape = new ModelShape(Task.NODE, NODES, 4);
            Map<String, String> options = Map.of("layers", "2", "hidden", "8", "dropout", "0");
            GnnModel template = Workbench.architecture("gcn").create(shape, options, 0);
            List<Parameter> parameters = template.parameters().stream()
                    .map(p -> new Parameter(
                            p.name(),
                            p.shape(),
                            floats(json.getAsJsonObject("weights").get(p.name())),
                            true))
                    .toList();
            GnnModel model = Workbench.architecture("gcn").restore(shape, options, parameters);
            Dataset dataset =
                    TestWorld.dataset(Task.NODE).graph(graph).classes(4).build();
            TestWorld world = new TestWorld(model, dataset, new TestWorld.RandomExplainer(FeatureMaskType.NODE));
            double[][] predictions = IntStream.range(0, NODES)
                    .mapToObj(v -> softmax(json.getAsJsonArray("logits").get(v)))
                    .toArray(double[][]::new);
            return new Karate(json, world, sources, targets, predictions);
        }

        private static int[] ints(JsonElement array) {
            return IntStream.range(0, array.getAsJsonArray().size())
                    .map(i -> array.getAsJsonArray().get(i).getAsInt())
                    .toArray();
        }

        Graph graph() {
            return world.input.dataset().graph();
        }

        MetricScore score(ExplanationResult result, String metric, Map<String, String> options) {
            ScoreRequest request = new ScoreRequest(
                    result, Optional.empty(), Optional.of(world.input), List.of(new Selection(metric, options)), 5);
            return world.metrics()
                    .score(request, TaskMonitor.NONE)
                    .get(0)
                    .score()
                    .orElseThrow();
        }

        ScoreContext context(ExplanationResult result) {
            ScoreRequest request = new ScoreRequest(result, Optional.empty(), Optional.of(world.input), List.of(), 5);
            return ScoreContext.open(request, world, world.datasets(), Workbench.devices(), TaskMonitor.NONE);
        }

        /** One explanation of a node, or of each node where PyG explains all at once with the same masks. */
        ExplanationResult result(JsonObject reference) {
            boolean whole = reference.get("node").isJsonNull();
            boolean phenomenon = reference.has("explanation_type")
                    && reference.get("explanation_type").getAsString().equals("phenomenon");
            int[] ids = whole
                    ? IntStream.range(0, NODES).toArray()
                    : new int[] {reference.get("node").getAsInt()};
            String type = reference.has("node_mask_type")
                            && !reference.get("node_mask_type").isJsonNull()
                    ? reference.get("node_mask_type").getAsString()
                    : "none";
            float[] nodes = type.equals("none") ? new float[0] : floats(reference.get("node_mask"));
            float[] edges = reference.get("edge_mask").isJsonNull() ? new float[0] : floats(reference.get("edge_mask"));
            return result(ids, edges, nodes, type, phenomenon);
        }

        ExplanationResult masked(JsonObject masked) {
            return result(
                    IntStream.range(0, NODES).toArray(),
                    floats(masked.get("edge_mask")),
                    floats(masked.get("node_mask_values")),
                    "attributes",
                    false);
        }

        private ExplanationResult result(int[] ids, float[] edges, float[] nodes, String type, boolean phenomenon) {
            List<Explanation> explanations = new ArrayList<>();
            for (int id : ids) {
                ComputationGraph block = ComputationGraph.of(graph(), id, 2);
                int predicted = Scores.argmax(predictions[id]);
                int label = graph().label(id);
                ExplanationTarget target =
                        new ExplanationTarget(id, predicted, phenomenon ? label : predicted, label, new float[4], 0);
                explanations.add(Explanation.of(
                        target,
                        block,
                        new MaskValues(edges(block, edges), maskType(type), nodes(block, nodes, type), Map.of())));
            }
            ExplanationType explained = phenomenon ? ExplanationType.PHENOMENON : ExplanationType.MODEL;
            return new ExplanationResult(explanations, world.provenance(explained, 0), 1);
        }

        private static FeatureMaskType maskType(String type) {
            return switch (type) {
                case "attributes" -> FeatureMaskType.NODE_FEATURE;
                case "common_attributes" -> FeatureMaskType.FEATURE;
                default -> FeatureMaskType.NODE;
            };
        }

        private float[] edges(ComputationGraph block, float[] mask) {
            float[] local = new float[mask.length == 0 ? 0 : block.edgeCount()];
            for (int e = 0; e < local.length; e++) {
                int source = graph().source(block.edge(e));
                int target = graph().target(block.edge(e));
                local[e] = mask[
                        IntStream.range(0, sources.length)
                                .filter(k -> sources[k] == source && targets[k] == target)
                                .findFirst()
                                .orElseThrow()];
            }
            return local;
        }

        private static float[] nodes(ComputationGraph block, float[] mask, String type) {
            if (mask.length == 0 || type.equals("common_attributes")) {
                return mask;
            }
            int width = mask.length / NODES;
            float[] local = new float[block.nodeCount() * width];
            for (int v = 0; v < block.nodeCount(); v++) {
                System.arraycopy(mask, block.node(v) * width, local, v * width, width);
            }
            return local;
        }

        /** The result with a feature mask of 1 on the features that are most important over the whole graph. */
        ExplanationResult withTopFeatures(ExplanationResult result, JsonObject reference, int count) {
            float[] mask = floats(reference.get("node_mask"));
            int width = NODES;
            double[] sums = new double[width];
            for (int i = 0; i < mask.length; i++) {
                sums[i % width] += mask[i];
            }
            int[] best = IntStream.range(0, width)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer f) -> -sums[f]))
                    .limit(count)
                    .mapToInt(f -> f)
                    .toArray();
            float[] top = new float[width];
            Arrays.stream(best).forEach(f -> top[f] = 1);
            return result.withExplanations(result.explanations().stream()
                    .map(x -> x.withMasks(new MaskValues(x.edgeMask(), FeatureMaskType.FEATURE, top, Map.of())))
                    .toList());
        }
    }

    /** Whole graphs batch differently from computation graphs; the reference was computed on the former. */
    @Test
    void predictionsAreThoseOfTheReferenceModel() {
        assumeTrue(Files.isDirectory(REFERENCE), "no reference data at " + REFERENCE);
        Karate karate = Karate.read();
        try (Workbench workbench = Workbench.open()) {
            float[][] logits = workbench.logits(karate.world.input.model(), GraphBatch.whole(karate.graph()));
            for (int v = 0; v < NODES; v++) {
                float[] expected = floats(karate.json.getAsJsonArray("logits").get(v));
                assertThat(logits[v]).containsExactly(expected, within(1e-4f));
            }
        }
    }
}
