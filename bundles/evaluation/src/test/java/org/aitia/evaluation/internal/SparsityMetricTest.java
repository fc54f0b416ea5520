package org.aitia.evaluation.internal;

import static org.aitia.evaluation.internal.Samples.explain;
import static org.aitia.evaluation.internal.Samples.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.graph.Graph;
import org.aitia.api.metric.MetricScore;
import org.junit.jupiter.api.Test;

class SparsityMetricTest {
    private final SparsityMetric metric = new SparsityMetric();
    private final Dataset path = Samples.nodes(
                    Graph.builder(4).undirectedEdge(0, 1).undirectedEdge(1, 2).build())
            .build();

    @Test
    void countsEdgesBelowAHundredthOfTheLargest() {
        MetricScore score = metric.score(
                new FixedContext(
                        result(
                                path,
                                explain(path, 1, 2, (s, t) -> s == 0 ? 1 : s == 2 ? 0.011 : 0.009),
                                explain(path, 1, 2, (s, t) -> s == 0 ? -1e-6 : 1e-9)),
                        path),
                Map.of());
        assertThat(score.perTarget()).containsExactly(0.5, 0.75);
        assertThat(score.value()).isEqualTo(0.625);
    }

    @Test
    void equalImportancesKeepAllAndZerosKeepNone() {
        MetricScore score = metric.score(
                new FixedContext(
                        result(path, explain(path, 1, 2, (s, t) -> 0.3), explain(path, 1, 2, (s, t) -> 0)), path),
                Map.of());
        assertThat(score.perTarget()).containsExactly(0.0, 1.0);
    }

    @Test
    void targetsWithoutEdgesAreLeftOut() {
        MetricScore score = metric.score(
                new FixedContext(
                        result(path, explain(path, 3, 2, (s, t) -> 1), explain(path, 1, 2, (s, t) -> 1)), path),
                Map.of());
        assertThat(score.perTarget()[0]).isNaN();
        assertThat(score.value()).isEqualTo(0.0);
    }

    @Test
    void refusesResultsWithoutAnyImportanceOfEdges() {
        assertThatThrownBy(() ->
                        metric.score(new FixedContext(result(path, explain(path, 3, 2, (s, t) -> 1)), path), Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("metric 'sparsity' needs importances of edges, and no explanation holds any; choose an"
                        + " explainer or options that explain edges, and targets that have edges");
    }
}
