package org.aitia.evaluation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.model.FeatureMaskType;
import org.junit.jupiter.api.Test;

class ConvergenceDeltaMetricTest {
    private final ConvergenceDeltaMetric metric = new ConvergenceDeltaMetric();
    private final Dataset pair =
            Samples.nodes(Graph.builder(2).undirectedEdge(0, 1).build()).build();

    private Explanation recorded(Map<String, Double> diagnostics) {
        return Explanation.of(
                Samples.target(1),
                ComputationGraph.of(pair.graph(), 1, 1),
                new MaskValues(new float[] {1}, FeatureMaskType.NODE, new float[0], diagnostics));
    }

    private MetricScore score(Map<String, String> options, Explanation... explanations) {
        return metric.score(new FixedContext(Samples.result(pair, explanations), pair), options);
    }

    @Test
    void isTheMeanSizeOfWhatIsMissing() {
        MetricScore score = score(
                Map.of(),
                recorded(Map.of("convergenceDelta", -0.25, "completeness", 2.0)),
                recorded(Map.of("convergenceDelta", 0.5, "completeness", -5.0)));
        assertThat(score.perTarget()).containsExactly(0.25, 0.5);
        assertThat(score.value()).isEqualTo(0.375);
    }

    @Test
    void relativeIsInUnitsOfTheGain() {
        MetricScore score = score(
                Map.of("relative", "true"),
                recorded(Map.of("convergenceDelta", -0.25, "completeness", 2.0)),
                recorded(Map.of("convergenceDelta", 0.5, "completeness", -5.0)),
                recorded(Map.of("convergenceDelta", 0.5, "completeness", 0.0)));
        assertThat(score.perTarget()[0]).isEqualTo(0.125);
        assertThat(score.perTarget()[1]).isCloseTo(0.1, within(1e-12));
        assertThat(score.perTarget()[2]).as("no gain, no unit").isNaN();
    }

    @Test
    void explanationsWithoutDeltaAreRefused() {
        assertThatThrownBy(() -> score(Map.of(), recorded(Map.of("loss", 0.5))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("metric 'convergence-delta' needs explanations that record a delta, as those of ig do;"
                        + " explain with ig");
        assertThatThrownBy(() -> score(
                        Map.of("relative", "true"), recorded(Map.of("convergenceDelta", 0.5, "completeness", 0.0))))
                .hasMessage("metric 'convergence-delta' needs explanations that record a delta and a gain other than 0,"
                        + " as those of ig do; explain with ig");
    }
}
