package org.aitia.explainer.pgexplainer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.ExplainerTraining;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.LearntWeights;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.TrainableExplainer;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.option.OptionSchema;
import org.aitia.testkit.data.SharedFiles;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What PyTorch Geometric computes on the karate club graph from given weights and noise, in float32 to 1e-4: edge
 * logits, the loss, masks. Training steps are compared with the equations, as the file lacks a derivative.
 */
class PygReferenceTest {
    private static final int NODES = 34;
    private static final float TOLERANCE = 1e-4f;
    private static final List<Integer> TARGETS = List.of(0, 33);
    private static final Path REFERENCE = SharedFiles.references();
    private static final Map<String, String> OPTIONS =
            Map.of("num_epochs", "3", "step", "target", "regularized", "subgraph");

    private static JsonObject reference;
    private static Graph graph;
    private static GnnModel model;
    private static JsonObject gcn;
    private static int[] labels;
    private static int[] pygSources;
    private static int[] pygTargets;

    @BeforeAll
    static void read() throws IOException {
        if (!Files.isDirectory(REFERENCE)) {
            return;
        }
        reference = json("karate_pgexplainer_f32.json");
        JsonObject json = json("karate_gcn_f32.json");
        JsonArray index = json.getAsJsonArray("edge_index");
        pygSources = ints(index.get(0));
        pygTargets = ints(index.get(1));
        labels = ints(json.get("y"));
        float[] ones = new float[NODES];
        Arrays.fill(ones, 1);
        SparseFeatures identity = new SparseFeatures(
                NODES,
                IntStream.rangeClosed(0, NODES).toArray(),
                IntStream.range(0, NODES).toArray(),
                ones);
        graph = Graph.builder(NODES)
                .edges(pygSources, pygTargets)
                .features(identity)
                .labels(labels)
                .build();
        ModelShape shape = new ModelShape(Task.NODE, NODES, 4);
        Map<String, String> options = Map.of("layers", "2", "hidden", "8", "dropout", "0");
        GnnModel template = Workbench.architecture("gcn").create(shape, options, 0);
        gcn = json.getAsJsonObject("weights");
        model = Workbench.architecture("gcn")
                .restore(
                        shape,
                        options,
                        template.parameters().stream()
                                .map(p -> new Parameter(p.name(), p.shape(), flat(gcn.get(p.name())), true))
                                .toList());
    }

    private static JsonObject json(String file) throws IOException {
        return JsonParser.parseString(Files.readString(REFERENCE.resolve(file))).getAsJsonObject();
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

    private static int[] ints(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .mapToInt(JsonElement::getAsInt)
                .toArray();
    }

    @BeforeEach
    void needsReference() {
        assumeTrue(Files.isDirectory(REFERENCE), "no reference data at " + REFERENCE);
    }

    private static List<Parameter> weights(String name) {
        JsonObject weights = reference.getAsJsonObject(name);
        return List.of(
                parameter(weights, "0.weight", 64, 12),
                parameter(weights, "0.bias", 64),
                parameter(weights, "2.weight", 1, 64),
                parameter(weights, "2.bias", 1));
    }

    private static Parameter parameter(JsonObject weights, String name, long... shape) {
        return new Parameter(name, shape, flat(weights.get(name)), true);
    }

    private static List<ComputationGraph> blocks() {
        return TARGETS.stream().map(v -> ComputationGraph.of(graph, v, 2)).toList();
    }

    /** Phenomenon: the true label is explained. */
    private static List<ExplanationTarget> targets() {
        return TARGETS.stream()
                .map(v -> new ExplanationTarget(v, labels[v], labels[v], labels[v], new float[4], v))
                .toList();
    }

    private static int pygEdge(int edge) {
        return IntStream.range(0, pygSources.length)
                .filter(k -> pygSources[k] == graph.source(edge) && pygTargets[k] == graph.target(edge))
                .findFirst()
                .orElseThrow();
    }

    private static List<MaskValues> explain(List<Parameter> weights) {
        try (Workbench workbench = Workbench.open()) {
            LearntWeights learnt = new LearntWeights(OPTIONS, weights, Map.of());
            return workbench.explain(
                    new PgExplainer(),
                    model,
                    GraphBatch.of(blocks()),
                    targets(),
                    Map.of(),
                    Optional.of(learnt),
                    TaskMonitor.NONE);
        }
    }

    @Test
    void edgeLogitsAreThoseOfPyg() {
        List<MaskValues> masks = explain(weights("mlp_init"));
        for (int t = 0; t < TARGETS.size(); t++) {
            float[] logits = flat(reference
                    .getAsJsonObject("edge_logits_init")
                    .get(TARGETS.get(t).toString()));
            ComputationGraph block = blocks().get(t);
            float[] found = masks.get(t).edges();
            for (int e = 0; e < found.length; e++) {
                double logit = Math.log(found[e] / (1.0 - found[e]));
                assertThat(logit).isCloseTo(logits[pygEdge(block.edge(e))], within(1e-4));
            }
        }
    }

    /**
     * The losses and weights of the file are those of training without the derivative of the prediction: size and
     * entropy alone. PyG wraps a mask into a parameter of its own, a leaf, in every model that was explained by learnt
     * masks before ({@code set_masks}: "Convert mask to a param if it was previously registered as one"), and what is
     * behind the leaf learns nothing from the prediction.
     */
    @Test
    void theFileWasTrainedWithoutTheDerivativeOfThePrediction() {
        PlainPgExplainer plain = plain(false);
        assertThat(train(plain)).containsExactly(doubles(reference.get("losses")), within(1e-5));
        assertThat(plain.parameters()).containsExactly(together(weights("mlp_after")), within(1e-4));
    }

    /** The first step, before any derivative, is as in the file. */
    @Test
    void sixStepsHaveTheLossesAndWeightsOfTheEquations() {
        double[] uniform = doubles(reference.get("uniform_noise"));
        List<Double> losses = new ArrayList<>();
        LearntWeights learnt;
        try (Workbench workbench = Workbench.open()) {
            Noise given = (target, epoch, edges) -> IntStream.of(edges)
                    .mapToDouble(edge -> uniform[pygEdge(edge)])
                    .toArray();
            TrainableExplainer explainer = new Given(given, losses);
            learnt = workbench.train(explainer, model, blocks(), targets(), OPTIONS, 0, 2, TaskMonitor.NONE);
        }
        PlainPgExplainer plain = plain(true);
        double[] expected = train(plain);
        assertThat(losses).hasSize(expected.length);
        assertThat(losses.get(0)).isCloseTo(doubles(reference.get("losses"))[0], within(1e-4));
        for (int i = 0; i < expected.length; i++) {
            assertThat(losses.get(i)).as("loss of step %d", i).isCloseTo(expected[i], within(1e-4));
        }
        assertThat(together(learnt.parameters())).containsExactly(plain.parameters(), within(1e-4));
    }

    private static PlainPgExplainer plain(boolean withPrediction) {
        return new PlainPgExplainer(
                pygSources,
                pygTargets,
                rows(reference.get("embedding")),
                new PlainPgExplainer.Gcn(
                        rows(gcn.get("conv1.lin.weight")),
                        doubles(gcn.get("conv1.bias")),
                        rows(gcn.get("conv2.lin.weight")),
                        doubles(gcn.get("conv2.bias"))),
                weights("mlp_init").stream().map(Parameter::values).toList(),
                withPrediction);
    }

    private static double[] train(PlainPgExplainer plain) {
        double[] uniform = doubles(reference.get("uniform_noise"));
        List<Double> losses = new ArrayList<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            double temperature = 5 * Math.pow(2.0 / 5, epoch / 3.0);
            for (int t = 0; t < TARGETS.size(); t++) {
                int node = TARGETS.get(t);
                losses.add(plain.step(node, labels[node], uniform, temperature, subgraph(t)));
            }
        }
        return losses.stream().mapToDouble(d -> d).toArray();
    }

    /** The edges between nodes of the field. */
    private static boolean[] subgraph(int target) {
        List<Integer> field =
                Arrays.stream(blocks().get(target).nodes()).boxed().toList();
        boolean[] within = new boolean[pygSources.length];
        for (int k = 0; k < within.length; k++) {
            within[k] = field.contains(pygSources[k]) && field.contains(pygTargets[k]);
        }
        return within;
    }

    private static double[][] rows(JsonElement matrix) {
        return matrix.getAsJsonArray().asList().stream()
                .map(PygReferenceTest::doubles)
                .toArray(double[][]::new);
    }

    private static double[] doubles(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }

    private static double[] together(List<Parameter> parameters) {
        return parameters.stream()
                .flatMapToDouble(p -> IntStream.range(0, p.values().length).mapToDouble(i -> p.values()[i]))
                .toArray();
    }

    /**
     * PyG lets every edge between two nodes of the field have a value; one that ends at the rim cannot
     * influence the prediction, and is no part of the explanation here.
     */
    @Test
    void masksAreThoseOfPygWithinTheReceptiveField() {
        List<MaskValues> masks = explain(weights("mlp_after"));
        for (int t = 0; t < TARGETS.size(); t++) {
            float[] pyg = flat(reference
                    .getAsJsonObject("edge_masks_after")
                    .get(TARGETS.get(t).toString()));
            ComputationGraph block = blocks().get(t);
            float[] found = masks.get(t).edges();
            boolean[] here = new boolean[pyg.length];
            for (int e = 0; e < found.length; e++) {
                int edge = pygEdge(block.edge(e));
                here[edge] = true;
                assertThat(found[e]).isCloseTo(pyg[edge], within(TOLERANCE));
            }
            List<Integer> field = Arrays.stream(block.nodes()).boxed().toList();
            List<Integer> rim = field.subList(block.nodesWithin(1), field.size());
            for (int k = 0; k < pyg.length; k++) {
                boolean endsAtRim = field.contains(pygSources[k]) && rim.contains(pygTargets[k]);
                assertThat(pyg[k] != 0).isEqualTo(here[k] || endsAtRim);
            }
        }
    }

    /** PGExplainer from given weights and noise. */
    private record Given(Noise noise, List<Double> losses) implements TrainableExplainer {
        @Override
        public LearntWeights train(ExplainerTraining training) {
            PgExplainerOptions options = (PgExplainerOptions) options().parse(training.options());
            return new PgTraining(training, options, weights("mlp_init"), noise, (epoch, loss) -> losses.add(loss))
                    .run(training.options());
        }

        @Override
        public ExplainerInfo info() {
            return new PgExplainer().info();
        }

        @Override
        public OptionSchema<?> options() {
            return new PgExplainer().options();
        }

        @Override
        public List<MaskValues> explain(ExplanationBatch batch) {
            return new PgExplainer().explain(batch);
        }
    }
}
