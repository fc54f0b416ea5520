package org.aitia.explainer.ig.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.engine.Rectifier;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelSession;
import org.aitia.testkit.tck.TestGraphs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntegratedGradientsTest {
    private static final float ROUNDING = 1e-5f;

    private final IntegratedGradientsExplainer ig = new IntegratedGradientsExplainer();
    private final Graph dense = TestGraphs.undirected(30, 50, 5, Laboratory.CLASSES, 1);
    private final Graph sparse = TestGraphs.directed(30, 90, 12, Laboratory.CLASSES, 3);
    private Laboratory laboratory;

    @BeforeEach
    void open() {
        laboratory = new Laboratory();
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    private static Map<String, String> options(String... pairs) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            options.put(pairs[i], pairs[i + 1]);
        }
        return options;
    }

    private static DenseFeatures rows(Graph graph, float[] row) {
        float[][] all = new float[graph.nodeCount()][];
        Arrays.fill(all, row);
        return DenseFeatures.of(all);
    }

    /** Attributions add up to F(x, edges at 1) - F(baseline, edges at 0), computed without the explainer. */
    @ParameterizedTest
    @CsvSource({
        "zero, node_and_edge",
        "mean, node_and_edge",
        "0.5, node_and_edge",
        "node:3, node_and_edge",
        "zero, features",
        "mean, features",
        "zero, node",
        "mean, node",
        "zero, edge"
    })
    void attributionsAddUpToWhatTheOutputGains(String baseline, String mask) {
        for (Graph graph : List.of(dense, sparse)) {
            GnnModel model = Laboratory.gcn(graph, Map.of("hidden", "8"));
            ComputationGraph block = ComputationGraph.of(graph, 7, 2);
            MaskValues masks =
                    laboratory.explain(ig, model, block, options("baseline", baseline, "mask", mask, "steps", "400"));
            float[] row = new float[graph.features().columns()];
            switch (baseline) {
                case "mean" -> row = Baseline.mean(graph.features());
                case "0.5" -> Arrays.fill(row, 0.5f);
                case "node:3" -> graph.features().copyRow(3, row, 0);
                default -> {
                    // zeros
                }
            }
            boolean edges = mask.equals("node_and_edge") || mask.equals("edge");
            float end = laboratory.logits(model, block, graph.features(), 1)[0];
            float start = laboratory
                    .logits(model, block, mask.equals("edge") ? graph.features() : rows(graph, row), edges ? 0 : 1)[0];
            assertThat(Laboratory.sum(masks)).isCloseTo(end - start, within(2e-3));
            assertThat(masks.diagnostics().get("completeness")).isCloseTo(end - start, within(1e-5));
            assertThat(masks.diagnostics().get("convergenceDelta"))
                    .isCloseTo(Laboratory.sum(masks) - (end - start), within(1e-5));
            assertThat(masks.edges()).hasSize(edges ? block.edgeCount() : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcn", "gat", "sage", "gin", "appnp", "cheb"})
    void completesForEveryArchitecture(String architecture) {
        GnnModel model = Laboratory.model(architecture, Task.NODE, dense, Laboratory.CLASSES, Map.of());
        List<ComputationGraph> blocks = IntStream.of(0, 7, 11)
                .mapToObj(v -> ComputationGraph.of(dense, v, model.info().hops()))
                .toList();
        for (String baseline : List.of("zero", "mean")) {
            Map<String, String> options =
                    options("baseline", baseline, "tolerance", "0.01", "steps", "64", "maxSteps", "4096");
            for (MaskValues masks : laboratory.explain(ig, model, blocks, 1, options)) {
                assertThat(masks.diagnostics()).containsEntry("converged", 1.0);
                assertThat(masks.diagnostics().get("convergenceDelta")).isBetween(-0.01, 0.01);
            }
        }
    }

    @Test
    void completesForGraphsAndLinks() {
        GnnModel graphs = Laboratory.model("gcn", Task.GRAPH, dense, Laboratory.CLASSES, Map.of());
        GnnModel links = Laboratory.model("gcn", Task.LINK, dense, 2, Map.of());
        List<ComputationGraph> wholes = List.of(
                ComputationGraph.whole(dense),
                ComputationGraph.whole(TestGraphs.undirected(9, 12, 5, Laboratory.CLASSES, 2)));
        List<ComputationGraph> pairs =
                List.of(ComputationGraph.ofLink(dense, 1, 4, 2), ComputationGraph.ofLink(dense, 8, 3, 2));
        for (String baseline : List.of("zero", "mean")) {
            Map<String, String> options = options("baseline", baseline, "steps", "500");
            List<MaskValues> all = new ArrayList<>(laboratory.explain(ig, graphs, wholes, 1, options));
            all.addAll(laboratory.explain(ig, links, pairs, 1, options));
            for (MaskValues masks : all) {
                assertThat(masks.diagnostics().get("convergenceDelta")).isCloseTo(0, within(2e-3));
            }
        }
    }

    /** A decoder may give "no link" a constant logit, which nothing could be attributed to. */
    @Test
    void ofLinksTheDifferenceOfTheTwoLogitsIsExplained() {
        GnnModel links = Laboratory.model("gcn", Task.LINK, dense, 2, Map.of());
        ComputationGraph pair = ComputationGraph.ofLink(dense, 1, 4, 2);
        float[] end = laboratory.logits(links, pair, dense.features(), 1);
        float[] start = laboratory.logits(links, pair, DenseFeatures.constant(30, 5, 0), 0);
        double gain = (end[0] - end[1]) - (start[0] - start[1]);
        MaskValues none = laboratory.explain(ig, links, pair, options("steps", "500"));
        assertThat(Math.abs(gain)).isGreaterThan(1e-3);
        assertThat(Laboratory.sum(none)).isCloseTo(gain, within(2e-3));
    }

    /** The one output is explained as it is. */
    @Test
    void completesForRegressionWhateverOutputIsAskedFor() {
        GnnModel model = Laboratory.model("gcn", Task.NODE, dense, 1, Map.of());
        ComputationGraph block = ComputationGraph.of(dense, 7, 2);
        float gain = laboratory.logits(model, block, dense.features(), 1)[0]
                - laboratory.logits(model, block, DenseFeatures.constant(30, 5, 0), 0)[0];
        MaskValues masks = laboratory.explain(ig, model, block, options("steps", "400", "output", "probability"));
        assertThat(Laboratory.sum(masks)).isCloseTo(gain, within(2e-3));
        assertThatThrownBy(() -> laboratory.explain(ig, model, block, options("contrast", "runner-up")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("contrast=runner-up needs a model of several classes; this one predicts a number;"
                        + " give contrast=none");
    }

    @Test
    void probabilitiesAndLogProbabilitiesAreCompletedToo() {
        GnnModel model = Laboratory.gcn(dense, Map.of());
        ComputationGraph block = ComputationGraph.of(dense, 7, 2);
        float[] end = laboratory.logits(model, block, dense.features(), 1);
        float[] start = laboratory.logits(model, block, DenseFeatures.constant(30, 5, 0), 0);
        MaskValues probability = laboratory.explain(ig, model, block, options("steps", "400", "output", "probability"));
        MaskValues logarithm =
                laboratory.explain(ig, model, block, options("steps", "400", "output", "log_probability"));
        assertThat(Laboratory.sum(probability)).isCloseTo(share(end) - share(start), within(1e-3));
        assertThat(Laboratory.sum(logarithm)).isCloseTo(Math.log(share(end)) - Math.log(share(start)), within(2e-3));
    }

    private static double share(float[] logits) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        return Math.exp(logits[0]) / sum;
    }

    /** The method is linear in what it explains. */
    @Test
    void aContrastIsTheDifferenceOfTwoExplanations() {
        GnnModel model = Laboratory.gcn(dense, Map.of());
        List<ComputationGraph> block = List.of(ComputationGraph.of(dense, 7, 2));
        MaskValues zero = laboratory.explain(ig, model, block, 0, Map.of()).get(0);
        MaskValues two = laboratory.explain(ig, model, block, 2, Map.of()).get(0);
        MaskValues contrast = laboratory
                .explain(ig, model, block, 0, options("contrast", "2"))
                .get(0);
        assertThat(contrast.edges()).containsExactly(difference(zero.edges(), two.edges()), within(ROUNDING));
        assertThat(contrast.features()).containsExactly(difference(zero.features(), two.features()), within(ROUNDING));
        float[] logits = laboratory.logits(model, block.get(0), dense.features(), 1);
        String runnerUp = logits[1] > logits[2] ? "1" : "2";
        assertThat(laboratory
                        .explain(ig, model, block, 0, options("contrast", "runner_up"))
                        .get(0)
                        .edges())
                .isEqualTo(laboratory
                        .explain(ig, model, block, 0, options("contrast", runnerUp))
                        .get(0)
                        .edges());
    }

    private static float[] difference(float[] a, float[] b) {
        float[] difference = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }

    @Test
    void valuesPerNodeAndPerFeatureAreSumsOfThoseOfEachFeature() {
        for (Graph graph : List.of(dense, sparse)) {
            GnnModel model = Laboratory.gcn(graph, Map.of());
            ComputationGraph block = ComputationGraph.of(graph, 11, 2);
            int width = graph.features().columns();
            for (String baseline : List.of("zero", "mean")) {
                float[] each = spread(laboratory.explain(ig, model, block, options("baseline", baseline)), block);
                float[] perNode = new float[block.nodeCount()];
                float[] perFeature = new float[width];
                for (int i = 0; i < each.length; i++) {
                    perNode[i / width] += each[i];
                    perFeature[i % width] += each[i];
                }
                MaskValues nodes =
                        laboratory.explain(ig, model, block, options("baseline", baseline, "nodeMaskType", "object"));
                MaskValues features = laboratory.explain(
                        ig, model, block, options("baseline", baseline, "node_mask_type", "common_attributes"));
                assertThat(nodes.featureType()).isEqualTo(FeatureMaskType.NODE);
                assertThat(nodes.features()).containsExactly(perNode, within(ROUNDING));
                assertThat(features.featureType()).isEqualTo(FeatureMaskType.FEATURE);
                assertThat(features.features()).containsExactly(perFeature, within(ROUNDING));
                MaskValues stored =
                        laboratory.explain(ig, model, block, options("baseline", baseline, "nodeMaskType", "stored"));
                assertThat(stored.featureType()).isEqualTo(FeatureMaskType.STORED);
                int[] offsets = block.storedOffsets();
                int[] columns = block.storedColumns();
                for (int v = 0; v < block.nodeCount(); v++) {
                    for (int i = offsets[v]; i < offsets[v + 1]; i++) {
                        assertThat(stored.features()[i]).isCloseTo(each[v * width + columns[i]], within(ROUNDING));
                    }
                }
            }
        }
    }

    /** One value per node and feature; 0 where nothing is stored. */
    private static float[] spread(MaskValues masks, ComputationGraph block) {
        if (masks.featureType() == FeatureMaskType.NODE_FEATURE) {
            return masks.features();
        }
        int width = block.graph().features().columns();
        float[] all = new float[block.nodeCount() * width];
        int[] offsets = block.storedOffsets();
        int[] columns = block.storedColumns();
        for (int v = 0; v < block.nodeCount(); v++) {
            for (int i = offsets[v]; i < offsets[v + 1]; i++) {
                all[v * width + columns[i]] = masks.features()[i];
            }
        }
        return all;
    }

    /** Sparse features are explained value by value where they are stored, and equal dense ones. */
    @Test
    void sparseFeaturesGiveTheSameAsDenseOnes() {
        GnnModel model = Laboratory.gcn(sparse, Map.of());
        float[][] rows = new float[30][12];
        for (int v = 0; v < 30; v++) {
            sparse.features().copyRow(v, rows[v], 0);
        }
        ComputationGraph block = ComputationGraph.of(sparse, 11, 2);
        ComputationGraph denseBlock = block.withFeatures(DenseFeatures.of(rows));
        for (String baseline : List.of("zero", "mean")) {
            MaskValues found = laboratory.explain(ig, model, block, options("baseline", baseline));
            MaskValues expected = laboratory.explain(ig, model, denseBlock, options("baseline", baseline));
            assertThat(found.featureType())
                    .isEqualTo(baseline.equals("zero") ? FeatureMaskType.STORED : FeatureMaskType.NODE_FEATURE);
            assertThat(spread(found, block)).containsExactly(expected.features(), within(ROUNDING));
            assertThat(found.edges()).containsExactly(expected.edges(), within(ROUNDING));
        }
    }

    /** A block of three hops holds what a model of two layers cannot see. */
    @Test
    void attributionsAreZeroOutsideTheReceptiveField() {
        for (Graph graph : List.of(dense, sparse)) {
            GnnModel model = Laboratory.gcn(graph, Map.of());
            ComputationGraph wide = ComputationGraph.of(graph, 7, 3);
            ComputationGraph field = ComputationGraph.of(graph, 7, 2);
            int width = graph.features().columns();
            assertThat(wide.nodeCount()).isGreaterThan(field.nodeCount());
            for (String baseline : List.of("zero", "mean")) {
                MaskValues found = laboratory.explain(ig, model, wide, options("baseline", baseline));
                float[] features = spread(found, wide);
                assertThat(Arrays.copyOfRange(features, field.nodeCount() * width, features.length))
                        .containsOnly(0);
                float[] edges = found.edges();
                assertThat(Arrays.copyOfRange(edges, field.edgeCount(), edges.length))
                        .containsOnly(0);
                MaskValues alone = laboratory.explain(ig, model, field, options("baseline", baseline));
                assertThat(Arrays.copyOf(edges, field.edgeCount())).containsExactly(alone.edges(), within(ROUNDING));
            }
        }
    }

    @Test
    void renumberingNodesRenumbersTheExplanation() {
        int[] to = IntStream.range(0, 30).map(v -> (v * 7 + 3) % 30).toArray();
        float[][] rows = new float[30][5];
        int[] sources = new int[dense.edgeCount()];
        int[] targets = new int[dense.edgeCount()];
        for (int v = 0; v < 30; v++) {
            dense.features().copyRow(v, rows[to[v]], 0);
        }
        for (int e = 0; e < sources.length; e++) {
            sources[e] = to[dense.source(e)];
            targets[e] = to[dense.target(e)];
        }
        Graph renumbered = Graph.builder(30)
                .edges(sources, targets)
                .features(DenseFeatures.of(rows))
                .build();
        GnnModel model = Laboratory.gcn(dense, Map.of());
        ComputationGraph before = ComputationGraph.of(dense, 7, 2);
        ComputationGraph after = ComputationGraph.of(renumbered, to[7], 2);
        MaskValues expected = laboratory.explain(ig, model, before, Map.of());
        MaskValues found = laboratory.explain(ig, model, after, Map.of());
        int compared = 0;
        for (int v = 0; v < before.nodeCount(); v++) {
            int there = IntStream.of(after.nodes()).boxed().toList().indexOf(to[before.node(v)]);
            assertThat(Arrays.copyOfRange(found.features(), there * 5, there * 5 + 5))
                    .containsExactly(Arrays.copyOfRange(expected.features(), v * 5, v * 5 + 5), within(ROUNDING));
            for (int e = before.inOffset(v); e < before.inOffset(v + 1); e++) {
                int source = to[before.node(before.source(e))];
                for (int other = after.inOffset(there); other < after.inOffset(there + 1); other++) {
                    if (after.node(after.source(other)) == source) {
                        assertThat(found.edges()[other]).isCloseTo(expected.edges()[e], within(ROUNDING));
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isEqualTo(before.edgeCount());
    }

    /** Points computed one by one and several at once, of a target alone or among others. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void copiesOfABatchDoNotChangeTheResult(boolean input) {
        for (Graph graph : List.of(dense, sparse)) {
            GnnModel model = Laboratory.gcn(graph, Map.of());
            List<ComputationGraph> blocks = IntStream.of(0, 7, 11)
                    .mapToObj(v -> ComputationGraph.of(graph, v, 2))
                    .toList();
            laboratory.with(model, blocks, 1, Map.of(), batch -> {
                Attribution once = attribution(batch, List.of(0, 1, 2), 1, input);
                for (int copies : new int[] {2, 3, 7, 10}) {
                    Attribution several = attribution(batch, List.of(0, 1, 2), copies, input);
                    for (int b = 0; b < 3; b++) {
                        assertThat(several.features()[b]).containsExactly(once.features()[b], within(ROUNDING));
                        assertThat(several.edges()[b]).containsExactly(once.edges()[b], within(ROUNDING));
                    }
                    Attribution alone = attribution(batch, List.of(1), copies, input);
                    assertThat(alone.features()[0]).containsExactly(once.features()[1], within(ROUNDING));
                    assertThat(alone.edges()[0]).containsExactly(once.edges()[1], within(ROUNDING));
                }
                return null;
            });
        }
    }

    private static Attribution attribution(ExplanationBatch batch, List<Integer> chosen, int copies, boolean input) {
        IgOptions options = new IntegratedGradientsExplainer().options().parse(Map.of());
        GradientExplainer.Work<IgOptions> work = new GradientExplainer.Work<>(batch, options, true);
        Rule.Weighted rule = Rule.GAUSSLEGENDRE.of(10);
        FeatureMaskType type = input ? FeatureMaskType.NODE_FEATURE : work.factorType();
        try (Replicas replicas = new Replicas(batch, chosen, copies, input);
                TensorScope scope = batch.engine().openScope()) {
            NDArray present = work.presentFeatures(replicas);
            Optional<StraightPath.Line> line =
                    input ? Optional.of(new StraightPath.Line(present.zerosLike(), present)) : Optional.empty();
            StraightPath path = new StraightPath(
                    batch.engine().kernels(),
                    rule.points(),
                    rule.weights(),
                    Optional.of(new StraightPath.FeatureLine(type, line)),
                    true);
            GradientSum.Values values = work.gradients(replicas, type, Rectifier.PLAIN, false)
                    .run(path)
                    .values();
            return work.attribution(replicas, values, type);
        }
    }

    /** Peers run one step at a time; here fifty steps of few targets and both ends are one call. */
    @Test
    void allStepsOfFewTargetsAreOneCall() {
        GnnModel model = Laboratory.gcn(dense, Map.of());
        List<ComputationGraph> blocks = IntStream.of(0, 7, 11)
                .mapToObj(v -> ComputationGraph.of(dense, v, 2))
                .toList();
        AtomicInteger calls = new AtomicInteger();
        for (int steps : new int[] {8, 50}) {
            calls.set(0);
            laboratory.with(
                    model,
                    blocks,
                    0,
                    options("steps", Integer.toString(steps)),
                    batch -> ig.explain(Laboratory.withSession(
                            batch, Laboratory.intercepting(ModelSession.class, batch.session(), (method, call) -> {
                                calls.addAndGet(method.equals("forward") ? 1 : 0);
                                return call.get();
                            }))));
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void stepsAreDoubledForTheTargetsThatNeedIt() {
        GnnModel model = Laboratory.gcn(dense, Map.of());
        List<ComputationGraph> blocks = IntStream.range(0, 30)
                .mapToObj(v -> ComputationGraph.of(dense, v, 2))
                .toList();
        Map<String, String> options =
                options("method", "riemann-left", "steps", "8", "tolerance", "0.02", "maxSteps", "1024");
        List<MaskValues> results = laboratory.explain(ig, model, blocks, 0, options);
        for (MaskValues masks : results) {
            assertThat(masks.diagnostics()).containsEntry("converged", 1.0);
            assertThat(masks.diagnostics().get("convergenceDelta")).isBetween(-0.02, 0.02);
            double steps = masks.diagnostics().get("steps");
            assertThat(Math.log(steps / 8) / Math.log(2))
                    .isCloseTo(Math.rint(Math.log(steps / 8) / Math.log(2)), within(1e-9));
        }
        assertThat(results.stream().map(m -> m.diagnostics().get("steps")).distinct())
                .hasSizeGreaterThan(1);
        int last = results.size() - 1;
        MaskValues bare = laboratory.explain(ig, model, blocks.get(last), options("mask", "edge"));
        float output = laboratory.logits(model, blocks.get(last), dense.features(), 1)[0];
        assertThat(bare.diagnostics().get("baselineOutput")).isCloseTo(output, within(1e-5));
        MaskValues alone = laboratory
                .explain(ig, model, List.of(blocks.get(3)), 0, options)
                .get(0);
        assertThat(alone.edges()).containsExactly(results.get(3).edges(), within(ROUNDING));
        assertThat(dense.inDegree(last)).isZero();
        assertThat(results.get(last).edges()).isEmpty();
    }

    @Test
    void whatDoesNotConvergeSaysSo() {
        GnnModel model = Laboratory.gcn(dense, Map.of());
        ComputationGraph block = ComputationGraph.of(dense, 7, 2);
        Map<String, String> options =
                options("method", "riemann-left", "steps", "3", "tolerance", "1e-9", "maxSteps", "20");
        MaskValues masks = laboratory.explain(ig, model, block, options);
        assertThat(masks.diagnostics()).containsEntry("converged", 0.0).containsEntry("steps", 12.0);
        assertThat(laboratory.explain(ig, model, block, options("steps", "3")).diagnostics())
                .containsEntry("steps", 3.0)
                .doesNotContainKey("converged");
    }

    @Test
    void attributionsAreScaledAsAskedForAndTheScaleIsTold() {
        GnnModel model = Laboratory.gcn(sparse, Map.of());
        ComputationGraph block = ComputationGraph.of(sparse, 11, 2);
        MaskValues plain = laboratory.explain(ig, model, block, Map.of());
        MaskValues sum = laboratory.explain(ig, model, block, options("scaling", "absolute_sum"));
        MaskValues max = laboratory.explain(ig, model, block, options("scaling", "max"));
        MaskValues perNode = laboratory.explain(ig, model, block, options("scaling", "node_absolute_sum"));
        for (boolean edges : new boolean[] {true, false}) {
            float[] values = edges ? plain.edges() : plain.features();
            String scale = edges ? "edgeScale" : "featureScale";
            assertThat(absoluteSum(edges ? sum.edges() : sum.features())).isCloseTo(1, within(1e-5));
            assertThat(absoluteMax(edges ? max.edges() : max.features())).isEqualTo(1);
            for (MaskValues scaled : List.of(sum, max)) {
                double factor = scaled.diagnostics().get(scale);
                float[] found = edges ? scaled.edges() : scaled.features();
                for (int i = 0; i < values.length; i++) {
                    assertThat(found[i] * factor).isCloseTo(values[i], within(1e-5));
                }
            }
        }
        int[] offsets = block.storedOffsets();
        for (int v = 0; v < block.nodeCount(); v++) {
            float[] before = Arrays.copyOfRange(plain.features(), offsets[v], offsets[v + 1]);
            float[] after = Arrays.copyOfRange(perNode.features(), offsets[v], offsets[v + 1]);
            assertThat(absoluteSum(after)).isCloseTo(absoluteSum(before) == 0 ? 0 : 1, within(1e-5));
        }
        assertThat(plain.diagnostics()).doesNotContainKey("edgeScale");
    }

    private static double absoluteSum(float[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> Math.abs(values[i]))
                .sum();
    }

    private static double absoluteMax(float[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> Math.abs(values[i]))
                .max()
                .orElse(0);
    }

    @Test
    void emptyComputationGraphsOfSparseFeaturesAreExplained() {
        Graph bare = Graph.builder(2)
                .features(new SparseFeatures(3, new int[] {0, 0, 1}, new int[] {1}, new float[] {2}))
                .build();
        GnnModel model = Laboratory.gcn(bare, Map.of());
        List<ComputationGraph> blocks = List.of(ComputationGraph.of(bare, 0, 2), ComputationGraph.of(bare, 1, 2));
        List<MaskValues> results = laboratory.explain(ig, model, blocks, 0, Map.of());
        assertThat(results.get(0).features()).isEmpty();
        assertThat(results.get(1).features()).hasSize(1);
        assertThat(results.get(1).diagnostics().get("convergenceDelta")).isCloseTo(0, within(1e-5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            baseline | dark | option 'baseline' takes zero, mean, a number, as many numbers as there are features divided by ; or node:N, not 'dark'
            contrast | other | option 'contrast' takes none, runner-up or the number of a class, not 'other'
            steps | 0 | option 'steps' must be >= 1 and <= 100000, not '0'
            tolerance | -1 | option 'tolerance' must be >= 0, not '-1'
            method | simpson | option 'method' takes one of riemann-left, riemann-right, riemann-middle, riemann-trapezoid, captum-trapezoid, gausslegendre, not 'simpson'
            mask | all | option 'mask' takes one of node-and-edge, node, edge, features, not 'all'
            scaling | l2 | option 'scaling' takes one of none, absolute-sum, node-absolute-sum, max, not 'l2'
            """)
    void wrongValuesAreRefusedWithWhatIsAllowed(String option, String value, String message) {
        assertThatThrownBy(() -> ig.options().parse(Map.of(option, value)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    @Test
    void whatDoesNotFitModelOrGraphIsRefused() {
        GnnModel model = Laboratory.gcn(dense, Map.of());
        ComputationGraph block = ComputationGraph.of(dense, 7, 2);
        Map<Map<String, String>, String> wrong = Map.of(
                Map.of("contrast", "3"), "contrast=3: the model has classes 0..2; give one of them",
                Map.of("contrast", "0"),
                        "contrast=0: target 7 is explained for that class itself; give another class, or runner-up",
                Map.of("baseline", "node:30"), "baseline=node:30: the graph has nodes 0..29",
                Map.of("baseline", "1;2"),
                        "baseline gives 2 numbers; nodes have 5 features; give one number, or one for each",
                Map.of("method", "riemann_trapezoid", "steps", "1"),
                        "option 'steps' must be >= 2 for a trapezoid, not '1'");
        wrong.forEach((options, message) -> assertThatThrownBy(() -> laboratory.explain(ig, model, block, options))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message));
    }
}
