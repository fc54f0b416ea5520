package org.aitia.evaluation.internal;

import static org.aitia.evaluation.internal.Samples.explain;
import static org.aitia.evaluation.internal.Samples.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.Metrics.ScoreRequest;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.Test;

/** Metrics that run the explainer again. */
class RerunMetricsTest {
    private final Dataset path = Samples.nodes(Graph.builder(4)
                    .undirectedEdge(0, 1)
                    .undirectedEdge(1, 2)
                    .undirectedEdge(2, 3)
                    .build())
            .build();

    /** Explains first as the first says, then as the others say, one after the other. */
    private double score(ExplanationMetric metric, Map<String, String> options, Explanation... explanations) {
        ExplanationResult first = result(path, explanations[0]);
        int[] next = {1};
        FixedContext context = new FixedContext(
                first, path, 2, v -> new double[] {1, 0}, seed -> result(path, explanations[next[0]++]));
        return metric.score(context, options).value();
    }

    private static Explanation ofClass(Explanation x, int explained) {
        ExplanationTarget target =
                new ExplanationTarget(x.target().id(), explained, explained, 0, new float[] {.5f, .5f}, 0);
        return new Explanation(target, x.nodes(), x.edgeSources(), x.edgeTargets(), x.masks());
    }

    @Test
    void maxSensitivityIsTheLargestRelativeDistance() {
        Explanation first = explain(path, 1, 1, (s, t) -> s == 0 ? 0.3 : 0.4); // of length 0.5
        Explanation near = explain(path, 1, 1, (s, t) -> s == 0 ? 0.3 : 0.5);
        Explanation far = explain(path, 1, 1, (s, t) -> s == 0 ? 0.0 : 0.8); // at a distance of 0.5
        assertThat(score(new MaxSensitivityMetric(), Map.of("samples", "2"), first, near, far))
                .isCloseTo(1, within(1e-6));
        assertThat(score(new MaxSensitivityMetric(), Map.of("samples", "2"), first, near, ofClass(far, 1)))
                .isCloseTo(0.2, within(1e-6));
    }

    @Test
    void perturbationsThatAllChangeTheClassLeaveNothing() {
        Explanation first = explain(path, 1, 1, (s, t) -> 1);
        assertThatThrownBy(() -> score(new MaxSensitivityMetric(), Map.of("samples", "1"), first, ofClass(first, 1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("metric 'max-sensitivity' found no perturbation that leaves the explained class; choose a"
                        + " smaller radius");
        assertThatThrownBy(() -> score(new EdgeStabilityMetric(), Map.of("samples", "1"), first, ofClass(first, 1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("metric 'edge-stability' found no perturbation that leaves the explained class; choose less"
                        + " noise");
    }

    @Test
    void edgeStabilityComparesElementsByTheirNodes() {
        Explanation first = explain(path, 1, 1, (s, t) -> s == 0 ? 1 : 0);
        // another computation graph: the same edge is at another place
        Explanation same = explain(path, 1, 3, (s, t) -> s == 0 && t == 1 ? 5 : 0);
        Explanation other = explain(path, 1, 3, (s, t) -> s == 3 ? 1 : 0);
        Map<String, String> two = Map.of("samples", "2");
        assertThat(score(new EdgeStabilityMetric(), two, first, same, same)).isCloseTo(1, within(1e-12));
        assertThat(score(new EdgeStabilityMetric(), two, first, same, other)).isCloseTo(0.5, within(1e-12));
        assertThat(score(new EdgeStabilityMetric(), Map.of("samples", "2", "aggregate", "worst"), first, same, other))
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void theExplainerSeesPerturbedFeaturesAndTheSameTargets() {
        Graph graph = TestGraphs.undirected(20, 30, 4, 3, 1);
        Dataset dataset = TestWorld.dataset(Task.NODE).graph(graph).classes(3).build();
        GnnModel model = Workbench.gcn(Task.NODE, graph, 3, 2);
        TestWorld world = new TestWorld(model, dataset, new TestWorld.RandomExplainer(FeatureMaskType.NODE));
        ExplanationResult result = world.explain(List.of(7, 2));
        ScoreRequest request = new ScoreRequest(result, Optional.empty(), Optional.of(world.input), List.of(), 5);
        ScoreContext context =
                ScoreContext.open(request, world, world.datasets(), Workbench.devices(), TaskMonitor.NONE);
        List<ExplanationInput> seen = new ArrayList<>();
        ExplanationResult again = context.explain(plain -> plain, input -> {
            ExplanationInput changed = PerturbedInputs.of(
                    input,
                    List.of(7, 2),
                    g -> g.withFeatures(PerturbedInputs.noisy(g.features(), value -> value + 0.01f)));
            seen.add(changed);
            return changed;
        });
        assertThat(again.explanations()).extracting(x -> x.target().id()).containsExactly(7, 2);
        assertThat(seen.get(0).dataset().graph().features().value(3, 1))
                .isCloseTo(graph.features().value(3, 1) + 0.01f, within(1e-6f));
        assertThat(seen.get(0).dataset().graph().label(3)).isEqualTo(graph.label(3));
        assertThat(seen.get(0).model()).isSameAs(model);
    }

    @Test
    void linksAndOtherGraphsStayWhenGraphsArePerturbed() {
        Graph graph = TestGraphs.undirected(20, 30, 4, 3, 1);
        Dataset links = TestWorld.dataset(Task.LINK)
                .graph(graph)
                .links(new int[] {0, 4}, new int[] {5, 2}, new int[] {0, 1})
                .classes(2)
                .build();
        GnnModel model = Workbench.gcn(Task.LINK, graph, 2, 2);
        TestWorld world = new TestWorld(model, links, new TestWorld.RandomExplainer(FeatureMaskType.NODE));
        Dataset changed = PerturbedInputs.of(
                        world.input, List.of(1), g -> EdgeNoise.on(g, 0.5, (s, t) -> false, Seeds.generator(1)))
                .dataset();
        assertThat(changed.linkSource(1)).isEqualTo(4);
        assertThat(changed.linkTarget(1)).isEqualTo(2);
        assertThat(changed.label(1)).isEqualTo(1);
        assertThat(changed.digest()).isNotEqualTo(links.digest());

        Dataset graphs = TestWorld.dataset(Task.GRAPH)
                .graphs(List.of(graph, graph), new int[] {1, 0})
                .classes(2)
                .build();
        TestWorld ofGraphs = new TestWorld(
                Workbench.gcn(Task.GRAPH, graph, 2, 2), graphs, new TestWorld.RandomExplainer(FeatureMaskType.NODE));
        Dataset one = PerturbedInputs.of(
                        ofGraphs.input, List.of(1), g -> EdgeNoise.on(g, 0.5, (s, t) -> false, Seeds.generator(1)))
                .dataset();
        assertThat(one.graphs().get(0)).isSameAs(graph);
        assertThat(one.graphs().get(1)).isNotSameAs(graph);
        assertThat(one.label(0)).isEqualTo(1);
    }

    @Test
    void whatASparseMatrixDoesNotStoreStaysZero() {
        Features sparse = new SparseFeatures(3, new int[] {0, 1, 2}, new int[] {2, 0}, new float[] {1, 4});
        Features noisy = PerturbedInputs.noisy(sparse, value -> value + 0.5f);
        assertThat(noisy.value(0, 2)).isEqualTo(1.5f);
        assertThat(noisy.value(1, 0)).isEqualTo(4.5f);
        assertThat(noisy.value(0, 0)).isZero();
        Features dense = PerturbedInputs.noisy(DenseFeatures.of(new float[][] {{0, 1}}), value -> value + 0.5f);
        assertThat(dense.value(0, 0)).isEqualTo(0.5f);
    }

    @Test
    void directedEdgesAndSelfLoopsArePerturbedAsSuch() {
        Graph directed = TestGraphs.directed(60, 200, 3, 2, 1);
        Graph looped = Graph.builder(60)
                .features(directed.features())
                .edges(TestWorld.sources(directed), directed.targets())
                .edge(5, 5)
                .build();
        Graph noisy = EdgeNoise.on(looped, 0.4, (s, t) -> false, Seeds.generator(3));
        assertThat(noisy.edge(5, 5)).isNotNegative();
        assertThat(noisy.edgeCount()).isEqualTo(looped.edgeCount());
        assertThat(EdgeNoise.on(looped, 0.4, (s, t) -> false, Seeds.generator(3))
                        .targets())
                .isEqualTo(noisy.targets());
    }
}
