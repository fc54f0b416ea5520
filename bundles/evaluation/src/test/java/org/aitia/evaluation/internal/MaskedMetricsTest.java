package org.aitia.evaluation.internal;

import static org.aitia.evaluation.internal.Samples.explain;
import static org.aitia.evaluation.internal.Samples.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.Graph;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.metric.Variant;
import org.aitia.api.model.FeatureMaskType;
import org.junit.jupiter.api.Test;

/** Closed forms of the metrics that ask the model about changed inputs, on a model that adds up edges. */
class MaskedMetricsTest {
    /** A star: edges 1 -> 0, ..., 4 -> 0. */
    private final Graph star = Graph.builder(5)
            .edges(new int[] {1, 2, 3, 4}, new int[] {0, 0, 0, 0})
            .build();

    private final Dataset dataset = Samples.nodes(star).build();
    private final double[] weights = {0.4, 0.2, 0.1, 0.05};

    /** Probability of class 0: 0.2 and what the edges add. */
    private double probability(float[] mask) {
        double sum = 0.2;
        for (int e = 0; e < weights.length; e++) {
            sum += weights[e] * (mask.length == 0 ? 1 : mask[e]);
        }
        return sum;
    }

    private double[] model(Variant variant) {
        double p = probability(variant.edges());
        return new double[] {p, 1 - p};
    }

    private ExplanationResult explained(double... importances) {
        return result(dataset, explain(dataset, 0, 1, (s, t) -> importances[s - 1]));
    }

    private double score(ExplanationMetric metric, ExplanationResult result, String... options) {
        return score(metric, result, 2, options).value();
    }

    private MetricScore score(ExplanationMetric metric, ExplanationResult result, int classes, String... options) {
        FixedContext context = new FixedContext(
                result,
                dataset,
                classes,
                v -> classes == 1 ? new double[] {10 * probability(v.edges())} : model(v),
                seed -> result);
        return metric.score(context, options(options));
    }

    private static Map<String, String> options(String... options) {
        Map<String, String> map = new java.util.HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        return map;
    }

    @Test
    void fidelityByProbabilityIsWhatTheMaskTakesAway() {
        ExplanationResult result = explained(1, 0.5, 0, 0);
        assertThat(score(new FidelityPlusMetric(), result, "measure", "probability"))
                .isCloseTo(0.4 + 0.5 * 0.2, within(1e-6));
        assertThat(score(new FidelityMinusMetric(), result, "measure", "probability"))
                .isCloseTo(0.5 * 0.2 + 0.1 + 0.05, within(1e-6));
    }

    @Test
    void fidelityByLabelIsWhetherTheClassChanges() {
        // 0.95 in all; without the first edge 0.55, without the first two 0.35
        assertThat(score(new FidelityPlusMetric(), explained(1, 0, 0, 0))).isEqualTo(0);
        assertThat(score(new FidelityPlusMetric(), explained(1, 1, 0, 0))).isEqualTo(1);
        assertThat(score(new FidelityMinusMetric(), explained(1, 0, 0, 0))).isEqualTo(0);
        assertThat(score(new FidelityMinusMetric(), explained(0, 1, 0, 0))).isEqualTo(1);
    }

    @Test
    void aPhenomenonThatTheModelMissesHasTheFidelityOfItsAbsence() {
        // the truth is class 1, which the model predicts neither with nor without the third edge
        Explanation x = explained(0, 0, 1, 0).explanations().get(0);
        Explanation phenomenon = new Explanation(
                new org.aitia.api.explain.ExplanationTarget(0, 0, 1, 1, new float[] {.95f, .05f}, 0),
                x.nodes(),
                x.edgeSources(),
                x.edgeTargets(),
                x.masks());
        ExplanationResult result = result(dataset, phenomenon);
        assertThat(score(new FidelityPlusMetric(), result)).isEqualTo(0);
        assertThat(score(new FidelityPlusMetric(), result, "measure", "probability"))
                .isCloseTo(-0.1, within(1e-6));
    }

    @Test
    void regressionsAreComparedByTheirOutput() {
        ExplanationResult result = explained(1, 0, 0, 0);
        assertThat(score(new FidelityPlusMetric(), result, 1).value()).isCloseTo(4, within(1e-6));
        assertThat(score(new FidelityMinusMetric(), result, 1).value()).isCloseTo(3.5, within(1e-6));
        for (ExplanationMetric metric :
                List.of(new CharacterizationMetric(), new FidelityCurveMetric(), new UnfaithfulnessMetric())) {
            String name = metric.info().name();
            assertThatThrownBy(() -> score(metric, result, 1))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("metric '" + name + "' needs a model that tells classes apart, and 'model' predicts a"
                            + " number; measure fidelity-plus and fidelity-minus");
        }
    }

    @Test
    void thresholdsCutBeforeMeasuring() {
        ExplanationResult result = explained(0.9, 0.5, 0.4, 0.3);
        assertThat(score(new FidelityPlusMetric(), result, "measure", "probability", "threshold", "top-k-hard:2"))
                .isCloseTo(0.6, within(1e-6));
        assertThat(score(new FidelityPlusMetric(), result, "measure", "probability", "threshold", "top-k:2"))
                .isCloseTo(0.9 * 0.4 + 0.5 * 0.2, within(1e-6));
    }

    @Test
    void edgesThatAreRemovedAreWholeAfterAThreshold() {
        List<Variant> asked = new ArrayList<>();
        ExplanationResult result = explained(0.9, 0.5, 0.4, 0.3);
        FixedContext context = new FixedContext(
                result,
                dataset,
                2,
                v -> {
                    asked.add(v);
                    return model(v);
                },
                seed -> result);
        new FidelityPlusMetric().score(context, Map.of("removal", "hard", "threshold", "top-k:2"));
        Variant removed = asked.get(asked.size() - 1);
        assertThat(removed.hard()).isTrue();
        assertThat(removed.edges()).containsExactly(0, 0, 1, 1);
    }

    @Test
    void signedImportancesCountByTheirSizeRelativeToTheLargest() {
        assertThat(score(new FidelityPlusMetric(), explained(-4, 2, 0, 0), "measure", "probability"))
                .isCloseTo(0.4 + 0.5 * 0.2, within(1e-6));
    }

    @Test
    void onlyTheElementsAskedForAreMasked() {
        Explanation edges = explained(1, 0, 0, 0).explanations().get(0);
        ExplanationResult both = result(
                dataset,
                edges.withMasks(
                        new MaskValues(edges.edgeMask(), FeatureMaskType.NODE, new float[] {1, 0, 0, 0, 1}, Map.of())));
        FixedContext context = new FixedContext(
                both,
                dataset,
                2,
                v -> new double[] {v.features().length == 0 ? 0.9 : 0.6, v.features().length == 0 ? 0.1 : 0.4},
                seed -> both);
        Map<String, String> probability = Map.of("measure", "probability");
        assertThat(new FidelityPlusMetric().score(context, probability).value()).isCloseTo(0.3, within(1e-9));
        assertThat(new FidelityPlusMetric()
                        .score(context, Map.of("measure", "probability", "elements", "edges"))
                        .value())
                .isEqualTo(0);
    }

    @Test
    void characterizationIsTheWeightedHarmonicMean() {
        ExplanationResult result = explained(1, 0, 0, 0);
        double plus = 0.4;
        double sufficient = 1 - 0.35;
        assertThat(score(new CharacterizationMetric(), result, "measure", "probability"))
                .isCloseTo(2 / (1 / plus + 1 / sufficient), within(1e-6));
        assertThat(score(
                        new CharacterizationMetric(),
                        result,
                        "measure",
                        "probability",
                        "plusWeight",
                        "0.3",
                        "minusWeight",
                        "0.7"))
                .isCloseTo(1 / (0.3 / plus + 0.7 / sufficient), within(1e-6));
        assertThat(CharacterizationMetric.score(-0.1, 0, 0.5, 0.5)).isEqualTo(0);
        assertThat(CharacterizationMetric.score(1, 1, 0.5, 0.5)).isEqualTo(0);
        assertThatThrownBy(() -> score(new CharacterizationMetric(), result, "plusWeight", "0.7"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("options 'plusWeight' and 'minusWeight' must add up to 1; found 0.7 and 0.5");
    }

    @Test
    void fidelityCurveIsTheAreaOverLevelsOfSparsity() {
        ExplanationResult result = explained(0.9, 0.8, 0.3, 0.2);
        // at 0.5 two edges are kept, at 0.75 one
        assertThat(score(new FidelityCurveMetric(), result, "curve", "plus", "levels", "0.5,0.75"))
                .isCloseTo(0.25 * (0.6 + 0.4) / 2, within(1e-6));
        assertThat(score(new FidelityCurveMetric(), result, "curve", "minus", "levels", "0.5,0.75"))
                .isCloseTo(0.25 * (0.15 + 0.35) / 2, within(1e-6));
        assertThat(score(new FidelityCurveMetric(), result, "levels", "0.5,0.75"))
                .isCloseTo(0.25 * (0.6 / 0.85 + 0.4 / 0.65) / 2, within(1e-6));
    }

    @Test
    void fidelityCurveRefusesToDivideByNothing() {
        ExplanationResult result = explained(0.1, 0.9, 0.3, 0.2);
        assertThatThrownBy(() -> score(new FidelityCurveMetric(), result, "measure", "label", "levels", "0.5,0.75"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "metric 'fidelity-curve' divides by 1 - fidelity-, which is 0 at sparsity 0.75; choose lower"
                                + " levels, measure=probability or curve=plus");
        assertThatThrownBy(() -> score(new FidelityCurveMetric(), result, "levels", "0.5,0.4"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option 'levels' must be at least two ascending numbers >= 0 and < 1, separated by commas,"
                        + " but is '0.5,0.4'");
    }

    @Test
    void robustFidelityIsTheExpectationOverDraws() {
        // the explanation is the two first edges
        ExplanationResult result = explained(0.9, 0.8, 0.1, 0.1);
        String[] plus = {"threshold", "top-k:2", "alpha", "0.3", "samples", "20000"};
        assertThat(score(new RobustFidelityPlusMetric(), result, plus)).isCloseTo(0.3 * 0.6, within(0.01));
        String[] minus = {"threshold", "top-k:2", "alpha", "0.6", "samples", "20000"};
        assertThat(score(new RobustFidelityMinusMetric(), result, minus)).isCloseTo(0.4 * 0.15, within(0.005));
    }

    @Test
    void robustFidelityWithAllIsPlainFidelity() {
        ExplanationResult result = explained(0.9, 0.8, 0.1, 0.1);
        assertThat(score(new RobustFidelityPlusMetric(), result, "threshold", "top-k:2", "alpha", "1", "samples", "3"))
                .isCloseTo(0.6, within(1e-9));
        assertThat(score(new RobustFidelityMinusMetric(), result, "threshold", "top-k:2", "alpha", "0", "samples", "3"))
                .isCloseTo(0.15, within(1e-9));
    }

    @Test
    void robustFidelityRemovesBothDirectionsOfAnEdgeTogether() {
        Dataset path = Samples.nodes(Graph.builder(3)
                        .undirectedEdge(0, 1)
                        .undirectedEdge(1, 2)
                        .build())
                .build();
        ExplanationResult result = result(path, explain(path, 1, 2, (s, t) -> 1));
        Explanation x = result.explanations().get(0);
        FixedContext context = new FixedContext(
                result,
                path,
                2,
                v -> {
                    for (int a = 0; a < v.edges().length; a++) {
                        for (int b = 0; b < v.edges().length; b++) {
                            if (x.edgeSources()[a] == x.edgeTargets()[b] && x.edgeSources()[b] == x.edgeTargets()[a]) {
                                assertThat(v.edges()[a]).isEqualTo(v.edges()[b]);
                            }
                        }
                    }
                    return new double[] {0.8, 0.2};
                },
                seed -> result);
        MetricScore score = new RobustFidelityPlusMetric()
                .score(context, Map.of("alpha", "0.5", "samples", "50", "threshold", "top-k:4"));
        assertThat(score.value()).isEqualTo(0);
    }

    @Test
    void unfaithfulnessOfAllIsZeroAndGrowsWithTheDivergence() {
        assertThat(score(new UnfaithfulnessMetric(), explained(1, 1, 1, 1))).isCloseTo(0, within(1e-12));
        double p = 0.95;
        double q = 0.6;
        double divergence = p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
        double reverse = q * Math.log(q / p) + (1 - q) * Math.log((1 - q) / (1 - p));
        ExplanationResult result = explained(1, 0, 0, 0);
        assertThat(score(new UnfaithfulnessMetric(), result)).isCloseTo(1 - Math.exp(-divergence), within(1e-6));
        assertThat(score(new UnfaithfulnessMetric(), result, "divergence", "pyg"))
                .isCloseTo(1 - Math.exp(-reverse), within(1e-6));
        assertThat(score(new UnfaithfulnessMetric(), result, "divergence", "pyg-scalar"))
                .isCloseTo(1 - Math.exp(-reverse / 2), within(1e-6));
    }

    @Test
    void divergencesOfCertainPredictionsAreNumbers() {
        assertThat(UnfaithfulnessMetric.divergence(new double[] {1, 0}, new double[] {0.5, 0.5}))
                .isCloseTo(Math.log(2), within(1e-12));
        assertThat(UnfaithfulnessMetric.divergence(new double[] {0.5, 0.5}, new double[] {1, 0}))
                .isInfinite();
    }

    @Test
    void topFeaturesNeedAMaskThatTellsFeaturesApart() {
        assertThatThrownBy(() -> score(new UnfaithfulnessMetric(), explained(1, 0, 0, 0), "topFeatures", "2"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("metric 'unfaithfulness' can keep the top features of masks that tell features"
                        + " apart only");
    }

    @Test
    void infidelityOfTheTrueWeightsIsZero() {
        assertThat(score(new InfidelityMetric(), explained(weights))).isCloseTo(0, within(1e-12));
        assertThat(score(new InfidelityMetric(), explained(weights), "noise", "gaussian"))
                .isCloseTo(0, within(1e-12));
        assertThat(score(new InfidelityMetric(), explained(4, 2, 1, 0.5))).isCloseTo(0, within(1e-12));
        assertThat(score(new InfidelityMetric(), explained(4, 2, 1, 0.5), "normalize", "false"))
                .isGreaterThan(0.1);
        assertThat(score(new InfidelityMetric(), explained(0.05, 0.1, 0.2, 0.4)))
                .isGreaterThan(0.005);
    }

    @Test
    void infidelityOfNothingIsTheMeanSquareOfTheChange() {
        // every edge is removed: one sample says all
        assertThat(score(new InfidelityMetric(), explained(0, 0, 0, 0), "share", "1", "samples", "1"))
                .isCloseTo(0.75 * 0.75, within(1e-9));
    }

    @Test
    void theSameSeedGivesTheSameDraws() {
        ExplanationResult result = explained(0.4, 0.3, 0.2, 0.9);
        for (ExplanationMetric metric :
                List.of(new InfidelityMetric(), new RobustFidelityPlusMetric(), new RobustFidelityMinusMetric())) {
            assertThat(score(metric, result)).isEqualTo(score(metric, result));
        }
    }

    @Test
    void importancesMustBeNumbers() {
        assertThatThrownBy(() -> score(new FidelityPlusMetric(), explained(Double.NaN, 0, 0, 0)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the explanation of 0 gives edge 1 -> 0 the importance NaN; only finite numbers can be"
                        + " measured");
    }
}
