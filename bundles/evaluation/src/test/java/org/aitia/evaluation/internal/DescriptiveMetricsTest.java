package org.aitia.evaluation.internal;

import static org.aitia.evaluation.internal.Samples.explain;
import static org.aitia.evaluation.internal.Samples.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Cost;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.Graph;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.model.FeatureMaskType;
import org.junit.jupiter.api.Test;

/** Closed forms of the metrics that look at importances alone, and of those that count what explaining took. */
class DescriptiveMetricsTest {
    /** A path 0-1-2-3-4-5. */
    private final Dataset path = Samples.nodes(Graph.builder(6)
                    .undirectedEdge(0, 1)
                    .undirectedEdge(1, 2)
                    .undirectedEdge(2, 3)
                    .undirectedEdge(3, 4)
                    .undirectedEdge(4, 5)
                    .build())
            .build();

    private static MetricScore score(ExplanationMetric metric, Dataset dataset, ExplanationResult result, String... o) {
        Map<String, String> options = new java.util.HashMap<>();
        for (int i = 0; i < o.length; i += 2) {
            options.put(o[i], o[i + 1]);
        }
        return metric.score(new FixedContext(result, dataset), options);
    }

    private MetricScore score(ExplanationMetric metric, Explanation explanation, String... options) {
        return score(metric, path, result(path, explanation), options);
    }

    private Explanation features(float... mask) {
        Explanation x = explain(path, 2, 1, (s, t) -> 1);
        return x.withMasks(new MaskValues(x.edgeMask(), FeatureMaskType.NODE, mask, Map.of()));
    }

    @Test
    void sparsityCountsExactZerosAndSmallValues() {
        Explanation x = explain(path, 2, 5, (s, t) -> s < t ? 0 : s == 1 ? 0.005 : s == 2 ? 0.0005 : 0.5);
        // 10 edges: 5 of 0, one of 0.005, one of 0.0005, three of 0.5
        assertThat(score(new SparsityMetric(), x, "scale", "absolute", "level", "0")
                        .value())
                .isEqualTo(0.5);
        assertThat(score(new SparsityMetric(), x, "scale", "absolute").value()).isEqualTo(0.7);
        assertThat(score(new SparsityMetric(), x).value()).isEqualTo(0.6 + 0.1);
        assertThat(score(new SparsityMetric(), x, "level", "0.002").value()).isEqualTo(0.6);
    }

    @Test
    void sparsityOfFeaturesCountsFeatures() {
        assertThat(score(new SparsityMetric(), features(0.001f, 0, 1), "elements", "features", "level", "0")
                        .value())
                .isCloseTo(1 / 3.0, within(1e-15));
    }

    @Test
    void entropyIsOneWhereAllIsEvenAndZeroWhereOneHasAll() {
        assertThat(score(new EntropyMetric(), explain(path, 2, 5, (s, t) -> 0.3))
                        .value())
                .isCloseTo(1, within(1e-12));
        assertThat(score(new EntropyMetric(), explain(path, 2, 5, (s, t) -> s == 0 ? -2 : 0))
                        .value())
                .isCloseTo(0, within(1e-12));
        assertThat(EntropyMetric.distribution(new float[] {1, 3}))
                .isCloseTo(-(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75)) / Math.log(2), within(1e-12));
    }

    @Test
    void entropyOfElementsIsThatOfGnnExplainersRegulariserInBits() {
        assertThat(score(new EntropyMetric(), explain(path, 2, 5, (s, t) -> 0.5), "of", "elements")
                        .value())
                .isCloseTo(1, within(1e-12));
        assertThat(score(new EntropyMetric(), explain(path, 2, 5, (s, t) -> s % 2), "of", "elements")
                        .value())
                .isEqualTo(0);
        Explanation signed = explain(path, 2, 5, (s, t) -> -1);
        assertThatThrownBy(() -> score(new EntropyMetric(), signed, "of", "elements"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("metric 'entropy' takes importances as chances with of=elements, but the explanation of 2"
                        + " holds -1.0; choose of=distribution");
    }

    @Test
    void entropyOfNothingIsRefused() {
        Explanation zeros = explain(path, 2, 5, (s, t) -> 0);
        assertThatThrownBy(() -> score(new EntropyMetric(), zeros))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "metric 'entropy' needs explanations of two elements or more that are not 0 throughout; found"
                                + " none");
    }

    @Test
    void connectednessIsTheShareOfTheLargestPart() {
        // 0-1 apart from 3-4-5
        Explanation x = explain(path, 2, 5, (s, t) -> s + t == 1 || Math.min(s, t) >= 3 ? 1 : 0);
        assertThat(score(new ConnectednessMetric(), x, "threshold", "none").value())
                .isCloseTo(2 / 3.0, within(1e-15));
        Explanation one = explain(path, 2, 5, (s, t) -> Math.min(s, t) >= 3 ? 1 : 0);
        assertThat(score(new ConnectednessMetric(), one, "threshold", "none").value())
                .isEqualTo(1);
    }

    @Test
    void connectednessAroundTheTargetIsTheShareOfItsPart() {
        Explanation apart = explain(path, 2, 5, (s, t) -> s + t == 1 || Math.min(s, t) >= 3 ? 1 : 0);
        assertThat(score(new ConnectednessMetric(), apart, "threshold", "none", "part", "target")
                        .value())
                .isEqualTo(0);
        Explanation around = explain(path, 2, 5, (s, t) -> s + t == 3 || s + t == 9 ? 1 : 0);
        assertThat(score(new ConnectednessMetric(), around, "threshold", "none", "part", "target")
                        .value())
                .isEqualTo(0.5);
    }

    @Test
    void connectednessIgnoresDirections() {
        Explanation x = explain(path, 2, 5, (s, t) -> s < t && t <= 2 ? 1 : 0);
        assertThat(score(new ConnectednessMetric(), x, "threshold", "none").value())
                .isEqualTo(1);
    }

    @Test
    void consistencyTellsClassesApart() {
        // ends of the path have degree 1, the middle 2
        Explanation ends = of(explain(path, 0, 2, (s, t) -> Math.min(s, t) == 0 ? 1 : 0), 0);
        Explanation otherEnds = of(explain(path, 5, 2, (s, t) -> Math.max(s, t) == 5 ? 1 : 0), 0);
        Explanation middle = of(explain(path, 2, 2, (s, t) -> s + t == 5 ? 1 : 0), 1);
        Explanation otherMiddle = of(explain(path, 3, 2, (s, t) -> s + t == 5 ? 1 : 0), 1);
        assertThat(score(new ConsistencyMetric(), path, result(path, ends, otherEnds, middle, otherMiddle))
                        .value())
                .isCloseTo(1, within(1e-12));
        Explanation mixed = of(explain(path, 3, 2, (s, t) -> s + t == 5 ? 1 : 0), 0);
        Explanation other = of(explain(path, 5, 2, (s, t) -> Math.max(s, t) == 5 ? 1 : 0), 1);
        assertThat(score(new ConsistencyMetric(), path, result(path, ends, other, middle, mixed))
                        .value())
                .isNegative();
    }

    private static Explanation of(Explanation x, int explainedClass) {
        ExplanationTarget target =
                new ExplanationTarget(x.target().id(), explainedClass, explainedClass, 0, new float[] {.5f, .5f}, 0);
        return new Explanation(target, x.nodes(), x.edgeSources(), x.edgeTargets(), x.masks());
    }

    @Test
    void consistencyNeedsTwoClasses() {
        Explanation x = explain(path, 2, 1, (s, t) -> 1);
        assertThatThrownBy(() -> score(new ConsistencyMetric(), path, result(path, x, x)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("metric 'consistency' needs explanations of at least two classes, two of one of them;"
                        + " explain more targets");
    }

    @Test
    void stabilityIsTheMeanSimilarityOfAllPairsOfSeeds() {
        Explanation first = explain(path, 2, 1, (s, t) -> s == 1 ? 1 : 0);
        Explanation second = explain(path, 2, 1, (s, t) -> s == 3 ? 1 : 0);
        ExplanationResult result = result(path, first);
        // the first run and one of two others agree: one pair of three
        boolean[] asked = {false};
        FixedContext context = new FixedContext(result, path, 2, v -> new double[] {1, 0}, seed -> {
            ExplanationResult run = asked[0] ? result(path, first) : result(path, second);
            asked[0] = true;
            return run;
        });
        assertThat(new StabilityMetric().score(context, Map.of("seeds", "2")).value())
                .isCloseTo(1 / 3.0, within(1e-12));
        asked[0] = false;
        assertThat(new StabilityMetric()
                        .score(context, Map.of("seeds", "2", "similarity", "jaccard", "top", "0.5"))
                        .value())
                .isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void similaritiesOfNothing() {
        float[] zeros = new float[3];
        float[] some = {0, 1, 0};
        assertThat(Similarity.cosine(zeros, zeros)).isEqualTo(1);
        assertThat(Similarity.cosine(zeros, some)).isEqualTo(0);
        assertThat(Similarity.jaccard(zeros, zeros, 0.5)).isEqualTo(1);
        assertThat(Similarity.jaccard(zeros, some, 0.5)).isEqualTo(0);
        assertThat(Similarity.cosine(new float[] {1, 1}, new float[] {-2, -2})).isCloseTo(-1, within(1e-12));
    }

    @Test
    void costIsPerExplanation() {
        Explanation x = explain(path, 2, 1, (s, t) -> 1);
        ExplanationResult plain = result(path, x, x);
        ExplanationResult costly =
                new ExplanationResult(plain.explanations(), plain.provenance(), 4, new Cost(200, 100, 50, 6, 1 << 20));
        assertThat(score(new OracleCallsMetric(), path, costly).value()).isEqualTo(200);
        assertThat(score(new OracleCallsMetric(), path, costly, "training", "true")
                        .value())
                .isEqualTo(275);
        ExplanationResult free =
                new ExplanationResult(plain.explanations(), plain.provenance(), 4, new Cost(0, 0, 0, 0, 0));
        assertThat(score(new OracleCallsMetric(), path, free).value()).isEqualTo(0);
        assertThat(score(new SecondsMetric(), path, costly).value()).isEqualTo(2);
        assertThat(score(new SecondsMetric(), path, costly, "training", "true").value())
                .isEqualTo(5);
        assertThat(score(new NativeMemoryMetric(), path, costly).value()).isEqualTo(1 << 20);
        assertThatThrownBy(() -> score(new OracleCallsMetric(), path, plain))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("metric 'oracle-calls' needs the number of forward passes, which these explanations do not"
                        + " record; explain again");
        assertThatThrownBy(() -> score(new NativeMemoryMetric(), path, plain))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("metric 'native-memory' needs the peak of native memory, which was not measured when these"
                        + " explanations were made; explain again with memory measured");
    }
}
