package org.aitia.models.internal.gat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelSession.Attention;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.PreparedBatch;
import org.aitia.api.model.TrainingSession;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attention beside a plain computation of the papers' equations, node by node. */
class GatClosedFormTest {
    private static final int FEATURES = 4;
    private static final int CLASSES = 3;
    private static final int EDGE_FEATURES = 2;

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = Workbench.open();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static ModelArchitecture architecture(String name) {
        return name.equals("gat") ? new GatArchitecture() : new GatV2Architecture();
    }

    /** Directed, with features of edges, self-loops at 0 and 5, and an isolated last node. */
    private static Graph graph() {
        int nodes = 12;
        RandomGenerator random = Seeds.generator(3);
        GraphBuilder builder = Graph.builder(nodes);
        float[][] edges = new float[32][EDGE_FEATURES];
        for (int e = 0; e < 30; e++) {
            builder.edge(random.nextInt(nodes - 1), random.nextInt(nodes - 1));
        }
        builder.edge(0, 0).edge(5, 5);
        fill(edges, random);
        float[][] x = new float[nodes][FEATURES];
        fill(x, random);
        return builder.features(DenseFeatures.of(x))
                .edgeFeatures(DenseFeatures.of(edges))
                .build();
    }

    private static void fill(float[][] rows, RandomGenerator random) {
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
    }

    private static double[][] features(Graph graph) {
        double[][] x = new double[graph.nodeCount()][FEATURES];
        for (int v = 0; v < x.length; v++) {
            for (int f = 0; f < FEATURES; f++) {
                x[v][f] = graph.features().value(v, f);
            }
        }
        return x;
    }

    private interface Computation<T> {
        T apply(ModelSession session, PreparedBatch batch);
    }

    private <T> T compute(GnnModel model, GraphBatch batch, Computation<T> computation) {
        try (ModelSession session = model.open(bench.lease());
                PreparedBatch prepared = session.prepare(batch);
                TensorScope scope = bench.lease().engine().openScope()) {
            return computation.apply(session, prepared);
        }
    }

    private float[] logits(GnnModel model, GraphBatch batch, Masks masks) {
        return compute(
                model,
                batch,
                (session, prepared) -> session.forward(prepared, masks).toFloatArray());
    }

    private static void assertClose(float[] actual, double[][] expected) {
        double[] flat = Arrays.stream(expected).flatMapToDouble(Arrays::stream).toArray();
        assertThat(actual).hasSameSizeAs(flat);
        for (int i = 0; i < flat.length; i++) {
            assertThat((double) actual[i]).as("value %d", i).isCloseTo(flat[i], within(1e-5));
        }
    }

    @ParameterizedTest(name = "{0}, edge features {1}, self-loops {2}, residual {3}, bias {4}")
    @CsvSource({
        "gat, true, true, false, true",
        "gat, false, true, true, true",
        "gat, true, false, true, false",
        "gat, false, false, false, true",
        "gatv2, true, true, false, true",
        "gatv2, false, true, true, true",
        "gatv2, true, false, true, false",
        "gatv2, false, false, false, true"
    })
    void twoLayersAreWhatThePapersSay(
            String name, boolean edgeFeatures, boolean selfLoops, boolean residual, boolean bias) {
        Graph graph = graph();
        Map<String, String> options = new HashMap<>();
        options.put("hidden", "3");
        options.put("heads", "2");
        options.put("outHeads", "2");
        options.put("edgeFeatures", Boolean.toString(edgeFeatures));
        options.put("selfLoops", Boolean.toString(selfLoops));
        options.put("residual", Boolean.toString(residual));
        options.put("bias", Boolean.toString(bias));
        GnnModel model =
                architecture(name).create(new ModelShape(Task.NODE, FEATURES, CLASSES, EDGE_FEATURES), options, 7);
        float[] mask = new float[graph.edgeCount()];
        RandomGenerator random = Seeds.generator(8);
        for (int e = 0; e < mask.length; e++) {
            mask[e] = random.nextFloat();
        }

        PlainGat.Result hidden = new PlainGat(model, 1, 2, 3, true, selfLoops).apply(graph, features(graph), mask);
        double[][] h = Arrays.stream(hidden.values())
                .map(row ->
                        Arrays.stream(row).map(z -> z > 0 ? z : Math.expm1(z)).toArray())
                .toArray(double[][]::new);
        PlainGat.Result out = new PlainGat(model, 2, 2, CLASSES, false, selfLoops).apply(graph, h, mask);

        Masks masks = Masks.ofEdges(bench.lease().manager().create(mask));
        assertClose(logits(model, GraphBatch.whole(graph), masks), out.values());
        compute(model, GraphBatch.whole(graph), (session, prepared) -> {
            List<Attention> attention = session.attention(prepared, masks);
            assertThat(attention).hasSize(2);
            assertClose(attention.get(0).edges().toFloatArray(), hidden.edgeShares());
            assertClose(attention.get(1).edges().toFloatArray(), out.edgeShares());
            assertClose(attention.get(1).selfLoops().toFloatArray(), selfLoops ? out.selfShares() : new double[0][0]);
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"gat", "gatv2"})
    void inComputationGraphsLogitsAndAttentionAreThoseOfTheWholeGraph(String name) {
        Graph graph = graph();
        GnnModel model =
                architecture(name).create(new ModelShape(Task.NODE, FEATURES, CLASSES, EDGE_FEATURES), Map.of(), 7);
        GraphBatch batch = GraphBatch.of(IntStream.range(0, graph.nodeCount())
                .mapToObj(v -> ComputationGraph.of(graph, v, 2))
                .toList());
        float[] whole = logits(model, GraphBatch.whole(graph), Masks.NONE);
        float[] local = logits(model, batch, Masks.NONE);
        for (int i = 0; i < whole.length; i++) {
            assertThat(local[i]).isCloseTo(whole[i], within(1e-5f));
        }
        float[][] expected = compute(model, GraphBatch.whole(graph), (session, prepared) -> new float[][] {
            session.attention(prepared, Masks.NONE).get(1).edges().toFloatArray(),
            session.attention(prepared, Masks.NONE).get(1).selfLoops().toFloatArray()
        });
        compute(model, batch, (session, prepared) -> {
            Attention last = session.attention(prepared, Masks.NONE).get(1);
            int[] blocks = batch.edgeBlocks();
            int[] locals = batch.edgeLocals();
            float[] edges = last.edges().toFloatArray();
            assertThat(edges).hasSize(batch.edgesWithin(0));
            for (int e = 0; e < edges.length; e++) {
                int original = batch.blocks().get(blocks[e]).edge(locals[e]);
                assertThat(edges[e]).isCloseTo(expected[0][original], within(1e-5f));
            }
            float[] loops = last.selfLoops().toFloatArray();
            for (int v = 0; v < loops.length; v++) {
                assertThat(loops[v]).isCloseTo(expected[1][v], within(1e-5f));
            }
            return null;
        });
    }

    @Test
    void attentionOfANodeAddsUpToOneForEachHead() {
        Graph graph = graph();
        GnnModel model = new GatArchitecture().create(new ModelShape(Task.NODE, FEATURES, CLASSES), Map.of(), 1);
        compute(model, GraphBatch.whole(graph), (session, prepared) -> {
            Attention first = session.attention(prepared, Masks.NONE).get(0);
            assertThat(first.edges().getShape().getShape()).containsExactly(graph.edgeCount(), 8);
            assertThat(first.selfLoops().getShape().getShape()).containsExactly(graph.nodeCount(), 8);
            float[] edges = first.edges().toFloatArray();
            float[] loops = first.selfLoops().toFloatArray();
            for (int v = 0; v < graph.nodeCount(); v++) {
                for (int h = 0; h < 8; h++) {
                    double sum = loops[v * 8 + h];
                    for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
                        sum += graph.source(e) == v ? 0 : edges[e * 8 + h];
                    }
                    assertThat(sum).isCloseTo(1, within(1e-6));
                }
            }
            return null;
        });
    }

    @Test
    void anIsolatedNodeAttendsToItselfAndDropoutDropsThatOrDoublesIt() {
        int nodes = 60;
        float[][] ones = new float[nodes][1];
        for (float[] row : ones) {
            row[0] = 1;
        }
        Graph graph = Graph.builder(nodes).features(DenseFeatures.of(ones)).build();
        Map<String, String> options = Map.of(
                "layers", "1", "outHeads", "2", "headMerge", "concat", "dropout", "0", "attentionDropout", "0.5");
        GnnModel model = new GatArchitecture().create(new ModelShape(Task.NODE, 1, 2), options, 1);
        float[] kept = logits(model, GraphBatch.whole(graph), Masks.NONE);
        int dropped = 0;
        int different = 0;
        try (TrainingSession session = model.openForTraining(bench.lease());
                PreparedBatch prepared = session.prepare(GraphBatch.whole(graph));
                GradientMode off = bench.lease().engine().gradientMode(false)) {
            float[] found =
                    session.forwardTraining(prepared, Seeds.generator(5)).toFloatArray();
            for (int i = 0; i < found.length; i++) {
                if (found[i] == 0) {
                    dropped++;
                } else {
                    assertThat(found[i]).isCloseTo(2 * kept[i], within(1e-6f));
                }
                different += i % 2 == 1 && (found[i] == 0) != (found[i - 1] == 0) ? 1 : 0;
            }
        }
        assertThat(dropped).isBetween(nodes / 2, nodes * 3 / 2);
        assertThat(different).as("nodes of which one head is dropped").isPositive();
    }

    @ParameterizedTest
    @CsvSource({"gat, dot", "gatv2, concat"})
    void linksHaveTheSameLogitsInComputationGraphsAsInTheWholeGraph(String name, String decoder) {
        Graph graph = graph();
        GnnModel model = architecture(name)
                .create(new ModelShape(Task.LINK, FEATURES, 2, EDGE_FEATURES), Map.of("decoder", decoder), 4);
        int[] sources = {0, 3, 7};
        int[] targets = {5, 1, 11};
        float[] whole = logits(model, GraphBatch.wholeWithLinks(graph, sources, targets), Masks.NONE);
        float[] local = logits(
                model,
                GraphBatch.of(IntStream.range(0, 3)
                        .mapToObj(i -> ComputationGraph.ofLink(graph, sources[i], targets[i], 2))
                        .toList()),
                Masks.NONE);
        assertThat(whole).hasSize(6);
        for (int i = 0; i < 6; i++) {
            assertThat(local[i]).isCloseTo(whole[i], within(1e-5f));
        }
    }

    @Test
    void parametersAreThoseOfPyG() {
        ModelShape shape = new ModelShape(Task.NODE, FEATURES, CLASSES, EDGE_FEATURES);
        Map<String, String> options = Map.of("residual", "true");
        assertThat(new GatArchitecture()
                        .create(shape, options, 0).parameters().stream()
                                .map(p -> p.name() + Arrays.toString(p.shape())))
                .containsExactly(
                        "conv1.att_src[1, 8, 8]",
                        "conv1.att_dst[1, 8, 8]",
                        "conv1.att_edge[1, 8, 8]",
                        "conv1.bias[64]",
                        "conv1.lin.weight[64, 4]",
                        "conv1.lin_edge.weight[64, 2]",
                        "conv1.res.weight[64, 4]",
                        "conv2.att_src[1, 1, 3]",
                        "conv2.att_dst[1, 1, 3]",
                        "conv2.att_edge[1, 1, 3]",
                        "conv2.bias[3]",
                        "conv2.lin.weight[3, 64]",
                        "conv2.lin_edge.weight[3, 2]",
                        "conv2.res.weight[3, 64]");
        assertThat(new GatV2Architecture()
                                .create(new ModelShape(Task.NODE, FEATURES, CLASSES), Map.of("layers", "1"), 0)
                                .parameters()
                                .stream()
                                .map(p -> p.name() + Arrays.toString(p.shape())))
                .containsExactly(
                        "conv1.att[1, 1, 3]",
                        "conv1.bias[3]",
                        "conv1.lin_l.weight[3, 4]",
                        "conv1.lin_l.bias[3]",
                        "conv1.lin_r.weight[3, 4]",
                        "conv1.lin_r.bias[3]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            concat     | option 'headMerge' speaks of 1 layers, there are 2; give one of concat and mean for each, or auto
            mean,sum   | option 'headMerge' says 'sum' for layer 2; choose concat or mean
            mean,concat| the last layer's 2 heads, side by side, cannot make 3 logits; choose outHeads so that it divides them, or headMerge with mean for the last layer
            """)
    void headsThatCannotBeMergedAreRefused(String merge, String message) {
        ModelShape shape = new ModelShape(Task.NODE, FEATURES, CLASSES);
        assertThatThrownBy(() -> new GatArchitecture().create(shape, Map.of("headMerge", merge, "outHeads", "2"), 0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    @Test
    void derivativesOfAttentionAreThoseOfTheLibrary() {
        float[] expected = attentionGradient(false);
        float[] found = attentionGradient(true);
        for (int v = 0; v < expected.length; v++) {
            assertThat(found[v]).isCloseTo(expected[v], within(1e-6f));
        }
        assertThat(expected[0]).isNotZero();
    }

    private float[] attentionGradient(boolean step) {
        Graph graph = graph();
        GnnModel model = new GatArchitecture().create(new ModelShape(Task.NODE, FEATURES, CLASSES), Map.of(), 1);
        TensorEngine engine = bench.lease().engine();
        try (NDArray mask = engine.variable(bench.lease().manager().ones(new Shape(graph.nodeCount(), 1)));
                ModelSession session = model.open(bench.lease());
                PreparedBatch prepared = session.prepare(GraphBatch.whole(graph));
                GradientMode on = engine.gradientMode(true);
                TensorScope scope = step ? engine.openStep() : engine.openScope()) {
            Masks masks = Masks.ofFeatures(mask, FeatureMaskType.NODE);
            NDArray shares = session.attention(prepared, masks).get(0).edges();
            return engine.gradients(shares.square().sum(), List.of(mask)).get(0).toFloatArray();
        }
    }
}
