package org.aitia.evaluation.internal;

import static org.aitia.evaluation.internal.Samples.edge;
import static org.aitia.evaluation.internal.Samples.edges;
import static org.aitia.evaluation.internal.Samples.explain;
import static org.aitia.evaluation.internal.Samples.result;
import static org.aitia.evaluation.internal.Samples.truth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.graph.Graph;
import org.aitia.api.metric.MetricScore;
import org.junit.jupiter.api.Test;

class RocAucMetricTest {
    private final RocAucMetric metric = new RocAucMetric();

    /** A triangle 0-1-2 with a tail 2-3-4. */
    private static Graph kite() {
        return Graph.builder(5)
                .undirectedEdge(0, 1)
                .undirectedEdge(0, 2)
                .undirectedEdge(1, 2)
                .undirectedEdge(2, 3)
                .undirectedEdge(3, 4)
                .build();
    }

    private static Dataset kiteWithTriangle() {
        Graph graph = kite();
        return Samples.nodes(graph)
                .groundTruth(truth(edges(graph, edge(0, 1), edge(0, 2), edge(1, 2))))
                .suggestedTargets("0..2")
                .build();
    }

    private static double inTriangle(int source, int target) {
        return Math.max(source, target) <= 2 ? 1 : 0.2;
    }

    @Test
    void rightImportancesScoreOneAndWrongOnesZero() {
        Dataset dataset = kiteWithTriangle();
        Explanation right = explain(dataset, 2, 3, RocAucMetricTest::inTriangle);
        Explanation wrong = explain(dataset, 2, 3, (s, t) -> 1 - inTriangle(s, t));

        assertThat(metric.score(new FixedContext(result(dataset, right), dataset), Map.of())
                        .value())
                .isEqualTo(1.0);
        assertThat(metric.score(new FixedContext(result(dataset, wrong), dataset), Map.of())
                        .value())
                .isEqualTo(0.0);
    }

    @Test
    void inducedEdgesOutsideTheReceptiveFieldCountWithScoreZero() {
        Dataset dataset = kiteWithTriangle();
        Explanation oneHop = explain(dataset, 2, 1, RocAucMetricTest::inTriangle);
        assertThat(oneHop.edgeCount()).isEqualTo(3);

        // positives: 0->2 and 1->2 score 1, 2->0, 2->1, 0->1, 1->0 score 0; negatives: 3->2 scores .2, 2->3 scores 0.
        // Of the 12 pairs 4 are right (1 against .2, 0), 4 tied (0 against 0), 4 wrong (0 against .2).
        MetricScore score = metric.score(new FixedContext(result(dataset, oneHop), dataset), Map.of());
        assertThat(score.value()).isCloseTo((4 + 0.5 * 4) / 12, within(1e-15));
    }

    @Test
    void onlyEdgesOfTheReceptiveFieldCountOnRequest() {
        Dataset dataset = kiteWithTriangle();
        Explanation oneHop = explain(dataset, 2, 1, RocAucMetricTest::inTriangle);
        FixedContext context = new FixedContext(result(dataset, oneHop), dataset);

        // 0->2 and 1->2 against 3->2
        assertThat(metric.score(context, Map.of("edges", "receptive-field")).value())
                .isEqualTo(1.0);
        Explanation wrong = explain(dataset, 2, 1, (s, t) -> 1 - inTriangle(s, t));
        assertThat(metric.score(new FixedContext(result(dataset, wrong), dataset), Map.of("edges", "receptive-field"))
                        .value())
                .isEqualTo(0.0);
    }

    @Test
    void directionsShareTheLargerScoreOnRequest() {
        Dataset dataset = kiteWithTriangle();
        Explanation oneHop = explain(dataset, 2, 1, RocAucMetricTest::inTriangle);

        // positives: both directions of 0-2 and 1-2 score 1, those of 0-1 score 0; negatives: those of 2-3 score .2
        MetricScore score =
                metric.score(new FixedContext(result(dataset, oneHop), dataset), Map.of("edges", "undirected"));
        assertThat(score.value()).isCloseTo(8 / 12.0, within(1e-15));
    }

    @Test
    void anEdgeIsPositiveIfEitherDirectionIsMarked() {
        Graph graph = kite();
        Dataset oneWay = Samples.nodes(graph)
                .groundTruth(truth(edges(graph, edge(0, 1), edge(2, 0), edge(1, 2))))
                .build();

        Explanation right = explain(oneWay, 2, 3, RocAucMetricTest::inTriangle);
        assertThat(metric.score(new FixedContext(result(oneWay, right), oneWay), Map.of())
                        .value())
                .isEqualTo(1.0);
    }

    @Test
    void selfLoopsAreSkipped() {
        Graph graph = Graph.builder(3)
                .undirectedEdge(0, 1)
                .undirectedEdge(1, 2)
                .edge(1, 1)
                .build();
        Dataset dataset = Samples.nodes(graph)
                .groundTruth(truth(edges(graph, edge(0, 1))))
                .build();

        Explanation explanation = explain(dataset, 1, 2, (s, t) -> s == t ? 1 : s + t == 1 ? .5 : .1);
        assertThat(metric.score(new FixedContext(result(dataset, explanation), dataset), Map.of())
                        .value())
                .isEqualTo(1.0);
    }

    @Test
    void poolsEdgesInsteadOfAveragingAreas() {
        Dataset dataset = kiteWithTriangle();
        // each on its own is perfect, but the scales differ: the second one's truth lies below the first one's rest
        Explanation first = explain(dataset, 2, 3, (s, t) -> 0.6 + 0.4 * inTriangle(s, t));
        Explanation second = explain(dataset, 0, 3, (s, t) -> 0.1 * inTriangle(s, t));

        MetricScore score = metric.score(new FixedContext(result(dataset, first, second), dataset), Map.of());
        assertThat(score.perTarget()).containsExactly(1.0, 1.0);
        // 12 positives, 8 negatives; the 6 positives of the second lose against the 4 negatives of the first
        assertThat(score.value()).isCloseTo(1 - 24 / 96.0, within(1e-15));
    }

    @Test
    void targetsWithOneClassOfEdgesHaveNoScoreOfTheirOwn() {
        Dataset dataset = kiteWithTriangle();
        Explanation both = explain(dataset, 2, 3, RocAucMetricTest::inTriangle);
        Explanation onlyTriangle = explain(dataset, 0, 1, RocAucMetricTest::inTriangle);

        MetricScore score = metric.score(new FixedContext(result(dataset, both, onlyTriangle), dataset), Map.of());
        assertThat(score.perTarget()[0]).isEqualTo(1.0);
        assertThat(score.perTarget()[1]).isNaN();
        assertThat(score.value()).isBetween(0.5, 1.0);
    }

    @Test
    void signedImportancesCountByTheirSize() {
        Dataset dataset = kiteWithTriangle();
        Explanation signed = explain(dataset, 2, 3, (s, t) -> s < t ? inTriangle(s, t) : -inTriangle(s, t));
        assertThat(metric.score(new FixedContext(result(dataset, signed), dataset), Map.of())
                        .value())
                .isEqualTo(1.0);
    }

    @Test
    void graphTasksPoolWholeGraphs() {
        Graph graph = kite();
        Dataset dataset = Samples.graphs(graph, graph)
                .groundTruth(truth(edges(graph, edge(0, 1), edge(0, 2), edge(1, 2))))
                .build();
        Explanation right = explain(dataset, 0, 0, RocAucMetricTest::inTriangle);
        Explanation wrong = explain(dataset, 1, 0, (s, t) -> 1 - inTriangle(s, t));

        MetricScore score = metric.score(new FixedContext(result(dataset, right, wrong), dataset), Map.of());
        assertThat(score.perTarget()).containsExactly(1.0, 0.0);
        // positives 6 x 1, 6 x 0; negatives 4 x .2, 4 x .8: each positive of 1 beats all, each of 0 none
        assertThat(score.value()).isCloseTo(0.5, within(1e-15));
    }

    @Test
    void refusesDataWithoutGroundTruth() {
        Dataset dataset = Samples.nodes(kite()).build();
        Explanation explanation = explain(dataset, 2, 3, RocAucMetricTest::inTriangle);
        assertThatThrownBy(() -> metric.score(new FixedContext(result(dataset, explanation), dataset), Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "metric 'roc-auc' needs ground truth, which data set 'sample' does not have; choose a metric"
                                + " without it or a data set with planted motifs");
    }

    @Test
    void refusesEdgesOfOneClass() {
        Dataset dataset = kiteWithTriangle();
        Explanation onlyTriangle = explain(dataset, 0, 1, RocAucMetricTest::inTriangle);
        assertThatThrownBy(() -> metric.score(new FixedContext(result(dataset, onlyTriangle), dataset), Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("metric 'roc-auc' needs edges inside and outside the ground truth; 6 of the 6 edges around"
                        + " the explained target are inside; explain other targets, for example 0..2");
    }

    @Test
    void refusesExplanationsWithoutEdgeImportances() {
        Dataset dataset = kiteWithTriangle();
        Explanation full = explain(dataset, 2, 3, RocAucMetricTest::inTriangle);
        Explanation featuresOnly =
                new Explanation(full.target(), full.nodes(), full.edgeSources(), full.edgeTargets(), Samples.mask());
        assertThatThrownBy(() -> metric.score(new FixedContext(result(dataset, featuresOnly), dataset), Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the explanation of 2 holds no importances of edges; choose an explainer or options that"
                        + " explain edges");
    }

    @Test
    void refusesImportancesThatAreNoNumbers() {
        Dataset dataset = kiteWithTriangle();
        Explanation broken = explain(dataset, 2, 3, (s, t) -> s == 4 ? Double.NaN : 1);
        assertThatThrownBy(() -> metric.score(new FixedContext(result(dataset, broken), dataset), Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("gives edge 4 -> 3 the importance NaN");
    }
}
