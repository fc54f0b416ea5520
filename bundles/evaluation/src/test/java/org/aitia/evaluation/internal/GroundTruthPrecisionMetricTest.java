package org.aitia.evaluation.internal;

import static org.aitia.evaluation.internal.Samples.edge;
import static org.aitia.evaluation.internal.Samples.edges;
import static org.aitia.evaluation.internal.Samples.explain;
import static org.aitia.evaluation.internal.Samples.result;
import static org.aitia.evaluation.internal.Samples.truth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.graph.Graph;
import org.junit.jupiter.api.Test;

class GroundTruthPrecisionMetricTest {
    private final GroundTruthPrecisionMetric metric = new GroundTruthPrecisionMetric();

    /** A path 0-1-2-3-4. */
    private final Graph path = Graph.builder(5)
            .undirectedEdge(0, 1)
            .undirectedEdge(1, 2)
            .undirectedEdge(2, 3)
            .undirectedEdge(3, 4)
            .build();

    private Dataset with(GroundTruth.Alternative... alternatives) {
        return Samples.nodes(path)
                .groundTruth(truth(new BitSet(), alternatives))
                .build();
    }

    private GroundTruth.Alternative alternative(int[]... pairs) {
        BitSet marked = edges(path, pairs);
        for (int[] pair : pairs) {
            marked.set(path.edge(pair[1], pair[0]));
        }
        return new GroundTruth.Alternative(marked, new BitSet());
    }

    @Test
    void bothDirectionsOfAPairCountOnceByTheLarger() {
        Dataset dataset = with(alternative(edge(0, 1), edge(1, 2)));
        // best pairs: 0-1 by its one direction, then 3-4; so one of two is right
        double value = metric.score(
                        new FixedContext(
                                result(
                                        dataset,
                                        explain(dataset, 2, 4, (s, t) -> s == 0 ? 1 : t == 4 ? .9 : s == 4 ? .8 : .1)),
                                dataset),
                        Map.of())
                .value();
        assertThat(value).isEqualTo(0.5);
    }

    @Test
    void theBestFittingAlternativeCounts() {
        Dataset dataset = with(alternative(edge(0, 1), edge(1, 2)), alternative(edge(2, 3), edge(3, 4)));
        double value = metric.score(
                        new FixedContext(result(dataset, explain(dataset, 2, 4, (s, t) -> Math.min(s, t))), dataset),
                        Map.of())
                .value();
        assertThat(value).isEqualTo(1.0);
    }

    @Test
    void trueEdgesOutOfReachAreMissed() {
        Dataset dataset = with(alternative(edge(0, 1), edge(3, 4)));
        double value = metric.score(
                        new FixedContext(result(dataset, explain(dataset, 0, 1, (s, t) -> 1)), dataset), Map.of())
                .value();
        assertThat(value).isEqualTo(0.5);
    }

    @Test
    void refusesTargetsWithoutTrueExplanation() {
        Dataset dataset = with();
        assertThatThrownBy(() -> metric.score(
                        new FixedContext(result(dataset, explain(dataset, 2, 4, (s, t) -> 1)), dataset), Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("metric 'ground-truth-precision' needs targets with a true explanation, and none of the 1"
                        + " explained in data set 'sample' has one; explain other targets");
    }
}
