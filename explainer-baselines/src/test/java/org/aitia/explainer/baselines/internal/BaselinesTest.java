package org.aitia.explainer.baselines.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the baselines compute, in closed form. */
class BaselinesTest {
    /** Below the steps of single precision of values in [0, 1]: sums may be taken in another order. */
    private static final float ROUNDING = 1e-6f;

    private Workbench workbench;

    @BeforeEach
    void open() {
        workbench = Workbench.open();
    }

    @AfterEach
    void close() {
        workbench.close();
    }

    /** A path 0 - 1 - 2 - 3 - 4, and 5 - 1. */
    private static Graph tree() {
        GraphBuilder builder =
                Graph.builder(6).features(TestGraphs.undirected(6, 1, 4, 2, 1).features());
        for (int v = 0; v < 4; v++) {
            builder.undirectedEdge(v, v + 1);
        }
        return builder.undirectedEdge(5, 1).build();
    }

    private MaskValues explain(Explainer explainer, Graph graph, int node, Map<String, String> options) {
        return workbench
                .explainNodes(explainer, Workbench.gcn(Task.NODE, graph, 2, 2), graph, List.of(node), options, 3)
                .get(0);
    }

    private static float node(MaskValues masks, ComputationGraph block, int node) {
        int local = IntStream.range(0, block.nodeCount())
                .filter(v -> block.node(v) == node)
                .findFirst()
                .orElseThrow();
        return masks.features()[local];
    }

    private static float edge(MaskValues masks, ComputationGraph block, int source, int target) {
        int local = IntStream.range(0, block.edgeCount())
                .filter(e -> block.edge(e) == block.graph().edge(source, target))
                .findFirst()
                .orElseThrow();
        return masks.edges()[local];
    }

    static Stream<Explainer> structural() {
        return Stream.of(
                new RandomExplainer(), new DegreeExplainer(), new PageRankExplainer(), new DistanceExplainer());
    }

    @ParameterizedTest
    @MethodSource("structural")
    void importancesLieBetweenZeroAndOne(Explainer explainer) {
        Graph graph = TestGraphs.directed(40, 120, 4, 2, 5);
        for (int v = 0; v < 40; v++) {
            MaskValues masks = explain(explainer, graph, v, Map.of());
            for (float[] values : List.of(masks.edges(), masks.features())) {
                for (float value : values) {
                    assertThat(value).isBetween(0f, 1f);
                }
            }
        }
    }

    @Test
    void degreeIsThatOfTheFullGraph() {
        Graph graph = tree();
        ComputationGraph block = ComputationGraph.of(graph, 3, 2); // nodes 1 to 4; 1 has three neighbours
        MaskValues masks = explain(new DegreeExplainer(), graph, 3, Map.of());
        assertThat(node(masks, block, 1)).isEqualTo(1);
        assertThat(node(masks, block, 2)).isCloseTo(2 / 3f, within(ROUNDING));
        assertThat(node(masks, block, 4)).isCloseTo(1 / 3f, within(ROUNDING));
        assertThat(edge(masks, block, 1, 2)).isCloseTo(5 / 6f, within(ROUNDING));
    }

    @ParameterizedTest
    @CsvSource({"mean, 0.8333333", "product, 0.6666667", "max, 1", "source, 1", "target, 0.6666667"})
    void anEdgeHasItsImportanceFromItsEnds(String score, float expected) {
        Graph graph = tree();
        MaskValues masks = explain(new DegreeExplainer(), graph, 3, Map.of("edges", score));
        assertThat(edge(masks, ComputationGraph.of(graph, 3, 2), 1, 2)).isCloseTo(expected, within(ROUNDING));
    }

    @ParameterizedTest
    @CsvSource({"in, 1, 0, 0.5", "out, 0, 1, 0.5", "both, 0.5, 0.5, 0.5"})
    void degreesHaveADirection(String direction, float target, float source, float between) {
        // 1 -> 0, 2 -> 0, 1 -> 3, and 0 has as many in-edges as 1 has out-edges
        Graph graph = Graph.builder(5)
                .features(TestGraphs.undirected(5, 1, 4, 2, 1).features())
                .edge(1, 0)
                .edge(2, 0)
                .edge(1, 3)
                .edge(4, 3)
                .build();
        ComputationGraph block = ComputationGraph.of(graph, 0, 2);
        MaskValues masks = explain(new DegreeExplainer(), graph, 0, Map.of("direction", direction));
        float max = direction.equals("both") ? 2 : 1;
        assertThat(node(masks, block, 0)).isEqualTo(target * max);
        assertThat(node(masks, block, 1)).isEqualTo(source * max);
        assertThat(edge(masks, block, 1, 0)).isEqualTo(between * max);
    }

    @Test
    void distanceCountsHopsFromTheTarget() {
        Graph graph = tree();
        ComputationGraph block = ComputationGraph.of(graph, 3, 2);
        MaskValues masks = explain(new DistanceExplainer(), graph, 3, Map.of());
        assertThat(node(masks, block, 3)).isEqualTo(1);
        assertThat(node(masks, block, 4)).isEqualTo(0.5f);
        assertThat(node(masks, block, 1)).isCloseTo(1 / 3f, within(ROUNDING));
        assertThat(edge(masks, block, 2, 3)).isEqualTo(1); // it ends at the target
        assertThat(edge(masks, block, 1, 2)).isEqualTo(0.5f);
    }

    @Test
    void distanceOfALinkIsThatFromTheNearerEnd() {
        Graph graph = tree();
        ComputationGraph block = ComputationGraph.ofLink(graph, 0, 4, 2);
        MaskValues masks = workbench
                .explain(
                        new DistanceExplainer(),
                        Workbench.gcn(Task.LINK, graph, 2, 2),
                        GraphBatch.of(List.of(block)),
                        List.of(0),
                        Map.of(),
                        3,
                        TaskMonitor.NONE)
                .get(0);
        assertThat(node(masks, block, 0)).isEqualTo(1);
        assertThat(node(masks, block, 4)).isEqualTo(1);
        assertThat(node(masks, block, 1)).isEqualTo(0.5f);
        assertThat(node(masks, block, 2)).isCloseTo(1 / 3f, within(ROUNDING));
    }

    @Test
    void aWholeGraphIsAtDistanceZeroThroughout() {
        Graph graph = tree();
        MaskValues masks = workbench
                .explain(
                        new DistanceExplainer(),
                        Workbench.gcn(Task.GRAPH, graph, 2, 2),
                        GraphBatch.of(List.of(ComputationGraph.whole(graph))),
                        List.of(0),
                        Map.of(),
                        3,
                        TaskMonitor.NONE)
                .get(0);
        assertThat(masks.edges()).containsOnly(1f);
        assertThat(masks.features()).containsOnly(1f);
    }

    /** A star of k leaves: r = (1 - d) / n + d k s for the centre, s = (1 - d) / n + d r / k for a leaf. */
    @ParameterizedTest
    @CsvSource({"0.85", "0.5", "0"})
    void pageRankOfAStar(double damping) {
        int k = 4;
        GraphBuilder builder = Graph.builder(k + 1)
                .features(TestGraphs.undirected(k + 1, 1, 4, 2, 1).features());
        for (int v = 1; v <= k; v++) {
            builder.undirectedEdge(0, v);
        }
        MaskValues masks =
                explain(new PageRankExplainer(), builder.build(), 0, Map.of("damping", Double.toString(damping)));
        double start = (1 - damping) / (k + 1);
        double centre = (start + damping * k * start) / (1 - damping * damping);
        double leaf = start + damping * centre / k;
        assertThat(masks.features()[0]).isEqualTo(1);
        for (int v = 1; v <= k; v++) {
            assertThat((double) masks.features()[v]).isCloseTo(leaf / centre, within(1e-6));
        }
    }

    /** 1 -> 0 and 2 -> 0: rank goes to where messages go, or to where they come from. */
    @ParameterizedTest
    @CsvSource({"forward, 1, 0.37037037", "backward, 0.7017544, 1"})
    void pageRankWalksAlongMessagesOrAgainstThem(String walk, float target, float source) {
        Graph graph = Graph.builder(3)
                .features(TestGraphs.undirected(3, 1, 4, 2, 1).features())
                .edge(1, 0)
                .edge(2, 0)
                .build();
        MaskValues masks = explain(new PageRankExplainer(), graph, 0, Map.of("walk", walk));
        assertThat(masks.features()).containsExactly(new float[] {target, source, source}, within(ROUNDING));
    }

    @Test
    void randomValuesDependOnTheTargetAndTheSeed() {
        Graph graph = TestGraphs.undirected(30, 60, 4, 2, 5);
        List<MaskValues> masks = workbench.explainNodes(
                new RandomExplainer(), Workbench.gcn(Task.NODE, graph, 2, 2), graph, List.of(3, 4), Map.of(), 3);
        assertThat(masks.get(0).features()[0]).isNotEqualTo(masks.get(1).features()[0]);
        MaskValues other = workbench
                .explainNodes(
                        new RandomExplainer(), Workbench.gcn(Task.NODE, graph, 2, 2), graph, List.of(3), Map.of(), 4)
                .get(0);
        assertThat(other.edges()).isNotEqualTo(masks.get(0).edges());
    }

    @Test
    void bothDirectionsOfAnEdgeAreDrawnTogetherOrApart() {
        Graph graph = tree();
        ComputationGraph block = ComputationGraph.of(graph, 2, 2);
        MaskValues together = explain(new RandomExplainer(), graph, 2, Map.of());
        assertThat(edge(together, block, 1, 2)).isEqualTo(edge(together, block, 2, 1));
        MaskValues apart = explain(new RandomExplainer(), graph, 2, Map.of("undirected", "false"));
        assertThat(edge(apart, block, 1, 2)).isNotEqualTo(edge(apart, block, 2, 1));
    }

    /** Degree and distance bit for bit, PageRank but for the order of sums. Random numbers have no such order. */
    @ParameterizedTest
    @CsvSource({"degree, 0", "distance, 0", "pagerank, 1e-6"})
    void renumberingNodesRenumbersTheExplanation(String name, float tolerance) {
        Explainer explainer = structural()
                .filter(e -> e.info().name().equals(name))
                .findFirst()
                .orElseThrow();
        Graph graph = TestGraphs.directed(24, 90, 4, 2, 5);
        int[] renumbered = IntStream.range(0, 24).map(v -> (v * 7 + 3) % 24).toArray();
        GraphBuilder builder = Graph.builder(24).features(graph.features());
        for (int e = 0; e < graph.edgeCount(); e++) {
            builder.edge(renumbered[graph.source(e)], renumbered[graph.target(e)]);
        }
        Graph other = builder.build();
        int target = 4;
        ComputationGraph block = ComputationGraph.of(graph, target, 2);
        ComputationGraph otherBlock = ComputationGraph.of(other, renumbered[target], 2);
        MaskValues masks = explain(explainer, graph, target, Map.of());
        MaskValues otherMasks = explain(explainer, other, renumbered[target], Map.of());
        assertThat(block.edgeCount()).isGreaterThan(5);
        for (int v = 0; v < block.nodeCount(); v++) {
            assertThat(node(otherMasks, otherBlock, renumbered[block.node(v)]))
                    .isCloseTo(masks.features()[v], within(tolerance));
        }
        for (int e = 0; e < block.edgeCount(); e++) {
            int edge = block.edge(e);
            assertThat(edge(otherMasks, otherBlock, renumbered[graph.source(edge)], renumbered[graph.target(edge)]))
                    .isCloseTo(masks.edges()[e], within(tolerance));
        }
    }

    @Test
    void wrongOptionsAreRefusedWithTheRange() {
        Graph graph = tree();
        assertThatThrownBy(() -> explain(new PageRankExplainer(), graph, 3, Map.of("damping", "1")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("damping")
                .hasMessageContaining("< 1");
        assertThatThrownBy(() -> explain(new DegreeExplainer(), graph, 3, Map.of("edges", "sum")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("product");
    }

    @Test
    void attentionIsRefusedWhereThereIsNone() {
        assertThatThrownBy(() -> explain(new AttentionExplainer(), tree(), 3, Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'gcn'")
                .hasMessageContaining("gat or gatv2")
                .hasNoCause();
    }

    @Test
    void eachOptionIsDescribed() {
        List<Explainer> all = new ArrayList<>(structural().toList());
        all.add(new AttentionExplainer());
        for (Explainer explainer : all) {
            assertThat(explainer.options().specs())
                    .isNotEmpty()
                    .allSatisfy(option -> assertThat(option.description()).isNotBlank());
        }
    }
}
