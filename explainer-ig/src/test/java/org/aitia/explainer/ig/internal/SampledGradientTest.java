package org.aitia.explainer.ig.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.GnnModel;
import org.aitia.testkit.tck.TestGraphs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SmoothGrad, VarGrad and Gradient SHAP. */
class SampledGradientTest {
    private final Graph graph = TestGraphs.undirected(30, 50, 5, Laboratory.CLASSES, 1);
    private final ComputationGraph block = ComputationGraph.of(graph, 7, 2);
    private Laboratory laboratory;

    @BeforeEach
    void open() {
        laboratory = new Laboratory();
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    private MaskValues explain(Explainer explainer, GnnModel model, String... pairs) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            options.put(pairs[i], pairs[i + 1]);
        }
        return laboratory.explain(explainer, model, block, options);
    }

    @Test
    void withoutNoiseSmoothGradIsTheDerivativeAndVarGradZero() {
        GnnModel model = Laboratory.gcn(graph, Map.of());
        MaskValues derivative = explain(new SaliencyExplainer(), model, "absolute", "false");
        MaskValues smooth = explain(new SmoothGradExplainer(), model, "sd", "0");
        MaskValues variance = explain(new SmoothGradExplainer(), model, "sd", "0", "nt_type", "vargrad");
        assertThat(smooth.features()).containsExactly(derivative.features(), within(1e-5f));
        assertThat(smooth.edges()).containsExactly(derivative.edges(), within(1e-5f));
        assertThat(variance.features()).containsExactly(new float[derivative.features().length], within(1e-6f));
    }

    /** The noise is the same whatever becomes of its derivatives. */
    @Test
    void varianceIsTheMeanSquareLessTheSquaredMean() {
        GnnModel model = Laboratory.gcn(graph, Map.of());
        MaskValues mean = explain(new SmoothGradExplainer(), model, "sd", "0.5", "edgeSd", "0.2");
        MaskValues square =
                explain(new SmoothGradExplainer(), model, "sd", "0.5", "edgeSd", "0.2", "type", "smoothgrad_sq");
        MaskValues variance =
                explain(new SmoothGradExplainer(), model, "sd", "0.5", "edgeSd", "0.2", "type", "vargrad");
        double largest = 0;
        for (int e = 0; e < mean.edges().length; e++) {
            float expected = square.edges()[e] - mean.edges()[e] * mean.edges()[e];
            assertThat(variance.edges()[e]).isCloseTo(expected, within(1e-4f));
            largest = Math.max(largest, variance.edges()[e]);
        }
        assertThat(largest).isGreaterThan(1e-3);
        for (float value : variance.features()) {
            assertThat(value).isNotNegative();
        }
    }

    @Test
    void noiseIsInUnitsOfTheRangeOfTheFeaturesUnlessAbsolute() {
        GnnModel model = Laboratory.gcn(graph, Map.of());
        float least = Float.MAX_VALUE;
        float greatest = -Float.MAX_VALUE;
        for (int v = 0; v < block.nodeCount(); v++) {
            for (int f = 0; f < 5; f++) {
                least = Math.min(least, graph.features().value(block.node(v), f));
                greatest = Math.max(greatest, graph.features().value(block.node(v), f));
            }
        }
        MaskValues range = explain(new SmoothGradExplainer(), model, "sd", "0.1");
        MaskValues absolute = explain(
                new SmoothGradExplainer(),
                model,
                "stdevs",
                Double.toString(0.1 * ((double) greatest - least)),
                "sdUnit",
                "absolute");
        assertThat(range.features()).containsExactly(absolute.features(), within(1e-4f));
    }

    /** A model of one layer is linear in the features: every point of every path has the same derivative. */
    @Test
    void gradientShapIsExactForALinearModel() {
        GnnModel linear = Laboratory.gcn(graph, Map.of("layers", "1"));
        MaskValues product = explain(new InputXGradientExplainer(), linear, "mask", "features");
        MaskValues shap =
                explain(new GradientShapExplainer(), linear, "mask", "features", "baselines", "zero", "samples", "3");
        assertThat(shap.features()).containsExactly(product.features(), within(1e-5f));
        for (String baselines : List.of("nodes", "mean")) {
            MaskValues other = explain(new GradientShapExplainer(), linear, "mask", "features", "baselines", baselines);
            assertThat(other.diagnostics().get("convergenceDelta")).isCloseTo(0, within(1e-4));
            assertThat(Laboratory.sum(other)).isCloseTo(other.diagnostics().get("completeness"), within(1e-4));
        }
    }

    /** The expectation over a single baseline is Integrated Gradients. */
    @Test
    void gradientShapApproachesIntegratedGradients() {
        GnnModel model = Laboratory.gcn(graph, Map.of());
        for (String baseline : List.of("zero", "mean")) {
            MaskValues ig = explain(new IntegratedGradientsExplainer(), model, "baseline", baseline, "steps", "500");
            MaskValues shap = explain(new GradientShapExplainer(), model, "baselines", baseline, "n_samples", "20000");
            assertThat(shap.edges()).containsExactly(ig.edges(), within(0.02f));
            assertThat(shap.features()).containsExactly(ig.features(), within(0.02f));
            assertThat(shap.diagnostics().get("completeness"))
                    .isCloseTo(ig.diagnostics().get("completeness"), within(1e-4));
        }
    }

    @Test
    void edgesAloneAreExplainedWhereTheyAreAskedFor() {
        GnnModel model = Laboratory.gcn(graph, Map.of());
        for (Explainer explainer : List.of(new SmoothGradExplainer(), new GradientShapExplainer())) {
            MaskValues masks = explain(explainer, model, "mask", "edge");
            assertThat(masks.features()).isEmpty();
            assertThat(masks.edges()).hasSize(block.edgeCount());
            assertThat(explain(explainer, model, "mask", "features").edges()).isEmpty();
        }
    }

    /** Draw k of a target comes from its seed and k alone. */
    @Test
    void chanceDoesNotDependOnTheBatch() {
        GnnModel model = Laboratory.gcn(graph, Map.of());
        List<ComputationGraph> blocks = IntStream.range(0, 20)
                .mapToObj(v -> ComputationGraph.of(graph, v, 2))
                .toList();
        for (Explainer explainer : List.of(new SmoothGradExplainer(), new GradientShapExplainer())) {
            MaskValues alone = laboratory
                    .explain(explainer, model, List.of(blocks.get(7)), 0, Map.of())
                    .get(0);
            MaskValues among =
                    laboratory.explain(explainer, model, blocks, 0, Map.of()).get(7);
            assertThat(among.features()).containsExactly(alone.features(), within(1e-5f));
            assertThat(among.edges()).containsExactly(alone.edges(), within(1e-5f));
        }
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new SmoothGradExplainer().options().parse(Map.of("samples", "1")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option 'samples' must be >= 2 and <= 1000000, not '1'");
        assertThatThrownBy(() -> new GradientShapExplainer().options().parse(Map.of("sd", "-0.5")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option 'sd' must be >= 0, not '-0.5'");
    }
}
