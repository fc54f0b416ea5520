package org.aitia.explainer.gnnexplainer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.testkit.tck.ExplainerContract;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GnnExplainerTest extends ExplainerContract {
    private static final int CLASSES = 3;

    @Override
    protected Explainer explainer() {
        return new GnnExplainer();
    }

    @Override
    protected Map<String, String> quickOptions() {
        return Map.of("epochs", "20", "nodeMaskType", "attributes");
    }

    private static MaskValues explain(Graph graph, int node, Map<String, String> options) {
        try (Workbench workbench = Workbench.open()) {
            GnnModel model = Workbench.gcn(Task.NODE, graph, CLASSES, 2);
            return workbench
                    .explainNodes(new GnnExplainer(), model, graph, List.of(node), options, 5)
                    .get(0);
        }
    }

    private static Graph graph() {
        return TestGraphs.undirected(30, 50, 5, CLASSES, 1);
    }

    @ParameterizedTest
    @CsvSource({"object,NODE", "common-attributes,FEATURE", "attributes,NODE_FEATURE"})
    void featureMaskHasTheShapeOfItsType(String type, FeatureMaskType shape) {
        MaskValues masks = explain(graph(), 3, Map.of("epochs", "5", "nodeMaskType", type));
        assertThat(masks.featureType()).isEqualTo(shape);
        assertThat(masks.features()).isNotEmpty();
        assertThat(masks.edges()).isNotEmpty();
    }

    @Test
    void learnsWhateverTheGradientModeOfTheCaller() {
        float[] expected = explain(graph(), 3, quickOptions()).edges();
        try (Workbench workbench = Workbench.open()) {
            GnnModel model = Workbench.gcn(Task.NODE, graph(), CLASSES, 2);
            try (GradientMode off = workbench.lease().engine().gradientMode(false)) {
                MaskValues masks = workbench
                        .explainNodes(new GnnExplainer(), model, graph(), List.of(3), quickOptions(), 5)
                        .get(0);
                assertThat(masks.edges()).containsExactly(expected);
            }
        }
    }

    @Test
    void learnsOnlyWhatIsAskedFor() {
        MaskValues edgesOnly = explain(graph(), 3, Map.of("epochs", "5", "nodeMaskType", "none"));
        assertThat(edgesOnly.features()).isEmpty();
        MaskValues featuresOnly = explain(graph(), 3, Map.of("epochs", "5", "edgeMaskType", "none"));
        assertThat(featuresOnly.edges()).isEmpty();
        assertThat(featuresOnly.features()).isNotEmpty();
    }

    @Test
    void refusesToLearnNothing() {
        assertThatThrownBy(() -> explain(graph(), 3, Map.of("nodeMaskType", "none", "edgeMaskType", "none")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("gnnexplainer has nothing to learn with edgeMaskType=none and nodeMaskType=none;"
                        + " give one of them");
    }

    @ParameterizedTest
    @CsvSource({
        "alpha1,edgeSize",
        "alpha2,edgeEnt",
        "beta1,nodeFeatSize",
        "beta2,nodeFeatEnt",
        "edge_size,edgeSize",
        "num_epochs,epochs"
    })
    void acceptsNamesOfPeers(String alias, String name) {
        assertThat(explainer().options().parse(Map.of(alias, "7")))
                .isEqualTo(explainer().options().parse(Map.of(name, "7")));
    }

    @Test
    void hasTheDefaultsOfPyG() {
        GnnExplainerOptions options =
                (GnnExplainerOptions) explainer().options().parse(Map.of());
        assertThat(options.epochs()).isEqualTo(100);
        assertThat(options.lr()).isEqualTo(0.01);
        assertThat(options.edgeSize()).isEqualTo(0.005);
        assertThat(options.edgeReduction()).isEqualTo(GnnExplainerOptions.Reduction.SUM);
        assertThat(options.edgeEnt()).isEqualTo(1.0);
        assertThat(options.nodeFeatSize()).isEqualTo(1.0);
        assertThat(options.nodeFeatReduction()).isEqualTo(GnnExplainerOptions.Reduction.MEAN);
        assertThat(options.nodeFeatEnt()).isEqualTo(0.1);
        assertThat(options.eps()).isEqualTo(1e-15);
        assertThat(options.sparsity()).isEqualTo(GnnExplainerOptions.Sparsity.NONE);
        assertThat(options.runs()).isEqualTo(1);
        assertThat(options.threshold()).isZero();
        assertThat(options.topk()).isZero();
        assertThat(options.undirected()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "epochs=0",
                "lr=0",
                "lr=NaN",
                "edgeSize=-1",
                "eps=0",
                "nodeMaskType=all",
                "epochs=many",
                "sparsity=l2",
                "edgeSparsity=-0.1",
                "featureSparsity=-1",
                "refineEpochs=0",
                "gateTemperature=0",
                "gateStretch=0",
                "gateLr=-1",
                "threshold=1",
                "thresholdKeep=drop",
                "topk=-1",
                "laplacian=-1",
                "undirected=both",
                "edgeAttributeMask=object",
                "runs=0",
                "edgeInitMean=21",
                "edgeInitSpread=wide",
                "featureInitDeviation=-1",
                "edgeEntOver=nodes"
            })
    void refusesValuesOutOfRange(String assignment) {
        String[] parts = assignment.split("=");
        assertThatThrownBy(() -> explainer().options().parse(Map.of(parts[0], parts[1])))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(parts[0])
                .hasMessageContaining(parts[1]);
    }

    @Test
    void masksLieBetweenZeroAndOne() {
        MaskValues masks = explain(graph(), 7, quickOptions());
        for (float value : masks.edges()) {
            assertThat(value).isBetween(0f, 1f);
        }
        for (float value : masks.features()) {
            assertThat(value).isBetween(0f, 1f);
        }
    }

    @Test
    void featuresThatAreZeroGetZero() {
        Graph dense = TestGraphs.undirected(30, 50, 5, CLASSES, 1);
        FloatBuffer values = FloatBuffer.allocate(30 * 5);
        for (int i = 0; i < values.capacity(); i++) {
            values.put(i, i % 3 == 0 ? 0 : dense.features().value(i / 5, i % 5));
        }
        Graph graph = Graph.builder(30)
                .edges(IntStream.range(0, dense.edgeCount()).map(dense::source).toArray(), dense.targets())
                .features(new DenseFeatures(30, 5, values))
                .build();
        MaskValues masks = explain(graph, 4, quickOptions());
        int[] nodes = ComputationGraph.of(graph, 4, 2).nodes();
        assertThat(masks.featureType()).isEqualTo(FeatureMaskType.NODE_FEATURE);
        for (int i = 0; i < nodes.length; i++) {
            for (int f = 0; f < 5; f++) {
                if (graph.features().value(nodes[i], f) == 0) {
                    assertThat(masks.features()[i * 5 + f]).isZero();
                }
            }
        }
    }

    @Test
    void largerSizeCoefficientGivesASmallerMask() {
        Map<String, String> strict = new HashMap<>(Map.of("epochs", "100", "nodeMaskType", "none", "edgeEnt", "0"));
        Map<String, String> lax = new HashMap<>(strict);
        strict.put("edgeSize", "1");
        lax.put("edgeSize", "0");
        assertThat(sum(explain(graph(), 7, strict).edges()))
                .isLessThan(sum(explain(graph(), 7, lax).edges()));
    }

    private static float sum(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    @Test
    void otherSeedsBeginElsewhere() {
        try (Workbench workbench = Workbench.open()) {
            GnnModel model = Workbench.gcn(Task.NODE, graph(), CLASSES, 2);
            Map<String, String> options = Map.of("epochs", "1");
            float[] one = workbench
                    .explainNodes(explainer(), model, graph(), List.of(7), options, 1)
                    .get(0)
                    .edges();
            float[] two = workbench
                    .explainNodes(explainer(), model, graph(), List.of(7), options, 2)
                    .get(0)
                    .edges();
            assertThat(one).isNotEqualTo(two);
        }
    }

    @Test
    void reportsTheLossOfEachTarget() {
        try (Workbench workbench = Workbench.open()) {
            GnnModel model = Workbench.gcn(Task.NODE, graph(), CLASSES, 2);
            List<MaskValues> together =
                    workbench.explainNodes(explainer(), model, graph(), List.of(3, 7), quickOptions(), 5);
            for (int i = 0; i < 2; i++) {
                MaskValues alone = workbench
                        .explainNodes(explainer(), model, graph(), List.of(i == 0 ? 3 : 7), quickOptions(), 5)
                        .get(0);
                assertThat(together.get(i).diagnostics().get("loss"))
                        .isCloseTo(alone.diagnostics().get("loss"), within(1e-4));
            }
        }
    }
}
