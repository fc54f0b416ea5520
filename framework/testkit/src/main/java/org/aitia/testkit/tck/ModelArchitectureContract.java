package org.aitia.testkit.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.engine.AdamOptimizer;
import org.aitia.api.engine.AdamOptions;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.Rectifier;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.PreparedBatch;
import org.aitia.api.model.TrainingSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link ModelArchitecture} promises: above all that a prediction in a computation graph is the prediction
 * in the full graph, and that masks mean what {@link Masks} says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ModelArchitectureContract {
    private static final int FEATURES = 6;
    private static final int CLASSES = 3;
    private static final long SEED = 11;

    /** Half the steps of difference quotients: one large against float rounding, one small against bends. */
    private static final float[] STEPS = {4e-3f, 1e-3f};

    /** Directions to differentiate along; an odd number. */
    private static final int DIRECTIONS = 9;

    private Workbench workbench;
    private TensorEngine engine;

    /** For subclasses. */
    protected ModelArchitectureContract() {}

    /**
     * Makes the architecture under test.
     *
     * @return an architecture, ready for use
     */
    protected abstract ModelArchitecture architecture();

    /**
     * Returns the options to test with, each as typed.
     *
     * @return the defaults, unless overridden
     */
    protected List<Map<String, String>> variants() {
        return List.of(Map.of());
    }

    /**
     * Tells whether it makes models for graph tasks.
     *
     * @return true by default
     */
    protected boolean classifiesGraphs() {
        return true;
    }

    /**
     * Tells whether it makes models for link tasks.
     *
     * @return true by default
     */
    protected boolean predictsLinks() {
        return true;
    }

    /**
     * Returns how many features the edges of the test's graphs have, for architectures that use them.
     *
     * @return 0 by default
     */
    protected int edgeFeatures() {
        return 0;
    }

    /**
     * Tells whether the weight of a message depends on features of other nodes, as with attention. A mask multiplies
     * messages after that, so that masked neighbours still have an effect on the weight of a self-loop.
     *
     * @return false by default
     */
    protected boolean attends() {
        return false;
    }

    /**
     * Returns how much two computations of one logit may differ: batches of other sizes sum in another order.
     *
     * @return 1e-5 by default
     */
    protected float tolerance() {
        return 1e-5f;
    }

    @BeforeEach
    void openWorkbench() {
        workbench = Workbench.open();
        engine = workbench.lease().engine();
    }

    @AfterEach
    void closeWorkbench() {
        workbench.close();
    }

    /** Undirected with dense features; directed with sparse ones; directed with weights and self-loops. */
    private List<Graph> graphs() {
        return Stream.of(
                        TestGraphs.undirected(24, 40, FEATURES, CLASSES, 1),
                        TestGraphs.directed(24, 60, FEATURES, CLASSES, 2),
                        weightedWithSelfLoops())
                .map(graph -> edgeFeatures() == 0 ? graph : withEdgeFeatures(graph, edgeFeatures(), 14))
                .toList();
    }

    private Graph withEdgeFeatures(Graph graph, int columns, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        float[][] edges = new float[graph.edgeCount()][columns];
        for (float[] row : edges) {
            for (int d = 0; d < row.length; d++) {
                row[d] = (float) random.nextGaussian();
            }
        }
        return rebuilt(graph, graph.features(), DenseFeatures.of(edges), identity(graph.nodeCount()));
    }

    private static int[] identity(int n) {
        return IntStream.range(0, n).toArray();
    }

    /** The same graph with other features, its nodes renumbered; features are given by new number. */
    private static Graph rebuilt(Graph graph, Features features, Features edgeFeatures, int[] renumbered) {
        GraphBuilder builder = Graph.builder(graph.nodeCount()).features(features);
        for (int v = 0; v < graph.nodeCount(); v++) {
            for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
                builder.edge(renumbered[graph.source(e)], renumbered[v], graph.edgeWeight(e));
            }
        }
        if (edgeFeatures.columns() > 0) {
            builder.edgeFeatures(edgeFeatures);
        }
        if (graph.hasLabels()) {
            int[] labels = new int[graph.nodeCount()];
            for (int v = 0; v < labels.length; v++) {
                labels[renumbered[v]] = graph.label(v);
            }
            builder.labels(labels);
        }
        return builder.build();
    }

    private static Graph weightedWithSelfLoops() {
        int nodes = 24;
        RandomGenerator random = Seeds.generator(3);
        GraphBuilder builder = Graph.builder(nodes)
                .features(TestGraphs.undirected(nodes, 1, FEATURES, CLASSES, 4).features());
        for (int e = 0; e < 50; e++) {
            // the last node stays isolated
            builder.edge(random.nextInt(nodes - 1), random.nextInt(nodes - 1), 0.2f + random.nextFloat());
        }
        return builder.edge(0, 0, 0.7f).edge(5, 5, 1.6f).build();
    }

    /** A model all of whose parameters differ from their starting values, so that no term is zero by chance. */
    private GnnModel model(Task task, Map<String, String> options) {
        ModelShape shape = shape(task);
        RandomGenerator random = Seeds.generator(SEED);
        List<Parameter> parameters = architecture().create(shape, options, SEED).parameters().stream()
                .map(p -> {
                    float[] values = p.values();
                    for (int i = 0; i < values.length; i++) {
                        // what is not trained may be a variance: never less than at the start
                        values[i] += 0.2f * (p.isTrainable() ? (float) random.nextGaussian() : random.nextFloat());
                    }
                    return new Parameter(p.name(), p.shape(), values, p.isTrainable());
                })
                .toList();
        return architecture().restore(shape, options, parameters);
    }

    private ModelShape shape(Task task) {
        return new ModelShape(task, FEATURES, task == Task.LINK ? 2 : CLASSES, edgeFeatures());
    }

    private GnnModel nodeModel(Map<String, String> options) {
        return model(Task.NODE, options);
    }

    private static GraphBatch local(GnnModel model, Graph graph, int... nodes) {
        return GraphBatch.of(IntStream.of(nodes)
                .mapToObj(v -> ComputationGraph.of(graph, v, model.info().hops()))
                .toList());
    }

    private static int[] allNodes(Graph graph) {
        return IntStream.range(0, graph.nodeCount()).toArray();
    }

    private float[] logits(GnnModel model, GraphBatch batch, Masks masks) {
        try (ModelSession session = model.open(workbench.lease());
                PreparedBatch prepared = session.prepare(batch)) {
            return logits(session, prepared, masks);
        }
    }

    private float[] logits(ModelSession session, PreparedBatch prepared, Masks masks) {
        try (TensorScope scope = engine.openScope()) {
            return session.forward(prepared, masks).toFloatArray();
        }
    }

    private NDArray array(float[] values, long... shape) {
        return workbench.lease().manager().create(values, new Shape(shape));
    }

    private static float[] uniform(int size, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    private static float[] row(float[] logits, int row) {
        return Arrays.copyOfRange(logits, row * CLASSES, (row + 1) * CLASSES);
    }

    private void assertSame(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i])
                    .as("logit %d of row %d", i % CLASSES, i / CLASSES)
                    .isCloseTo(expected[i], within(tolerance() * Math.max(1, Math.abs(expected[i]))));
        }
    }

    private static void assumeMessageMasks(GnnModel model) {
        assumeTrue(
                model.info().edgeMasks() == EdgeMaskSupport.MESSAGE,
                "skipped: the architecture does not mask single messages");
    }

    // --- locality -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("variants")
    void logitsInComputationGraphsAreThoseInTheFullGraph(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        for (Graph graph : graphs()) {
            float[] full = logits(model, GraphBatch.whole(graph), Masks.NONE);
            assertSame(logits(model, local(model, graph, allNodes(graph)), Masks.NONE), full);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void computationGraphsOfMoreHopsThanNeededGiveTheSame(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        for (Graph graph : graphs()) {
            GraphBatch wide = GraphBatch.of(IntStream.of(allNodes(graph))
                    .mapToObj(v -> ComputationGraph.of(graph, v, model.info().hops() + 1))
                    .toList());
            assertSame(logits(model, wide, Masks.NONE), logits(model, GraphBatch.whole(graph), Masks.NONE));
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aBatchGivesWhatItsBlocksGiveOneByOne(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        for (Graph graph : graphs()) {
            int[] nodes = {7, 0, 23, 7, 12};
            float[] together = logits(model, local(model, graph, nodes), Masks.NONE);
            for (int b = 0; b < nodes.length; b++) {
                assertSame(row(together, b), logits(model, local(model, graph, nodes[b]), Masks.NONE));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aBatchOfGraphsGivesWhatTheyGiveOneByOne(Map<String, String> options) {
        assumeTrue(classifiesGraphs(), "skipped: the architecture does not classify graphs");
        GnnModel model = model(Task.GRAPH, options);
        List<Graph> graphs = graphs();
        float[] together = logits(
                model,
                GraphBatch.of(graphs.stream().map(ComputationGraph::whole).toList()),
                Masks.NONE);
        for (int b = 0; b < graphs.size(); b++) {
            assertSame(row(together, b), logits(model, GraphBatch.whole(graphs.get(b)), Masks.NONE));
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void renumberingNodesRenumbersLogits(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        for (Graph graph : graphs()) {
            int n = graph.nodeCount();
            int[] renumbered = IntStream.range(0, n).map(v -> (v * 7 + 3) % n).toArray(); // 7 and 24 have no divisor
            float[][] features = new float[n][FEATURES];
            for (int v = 0; v < n; v++) {
                graph.features().copyRow(v, features[renumbered[v]], 0);
            }
            Graph other = rebuilt(graph, DenseFeatures.of(features), graph.edgeFeatures(), renumbered);
            float[] before = logits(model, GraphBatch.whole(graph), Masks.NONE);
            float[] after = logits(model, GraphBatch.whole(other), Masks.NONE);
            for (int v = 0; v < n; v++) {
                assertSame(row(after, renumbered[v]), row(before, v));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void embeddingsAreOfTheRowsThatEachLayerComputes(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        int hops = model.info().hops();
        GraphBatch batch = local(model, graphs().get(0), 3, 8);
        try (ModelSession session = model.open(workbench.lease());
                PreparedBatch prepared = session.prepare(batch);
                TensorScope scope = engine.openScope()) {
            List<NDArray> embeddings = session.embeddings(prepared, Masks.NONE);
            assertThat(embeddings).isNotEmpty();
            // a layer may reach several hops
            Set<Long> possible = IntStream.range(0, hops)
                    .mapToObj(depth -> (long) batch.nodesWithin(depth))
                    .collect(Collectors.toSet());
            long before = batch.nodesWithin(hops);
            for (NDArray embedding : embeddings) {
                long rows = embedding.getShape().get(0);
                assertThat(rows).isIn(possible).isLessThanOrEqualTo(before);
                before = rows;
            }
            assertThat(before).isEqualTo(batch.nodesWithin(0));
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void blocksOfSeveralTargetsGiveARowForEach(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        int hops = model.info().hops();
        int[] first = {7, 3, 23};
        int[] second = {3, 12};
        for (Graph graph : graphs()) {
            float[] full = logits(model, GraphBatch.whole(graph), Masks.NONE);
            GraphBatch batch = GraphBatch.of(
                    List.of(ComputationGraph.of(graph, first, hops), ComputationGraph.of(graph, second, hops)));
            float[] together = logits(model, batch, Masks.NONE);
            int[] targets =
                    IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
            assertThat(together).hasSize(targets.length * CLASSES);
            for (int r = 0; r < targets.length; r++) {
                assertSame(row(together, r), row(full, targets[r]));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void samplesOfAllNeighboursAreNoSamples(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        int[] targets = {7, 3, 23};
        int[] fanouts = new int[model.info().hops()];
        Arrays.fill(fanouts, -1);
        for (Graph graph : graphs()) {
            float[] full = logits(model, GraphBatch.whole(graph), Masks.NONE);
            GraphBatch batch =
                    GraphBatch.of(List.of(ComputationGraph.sampled(graph, targets, fanouts, Seeds.generator(1))));
            float[] sampled = logits(model, batch, Masks.NONE);
            for (int r = 0; r < targets.length; r++) {
                assertSame(row(sampled, r), row(full, targets[r]));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void samplesOfFewNeighboursGiveNumbers(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        int[] targets = {7, 3, 23};
        int[] fanouts = new int[model.info().hops()];
        Arrays.fill(fanouts, 1);
        for (Graph graph : graphs()) {
            GraphBatch batch =
                    GraphBatch.of(List.of(ComputationGraph.sampled(graph, targets, fanouts, Seeds.generator(1))));
            float[] logits = logits(model, batch, Masks.NONE);
            assertThat(logits).hasSize(targets.length * CLASSES);
            for (float logit : logits) {
                assertThat(logit).isFinite();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void graphsWithoutEdgesArePredicted(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        for (Graph graph : List.of(
                TestGraphs.undirected(4, 0, FEATURES, CLASSES, 1), TestGraphs.directed(4, 0, FEATURES, CLASSES, 2))) {
            float[] whole = logits(model, GraphBatch.whole(graph), Masks.NONE);
            for (float logit : whole) {
                assertThat(logit).isFinite();
            }
            assertSame(logits(model, local(model, graph, allNodes(graph)), Masks.NONE), whole);
            Masks masks = Masks.ofEdges(array(new float[0], 0));
            assertSame(logits(model, GraphBatch.whole(graph), masks), whole);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void edgesRemovedFromTheGraphAreEdgesThatItNeverHad(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        int target = 5; // has a self-loop in one of the graphs
        for (Graph graph : graphs()) {
            ComputationGraph block =
                    ComputationGraph.of(graph, target, model.info().hops());
            int[] removed = IntStream.range(0, block.edgeCount())
                    .filter(e -> e % 3 == 0)
                    .toArray();
            Set<Integer> gone = IntStream.of(removed).mapToObj(block::edge).collect(Collectors.toSet());
            float[] expected = row(logits(model, GraphBatch.whole(without(graph, gone)), Masks.NONE), target);
            ComputationGraph whole = ComputationGraph.whole(graph)
                    .removing(gone.stream().mapToInt(e -> e).toArray());
            assertSame(row(logits(model, GraphBatch.of(List.of(whole)), Masks.NONE), target), expected);
            GraphBatch batch = GraphBatch.of(List.of(block, block.removing(removed)));
            assertSame(row(logits(model, batch, Masks.NONE), 1), expected);
            if (edgeFeatures() > 0) {
                float[] ones = new float[batch.edgeCount() * edgeFeatures()];
                Arrays.fill(ones, 1);
                assertSame(row(logits(model, batch, ofEdgeFeatures(ones)), 1), expected);
            }
        }
    }

    private static Graph without(Graph graph, Set<Integer> gone) {
        GraphBuilder builder = Graph.builder(graph.nodeCount()).features(graph.features());
        List<float[]> edgeFeatures = new ArrayList<>();
        for (int v = 0; v < graph.nodeCount(); v++) {
            for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
                if (!gone.contains(e)) {
                    builder.edge(graph.source(e), v, graph.edgeWeight(e));
                    float[] row = new float[graph.edgeFeatures().columns()];
                    graph.edgeFeatures().copyRow(e, row, 0);
                    edgeFeatures.add(row);
                }
            }
        }
        if (graph.edgeFeatures().columns() > 0) {
            builder.edgeFeatures(DenseFeatures.of(edgeFeatures.toArray(float[][]::new)));
        }
        return builder.build();
    }

    private static List<ComputationGraph> whole(List<Graph> graphs) {
        return graphs.stream().map(ComputationGraph::whole).toList();
    }

    // --- links ----------------------------------------------------------------------------------------------------

    private static final int[] LINK_SOURCES = {3, 0, 23, 12, 8};
    private static final int[] LINK_TARGETS = {8, 12, 5, 0, 3};

    private static List<ComputationGraph> links(Graph graph, int hops) {
        return IntStream.range(0, LINK_SOURCES.length)
                .mapToObj(i -> ComputationGraph.ofLink(graph, LINK_SOURCES[i], LINK_TARGETS[i], hops))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void linksInComputationGraphsGetTheLogitsOfTheFullGraph(Map<String, String> options) {
        assumeTrue(predictsLinks(), "skipped: the architecture does not predict links");
        GnnModel model = model(Task.LINK, options);
        for (Graph graph : graphs()) {
            float[] full = logits(model, GraphBatch.wholeWithLinks(graph, LINK_SOURCES, LINK_TARGETS), Masks.NONE);
            assertThat(full).hasSize(2 * LINK_SOURCES.length);
            List<ComputationGraph> links = links(graph, model.info().hops());
            float[] together = logits(model, GraphBatch.of(links), Masks.NONE);
            assertSame(together, full);
            for (int b = 0; b < links.size(); b++) {
                assertSame(
                        logits(model, GraphBatch.of(links.subList(b, b + 1)), Masks.NONE),
                        Arrays.copyOfRange(full, 2 * b, 2 * b + 2));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void edgeMasksOfLinksMeanTheSameInComputationGraphsAndInTheFullGraph(Map<String, String> options) {
        assumeTrue(predictsLinks(), "skipped: the architecture does not predict links");
        GnnModel model = model(Task.LINK, options);
        assumeMessageMasks(model);
        for (Graph graph : graphs()) {
            float[] mask = uniform(graph.edgeCount(), 8);
            GraphBatch whole = GraphBatch.wholeWithLinks(graph, LINK_SOURCES, LINK_TARGETS);
            GraphBatch batch = GraphBatch.of(links(graph, model.info().hops()));
            float[] local = inBlocks(batch, mask);
            assertSame(
                    logits(model, batch, Masks.ofEdges(array(local, local.length))),
                    logits(model, whole, Masks.ofEdges(array(mask, mask.length))));
        }
    }

    /** Brings values of the full graph's edges into a batch's order. */
    private static float[] inBlocks(GraphBatch batch, float[] values) {
        float[][] perBlock = new float[batch.blocks().size()][];
        for (int b = 0; b < perBlock.length; b++) {
            int[] edges = batch.blocks().get(b).edges();
            perBlock[b] = new float[edges.length];
            for (int e = 0; e < edges.length; e++) {
                perBlock[b][e] = values[edges[e]];
            }
        }
        return batch.joinEdges(perBlock);
    }

    @Test
    void modelsRefuseWhatIsNotOfTheirTask() {
        assumeTrue(predictsLinks(), "skipped: the architecture does not predict links");
        Graph graph = graphs().get(0);
        Map<String, String> options = variants().get(0);
        GnnModel nodes = nodeModel(options);
        GnnModel links = model(Task.LINK, options);
        int hops = nodes.info().hops();
        try (ModelSession session = nodes.open(workbench.lease());
                ModelSession linkSession = links.open(workbench.lease());
                PreparedBatch none = linkSession.prepare(GraphBatch.whole(graph))) {
            assertThatThrownBy(() -> session.prepare(GraphBatch.of(links(graph, hops))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("link 3-8");
            assertThatThrownBy(() -> linkSession.prepare(local(nodes, graph, 4)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("node 4");
            assertThatThrownBy(() -> linkSession.forward(none, Masks.NONE))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("links");
        }
    }

    // --- attention and features of edges --------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("variants")
    void attentionOfANodeAddsUpToOne(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        int hops = model.info().hops();
        for (Graph graph : graphs()) {
            GraphBatch batch = local(model, graph, 3, 8, 23);
            try (ModelSession session = model.open(workbench.lease());
                    PreparedBatch prepared = session.prepare(batch);
                    TensorScope scope = engine.openScope()) {
                List<ModelSession.Attention> attention = session.attention(prepared, Masks.NONE);
                if (!attends()) {
                    assertThat(attention).isEmpty();
                    continue;
                }
                assertThat(attention).hasSize(hops);
                for (int k = 1; k <= hops; k++) {
                    checkSums(batch, batch.nodesWithin(hops - k), attention.get(k - 1));
                }
            }
        }
    }

    private static void checkSums(GraphBatch batch, int rows, ModelSession.Attention attention) {
        int[] offsets = batch.inOffsets(rows);
        int[] sources = batch.sources(offsets[rows]);
        int heads = (int) attention.edges().getShape().get(1);
        long loops = attention.selfLoops().getShape().get(0);
        assertThat(attention.edges().getShape()).isEqualTo(new Shape(offsets[rows], heads));
        assertThat(attention.selfLoops().getShape().get(1)).isEqualTo(heads);
        assertThat(loops).isIn(0L, (long) rows);
        float[] edges = attention.edges().toFloatArray();
        float[] added = attention.selfLoops().toFloatArray();
        for (int r = 0; r < rows; r++) {
            for (int h = 0; h < heads; h++) {
                double sum = loops == 0 ? 0 : added[r * heads + h];
                for (int e = offsets[r]; e < offsets[r + 1]; e++) {
                    float share = edges[e * heads + h];
                    assertThat(share).isBetween(0f, 1f);
                    if (loops > 0 && sources[e] == r) {
                        assertThat(share).as("self-loop of row %d", r).isEqualTo(added[r * heads + h]);
                    } else {
                        sum += share;
                    }
                }
                if (loops == 0 && offsets[r] == offsets[r + 1]) {
                    assertThat(sum).isZero();
                } else {
                    assertThat(sum).as("head %d of row %d", h, r).isCloseTo(1, within(1e-5));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void attentionInComputationGraphsIsThatInTheFullGraph(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        for (Graph graph : graphs()) {
            GraphBatch batch = local(model, graph, 3, 8, 23);
            try (ModelSession session = model.open(workbench.lease());
                    PreparedBatch whole = session.prepare(GraphBatch.whole(graph));
                    PreparedBatch prepared = session.prepare(batch);
                    TensorScope scope = engine.openScope()) {
                List<ModelSession.Attention> full = session.attention(whole, Masks.NONE);
                List<ModelSession.Attention> local = session.attention(prepared, Masks.NONE);
                assertThat(full.isEmpty()).as("has no attention").isEqualTo(!attends());
                assertThat(local).hasSameSizeAs(full);
                for (int k = 0; k < full.size(); k++) {
                    int heads = (int) full.get(k).edges().getShape().get(1);
                    float[] expected = full.get(k).edges().toFloatArray();
                    float[] actual = local.get(k).edges().toFloatArray();
                    for (int e = 0; e < actual.length / heads; e++) {
                        int original = batch.blocks().get(batch.edgeBlocks()[e]).edge(batch.edgeLocals()[e]);
                        for (int h = 0; h < heads; h++) {
                            assertThat(actual[e * heads + h])
                                    .isCloseTo(expected[original * heads + h], within(tolerance()));
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void featuresOfEdgesCountWhereTheModelTakesThemAndNowhereElse(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        for (Graph graph : graphs()) {
            float[] plain = logits(model, GraphBatch.whole(graph), Masks.NONE);
            if (edgeFeatures() > 0) {
                assertThat(logits(model, GraphBatch.whole(withEdgeFeatures(graph, edgeFeatures(), 15)), Masks.NONE))
                        .isNotEqualTo(plain);
            } else {
                assertThat(logits(model, GraphBatch.whole(withEdgeFeatures(graph, 2, 15)), Masks.NONE))
                        .isEqualTo(plain);
            }
        }
    }

    @Test
    void featuresOfEdgesThatTheModelTakesMustBeThere() {
        Graph bare = TestGraphs.undirected(10, 20, FEATURES, CLASSES, 1);
        try (ModelSession session = nodeModel(variants().get(0)).open(workbench.lease())) {
            if (edgeFeatures() == 0) {
                assertThatCode(() -> session.prepare(GraphBatch.whole(bare)).close())
                        .doesNotThrowAnyException();
                return;
            }
            assertThatThrownBy(() -> session.prepare(GraphBatch.whole(bare)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("features per edge");
        }
    }

    // --- masks ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("variants")
    void masksOfOnesChangeNothing(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        assumeMessageMasks(model);
        for (Graph graph : graphs()) {
            GraphBatch batch = local(model, graph, 3, 8, 23);
            float[] plain = logits(model, batch, Masks.NONE);
            float[] edges = new float[batch.edgeCount()];
            Arrays.fill(edges, 1);
            assertSame(logits(model, batch, Masks.ofEdges(array(edges, edges.length))), plain);
            for (FeatureMaskType type : FeatureMaskType.values()) {
                long[] shape = maskShape(batch, type);
                float[] ones = new float[size(shape)];
                Arrays.fill(ones, 1);
                assertSame(logits(model, batch, Masks.ofFeatures(array(ones, shape), type)), plain);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void withAllEdgesMaskedANodeSeesOnlyItself(Map<String, String> options) {
        assumeTrue(!attends(), "skipped: with attention, masked neighbours change the weight of the self-loop");
        GnnModel model = nodeModel(options);
        assumeMessageMasks(model);
        for (Graph graph : graphs()) {
            int target = 5; // has a self-loop in one of the graphs
            float[][] features = new float[graph.nodeCount()][FEATURES];
            for (int v = 0; v < features.length; v++) {
                graph.features().copyRow(v, features[v], 0);
                for (int f = 0; v != target && f < FEATURES; f++) {
                    features[v][f] = -2 * features[v][f] + 1;
                }
            }
            Graph others = copy(graph, features);
            Masks cut = Masks.ofEdges(array(new float[graph.edgeCount()], graph.edgeCount()));
            assertSame(
                    row(logits(model, GraphBatch.whole(others), cut), target),
                    row(logits(model, GraphBatch.whole(graph), cut), target));
        }
    }

    private static Graph copy(Graph graph, float[][] features) {
        return rebuilt(graph, DenseFeatures.of(features), graph.edgeFeatures(), identity(graph.nodeCount()));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void masksOutsideTheReceptiveFieldDoNotMatter(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        assumeMessageMasks(model);
        for (Graph graph : graphs()) {
            int target = 3;
            ComputationGraph field =
                    ComputationGraph.of(graph, target, model.info().hops());
            float[] edges = uniform(graph.edgeCount(), 5);
            IntStream.of(field.edges()).forEach(e -> edges[e] = 1);
            float[] nodes = uniform(graph.nodeCount(), 6);
            IntStream.of(field.nodes()).forEach(v -> nodes[v] = 1);
            Masks outside = new Masks(
                    Optional.of(array(edges, edges.length)),
                    Optional.of(array(nodes, nodes.length, 1)),
                    FeatureMaskType.NODE);
            GraphBatch whole = GraphBatch.whole(graph);
            assertSame(row(logits(model, whole, outside), target), row(logits(model, whole, Masks.NONE), target));
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void edgeMasksMeanTheSameInComputationGraphsAndInTheFullGraph(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        assumeMessageMasks(model);
        for (Graph graph : graphs()) {
            float[] mask = uniform(graph.edgeCount(), 8);
            float[] full = logits(model, GraphBatch.whole(graph), Masks.ofEdges(array(mask, mask.length)));
            GraphBatch batch = local(model, graph, allNodes(graph));
            float[] joined = inBlocks(batch, mask);
            assertSame(logits(model, batch, Masks.ofEdges(array(joined, joined.length))), full);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void selfLoopsAreNeverMasked(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        assumeMessageMasks(model);
        Graph graph = graphs().get(2);
        float[] mask = new float[graph.edgeCount()];
        Arrays.fill(mask, 1);
        mask[graph.edge(0, 0)] = 0;
        mask[graph.edge(5, 5)] = 0.3f;
        GraphBatch whole = GraphBatch.whole(graph);
        assertSame(logits(model, whole, Masks.ofEdges(array(mask, mask.length))), logits(model, whole, Masks.NONE));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void featureMasksMultiplyFeatures(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        for (Graph graph : graphs()) {
            GraphBatch whole = GraphBatch.whole(graph);
            for (FeatureMaskType type : FeatureMaskType.values()) {
                long[] shape = maskShape(whole, type);
                float[] mask = uniform(size(shape), 9);
                float[][] features = new float[graph.nodeCount()][FEATURES];
                int[] storedOffsets = whole.storedOffsets();
                int[] storedColumns = whole.blocks().get(0).storedColumns();
                for (int v = 0; v < features.length; v++) {
                    graph.features().copyRow(v, features[v], 0);
                    if (type == FeatureMaskType.STORED) {
                        for (int s = storedOffsets[v]; s < storedOffsets[v + 1]; s++) {
                            features[v][storedColumns[s]] *= mask[s];
                        }
                        continue;
                    }
                    for (int f = 0; f < FEATURES; f++) {
                        features[v][f] *= mask[shape[0] == 1 ? f : shape[1] == 1 ? v : v * FEATURES + f];
                    }
                }
                assertSame(
                        logits(model, whole, Masks.ofFeatures(array(mask, shape), type)),
                        logits(model, GraphBatch.whole(copy(graph, features)), Masks.NONE));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void masksOfStoredValuesAreMasksOfNodesAndFeatures(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        for (Graph graph : graphs()) {
            // also of rows that are farther away than the model looks
            List<ComputationGraph> wide = Stream.of(3, 8, 23)
                    .map(v -> ComputationGraph.of(graph, v, model.info().hops() + 1))
                    .toList();
            assertStoredMasksAreFeatureMasks(model, GraphBatch.of(wide));
            assertStoredMasksAreFeatureMasks(model, GraphBatch.whole(graph));
        }
        if (classifiesGraphs()) {
            // sparse and dense features in one batch
            assertStoredMasksAreFeatureMasks(model(Task.GRAPH, options), GraphBatch.of(whole(graphs())));
        }
    }

    private void assertStoredMasksAreFeatureMasks(GnnModel model, GraphBatch batch) {
        int[] offsets = batch.storedOffsets();
        float[] stored = uniform(offsets[batch.nodeCount()], 16);
        float[] dense = uniform(batch.nodeCount() * FEATURES, 17); // where nothing is stored the mask has no effect
        int[] rowBlocks = batch.rowBlocks();
        int[] rowNodes = batch.rowNodes();
        for (int r = 0; r < batch.nodeCount(); r++) {
            ComputationGraph block = batch.blocks().get(rowBlocks[r]);
            int from = block.storedOffsets()[rowNodes[r]];
            for (int s = offsets[r]; s < offsets[r + 1]; s++) {
                dense[r * FEATURES + block.storedColumns()[from + s - offsets[r]]] = stored[s];
            }
        }
        assertSame(
                logits(model, batch, Masks.ofFeatures(array(stored, stored.length), FeatureMaskType.STORED)),
                logits(
                        model,
                        batch,
                        Masks.ofFeatures(array(dense, batch.nodeCount(), FEATURES), FeatureMaskType.NODE_FEATURE)));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void maskGradientsAreDifferenceQuotients(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        assumeMessageMasks(model);
        for (Graph graph : graphs()) {
            GraphBatch batch = local(model, graph, 3, 8, 12, 23);
            try (ModelSession session = model.open(workbench.lease());
                    PreparedBatch prepared = session.prepare(batch)) {
                checkGradient(session, prepared, new long[] {batch.edgeCount()}, Masks::ofEdges);
                for (FeatureMaskType type : FeatureMaskType.values()) {
                    checkGradient(session, prepared, maskShape(batch, type), mask -> Masks.ofFeatures(mask, type));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void maskGradientsOfGraphsAndLinksAreDifferenceQuotients(Map<String, String> options) {
        assumeMessageMasks(nodeModel(options));
        Graph graph = graphs().get(1);
        if (classifiesGraphs()) {
            checkEdgeGradient(model(Task.GRAPH, options), GraphBatch.of(whole(graphs())));
        }
        if (predictsLinks()) {
            GnnModel model = model(Task.LINK, options);
            checkEdgeGradient(model, GraphBatch.of(links(graph, model.info().hops())));
        }
    }

    private void checkEdgeGradient(GnnModel model, GraphBatch batch) {
        try (ModelSession session = model.open(workbench.lease());
                PreparedBatch prepared = session.prepare(batch)) {
            checkGradient(session, prepared, new long[] {batch.edgeCount()}, Masks::ofEdges);
        }
    }

    /** Makes the masks that hold one array. */
    private interface Masking {
        Masks of(NDArray mask);
    }

    private void checkGradient(ModelSession session, PreparedBatch prepared, long[] shape, Masking masking) {
        int size = size(shape);
        float[] at = uniform(size, 10);
        int outputs = prepared.batch().blocks().size();
        int classes = session.model().info().shape().classes();
        float[] weights = uniform(outputs * classes, 12);
        float[] gradient;
        NDArray mask = engine.variable(array(at, shape));
        try (GradientMode on = engine.gradientMode(true);
                TensorScope scope = engine.openStep()) {
            NDArray logits = session.forward(prepared, masking.of(mask));
            NDArray loss = logits.mul(array(weights, outputs, classes)).sum();
            gradient = engine.gradients(loss, List.of(mask)).get(0).toFloatArray();
        }
        double length = Math.sqrt(IntStream.range(0, size)
                .mapToDouble(i -> gradient[i] * gradient[i])
                .sum());
        assertThat(length).as("length of the gradient").isPositive();
        RandomGenerator random = Seeds.generator(13);
        double[] errors = new double[DIRECTIONS];
        for (int d = 0; d < DIRECTIONS; d++) {
            float[] direction = new float[size];
            double expected = 0;
            for (int i = 0; i < size; i++) {
                direction[i] = (float) (random.nextGaussian() / Math.sqrt(size));
                expected += direction[i] * gradient[i];
            }
            errors[d] = error(expected, step -> {
                double up = loss(session, prepared, masking.of(array(moved(at, direction, step), shape)), weights);
                double down = loss(session, prepared, masking.of(array(moved(at, direction, -step), shape)), weights);
                return (up - down) / (2 * step);
            });
        }
        assertSmall(errors, length / Math.sqrt(size), "mask of shape " + Arrays.toString(shape));
    }

    /** A derivative along one direction, from values a step before and behind. */
    private interface Quotient {
        double of(float step);
    }

    /** How far a derivative is from the nearer of two difference quotients: one may step over a bend or be rounded. */
    private static double error(double derivative, Quotient quotient) {
        double error = Double.POSITIVE_INFINITY;
        for (float step : STEPS) {
            error = Math.min(error, Math.abs(quotient.of(step) - derivative));
        }
        return error;
    }

    /**
     * Along a random direction of unit length the derivative is about the gradient's length by the root of its size. Few
     * directions lead over a bend; a wrong derivative is wrong in all of them.
     */
    private static void assertSmall(double[] errors, double usual, String what) {
        double[] sorted = errors.clone();
        Arrays.sort(sorted);
        assertThat(sorted[DIRECTIONS / 2])
                .as("median error of derivatives along %d directions, %s", DIRECTIONS, what)
                .isLessThan(0.05 * usual + 1e-4);
    }

    private double loss(ModelSession session, PreparedBatch prepared, Masks masks, float[] weights) {
        float[] logits = logits(session, prepared, masks);
        return IntStream.range(0, logits.length)
                .mapToDouble(i -> (double) logits[i] * weights[i])
                .sum();
    }

    private static float[] moved(float[] at, float[] direction, float step) {
        float[] moved = new float[at.length];
        for (int i = 0; i < at.length; i++) {
            moved[i] = at[i] + step * direction[i];
        }
        return moved;
    }

    private static int size(long[] shape) {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    }

    private static long[] maskShape(GraphBatch batch, FeatureMaskType type) {
        return switch (type) {
            case NODE -> new long[] {batch.nodeCount(), 1};
            case FEATURE -> new long[] {batch.blocks().size(), FEATURES};
            case NODE_FEATURE -> new long[] {batch.nodeCount(), FEATURES};
            case STORED -> new long[] {batch.storedOffsets()[batch.nodeCount()]};
        };
    }

    @Test
    void masksOfTheWrongShapeAreRefused() {
        GnnModel model = nodeModel(variants().get(0));
        GraphBatch batch = local(model, graphs().get(0), 3);
        try (ModelSession session = model.open(workbench.lease());
                PreparedBatch prepared = session.prepare(batch)) {
            NDArray tooLong = array(new float[batch.edgeCount() + 1], batch.edgeCount() + 1);
            assertThatThrownBy(() -> session.forward(prepared, Masks.ofEdges(tooLong)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("edge mask");
            NDArray tooNarrow = array(new float[batch.nodeCount()], batch.nodeCount(), 1);
            assertThatThrownBy(
                            () -> session.forward(prepared, Masks.ofFeatures(tooNarrow, FeatureMaskType.NODE_FEATURE)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("feature mask");
            assertThatThrownBy(() -> session.forward(prepared, Masks.ofFeatures(tooNarrow, FeatureMaskType.STORED)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("feature mask");
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aTraceIsAForwardPassAndItsEmbeddings(Map<String, String> options) {
        Graph graph = graphs().get(1);
        GnnModel nodes = nodeModel(options);
        checkTrace(nodes, local(nodes, graph, 3, 8, 23));
        if (classifiesGraphs()) {
            checkTrace(model(Task.GRAPH, options), GraphBatch.of(whole(graphs())));
        }
        if (predictsLinks()) {
            GnnModel links = model(Task.LINK, options);
            checkTrace(links, GraphBatch.of(links(graph, links.info().hops())));
        }
    }

    private void checkTrace(GnnModel model, GraphBatch batch) {
        float[] values = uniform(batch.edgeCount(), 18);
        try (ModelSession session = model.open(workbench.lease());
                PreparedBatch prepared = session.prepare(batch);
                TensorScope step = engine.openStep()) {
            Masks masks = model.info().edgeMasks() == EdgeMaskSupport.MESSAGE
                    ? Masks.ofEdges(array(values, values.length))
                    : Masks.NONE;
            float[] logits = session.forward(prepared, masks).toFloatArray();
            List<NDArray> expected = session.embeddings(prepared, masks);
            try (GradientMode on = engine.gradientMode(true)) {
                ModelSession.Trace trace = session.trace(prepared, masks);
                assertSame(trace.logits().toFloatArray(), logits);
                assertThat(trace.embeddings()).hasSameSizeAs(expected);
                for (int k = 0; k < expected.size(); k++) {
                    assertSame(
                            trace.embeddings().get(k).toFloatArray(),
                            expected.get(k).toFloatArray());
                }
                // although no mask is a variable
                List<NDArray> gradients =
                        engine.gradients(trace.logits().square().sum(), trace.embeddings());
                for (int k = 0; k < gradients.size(); k++) {
                    assertThat(gradients.get(k).getShape())
                            .isEqualTo(expected.get(k).getShape());
                    assertThat(gradients.get(k).abs().sum().getFloat())
                            .as("derivatives by the output of layer %d", k + 1)
                            .isPositive();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void rulesForReluChangeDerivativesOnly(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        GraphBatch batch = local(model, graphs().get(0), 3, 8, 23);
        float[] values = uniform(batch.nodeCount(), 19);
        try (ModelSession session = model.open(workbench.lease());
                PreparedBatch prepared = session.prepare(batch);
                NDArray mask = engine.variable(array(values, values.length, 1))) {
            Masks masks = Masks.ofFeatures(mask, FeatureMaskType.NODE);
            Masks constant = Masks.ofFeatures(array(values, values.length, 1), FeatureMaskType.NODE);
            float[] plain = logits(session, prepared, masks);
            for (Rectifier rule : Rectifier.values()) {
                assertSame(logits(session, prepared, constant.with(rule)), plain);
                try (GradientMode on = engine.gradientMode(true);
                        TensorScope step = engine.openStep()) {
                    NDArray logits = session.forward(prepared, masks.with(rule));
                    assertSame(logits.toFloatArray(), plain);
                    for (float value :
                            engine.gradients(logits.sum(), List.of(mask)).get(0).toFloatArray()) {
                        assertThat(value).isFinite();
                    }
                }
            }
        }
    }

    // --- masks of features of edges -------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("variants")
    void masksOfEdgeFeaturesMultiplyThem(Map<String, String> options) {
        assumeTrue(edgeFeatures() > 0, "skipped: the architecture does not look at features of edges");
        GnnModel model = nodeModel(options);
        for (Graph graph : graphs()) {
            GraphBatch whole = GraphBatch.whole(graph);
            int size = graph.edgeCount() * edgeFeatures();
            float[] ones = new float[size];
            Arrays.fill(ones, 1);
            assertSame(logits(model, whole, ofEdgeFeatures(ones)), logits(model, whole, Masks.NONE));
            for (float[] mask : List.of(new float[size], uniform(size, 20))) {
                float[][] edges = new float[graph.edgeCount()][edgeFeatures()];
                for (int e = 0; e < edges.length; e++) {
                    graph.edgeFeatures().copyRow(e, edges[e], 0);
                    for (int d = 0; d < edgeFeatures(); d++) {
                        edges[e][d] *= mask[e * edgeFeatures() + d];
                    }
                }
                Graph other = rebuilt(graph, graph.features(), DenseFeatures.of(edges), identity(graph.nodeCount()));
                assertSame(
                        logits(model, whole, ofEdgeFeatures(mask)), logits(model, GraphBatch.whole(other), Masks.NONE));
            }
        }
    }

    private Masks ofEdgeFeatures(float[] mask) {
        return ofEdgeFeatures(array(mask, mask.length / edgeFeatures(), edgeFeatures()));
    }

    private static Masks ofEdgeFeatures(NDArray mask) {
        return new Masks(Optional.empty(), Optional.empty(), FeatureMaskType.NODE, Optional.of(mask), Rectifier.PLAIN);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void masksOfEdgeFeaturesMeanTheSameInBatchesAndInTheFullGraph(Map<String, String> options) {
        assumeTrue(edgeFeatures() > 0, "skipped: the architecture does not look at features of edges");
        GnnModel model = nodeModel(options);
        for (Graph graph : graphs()) {
            float[] mask = uniform(graph.edgeCount() * edgeFeatures(), 21);
            float[] full = logits(model, GraphBatch.whole(graph), ofEdgeFeatures(mask));
            int[] nodes = allNodes(graph);
            assertSame(maskedLocally(model, local(model, graph, nodes), mask), full);
            for (int v : new int[] {3, 5, 23}) {
                assertSame(maskedLocally(model, local(model, graph, v), mask), row(full, v));
            }
            List<ComputationGraph> wide = IntStream.of(nodes)
                    .mapToObj(v -> ComputationGraph.of(graph, v, model.info().hops() + 1))
                    .toList();
            assertSame(maskedLocally(model, GraphBatch.of(wide), mask), full);
        }
    }

    private float[] maskedLocally(GnnModel model, GraphBatch batch, float[] mask) {
        float[] local = new float[batch.edgeCount() * edgeFeatures()];
        int[] blocks = batch.edgeBlocks();
        int[] locals = batch.edgeLocals();
        for (int e = 0; e < batch.edgeCount(); e++) {
            int original = batch.blocks().get(blocks[e]).edge(locals[e]);
            System.arraycopy(mask, original * edgeFeatures(), local, e * edgeFeatures(), edgeFeatures());
        }
        return logits(model, batch, ofEdgeFeatures(local));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void gradientsOfEdgeFeatureMasksAreDifferenceQuotients(Map<String, String> options) {
        assumeTrue(edgeFeatures() > 0, "skipped: the architecture does not look at features of edges");
        GnnModel model = nodeModel(options);
        for (Graph graph : graphs()) {
            GraphBatch batch = local(model, graph, 3, 8, 12, 23);
            try (ModelSession session = model.open(workbench.lease());
                    PreparedBatch prepared = session.prepare(batch)) {
                checkGradient(
                        session,
                        prepared,
                        new long[] {batch.edgeCount(), edgeFeatures()},
                        ModelArchitectureContract::ofEdgeFeatures);
            }
        }
    }

    @Test
    void masksOfEdgeFeaturesThatDoNotFitAreRefused() {
        GnnModel model = nodeModel(variants().get(0));
        GraphBatch batch = local(model, graphs().get(0), 3);
        try (ModelSession session = model.open(workbench.lease());
                PreparedBatch prepared = session.prepare(batch)) {
            int width = edgeFeatures() + 1;
            NDArray mask = array(new float[batch.edgeCount() * width], batch.edgeCount(), width);
            assertThatThrownBy(() -> session.forward(prepared, ofEdgeFeatures(mask)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining(edgeFeatures() == 0 ? "features of edges" : "edge feature mask");
        }
    }

    // --- parameters and options -----------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("variants")
    void restoringParametersGivesTheSameModel(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        GnnModel restored =
                architecture().restore(model.info().shape(), model.info().options(), model.parameters());
        GraphBatch whole = GraphBatch.whole(graphs().get(0));
        assertThat(logits(restored, whole, Masks.NONE)).isEqualTo(logits(model, whole, Masks.NONE));
        assertThat(restored.info()).isEqualTo(model.info());
    }

    @Test
    void wrongParametersAreRefused() {
        ModelArchitecture architecture = architecture();
        ModelShape shape = shape(Task.NODE);
        Map<String, String> options = variants().get(0);
        List<Parameter> right = architecture.create(shape, options, SEED).parameters();
        Parameter first = right.get(0);

        assertThatThrownBy(() -> architecture.restore(shape, options, right.subList(1, right.size())))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(first.name());

        Parameter extra = new Parameter("unheard.of", new long[] {1}, new float[1], true);
        assertThatThrownBy(() -> architecture.restore(
                        shape,
                        options,
                        Stream.concat(right.stream(), Stream.of(extra)).toList()))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("unheard.of");

        List<Parameter> misshapen = new ArrayList<>(right);
        misshapen.set(0, new Parameter(first.name(), new long[] {3, 1, 1}, new float[3], true));
        assertThatThrownBy(() -> architecture.restore(shape, options, misshapen))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(first.name());
    }

    @ParameterizedTest
    @MethodSource("variants")
    void theSeedDecidesOnFreshWeights(Map<String, String> options) {
        assertThat(Arrays.deepEquals(values(options, 1), values(options, 1))).isTrue();
        assertThat(Arrays.deepEquals(values(options, 1), values(options, 2))).isFalse();
    }

    private float[][] values(Map<String, String> options, long seed) {
        return architecture().create(shape(Task.NODE), options, seed).parameters().stream()
                .map(Parameter::values)
                .toArray(float[][]::new);
    }

    @Test
    void unknownOptionsAreRefused() {
        assertThatThrownBy(() -> architecture().create(shape(Task.NODE), Map.of("unheardOf", "1"), SEED))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("unheardOf");
    }

    @Test
    void featuresThatDoNotFitAreRefused() {
        Graph other = TestGraphs.undirected(10, 20, FEATURES + 1, CLASSES, 1);
        try (ModelSession session = nodeModel(variants().get(0)).open(workbench.lease())) {
            assertThatThrownBy(() -> session.prepare(GraphBatch.whole(other)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining(Integer.toString(FEATURES))
                    .hasMessageContaining(Integer.toString(FEATURES + 1));
        }
    }

    // --- training -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("variants")
    void trainingLowersTheLossAndTheSeedDecidesOnTheResult(Map<String, String> options) {
        for (Graph graph : graphs().subList(0, 2)) {
            GnnModel untrained = architecture().create(shape(Task.NODE), options, SEED);
            GnnModel trained = train(untrained, graph);
            assertThat(crossEntropy(trained, graph)).isLessThan(crossEntropy(untrained, graph));
            List<Parameter> again = train(untrained, graph).parameters();
            for (int p = 0; p < again.size(); p++) {
                assertThat(again.get(p).values())
                        .isEqualTo(trained.parameters().get(p).values());
            }
        }
    }

    private GnnModel train(GnnModel untrained, Graph graph) {
        RandomGenerator random = Seeds.generator(SEED);
        try (TrainingSession session = untrained.openForTraining(workbench.lease());
                PreparedBatch batch = session.prepare(GraphBatch.whole(graph));
                AdamOptimizer adam = engine.adam(AdamOptions.withLearningRate(0.01), session.variables())) {
            NDArray targets = targets(graph);
            for (int epoch = 0; epoch < 60; epoch++) {
                try (GradientMode on = engine.gradientMode(true);
                        TensorScope step = engine.openStep()) {
                    NDArray loss = session.forwardTraining(batch, random)
                            .logSoftmax(1)
                            .mul(targets)
                            .sum();
                    adam.step(engine.gradients(loss, session.variables()));
                }
            }
            return session.snapshot();
        }
    }

    private NDArray targets(Graph graph) {
        float[] targets = new float[graph.nodeCount() * CLASSES];
        for (int v = 0; v < graph.nodeCount(); v++) {
            targets[v * CLASSES + graph.label(v)] = -1f / graph.nodeCount();
        }
        return array(targets, graph.nodeCount(), CLASSES);
    }

    private double crossEntropy(GnnModel model, Graph graph) {
        float[] logits = logits(model, GraphBatch.whole(graph), Masks.NONE);
        double sum = 0;
        for (int v = 0; v < graph.nodeCount(); v++) {
            float[] row = row(logits, v);
            double total = 0;
            for (float logit : row) {
                total += Math.exp(logit);
            }
            sum += Math.log(total) - row[graph.label(v)];
        }
        return sum / graph.nodeCount();
    }

    /** Arrays made from Java memory share it; derivatives must not rely on it once its array is out of reach. */
    @ParameterizedTest
    @MethodSource("variants")
    void derivativesDoNotDependOnWhenGarbageIsCollected(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        for (Graph graph : graphs().subList(0, 2)) {
            assertThat(trainingGradients(model, graph, true)).isEqualTo(trainingGradients(model, graph, false));
        }
    }

    private List<List<Float>> trainingGradients(GnnModel model, Graph graph, boolean collect) {
        List<List<Float>> gradients = new ArrayList<>();
        try (TrainingSession session = model.openForTraining(workbench.lease());
                PreparedBatch batch = session.prepare(GraphBatch.whole(graph));
                GradientMode on = engine.gradientMode(true);
                TensorScope step = engine.openStep()) {
            NDArray loss = session.forwardTraining(batch, Seeds.generator(SEED))
                    .square()
                    .sum();
            if (collect) {
                overwriteGarbage();
            }
            for (NDArray gradient : engine.gradients(loss, session.variables())) {
                List<Float> values = new ArrayList<>();
                for (float value : gradient.toFloatArray()) {
                    values.add(value);
                }
                gradients.add(values);
            }
        }
        return gradients;
    }

    /** Frees what nobody reaches and fills freed native memory of usual sizes with NaN. */
    private static void overwriteGarbage() {
        for (int round = 0; round < 3; round++) {
            System.gc();
            List<ByteBuffer> filled = new ArrayList<>();
            for (int size = 64; size <= 8192; size += 32) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(size);
                while (buffer.remaining() >= Float.BYTES) {
                    buffer.putFloat(Float.NaN);
                }
                filled.add(buffer);
            }
            assertThat(filled).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void weightGradientsAreDifferenceQuotients(Map<String, String> options) {
        Graph graph = graphs().get(1);
        GnnModel nodes = nodeModel(options);
        checkWeightGradient(nodes, local(nodes, graph, 3, 8, 12, 23));
        if (classifiesGraphs()) {
            checkWeightGradient(model(Task.GRAPH, options), GraphBatch.of(whole(graphs())));
        }
        if (predictsLinks()) {
            checkWeightGradient(
                    model(Task.LINK, options), GraphBatch.wholeWithLinks(graph, LINK_SOURCES, LINK_TARGETS));
        }
    }

    private void checkWeightGradient(GnnModel model, GraphBatch batch) {
        try (TrainingSession session = model.openForTraining(workbench.lease());
                PreparedBatch prepared = session.prepare(batch)) {
            List<NDArray> variables = session.variables();
            float[] weights = uniform(logits(session, prepared, Masks.NONE).length, 12);
            List<float[]> gradients;
            try (GradientMode on = engine.gradientMode(true);
                    TensorScope scope = engine.openStep()) {
                NDArray logits = session.forward(prepared, Masks.NONE);
                NDArray loss =
                        logits.reshape(-1).mul(array(weights, weights.length)).sum();
                gradients = engine.gradients(loss, variables).stream()
                        .map(NDArray::toFloatArray)
                        .toList();
            }
            int size = gradients.stream().mapToInt(g -> g.length).sum();
            double length = 0;
            for (float[] gradient : gradients) {
                for (float value : gradient) {
                    length += (double) value * value;
                }
            }
            length = Math.sqrt(length);
            assertThat(length).as("length of the gradient").isPositive();
            RandomGenerator random = Seeds.generator(13);
            double[] errors = new double[DIRECTIONS];
            for (int d = 0; d < DIRECTIONS; d++) {
                List<float[]> direction = new ArrayList<>();
                double expected = 0;
                for (float[] gradient : gradients) {
                    float[] part = new float[gradient.length];
                    for (int i = 0; i < part.length; i++) {
                        part[i] = (float) (random.nextGaussian() / Math.sqrt(size));
                        expected += part[i] * gradient[i];
                    }
                    direction.add(part);
                }
                errors[d] = error(expected, step -> {
                    move(variables, direction, step);
                    double up = loss(session, prepared, Masks.NONE, weights);
                    move(variables, direction, -2 * step);
                    double down = loss(session, prepared, Masks.NONE, weights);
                    move(variables, direction, step);
                    return (up - down) / (2 * step);
                });
            }
            assertSmall(errors, length / Math.sqrt(size), size + " weights");
        }
    }

    private void move(List<NDArray> variables, List<float[]> direction, float step) {
        try (GradientMode off = engine.gradientMode(false);
                TensorScope scope = engine.openScope()) {
            for (int v = 0; v < variables.size(); v++) {
                NDArray variable = variables.get(v);
                variable.addi(
                        array(direction.get(v), variable.getShape().getShape()).mul(step));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aTrainingSessionTakesWeightsBack(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        GraphBatch whole = GraphBatch.whole(graphs().get(1));
        float[] expected = logits(model, whole, Masks.NONE);
        GnnModel untrained = architecture().create(model.info().shape(), options, SEED + 1);
        try (TrainingSession session = untrained.openForTraining(workbench.lease());
                PreparedBatch batch = session.prepare(whole)) {
            logits(session, batch, Masks.NONE); // nothing of the first weights may be remembered
            session.restore(model.parameters());
            assertSame(logits(session, batch, Masks.NONE), expected);
            List<Parameter> snapshot = session.snapshot().parameters();
            for (int p = 0; p < snapshot.size(); p++) {
                assertThat(snapshot.get(p).name())
                        .isEqualTo(model.parameters().get(p).name());
                assertThat(snapshot.get(p).values())
                        .isEqualTo(model.parameters().get(p).values());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void nothingStaysOnTheDevice(Map<String, String> options) {
        GnnModel model = nodeModel(options);
        Graph graph = graphs().get(1);
        logits(model, GraphBatch.whole(graph), Masks.NONE); // what is loaded once is loaded now
        train(model, graph);
        long before = engine.liveArrays();
        try (Workbench inner = Workbench.open();
                ModelSession session = model.open(inner.lease());
                PreparedBatch prepared = session.prepare(GraphBatch.whole(graph))) {
            logits(session, prepared, Masks.NONE);
        }
        assertThat(engine.liveArrays()).isEqualTo(before);
    }
}
