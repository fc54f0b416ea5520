package org.aitia.testkit.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aitia.api.CancelledException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.GnnModel;
import org.aitia.api.option.OptionSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Explainer} promises. */
public abstract class ExplainerContract {
    private static final int CLASSES = 3;
    private static final List<Integer> NODES = List.of(0, 3, 7, 11, 29, 19);

    private Workbench workbench; // the only lease of a test: a machine may have one lane

    /** For subclasses. */
    protected ExplainerContract() {}

    /**
     * Makes the explainer under test.
     *
     * @return an explainer, ready for use
     */
    protected abstract Explainer explainer();

    /**
     * Returns options that make it quick enough for tests.
     *
     * @return none by default
     */
    protected Map<String, String> quickOptions() {
        return Map.of();
    }

    /**
     * Makes a model to be explained.
     *
     * @param task what it predicts
     * @param graph what it must fit
     * @param classes number of classes
     * @param layers number of layers
     * @return a GCN unless overridden, for explainers that need another
     */
    protected GnnModel model(Task task, Graph graph, int classes, int layers) {
        return Workbench.gcn(task, graph, classes, layers);
    }

    /**
     * Returns how much two computations of one value may differ: batches of other sizes sum in another order.
     *
     * @return 1e-4 by default
     */
    protected float tolerance() {
        return 1e-4f;
    }

    /** The workbench of the present test. */
    final Workbench workbench() {
        return workbench;
    }

    @BeforeEach
    void openWorkbench() {
        workbench = Workbench.open();
    }

    @AfterEach
    void closeWorkbench() {
        workbench.close();
    }

    private static Graph graph() {
        return TestGraphs.undirected(30, 50, 5, CLASSES, 1);
    }

    private List<MaskValues> explain(Graph graph, List<Integer> nodes, long seed) {
        GnnModel model = model(Task.NODE, graph, CLASSES, 2);
        return workbench.explainNodes(explainer(), model, graph, nodes, quickOptions(), seed);
    }

    /** Names are typed on command lines; options have meanings. */
    @Test
    protected void describesItselfAndItsOptions() {
        assertThat(explainer().info().name()).matches("[a-z][a-z0-9-]*");
        assertThat(explainer().info().description()).isNotBlank();
        assertThat(explainer().info().tasks()).isNotEmpty();
        assertThat(explainer().info().edgeMasks()).isNotEmpty();
        for (OptionSpec option : explainer().options().specs()) {
            assertThat(option.description()).as(option.name()).isNotBlank();
        }
    }

    /** An option that does not exist is refused, not ignored. */
    @Test
    protected void refusesUnknownOptions() {
        assertThatThrownBy(() -> explainer().options().parse(Map.of("no-such-option", "1")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no-such-option");
    }

    /** One result per target, of the shape of its computation graph, finite. */
    @Test
    protected void returnsMasksOfTheShapeOfTheComputationGraph() {
        Graph graph = graph();
        List<MaskValues> results = explain(graph, NODES, 5);
        assertThat(results).hasSize(NODES.size());
        for (int i = 0; i < NODES.size(); i++) {
            ComputationGraph block = ComputationGraph.of(graph, NODES.get(i), 2);
            checkShape(results.get(i), block, graph.features().columns());
        }
    }

    private static void checkShape(MaskValues masks, ComputationGraph block, int features) {
        if (masks.edges().length > 0) {
            assertThat(masks.edges()).hasSize(block.edgeCount());
        }
        if (masks.features().length > 0) {
            int expected =
                    switch (masks.featureType()) {
                        case NODE -> block.nodeCount();
                        case FEATURE -> features;
                        case NODE_FEATURE -> block.nodeCount() * features;
                        case STORED -> block.storedOffsets()[block.nodeCount()];
                    };
            assertThat(masks.features()).hasSize(expected);
        }
        for (float value : masks.edges()) {
            assertThat(value).isFinite();
        }
        for (float value : masks.features()) {
            assertThat(value).isFinite();
        }
    }

    /** The same request gives the same result. */
    @Test
    protected void givesTheSameResultForTheSameSeed() {
        assertEqual(explain(graph(), NODES, 9), explain(graph(), NODES, 9), 0);
    }

    /** Independent targets in one batch do not see each other. */
    @Test
    protected void explainsABatchLikeOneByOne() {
        List<MaskValues> together = explain(graph(), NODES, 5);
        List<MaskValues> apart = new ArrayList<>();
        for (int node : NODES) {
            apart.addAll(explain(graph(), List.of(node), 5));
        }
        assertEqual(apart, together, tolerance());
    }

    /** The order of targets does not matter. */
    @Test
    protected void explainsInAnyOrder() {
        List<Integer> reversed = new ArrayList<>(NODES);
        Collections.reverse(reversed);
        List<MaskValues> backwards = new ArrayList<>(explain(graph(), reversed, 5));
        Collections.reverse(backwards);
        assertEqual(explain(graph(), NODES, 5), backwards, tolerance());
    }

    /** A target without neighbours has a prediction too. */
    @Test
    protected void explainsAnIsolatedNode() {
        Graph graph = graph();
        int isolated = graph.nodeCount() - 1;
        assertThat(graph.inDegree(isolated)).isZero();
        MaskValues masks = explain(graph, List.of(isolated), 5).get(0);
        checkShape(
                masks, ComputationGraph.of(graph, isolated, 2), graph.features().columns());
    }

    /** Directed graphs and sparse features are graphs and features too. */
    @Test
    protected void explainsDirectedGraphsWithSparseFeatures() {
        Graph graph = TestGraphs.directed(30, 90, 12, CLASSES, 3);
        List<MaskValues> results = explain(graph, NODES, 5);
        for (int i = 0; i < NODES.size(); i++) {
            checkShape(results.get(i), ComputationGraph.of(graph, NODES.get(i), 2), 12);
        }
    }

    /** Graph tasks, for explainers that offer them. */
    @Test
    protected void explainsGraphPredictions() {
        assumeTrue(explainer().info().tasks().contains(Task.GRAPH), "does not offer graph tasks");
        List<ComputationGraph> blocks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            blocks.add(ComputationGraph.whole(TestGraphs.undirected(8 + i, 12, 5, CLASSES, i)));
        }
        GnnModel model = model(Task.GRAPH, blocks.get(0).graph(), CLASSES, 2);
        List<Integer> ids = List.of(0, 1, 2, 3);
        List<MaskValues> together =
                workbench.explain(explainer(), model, GraphBatch.of(blocks), ids, quickOptions(), 5, TaskMonitor.NONE);
        List<MaskValues> apart = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            checkShape(together.get(i), blocks.get(i), 5);
            apart.addAll(workbench.explain(
                    explainer(),
                    model,
                    GraphBatch.of(List.of(blocks.get(i))),
                    List.of(i),
                    quickOptions(),
                    5,
                    TaskMonitor.NONE));
        }
        assertEqual(apart, together, tolerance());
    }

    /** A cancelled run ends, and says so. */
    @Test
    protected void stopsWhenCancelled() {
        TaskMonitor cancelled = new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                // only cancellation matters here
            }

            @Override
            public boolean isCancelled() {
                return true;
            }
        };
        Graph graph = graph();
        GnnModel model = model(Task.NODE, graph, CLASSES, 2);
        GraphBatch batch = GraphBatch.of(List.of(ComputationGraph.of(graph, 0, 2)));
        assertThatThrownBy(() -> workbench.explain(explainer(), model, batch, List.of(0), quickOptions(), 5, cancelled))
                .isInstanceOf(CancelledException.class);
    }

    /** What it allocates, it frees. */
    @Test
    protected void leavesNoArraysBehind() {
        explain(graph(), NODES, 5);
        long before = workbench.lease().engine().liveArrays();
        explain(graph(), NODES, 5);
        assertThat(workbench.lease().engine().liveArrays()).isEqualTo(before);
    }

    /** It holds no state: two threads may use one instance. */
    @Test
    protected void servesSeveralThreads() throws Exception {
        Explainer shared = explainer();
        Graph graph = graph();
        GnnModel model = model(Task.NODE, graph, CLASSES, 2);
        List<MaskValues> expected = workbench.explainNodes(shared, model, graph, NODES, quickOptions(), 5);
        workbench.close(); // both lanes are needed below
        Callable<List<MaskValues>> work = () -> {
            try (Workbench own = Workbench.open()) {
                return own.explainNodes(shared, model, graph, NODES, quickOptions(), 5);
            }
        };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<List<MaskValues>> result : threads.invokeAll(List.of(work, work))) {
                assertEqual(expected, result.get(), 0);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void assertEqual(List<MaskValues> expected, List<MaskValues> actual, float tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).featureType()).isEqualTo(expected.get(i).featureType());
            assertThat(actual.get(i).edges())
                    .as("edge mask %d", i)
                    .containsExactly(expected.get(i).edges(), within(tolerance));
            assertThat(actual.get(i).features())
                    .as("%s mask %d", expected.get(i).featureType(), i)
                    .containsExactly(expected.get(i).features(), within(tolerance));
        }
    }
}
