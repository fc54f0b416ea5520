package org.aitia.explainer.ig.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.ModelSession;
import org.aitia.testkit.tck.TestGraphs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SingleGradientTest {
    private final Graph dense = TestGraphs.undirected(30, 50, 5, Laboratory.CLASSES, 1);
    private final Graph sparse = TestGraphs.directed(30, 90, 12, Laboratory.CLASSES, 3);
    private Laboratory laboratory;

    @BeforeEach
    void open() {
        laboratory = new Laboratory();
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    /** Features that are 0 have derivatives too. */
    @Test
    void saliencyIsTheDerivativeByEachFeatureAlsoWhereItIsZero() {
        GnnModel model = Laboratory.gcn(sparse, Map.of("activation", "tanh"));
        ComputationGraph block = ComputationGraph.of(sparse, 11, 2);
        MaskValues signed = laboratory.explain(new SaliencyExplainer(), model, block, Map.of("absolute", "false"));
        MaskValues absolute = laboratory.explain(new SaliencyExplainer(), model, block, Map.of());
        assertThat(signed.featureType()).isEqualTo(FeatureMaskType.NODE_FEATURE);
        float step = 1e-2f;
        for (int v = 0; v < block.nodeCount(); v++) {
            for (int f = 0; f < 12; f++) {
                float derivative =
                        (shifted(model, block, v, f, step) - shifted(model, block, v, f, -step)) / (2 * step);
                assertThat(signed.features()[v * 12 + f]).isCloseTo(derivative, within(1e-3f));
                assertThat(absolute.features()[v * 12 + f]).isEqualTo(Math.abs(signed.features()[v * 12 + f]));
            }
        }
        assertThat(absolute.edges()).hasSize(block.edgeCount());
        for (int e = 0; e < block.edgeCount(); e++) {
            assertThat(absolute.edges()[e]).isEqualTo(Math.abs(signed.edges()[e]));
        }
    }

    private float shifted(GnnModel model, ComputationGraph block, int local, int feature, float shift) {
        float[][] rows = new float[30][12];
        for (int v = 0; v < 30; v++) {
            sparse.features().copyRow(v, rows[v], 0);
        }
        rows[block.node(local)][feature] += shift;
        return laboratory.logits(model, block, DenseFeatures.of(rows), 1)[0];
    }

    @Test
    void inputTimesGradientIsTheDerivativeTimesTheFeature() {
        for (Graph graph : List.of(dense, sparse)) {
            GnnModel model = Laboratory.gcn(graph, Map.of());
            ComputationGraph block = ComputationGraph.of(graph, 11, 2);
            MaskValues derivative =
                    laboratory.explain(new SaliencyExplainer(), model, block, Map.of("absolute", "false"));
            MaskValues product = laboratory.explain(new InputXGradientExplainer(), model, block, Map.of());
            int width = graph.features().columns();
            int[] offsets = block.storedOffsets();
            int[] columns = block.storedColumns();
            for (int v = 0; v < block.nodeCount(); v++) {
                for (int i = offsets[v]; i < offsets[v + 1]; i++) {
                    float expected = derivative.features()[v * width + columns[i]]
                            * graph.features().value(block.node(v), columns[i]);
                    int at = product.featureType() == FeatureMaskType.STORED ? i : v * width + columns[i];
                    assertThat(product.features()[at]).isCloseTo(expected, within(1e-5f));
                }
            }
            assertThat(product.edges()).containsExactly(derivative.edges(), within(1e-5f));
        }
    }

    /** Without a ReLU there is no rule to differ by. */
    @Test
    void rulesOfRectifiersChangeNothingInALinearModel() {
        GnnModel linear = Laboratory.gcn(dense, Map.of("layers", "1"));
        GnnModel rectified = Laboratory.gcn(dense, Map.of("layers", "2"));
        ComputationGraph one = ComputationGraph.of(dense, 7, 1);
        ComputationGraph two = ComputationGraph.of(dense, 7, 2);
        Map<String, String> signed = Map.of("absolute", "false");
        for (Explainer explainer : List.of(new DeconvolutionExplainer(), new GuidedBackpropExplainer())) {
            assertThat(laboratory.explain(explainer, linear, one, Map.of()).features())
                    .isEqualTo(laboratory
                            .explain(new SaliencyExplainer(), linear, one, signed)
                            .features());
            assertThat(laboratory.explain(explainer, rectified, two, Map.of()).features())
                    .isNotEqualTo(laboratory
                            .explain(new SaliencyExplainer(), rectified, two, signed)
                            .features());
        }
    }

    /** Absolute values are taken before sums. */
    @Test
    void saliencyOfANodeAddsUpAbsoluteDerivatives() {
        GnnModel model = Laboratory.gcn(dense, Map.of());
        ComputationGraph block = ComputationGraph.of(dense, 7, 2);
        float[] each = laboratory
                .explain(new SaliencyExplainer(), model, block, Map.of())
                .features();
        float[] nodes = laboratory
                .explain(new SaliencyExplainer(), model, block, Map.of("mask", "node"))
                .features();
        for (int v = 0; v < block.nodeCount(); v++) {
            float sum = 0;
            for (int f = 0; f < 5; f++) {
                sum += each[v * 5 + f];
            }
            assertThat(nodes[v]).isCloseTo(sum, within(1e-5f));
        }
    }

    /** Inputs of many features are computed in portions that a cache holds. */
    @Test
    void portionsOfAWideBatchGiveTheSame() {
        Graph wide = TestGraphs.undirected(400, 1200, 3000, Laboratory.CLASSES, 1);
        GnnModel model = Laboratory.gcn(wide, Map.of());
        List<ComputationGraph> blocks = IntStream.range(0, 40)
                .mapToObj(v -> ComputationGraph.of(wide, v, 2))
                .toList();
        Map<String, String> options = Map.of("mask", "node");
        int portions = laboratory.with(
                model,
                blocks,
                0,
                options,
                batch -> CopyPlan.portions(batch, IntStream.range(0, 40).boxed().toList(), true)
                        .size());
        assertThat(portions).isGreaterThan(1);
        List<MaskValues> together = laboratory.explain(new SaliencyExplainer(), model, blocks, 0, options);
        for (int b : new int[] {0, 17, 39}) {
            MaskValues alone = laboratory.explain(new SaliencyExplainer(), model, blocks.get(b), options);
            assertThat(together.get(b).features()).containsExactly(alone.features(), within(1e-4f));
        }
    }

    @Test
    void modelsWithoutEdgeMasksAreExplainedByFeaturesOnly() {
        GnnModel model = Laboratory.gcn(dense, Map.of());
        ComputationGraph block = ComputationGraph.of(dense, 7, 2);
        for (Explainer explainer : List.of(
                new IntegratedGradientsExplainer(),
                new SaliencyExplainer(),
                new InputXGradientExplainer(),
                new GuidedBackpropExplainer(),
                new SmoothGradExplainer(),
                new GradientShapExplainer())) {
            MaskValues found = laboratory.with(
                    model,
                    List.of(block),
                    0,
                    Map.of(),
                    b -> explainer.explain(withoutEdgeMasks(b)).get(0));
            assertThat(found.edges()).isEmpty();
            assertThat(found.features()).isNotEmpty();
            assertThatThrownBy(() -> laboratory.with(
                            model,
                            List.of(block),
                            0,
                            Map.of("mask", "edge"),
                            b -> explainer.explain(withoutEdgeMasks(b))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("this model takes no edge weights, so "
                            + explainer.info().name()
                            + " cannot explain its edges; give mask=features, or ask explainer 'occlusion' for edges");
        }
    }

    /** The same session, of a model that says that its edges cannot be masked. */
    private static ExplanationBatch withoutEdgeMasks(ExplanationBatch batch) {
        GnnModel real = batch.session().model();
        ModelInfo info = real.info();
        ModelInfo changed =
                new ModelInfo(info.architecture(), info.shape(), info.options(), info.hops(), EdgeMaskSupport.NONE);
        GnnModel model = overriding(GnnModel.class, real, "info", changed);
        ModelSession session = overriding(ModelSession.class, batch.session(), "model", model);
        return Laboratory.withSession(batch, session);
    }

    private static <T> T overriding(Class<T> type, T real, String method, Object result) {
        return Laboratory.intercepting(type, real, (called, call) -> called.equals(method) ? result : call.get());
    }

    /** A planner must know what a mask that is the input takes. */
    @Test
    void inputsAskForMemoryOfEachNodeAndFeature() {
        ModelInfo wide = Laboratory.gcn(TestGraphs.undirected(10, 20, 1000, Laboratory.CLASSES, 1), Map.of())
                .info();
        long inputs = new SaliencyExplainer().workingSetBytes(100, 500, wide, Map.of());
        assertThat(inputs).isGreaterThan(100L * 1000 * Float.BYTES * 4);
        assertThat(new SaliencyExplainer().workingSetBytes(100, 500, wide, Map.of("mask", "edge")))
                .isLessThan(inputs / 10);
        assertThat(new IntegratedGradientsExplainer().workingSetBytes(100, 500, wide, Map.of()))
                .isLessThan(inputs / 10);
        assertThat(new IntegratedGradientsExplainer().workingSetBytes(100, 500, wide, Map.of("baseline", "mean")))
                .isEqualTo(inputs);
    }

    @Test
    void linksAndGraphsHaveDerivativesToo() {
        GnnModel links = Laboratory.model("gcn", Task.LINK, dense, 2, Map.of());
        GnnModel graphs = Laboratory.model("gcn", Task.GRAPH, dense, Laboratory.CLASSES, Map.of());
        MaskValues link =
                laboratory.explain(new SaliencyExplainer(), links, ComputationGraph.ofLink(dense, 1, 4, 2), Map.of());
        MaskValues graph = laboratory.explain(new SaliencyExplainer(), graphs, ComputationGraph.whole(dense), Map.of());
        for (MaskValues masks : List.of(link, graph)) {
            assertThat(Arrays.equals(masks.features(), new float[masks.features().length]))
                    .isFalse();
            assertThat(Arrays.equals(masks.edges(), new float[masks.edges().length]))
                    .isFalse();
        }
    }
}
