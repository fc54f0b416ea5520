package org.aitia.evaluation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.model.FeatureMaskType;
import org.junit.jupiter.api.Test;

class NodeRocAucMetricTest {
    private static final Graph PATH = Graph.builder(4)
            .undirectedEdge(0, 1)
            .undirectedEdge(1, 2)
            .undirectedEdge(2, 3)
            .build();

    private final NodeRocAucMetric metric = new NodeRocAucMetric();

    private static Dataset dataset(GroundTruth.Alternative... alternatives) {
        return Samples.graphs(PATH)
                .groundTruth(Samples.truth(new BitSet(), alternatives))
                .build();
    }

    private static GroundTruth.Alternative nodes(int... nodes) {
        BitSet set = new BitSet();
        IntStream.of(nodes).forEach(set::set);
        return new GroundTruth.Alternative(new BitSet(), set);
    }

    private static Explanation explained(FeatureMaskType type, float... mask) {
        return Explanation.of(
                Samples.target(0), ComputationGraph.whole(PATH), new MaskValues(new float[0], type, mask, Map.of()));
    }

    private MetricScore score(Dataset dataset, Explanation explanation) {
        return metric.score(new FixedContext(Samples.result(dataset, explanation), dataset), Map.of());
    }

    /** Of the four pairs of a true and another node, three are in order. */
    @Test
    void isTheShareOfPairsInOrder() {
        assertThat(score(dataset(nodes(0, 2)), explained(FeatureMaskType.NODE, .9f, .5f, .4f, .1f))
                        .value())
                .isEqualTo(0.75);
    }

    @Test
    void signedImportancesCountByTheirSize() {
        assertThat(score(dataset(nodes(0, 1)), explained(FeatureMaskType.NODE, -.9f, .8f, -.1f, .2f))
                        .value())
                .isEqualTo(1);
    }

    @Test
    void ofSeveralTrueExplanationsTheOneThatFitsBestCounts() {
        Explanation explanation = explained(FeatureMaskType.NODE, .9f, .5f, .4f, .1f);
        assertThat(score(dataset(nodes(3), nodes(0), nodes(0, 3)), explanation).value())
                .isEqualTo(1);
    }

    @Test
    void masksOfFeaturesOfNodesAreAddedUpByNode() {
        assertThat(score(dataset(nodes(1)), explained(FeatureMaskType.NODE_FEATURE, .3f, 0, -.2f, -.2f, .1f, .1f, 0, 0))
                        .value())
                .isEqualTo(1);
    }

    @Test
    void explanationsWithoutImportancesOfNodesAreRefused() {
        assertThatThrownBy(() -> score(dataset(nodes(1)), explained(FeatureMaskType.FEATURE, .3f, .1f)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("metric 'node-roc-auc' needs importances of nodes, and no explanation holds any; choose an"
                        + " explainer or options that explain nodes");
    }

    @Test
    void targetsWithoutTruthAreLeftOut() {
        assertThatThrownBy(() -> score(dataset(), explained(FeatureMaskType.NODE, 1, 0, 0, 0)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("metric 'node-roc-auc' needs targets with a true explanation that names some of the nodes"
                        + " around them and not all; found none, so explain other targets");
    }
}
