package org.aitia.api.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.explain.ExplanationSubgraph.Part;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.FeatureMaskType;
import org.junit.jupiter.api.Test;

class ExplanationSubgraphTest {
    /** 5 - 2 - 3 - 0, and 2 - 1; node 4 alone. Weights, features, labels and names tell where things come from. */
    private static final Graph GRAPH = Graph.builder(6)
            .edge(5, 2, .52f)
            .edge(2, 5, .25f)
            .edge(2, 3, .23f)
            .edge(3, 2, .32f)
            .edge(3, 0, .3f)
            .edge(0, 3, .03f)
            .edge(2, 1, .21f)
            .edge(1, 2, .12f)
            .edgeFeatures(DenseFeatures.of(new float[][] {{52}, {25}, {23}, {32}, {30}, {3}, {21}, {12}}))
            .features(DenseFeatures.of(new float[][] {{0, 1}, {1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 1}}))
            .labels(new int[] {0, 1, 0, 1, 0, 1})
            .nodeNames(List.of("a", "b", "c", "d", "e", "f"))
            .build();

    private static final ComputationGraph FIELD = ComputationGraph.of(GRAPH, 2, 2);

    private static Explanation explanation(Map<List<Integer>, Float> important) {
        float[] mask = new float[FIELD.edgeCount()];
        Explanation bare = Explanation.of(target(), FIELD, masks(mask));
        for (int e = 0; e < mask.length; e++) {
            mask[e] = important.getOrDefault(List.of(bare.edgeSources()[e], bare.edgeTargets()[e]), 0f);
        }
        return bare.withMasks(masks(mask));
    }

    private static ExplanationTarget target() {
        return new ExplanationTarget(2, 0, 0, 0, new float[] {1, 0}, 7);
    }

    private static MaskValues masks(float[] edges) {
        return new MaskValues(edges, FeatureMaskType.NODE, new float[0], Map.of());
    }

    @Test
    void holdsEdgesThatMatterWithTheirNodesAndTheTarget() {
        Part part = ExplanationSubgraph.of(explanation(Map.of(List.of(0, 3), .9f)), GRAPH, Task.NODE)
                .explanation();
        assertThat(part.nodes()).containsExactly(0, 2, 3);
        assertThat(part.edges()).containsExactly(GRAPH.edge(0, 3));
        assertThat(part.graph().edge(part.node(0), part.node(3))).isZero();
        assertThat(part.targets()).containsExactly(1);
        assertThat(part.node(5)).isEqualTo(-1);
    }

    @Test
    void keepsFeaturesLabelsNamesAndWeights() {
        Graph graph = ExplanationSubgraph.of(
                        explanation(Map.of(List.of(0, 3), .9f, List.of(3, 2), -.5f)), GRAPH, Task.NODE)
                .explanation()
                .graph();
        assertThat(graph.features().value(2, 0)).isEqualTo(3);
        assertThat(graph.label(2)).isEqualTo(1);
        assertThat(graph.nodeName(2)).contains("d");
        int edge = graph.edge(0, 2);
        assertThat(graph.edgeWeight(edge)).isEqualTo(.03f);
        assertThat(graph.edgeFeatures().value(edge, 0)).isEqualTo(3);
        assertThat(graph.edgeWeight(graph.edge(2, 1))).isEqualTo(.32f);
    }

    @Test
    void everyEdgeOfTheComputationGraphIsInExactlyOnePart() {
        ExplanationSubgraph both =
                ExplanationSubgraph.of(explanation(Map.of(List.of(0, 3), .9f, List.of(1, 2), .1f)), GRAPH, Task.NODE);
        BitSet edges = BitSet.valueOf(bits(both.explanation().edges()));
        BitSet others = BitSet.valueOf(bits(both.complement().edges()));
        assertThat(edges.intersects(others)).isFalse();
        edges.or(others);
        assertThat(edges).isEqualTo(BitSet.valueOf(bits(FIELD.edges())));
        assertThat(both.complement().nodes()).contains(2).doesNotContain(4);
        assertThat(both.complement().graph().edgeCount())
                .isEqualTo(both.complement().edges().length);
    }

    private static long[] bits(int[] positions) {
        BitSet set = new BitSet();
        for (int position : positions) {
            set.set(position);
        }
        return set.toLongArray();
    }

    @Test
    void anExplanationOfNothingIsTheTargetAlone() {
        ExplanationSubgraph both = ExplanationSubgraph.of(explanation(Map.of()), GRAPH, Task.NODE);
        assertThat(both.explanation().nodes()).containsExactly(2);
        assertThat(both.explanation().graph().edgeCount()).isZero();
        assertThat(both.complement().edges()).hasSize(FIELD.edgeCount());
    }

    @Test
    void importancesOfNodesGiveTheEdgesBetweenThem() {
        ComputationGraph whole = ComputationGraph.whole(GRAPH);
        MaskValues masks =
                new MaskValues(new float[0], FeatureMaskType.NODE, new float[] {0, .5f, -.5f, .1f, 0, 0}, Map.of());
        ExplanationSubgraph both = ExplanationSubgraph.of(Explanation.of(target(), whole, masks), GRAPH, Task.GRAPH);
        assertThat(both.explanation().nodes()).containsExactly(1, 2, 3);
        assertThat(both.explanation().targets()).isEmpty();
        assertThat(both.explanation().graph().edgeCount()).isEqualTo(4);
        assertThat(both.complement().nodes()).containsExactly(0, 2, 3, 4, 5);
        assertThat(both.complement().graph().edgeCount()).isEqualTo(4);
    }

    @Test
    void bothEndsOfALinkAreThere() {
        ComputationGraph link = ComputationGraph.ofLink(GRAPH, 5, 1, 1);
        Explanation explanation = Explanation.of(target(), link, masks(new float[link.edgeCount()]));
        Part part = ExplanationSubgraph.of(explanation, GRAPH, Task.LINK).explanation();
        assertThat(part.nodes()).containsExactly(1, 5);
        assertThat(part.targets()).containsExactly(1, 0);
    }

    @Test
    void importancesOfFeaturesAloneAreRefused() {
        MaskValues masks = new MaskValues(new float[0], FeatureMaskType.FEATURE, new float[] {1, 0}, Map.of());
        Explanation explanation = Explanation.of(target(), FIELD, masks);
        assertThatThrownBy(() -> ExplanationSubgraph.of(explanation, GRAPH, Task.NODE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the explanation of target 2 has no importances of edges or nodes, so there is no subgraph;"
                        + " explain with a mask of edges or nodes");
    }

    @Test
    void anotherGraphIsRefused() {
        Graph other = Graph.builder(3).undirectedEdge(0, 1).build();
        assertThatThrownBy(() -> ExplanationSubgraph.of(explanation(Map.of()), other, Task.NODE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageMatching("the explanation of target 2 has edge \\d -> \\d, but the graph of 3 nodes has not;"
                        + " load the data set that was explained");
    }

    @Test
    void aPartOfAnExplanationKeepsTheImportancesOfItsElements() {
        Explanation whole = explanation(Map.of(List.of(0, 3), .9f, List.of(3, 2), -.5f));
        MaskValues.Deviation deviation =
                new MaskValues.Deviation(counting(FIELD.edgeCount()), counting(FIELD.nodeCount() * 2), new float[0]);
        Explanation rich = whole.withMasks(new MaskValues(
                whole.edgeMask(),
                FeatureMaskType.NODE_FEATURE,
                counting(FIELD.nodeCount() * 2),
                counting(FIELD.edgeCount() * 3),
                Optional.of(deviation),
                Map.of("loss", .5)));
        Explanation part =
                ExplanationSubgraph.of(rich, GRAPH, Task.NODE).explanation().of(rich);
        assertThat(part.nodes()).startsWith(2).containsExactlyInAnyOrder(0, 2, 3);
        assertThat(part.edgeMask()).containsExactlyInAnyOrder(.9f, -.5f);
        assertThat(part.target()).isEqualTo(rich.target());
        for (int v = 0; v < part.nodes().length; v++) {
            int was = indexOf(rich.nodes(), part.nodes()[v]);
            assertThat(part.featureMask()[2 * v + 1]).isEqualTo(rich.featureMask()[2 * was + 1]);
        }
        for (int e = 0; e < part.edgeCount(); e++) {
            int was = edgeIn(rich, part.edgeSources()[e], part.edgeTargets()[e]);
            assertThat(part.edgeMask()[e]).isEqualTo(rich.edgeMask()[was]);
            assertThat(part.masks().edgeFeatures()[3 * e + 2])
                    .isEqualTo(rich.masks().edgeFeatures()[3 * was + 2]);
            assertThat(part.masks().deviation().orElseThrow().edges()[e])
                    .isEqualTo(deviation.edges()[was]);
        }
        assertThat(part.masks().diagnostics()).containsEntry("loss", .5);
    }

    @Test
    void aPartOfAnExplanationOfStoredFeaturesKeepsTheirPlaces() {
        float[] values = counting(FIELD.storedColumns().length);
        Explanation whole =
                Explanation.of(target(), FIELD, new MaskValues(new float[0], FeatureMaskType.STORED, values, Map.of()));
        for (int i = 0; i < values.length; i++) { // the nodes but the first two do not matter
            values[i] = i < whole.storedOffsets()[2] ? values[i] : 0;
        }
        Explanation part =
                ExplanationSubgraph.of(whole, GRAPH, Task.NODE).explanation().of(whole);
        assertThat(part.nodes()).containsExactly(whole.nodes()[0], whole.nodes()[1]);
        assertThat(part.storedOffsets()).containsExactly(0, 2, 4);
        assertThat(part.storedColumns()).containsExactly(0, 1, 0, 1);
        assertThat(part.featureMask()).containsExactly(.1f, .2f, .3f, .4f);
    }

    private static float[] counting(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (i + 1) / 10f;
        }
        return values;
    }

    private static int indexOf(int[] values, int value) {
        return IntStream.range(0, values.length)
                .filter(i -> values[i] == value)
                .findFirst()
                .orElseThrow();
    }

    private static int edgeIn(Explanation explanation, int source, int target) {
        return IntStream.range(0, explanation.edgeCount())
                .filter(e ->
                        explanation.edgeSources()[e] == source && explanation.edgeTargets()[e] == target)
                .findFirst()
                .orElseThrow();
    }
}
