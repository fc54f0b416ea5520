package org.aitia.evaluation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.metric.Metrics.ScoreRequest;
import org.aitia.api.metric.Variant;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelShape;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the model says of changed inputs. */
class VariantRunTest {
    private static final int CLASSES = 3;
    private static final List<Integer> NODES = List.of(0, 3, 7, 11, 24, 29);

    /** A directed graph with weights and a self-loop. */
    private static Graph weighted() {
        RandomGenerator random = Seeds.generator(4);
        Graph plain = TestGraphs.directed(30, 110, 5, CLASSES, 2);
        GraphBuilder builder = Graph.builder(30).features(plain.features());
        int[] targets = plain.targets();
        for (int e = 0; e < plain.edgeCount(); e++) {
            builder.edge(plain.source(e), targets[e], 0.5f + random.nextFloat());
        }
        return builder.edge(3, 3, 0.7f).build();
    }

    private static TestWorld world(String architecture, Graph graph, FeatureMaskType type) {
        GnnModel model = Workbench.architecture(architecture)
                .create(new ModelShape(Task.NODE, graph.features().columns(), CLASSES), Map.of("layers", "2"), 7);
        Dataset dataset =
                TestWorld.dataset(Task.NODE).graph(graph).classes(CLASSES).build();
        return new TestWorld(model, dataset, new TestWorld.RandomExplainer(type));
    }

    private static ScoreContext context(TestWorld world, ExplanationResult result) {
        ScoreRequest request = new ScoreRequest(result, Optional.empty(), Optional.of(world.input), List.of(), 5);
        return ScoreContext.open(request, world, world.datasets(), Workbench.devices(), TaskMonitor.NONE);
    }

    private static float[] zeroOrOne(Explanation explanation, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        float[] mask = new float[explanation.edgeCount()];
        for (int e = 0; e < mask.length; e++) {
            mask[e] = random.nextInt(3) == 0 ? 0 : 1;
        }
        return mask;
    }

    private static Graph without(Graph graph, Explanation explanation, float[] mask) {
        Set<Integer> gone = new HashSet<>();
        for (int e = 0; e < mask.length; e++) {
            int source = explanation.edgeSources()[e];
            int target = explanation.edgeTargets()[e];
            if (mask[e] == 0 && source != target) {
                gone.add(graph.edge(source, target));
            }
        }
        GraphBuilder builder = Graph.builder(graph.nodeCount()).features(graph.features());
        int[] targets = graph.targets();
        for (int e = 0; e < graph.edgeCount(); e++) {
            if (!gone.contains(e)) {
                builder.edge(graph.source(e), targets[e], graph.edgeWeight(e));
            }
        }
        return builder.build();
    }

    private static double[] softmax(float[] logits) {
        double[] values = IntStream.range(0, logits.length)
                .mapToDouble(c -> Math.exp(logits[c]))
                .toArray();
        double sum = Arrays.stream(values).sum();
        return Arrays.stream(values).map(x -> x / sum).toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcn", "gat", "sage", "gin", "cheb", "tag", "sgc", "appnp", "graphconv"})
    void removedEdgesLeaveTheGraphAsIfBuiltWithoutThem(String architecture) {
        Graph graph = weighted();
        TestWorld world = world(architecture, graph, FeatureMaskType.NODE);
        ExplanationResult result = world.explain(NODES);
        List<Variant> variants = new ArrayList<>();
        for (int i = 0; i < NODES.size(); i++) {
            for (int k = 0; k < 3; k++) {
                float[] mask = zeroOrOne(result.explanations().get(i), 10 * i + k);
                variants.add(new Variant(i, mask, new float[0], true));
            }
        }
        List<double[]> found = context(world, result).predict(variants);
        try (Workbench workbench = Workbench.open()) {
            for (int i = 0; i < variants.size(); i++) {
                Explanation explanation =
                        result.explanations().get(variants.get(i).explanation());
                Graph rebuilt = without(graph, explanation, variants.get(i).edges());
                float[][] logits = workbench.logits(world.input.model(), GraphBatch.whole(rebuilt));
                assertThat(found.get(i))
                        .as("variant " + i)
                        .containsExactly(softmax(logits[explanation.target().id()]), within(1e-5));
            }
        }
    }

    @Test
    void weakeningAllMessagesDiffersFromRemovingTheirEdges() {
        Graph graph = weighted();
        TestWorld world = world("gcn", graph, FeatureMaskType.NODE);
        ExplanationResult result = world.explain(NODES);
        List<Variant> variants = new ArrayList<>();
        for (boolean hard : List.of(false, true)) {
            for (int i = 0; i < NODES.size(); i++) {
                variants.add(new Variant(i, zeroOrOne(result.explanations().get(i), i), new float[0], hard));
            }
        }
        List<double[]> found = context(world, result).predict(variants);
        double largest = IntStream.range(0, NODES.size())
                .mapToDouble(i -> Math.abs(found.get(i)[0] - found.get(NODES.size() + i)[0]))
                .max()
                .orElseThrow();
        assertThat(largest).isGreaterThan(1e-3);
    }

    @ParameterizedTest
    @EnumSource
    void masksOfOnesChangeNothingAndOfZerosTakeFeaturesAway(FeatureMaskType type) {
        TestWorld world = world("gcn", TestGraphs.directed(30, 80, 6, CLASSES, 3), type);
        ExplanationResult result = world.explain(NODES);
        ScoreContext context = context(world, result);
        List<Variant> ones = new ArrayList<>();
        List<Variant> zeros = new ArrayList<>();
        List<Variant> plain = new ArrayList<>();
        for (int i = 0; i < NODES.size(); i++) {
            Explanation x = result.explanations().get(i);
            float[] mask = new float[x.featureMask().length];
            zeros.add(new Variant(i, new float[0], mask.clone(), false));
            Arrays.fill(mask, 1);
            float[] edges = new float[x.edgeCount()];
            Arrays.fill(edges, 1);
            ones.add(new Variant(i, edges, mask, false));
            plain.add(Variant.unchanged(i));
        }
        List<double[]> same = context.predict(ones);
        List<double[]> before = context.predict(plain);
        List<double[]> empty = context.predict(zeros);
        Graph bare = world.input
                .dataset()
                .graph()
                .withFeatures(
                        PerturbedInputs.noisy(world.input.dataset().graph().features(), value -> 0));
        try (Workbench workbench = Workbench.open()) {
            float[][] logits = workbench.logits(world.input.model(), GraphBatch.whole(bare));
            for (int i = 0; i < NODES.size(); i++) {
                assertThat(same.get(i)).containsExactly(before.get(i), within(1e-6));
                assertThat(empty.get(i)).containsExactly(softmax(logits[NODES.get(i)]), within(1e-5));
            }
        }
    }

    @Test
    void manyVariantsTogetherAreThoseOneByOne() {
        TestWorld world = world("gcn", TestGraphs.undirected(30, 60, 5, CLASSES, 1), FeatureMaskType.NODE_FEATURE);
        ExplanationResult result = world.explain(NODES);
        ScoreContext context = context(world, result);
        List<Variant> variants = new ArrayList<>();
        for (int k = 0; k < 40; k++) {
            int i = (5 * k) % NODES.size();
            Explanation x = result.explanations().get(i);
            boolean hard = k % 3 == 0;
            variants.add(new Variant(i, hard ? zeroOrOne(x, k) : x.edgeMask(), x.featureMask(), hard));
        }
        List<double[]> together = context.predict(variants);
        for (int k = 0; k < variants.size(); k++) {
            assertThat(context.predict(List.of(variants.get(k))).get(0)).containsExactly(together.get(k), within(1e-6));
        }
        assertThat(context.predict(variants)).usingRecursiveComparison().isEqualTo(together);
    }

    @Test
    void fewExplanationsWithManyVariantsShareBatches() {
        TestWorld world = world("gcn", TestGraphs.undirected(30, 60, 5, CLASSES, 1), FeatureMaskType.NODE);
        ExplanationResult result = world.explain(List.of(3));
        Explanation x = result.explanations().get(0);
        List<double[]> found = context(world, result).predict(new Variants(1, 1000, (i, k) -> {
            float[] mask = new float[x.edgeCount()];
            Arrays.fill(mask, k / 1000f);
            return new Variant(0, mask, new float[0], false);
        }));
        assertThat(found).hasSize(1000);
        assertThat(found.get(999)[0]).isNotEqualTo(found.get(0)[0]);
        float[] half = new float[x.edgeCount()];
        Arrays.fill(half, 0.5f);
        assertThat(found.get(500))
                .containsExactly(
                        context(world, result)
                                .predict(List.of(new Variant(0, half, new float[0], false)))
                                .get(0),
                        within(1e-6));
    }

    @Test
    void graphTasksAndLinksAreRemovedFromToo() {
        List<Graph> graphs = IntStream.range(0, 4)
                .mapToObj(i -> TestGraphs.undirected(8 + i, 14, 5, CLASSES, i))
                .toList();
        Dataset ofGraphs = TestWorld.dataset(Task.GRAPH)
                .graphs(graphs, new int[4])
                .classes(CLASSES)
                .build();
        checkRemoval(ofGraphs, List.of(0, 1, 2, 3));
        Dataset ofLinks = TestWorld.dataset(Task.LINK)
                .graph(TestGraphs.undirected(20, 30, 5, CLASSES, 1))
                .links(new int[] {0, 4, 9}, new int[] {5, 2, 11}, new int[] {0, 1, 0})
                .classes(2)
                .build();
        checkRemoval(ofLinks, List.of(0, 1, 2));
    }

    private static void checkRemoval(Dataset dataset, List<Integer> targets) {
        Task task = dataset.info().task();
        GnnModel model = Workbench.gcn(task, dataset.graph(), dataset.classCount(), 2);
        TestWorld world = new TestWorld(model, dataset, new TestWorld.RandomExplainer(FeatureMaskType.NODE));
        ExplanationResult result = world.explain(targets);
        List<Variant> variants = targets.stream()
                .map(i -> new Variant(i, zeroOrOne(result.explanations().get(i), i), new float[0], true))
                .toList();
        List<double[]> found = context(world, result).predict(variants);
        try (Workbench workbench = Workbench.open()) {
            for (int i : targets) {
                Explanation x = result.explanations().get(i);
                Graph graph = task == Task.GRAPH ? dataset.graphs().get(i) : dataset.graph();
                Graph rebuilt = without(graph, x, variants.get(i).edges());
                GraphBatch batch = task == Task.GRAPH
                        ? GraphBatch.whole(rebuilt)
                        : GraphBatch.of(List.of(
                                ComputationGraph.ofLink(rebuilt, dataset.linkSource(i), dataset.linkTarget(i), 2)));
                assertThat(found.get(i)).containsExactly(softmax(workbench.logits(model, batch)[0]), within(1e-5));
            }
        }
    }

    @Test
    void refusesToRemoveHalfAnEdge() {
        TestWorld world = world("gcn", TestGraphs.undirected(30, 60, 5, CLASSES, 1), FeatureMaskType.NODE);
        ExplanationResult result = world.explain(List.of(3));
        float[] mask = new float[result.explanations().get(0).edgeCount()];
        mask[0] = 0.25f;
        assertThatThrownBy(() -> context(world, result).predict(List.of(new Variant(0, mask, new float[0], true))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("edges are kept or removed, but a mask holds 0.25; set a threshold, or mask messages with"
                        + " removal=soft");
    }

    @Test
    void refusesExplanationsOfAnotherComputationGraph() {
        TestWorld world = world("gcn", TestGraphs.undirected(30, 60, 5, CLASSES, 1), FeatureMaskType.NODE);
        ExplanationResult result = world.explain(List.of(3, 7));
        Explanation first = result.explanations().get(0);
        Explanation second = result.explanations().get(1);
        Explanation mixed = new Explanation(
                first.target(), second.nodes(), second.edgeSources(), second.edgeTargets(), second.masks());
        ScoreContext context = context(world, result.withExplanations(List.of(mixed)));
        assertThatThrownBy(() -> context.predict(List.of(Variant.unchanged(0))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "the explanation of 3 does not hold the 2-hop computation graph that model 'model' has there;"
                                + " measure it with the model and data it was made with");
    }
}
