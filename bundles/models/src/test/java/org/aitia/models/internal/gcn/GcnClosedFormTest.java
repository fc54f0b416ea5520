package org.aitia.models.internal.gcn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.PreparedBatch;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cases whose result a pencil can compute. */
class GcnClosedFormTest {
    private static final int FEATURES = 5;
    private static final int CLASSES = 3;

    private final GcnArchitecture gcn = new GcnArchitecture();
    private Workbench bench;

    @BeforeEach
    void open() {
        bench = Workbench.open();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private float[][] logits(GnnModel model, Graph graph, Masks masks) {
        try (ModelSession session = model.open(bench.lease());
                PreparedBatch prepared = session.prepare(GraphBatch.whole(graph))) {
            NDArray logits = session.forward(prepared, masks);
            int rows = (int) logits.getShape().get(0);
            int columns = (int) logits.getShape().get(1);
            float[] flat = logits.toFloatArray();
            float[][] split = new float[rows][];
            for (int r = 0; r < rows; r++) {
                split[r] = java.util.Arrays.copyOfRange(flat, r * columns, (r + 1) * columns);
            }
            return split;
        }
    }

    @Test
    void withoutMessagesItIsAPerceptronScaledByDegrees() {
        Graph graph = TestGraphs.undirected(20, 40, FEATURES, CLASSES, 1);
        GnnModel model = gcn.create(new ModelShape(Task.NODE, FEATURES, CLASSES), Map.of("hidden", "4"), 2);
        NDArray zeros = bench.lease().manager().create(new float[graph.edgeCount()]);
        float[][] actual = logits(model, graph, Masks.ofEdges(zeros));
        Map<String, float[]> weights = new HashMap<>();
        model.parameters().forEach(p -> weights.put(p.name(), p.values()));
        for (int v = 0; v < graph.nodeCount(); v++) {
            double degree = graph.inDegree(v) + 1; // what is left is the self-loop, of weight 1 / degree
            float[] x = new float[FEATURES];
            graph.features().copyRow(v, x, 0);
            double[] h = new double[4];
            for (int i = 0; i < h.length; i++) {
                for (int f = 0; f < FEATURES; f++) {
                    h[i] += weights.get("conv1.lin.weight")[i * FEATURES + f] * x[f] / degree;
                }
                h[i] = Math.max(0, h[i]);
            }
            for (int c = 0; c < CLASSES; c++) {
                double logit = 0;
                for (int i = 0; i < h.length; i++) {
                    logit += weights.get("conv2.lin.weight")[c * h.length + i] * h[i] / degree;
                }
                assertThat((double) actual[v][c]).isCloseTo(logit, within(1e-6));
            }
        }
    }

    /** One layer of one unit and weight 1, so that logits are sums of weighted features. */
    private GnnModel unit(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("layers", "1");
        all.put("bias", "false");
        return gcn.restore(
                new ModelShape(Task.NODE, 1, 1),
                all,
                List.of(new Parameter("conv1.lin.weight", new long[] {1, 1}, new float[] {1}, true)));
    }

    /** 1 -> 0 of weight 4, 2 -> 0, and a self-loop of weight 2 at node 1; features 1, 10, 100. */
    private static Graph star() {
        return Graph.builder(3)
                .edge(1, 0, 4)
                .edge(2, 0, 1)
                .edge(1, 1, 2)
                .features(DenseFeatures.of(new float[][] {{1}, {10}, {100}}))
                .build();
    }

    private float[] unitLogits(Map<String, String> options) {
        float[][] logits = logits(unit(options), star(), Masks.NONE);
        return new float[] {logits[0][0], logits[1][0], logits[2][0]};
    }

    @Test
    void degreesAreWeightedInDegreesWithSelfLoops() {
        // degrees 4 + 1 + 1, 2 and 1
        assertThat(unitLogits(Map.of()))
                .containsExactly(
                        new float[] {(float) (1 / 6.0 + 10 * 4 / Math.sqrt(2 * 6) + 100 / Math.sqrt(6)), 10, 100},
                        within(1e-4f));
    }

    @Test
    void withoutAddedSelfLoopsNodesWithoutInEdgesGetNothing() {
        // degrees 5, 2 and 0: node 2 neither receives nor sends
        assertThat(unitLogits(Map.of("selfLoops", "false")))
                .containsExactly(new float[] {(float) (10 * 4 / Math.sqrt(2 * 5)), 10, 0}, within(1e-4f));
    }

    @Test
    void withoutNormalisationMessagesHaveTheirOwnWeight() {
        assertThat(unitLogits(Map.of("normalization", "none")))
                .containsExactly(new float[] {140, 20, 0}, within(1e-4f));
        assertThat(unitLogits(Map.of("normalization", "none", "selfLoops", "true")))
                .containsExactly(new float[] {141, 20, 100}, within(1e-4f));
    }

    @Test
    void nodesOfAHubsNeighbourhoodCountTheHubsWholeDegree() {
        // 0 <- 1 <- 1000 others: one layer sees only node 1, whose degree is that of the full graph
        var builder = Graph.builder(1002).edge(1, 0);
        float[][] features = new float[1002][1];
        features[1][0] = 1;
        for (int v = 2; v < 1002; v++) {
            builder.edge(v, 1);
        }
        Graph graph = builder.features(DenseFeatures.of(features)).build();
        GraphBatch batch = GraphBatch.of(List.of(ComputationGraph.of(graph, 0, 1)));
        try (ModelSession session = unit(Map.of()).open(bench.lease());
                PreparedBatch prepared = session.prepare(batch)) {
            assertThat(batch.edgeCount()).isEqualTo(1);
            assertThat(session.forward(prepared, Masks.NONE).getFloat(0, 0))
                    .isCloseTo((float) (1 / Math.sqrt(2 * 1001)), within(1e-7f));
        }
    }

    @Test
    void whatCannotBePredictedIsRefused() {
        Graph graph = TestGraphs.undirected(10, 20, FEATURES, CLASSES, 1);
        GnnModel nodes = gcn.create(new ModelShape(Task.NODE, FEATURES, CLASSES), Map.of("layers", "3"), 2);
        GnnModel graphs = gcn.create(new ModelShape(Task.GRAPH, FEATURES, CLASSES), Map.of(), 2);
        GraphBatch near = GraphBatch.of(List.of(ComputationGraph.of(graph, 4, 2)));
        try (ModelSession session = nodes.open(bench.lease());
                ModelSession other = nodes.open(bench.lease());
                ModelSession pooled = graphs.open(bench.lease());
                PreparedBatch foreign = other.prepare(GraphBatch.whole(graph))) {
            assertThatThrownBy(() -> session.prepare(near))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("the model looks 3 hops far, the computation graph of node 4 has only 2");
            assertThatThrownBy(() -> pooled.prepare(near))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("the model classifies graphs, not node 4; give it whole graphs");
            assertThatThrownBy(() -> session.forward(foreign, Masks.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the batch was prepared by another session");
        }
    }

    @Test
    void parametersAreNamedAsInPyG() {
        GnnModel model = gcn.create(
                new ModelShape(Task.NODE, FEATURES, CLASSES), Map.of("concat", "true", "batchNorm", "true"), 2);
        assertThat(model.parameters())
                .extracting(Parameter::name)
                .containsExactly(
                        "conv1.lin.weight",
                        "conv1.bias",
                        "bn1.weight",
                        "bn1.bias",
                        "bn1.running_mean",
                        "bn1.running_var",
                        "conv2.lin.weight",
                        "conv2.bias",
                        "bn2.weight",
                        "bn2.bias",
                        "bn2.running_mean",
                        "bn2.running_var",
                        "lin.weight",
                        "lin.bias");
        assertThat(model.parameters().get(0).shape()).containsExactly(16, FEATURES);
        assertThat(model.parameters().get(12).shape()).containsExactly(CLASSES, 32);
    }
}
