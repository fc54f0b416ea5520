package org.aitia.models.internal.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.AdamOptimizer;
import org.aitia.api.engine.AdamOptions;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ImportReport;
import org.aitia.api.model.ImportRequest;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;
import org.aitia.models.internal.CpuLease;
import org.aitia.testkit.data.SharedFiles;
import org.aitia.testkit.tck.TestGraphs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an import finds out, and what the imported model then computes. */
class ImportTest {
    private static final int FEATURES = 5;

    @TempDir
    Path root;

    private static float[] logits(GnnModel model, GraphBatch batch, UnaryOperator<Masks> masking) {
        try (DeviceLease lease = new CpuLease();
                ModelSession session = model.open(lease);
                PreparedBatch prepared = session.prepare(batch);
                TensorScope scope = lease.engine().openScope()) {
            return session.forward(prepared, masking.apply(Masks.NONE)).toFloatArray();
        }
    }

    private static float[] logits(GnnModel model, GraphBatch batch) {
        return logits(model, batch, m -> m);
    }

    private static void assertClose(float[] actual, float[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i])
                    .as("value %d", i)
                    .isCloseTo(expected[i], within(tolerance * Math.max(1, Math.abs(expected[i]))));
        }
    }

    // --- what is found --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "gcn,             NODE,  3, EDGE_WEIGHT, 3, local,      logits",
        "gcn_traced,      NODE,  3, EDGE_WEIGHT, 3, local,      logits",
        "gcn_training,    NODE,  3, EDGE_WEIGHT, 3, local,      logits",
        "gcn_by_source,   NODE,  3, EDGE_WEIGHT, 4, undirected, logits",
        "sage,            NODE,  3, NONE,        2, local,      logits",
        "ignores_weights, NODE,  3, NONE,        2, local,      logits",
        "centred,         NODE,  3, NONE,       16, global,     logits",
        "softmax,         NODE,  3, NONE,        2, local,      probabilities",
        "log_softmax,     NODE,  3, NONE,        2, local,      logits",
        "score,           NODE,  2, NONE,        2, local,      score",
        "sigmoid,         NODE,  2, NONE,        2, local,      probability",
        "pooled,          GRAPH, 3, EDGE_WEIGHT, 1, local,      logits",
        "pooled_one,      GRAPH, 3, NONE,        1, local,      logits",
        "mixing,          GRAPH, 3, NONE,        1, local,      logits",
        "link_scores,     LINK,  2, EDGE_WEIGHT, 3, local,      score",
        "sage,            LINK,  2, NONE,        2, local,      embeddings"
    })
    void theProbeFindsWhatAModuleIs(
            String name, Task task, int classes, EdgeMaskSupport masks, int hops, String reach, String output) {
        ImportReport report = new Exchange(root).importModule(name + ".pt", task);
        assertThat(report.model().info().shape().task()).isEqualTo(task);
        assertThat(report.model().info().shape().inputFeatures()).isEqualTo(FEATURES);
        assertThat(report.model().info().shape().classes()).isEqualTo(classes);
        assertThat(report.model().info().edgeMasks()).isEqualTo(masks);
        assertThat(report.model().info().hops()).isEqualTo(hops);
        assertThat(report.model().info().options())
                .containsEntry("reach", reach)
                .containsEntry("output", output);
        assertThat(report.model().info().notes()).isNotEmpty();
        assertThat(report.model().weightsDigest()).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void theReportSaysWhatCanBeExplained() {
        Exchange e = new Exchange(root);
        assertThat(e.importModule("gcn.pt", Task.NODE).findings())
                .contains(
                        "forward takes x, edge_index, edge_weight with 5 features per node, and tells 3 classes apart.",
                        "Edges can be explained by masks: a mask multiplies edge_weight and goes through the model's own"
                                + " normalisation.",
                        "Nodes and features can be explained by masks on x.")
                .anyMatch(f -> f.startsWith("The computation graph of 3 hops reproduces the predictions"));
        assertThat(e.store.find("imported").info().notes().get(0)).contains("the model's own normalisation");
        assertThat(e.importModule("sage.pt", Task.NODE).findings())
                .contains(
                        "Edges can be explained by removing them (explainer occlusion), not by masks: gnnexplainer needs"
                                + " -o edgeMaskType=none.");
        assertThat(e.importModule("gcn_training.pt", Task.NODE).findings())
                .anyMatch(f -> f.startsWith("It was saved in training mode"));
        assertThat(e.importModule("log_softmax.pt", Task.NODE).findings())
                .anyMatch(f -> f.contains("as good as logits"));
        assertThat(e.importModule("mixing.pt", Task.GRAPH).findings())
                .anyMatch(f -> f.startsWith("Graphs influence each other"));
    }

    @Test
    void withADataSetItIsProbedOnRealDataAndItsAccuracyIsTold() {
        Graph graph = TestGraphs.undirected(60, 120, FEATURES, 3, 5);
        Dataset data = Dataset.builder(new DatasetInfo("mine", "mine", "", Task.NODE, "", "", "", true))
                .graph(graph)
                .classes(3)
                .build();
        Exchange e = new Exchange(root, data);
        ImportRequest request = Exchange.on(Exchange.request(Exchange.module("gcn.pt"), Task.NODE), "mine");
        ImportReport report = e.exchange.importModel(request, TaskMonitor.NONE);
        assertThat(report.model().dataset()).isEqualTo("mine");
        assertThat(report.model().datasetDigest()).isEqualTo(data.digest());
        float[] all = logits(e.imported(), GraphBatch.whole(graph));
        int right = 0;
        for (int v = 0; v < 60; v++) {
            int best = 0;
            for (int c = 1; c < 3; c++) {
                best = all[v * 3 + c] > all[v * 3 + best] ? c : best;
            }
            right += best == graph.label(v) ? 1 : 0;
        }
        assertThat(report.model().metrics()).containsEntry("testAccuracy", right / 60.0);
        assertThat(report.findings()).anyMatch(f -> f.startsWith("It is right about"));
    }

    // --- what is computed -----------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"gcn, true", "gcn, false", "gcn_by_source, true", "gcn_by_source, false", "centred, true", "sage, false"
    })
    void logitsInComputationGraphsAreThoseInTheFullGraph(String name, boolean undirected) {
        Exchange e = new Exchange(root);
        int hops = e.importModule(name + ".pt", Task.NODE).model().info().hops();
        Graph graph = undirected
                ? TestGraphs.undirected(50, 70, FEATURES, 3, 2)
                : TestGraphs.directed(50, 90, FEATURES, 3, 2);
        float[] full = logits(e.imported(), GraphBatch.whole(graph));
        List<ComputationGraph> blocks = IntStream.range(0, 10)
                .mapToObj(v -> ComputationGraph.of(graph, 5 * v, hops))
                .toList();
        float[] expected = new float[30];
        for (int i = 0; i < 10; i++) {
            System.arraycopy(full, 5 * i * 3, expected, 3 * i, 3);
        }
        assertClose(logits(e.imported(), GraphBatch.of(blocks)), expected, 2e-5);
    }

    @ParameterizedTest
    @CsvSource({"pooled, true", "pooled_one, false", "mixing, false"})
    void graphsOfABatchGetTheLogitsThatTheyGetAlone(String name) {
        Exchange e = new Exchange(root);
        e.importModule(name + ".pt", Task.GRAPH);
        List<ComputationGraph> graphs = IntStream.range(0, 3)
                .mapToObj(i -> ComputationGraph.whole(TestGraphs.undirected(8 + i, 12, FEATURES, 3, i)))
                .toList();
        float[] together = logits(e.imported(), GraphBatch.of(graphs));
        for (int i = 0; i < 3; i++) {
            float[] alone = logits(e.imported(), GraphBatch.of(List.of(graphs.get(i))));
            assertClose(Arrays.copyOfRange(together, 3 * i, 3 * i + 3), alone, 1e-5);
        }
    }

    @Test
    void probabilitiesAndLogProbabilitiesGiveTheSameSoftmaxAsLogits() {
        GraphBatch batch = GraphBatch.whole(TestGraphs.undirected(20, 30, FEATURES, 3, 1));
        Exchange e = new Exchange(root);
        e.importModule("softmax.pt", Task.NODE);
        float[] logarithms = logits(e.imported(), batch);
        for (int v = 0; v < 20; v++) {
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                sum += Math.exp(logarithms[3 * v + c]);
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
        e.importModule("sigmoid.pt", Task.NODE);
        float[] both = logits(e.imported(), batch);
        for (int v = 0; v < 20; v++) {
            assertThat(Math.exp(both[2 * v]) + Math.exp(both[2 * v + 1])).isCloseTo(1, within(1e-5));
        }
    }

    // --- masks ----------------------------------------------------------------------------------------------------

    @Test
    void anEdgeMaskedAwayIsAnEdgeRemoved() {
        Exchange e = new Exchange(root);
        e.importModule("gcn.pt", Task.NODE);
        Graph graph = TestGraphs.undirected(20, 30, FEATURES, 3, 1);
        GraphBuilder without = Graph.builder(20).features(graph.features());
        for (int i = 0; i < graph.edgeCount(); i++) {
            if (i != 7) {
                without.edge(graph.source(i), graph.target(i), graph.edgeWeight(i));
            }
        }
        float[] masked = masked(e.imported(), GraphBatch.whole(graph), 7);
        assertThat(graph.source(7)).isNotEqualTo(graph.target(7));
        assertClose(masked, logits(e.imported(), GraphBatch.whole(without.build())), 1e-5);
    }

    /** Also where the whole graph is computed around what is explained. */
    @ParameterizedTest
    @CsvSource({"sage", "gcn", "gcn_by_source", "centred"})
    void anEdgeTakenOutOfAComputationGraphIsAnEdgeRemoved(String name) {
        Exchange e = new Exchange(root);
        int hops = e.importModule(name + ".pt", Task.NODE).model().info().hops();
        Graph graph = TestGraphs.directed(20, 40, FEATURES, 3, 3);
        int target = IntStream.range(0, 20)
                .filter(v -> graph.inDegree(v) > 1)
                .findFirst()
                .orElseThrow();
        ComputationGraph block = ComputationGraph.of(graph, target, hops);
        int removed = block.edge(1);
        GraphBuilder without = Graph.builder(20).features(graph.features());
        for (int i = 0; i < graph.edgeCount(); i++) {
            if (i != removed) {
                without.edge(graph.source(i), graph.target(i), graph.edgeWeight(i));
            }
        }
        float[] all = logits(e.imported(), GraphBatch.whole(without.build()));
        float[] expected = Arrays.copyOfRange(all, 3 * target, 3 * target + 3);
        assertThat(logits(e.imported(), GraphBatch.of(List.of(block)))).isNotEqualTo(expected);
        assertClose(logits(e.imported(), GraphBatch.of(List.of(block.withoutEdges(1)))), expected, 2e-5);
    }

    @ParameterizedTest
    @CsvSource({"pooled", "pooled_one"})
    void anEdgeTakenOutOfAGraphIsAnEdgeRemoved(String name) {
        Exchange e = new Exchange(root);
        e.importModule(name + ".pt", Task.GRAPH);
        Graph graph = TestGraphs.directed(12, 20, FEATURES, 3, 3);
        GraphBuilder without = Graph.builder(12).features(graph.features());
        for (int i = 0; i < graph.edgeCount(); i++) {
            if (i != 4) {
                without.edge(graph.source(i), graph.target(i), graph.edgeWeight(i));
            }
        }
        ComputationGraph whole = ComputationGraph.whole(graph);
        float[] both = logits(e.imported(), GraphBatch.of(List.of(whole, whole.withoutEdges(4))));
        assertClose(Arrays.copyOfRange(both, 3, 6), logits(e.imported(), GraphBatch.whole(without.build())), 2e-5);
    }

    private static float[] masked(GnnModel model, GraphBatch batch, int edge) {
        try (DeviceLease lease = new CpuLease();
                ModelSession session = model.open(lease);
                PreparedBatch prepared = session.prepare(batch);
                TensorScope scope = lease.engine().openScope()) {
            float[] mask = new float[batch.edgeCount()];
            Arrays.fill(mask, 1);
            mask[edge] = 0;
            NDArray array = lease.manager().create(mask);
            return session.forward(prepared, Masks.ofEdges(array)).toFloatArray();
        }
    }

    /** In batches that are given as they are, with self-loops, and with the whole graph around them. */
    @ParameterizedTest
    @CsvSource({"gcn, true, false", "gcn, true, true", "gcn, false, false", "gcn_by_source, false, false"})
    void gradientsOfEdgeMasksAreDifferenceQuotients(String name, boolean whole, boolean inStep) {
        checkGradient(name, whole, inStep, FeatureMaskType.NODE, true);
    }

    @ParameterizedTest
    @CsvSource({
        "gcn, NODE, true",
        "sage, FEATURE, false",
        "gcn_by_source, NODE_FEATURE, false",
        "centred, NODE, true",
        "centred, FEATURE, false",
        "gcn, STORED, false",
        "gcn_by_source, STORED, true",
        "centred, STORED, false"
    })
    void gradientsOfFeatureMasksAreDifferenceQuotients(String name, FeatureMaskType type, boolean inStep) {
        checkGradient(name, false, inStep, type, false);
    }

    /** At once, with the whole graph around it, and graph by graph; sparse and dense. */
    @ParameterizedTest
    @CsvSource({"gcn, NODE", "gcn_by_source, NODE", "centred, NODE", "pooled, GRAPH", "pooled_one, GRAPH"})
    void masksOfStoredValuesAreMasksOfNodesAndFeatures(String name, Task task) {
        Exchange e = new Exchange(root);
        int hops = e.importModule(name + ".pt", task).model().info().hops();
        Graph sparse = loopy(TestGraphs.directed(20, 40, FEATURES, 3, 3));
        Graph dense = TestGraphs.undirected(12, 20, FEATURES, 3, 4);
        GraphBatch batch = task == Task.GRAPH
                ? GraphBatch.of(List.of(ComputationGraph.whole(sparse), ComputationGraph.whole(dense)))
                : GraphBatch.of(List.of(
                        ComputationGraph.of(sparse, 2, hops),
                        ComputationGraph.of(sparse, 9, hops),
                        ComputationGraph.of(dense, 1, hops)));
        int[] offsets = batch.storedOffsets();
        float[] stored = new float[offsets[batch.nodeCount()]];
        float[] features = new float[batch.nodeCount() * FEATURES]; // 0 where nothing is stored
        for (int r = 0; r < batch.nodeCount(); r++) {
            ComputationGraph block = batch.blocks().get(batch.rowBlocks()[r]);
            int from = block.storedOffsets()[batch.rowNodes()[r]];
            for (int s = offsets[r]; s < offsets[r + 1]; s++) {
                stored[s] = 0.1f + 0.8f * ((s * 7) % 10) / 10;
                features[r * FEATURES + block.storedColumns()[from + s - offsets[r]]] = stored[s];
            }
        }
        Shape all = new Shape(batch.nodeCount(), FEATURES);
        float[] expected = masked(e.imported(), batch, features, all, FeatureMaskType.NODE_FEATURE);
        assertThat(logits(e.imported(), batch)).isNotEqualTo(expected);
        assertClose(
                masked(e.imported(), batch, stored, new Shape(stored.length), FeatureMaskType.STORED), expected, 1e-5);
    }

    private static float[] masked(GnnModel model, GraphBatch batch, float[] mask, Shape shape, FeatureMaskType type) {
        try (DeviceLease lease = new CpuLease();
                ModelSession session = model.open(lease);
                PreparedBatch prepared = session.prepare(batch);
                TensorScope scope = lease.engine().openScope()) {
            NDArray array = lease.manager().create(mask, shape);
            return session.forward(prepared, Masks.ofFeatures(array, type)).toFloatArray();
        }
    }

    private void checkGradient(String name, boolean whole, boolean inStep, FeatureMaskType type, boolean edges) {
        Exchange e = new Exchange(root);
        int hops = e.importModule(name + ".pt", Task.NODE).model().info().hops();
        Graph graph = loopy(TestGraphs.directed(20, 40, FEATURES, 3, 3));
        GraphBatch batch = whole
                ? GraphBatch.whole(graph)
                : GraphBatch.of(List.of(ComputationGraph.of(graph, 2, hops), ComputationGraph.of(graph, 9, hops)));
        long[] shape = edges
                ? new long[] {batch.edgeCount()}
                : switch (type) {
                    case NODE -> new long[] {batch.nodeCount(), 1};
                    case FEATURE -> new long[] {batch.blocks().size(), FEATURES};
                    case NODE_FEATURE -> new long[] {batch.nodeCount(), FEATURES};
                    case STORED -> new long[] {batch.storedOffsets()[batch.nodeCount()]};
                };
        try (DeviceLease lease = new CpuLease();
                ModelSession session = e.imported().open(lease);
                PreparedBatch prepared = session.prepare(batch)) {
            float[] values = new float[Math.toIntExact(new Shape(shape).size())];
            for (int i = 0; i < values.length; i++) {
                values[i] = 0.3f + 0.5f * ((i * 7) % 10) / 10;
            }
            NDArray mask = lease.engine().variable(lease.manager().create(values, new Shape(shape)));
            float[] gradient;
            try (TensorScope scope =
                            inStep ? lease.engine().openStep() : lease.engine().openScope();
                    var on = lease.engine().gradientMode(true)) {
                NDArray loss = loss(session, prepared, mask, type, edges);
                gradient = lease.engine().gradients(loss, List.of(mask)).get(0).toFloatArray();
            }
            double step = 5e-3;
            double size = 0;
            for (float g : gradient) {
                size = Math.max(size, Math.abs(g));
            }
            assertThat(size).isGreaterThan(1e-3);
            for (int i = 0; i < values.length; i += Math.max(1, values.length / 12)) {
                double difference = (value(lease, session, prepared, values, shape, i, step, type, edges)
                                - value(lease, session, prepared, values, shape, i, -step, type, edges))
                        / (2 * step);
                assertThat((double) gradient[i])
                        .as("derivative by value %d", i)
                        .isCloseTo(difference, within(0.02 * size));
            }
            mask.close();
        }
    }

    private static double value(
            DeviceLease lease,
            ModelSession session,
            PreparedBatch prepared,
            float[] values,
            long[] shape,
            int at,
            double step,
            FeatureMaskType type,
            boolean edges) {
        float[] moved = values.clone();
        moved[at] += (float) step;
        try (TensorScope scope = lease.engine().openScope();
                NDArray mask = lease.manager().create(moved, new Shape(shape))) {
            return loss(session, prepared, mask, type, edges).getFloat();
        }
    }

    private static NDArray loss(
            ModelSession session, PreparedBatch prepared, NDArray mask, FeatureMaskType type, boolean edges) {
        Masks masks = edges ? Masks.ofEdges(mask) : Masks.ofFeatures(mask, type);
        return session.forward(prepared, masks).square().sum();
    }

    private static Graph loopy(Graph graph) {
        GraphBuilder builder = Graph.builder(graph.nodeCount()).features(graph.features());
        for (int i = 0; i < graph.edgeCount(); i++) {
            builder.edge(graph.source(i), graph.target(i), graph.edgeWeight(i));
        }
        if (graph.edge(2, 2) < 0) {
            builder.edge(2, 2, 0.5f);
        }
        return builder.build();
    }

    /** As explainers do it: steps of Adam in which recorded derivatives of the engine's own kernels take part. */
    @Test
    void aMaskIsLearntInSteps() {
        Exchange e = new Exchange(root);
        e.importModule("gcn.pt", Task.NODE);
        Graph graph = loopy(TestGraphs.undirected(20, 30, FEATURES, 3, 3));
        GraphBatch batch = GraphBatch.of(List.of(ComputationGraph.of(graph, 2, 3), ComputationGraph.of(graph, 9, 3)));
        try (DeviceLease lease = new CpuLease();
                ModelSession session = e.imported().open(lease);
                PreparedBatch prepared = session.prepare(batch);
                NDArray mask = lease.engine().variable(lease.manager().ones(new Shape(batch.edgeCount())));
                AdamOptimizer adam = lease.engine().adam(AdamOptions.withLearningRate(0.05), List.of(mask))) {
            List<Float> losses = new ArrayList<>();
            for (int epoch = 0; epoch < 30; epoch++) {
                try (TensorScope step = lease.engine().openStep();
                        var on = lease.engine().gradientMode(true)) {
                    NDArray loss = session.forward(prepared, Masks.ofEdges(mask.mul(mask)))
                            .square()
                            .sum();
                    losses.add(loss.getFloat());
                    adam.step(lease.engine().gradients(loss, List.of(mask)));
                }
            }
            assertThat(losses.get(29)).isLessThan(0.95f * losses.get(0));
        }
    }

    @Test
    void whatAnImportedModelCannotDoIsRefused() {
        Exchange e = new Exchange(root);
        e.importModule("sage.pt", Task.NODE);
        GraphBatch batch = GraphBatch.whole(TestGraphs.undirected(20, 30, FEATURES, 3, 3));
        assertThatThrownBy(() -> masked(e.imported(), batch, 0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("takes no edge weights, so its edges cannot be masked");
        try (DeviceLease lease = new CpuLease()) {
            assertThatThrownBy(() -> e.imported().openForTraining(lease))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("cannot be trained here");
            try (ModelSession session = e.imported().open(lease);
                    PreparedBatch prepared = session.prepare(batch)) {
                assertThatThrownBy(() -> session.embeddings(prepared, Masks.NONE))
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessageContaining("does not tell the embeddings of its layers");
                GraphBatch other = GraphBatch.whole(TestGraphs.undirected(20, 30, 4, 3, 3));
                assertThatThrownBy(() -> session.prepare(other))
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessageContaining("the model takes 5 features per node, the graph has 4");
            }
        }
        assertThatThrownBy(() ->
                        new TorchScriptArchitecture().create(e.imported().info().shape(), Map.of(), 1))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("cannot be made or trained here");
    }

    // --- the samples ----------------------------------------------------------------------------------------------

    @Test
    void theKarateSampleGivesWhatPyTorchGave() throws IOException {
        Path file = SharedFiles.reference("torchscript/karate_gcn_pure_torch.pt");
        JsonObject json = JsonParser.parseString(
                        Files.readString(SharedFiles.reference("torchscript/karate_gcn_pure_torch.json")))
                .getAsJsonObject();
        JsonObject inputs = json.getAsJsonObject("inputs");
        GraphBuilder builder = Graph.builder(34)
                .features(DenseFeatures.of(matrix(inputs.getAsJsonObject("x").getAsJsonArray("values"))));
        JsonArray ends = inputs.getAsJsonObject("edge_index").getAsJsonArray("values");
        JsonArray weights = inputs.getAsJsonObject("edge_weight").getAsJsonArray("values");
        for (int i = 0; i < weights.size(); i++) {
            builder.edge(
                    ends.get(0).getAsJsonArray().get(i).getAsInt(),
                    ends.get(1).getAsJsonArray().get(i).getAsInt(),
                    weights.get(i).getAsFloat());
        }
        Exchange e = new Exchange(root);
        ImportReport report = e.exchange.importModel(Exchange.request(file, Task.NODE), TaskMonitor.NONE);
        assertThat(report.model().info().edgeMasks()).isEqualTo(EdgeMaskSupport.EDGE_WEIGHT);
        assertThat(report.model().info().hops()).isEqualTo(3);
        float[][] expected = matrix(json.getAsJsonObject("expected").getAsJsonArray("values"));
        assertClose(logits(e.imported(), GraphBatch.whole(builder.build())), flat(expected), 1e-5);
    }

    @Test
    void theCoraSampleGivesWhatPyTorchGave() throws IOException {
        Path file = SharedFiles.reference("torchscript/cora_gcn_pure_torch.pt");
        Dataset cora = Planetoid.cora();
        Graph features = cora.graph();
        GraphBuilder builder = Graph.builder(features.nodeCount()).features(features.features());
        for (String line : Files.readAllLines(SharedFiles.reference("torchscript/cora_edge_index.csv"))) {
            String[] ends = line.split(",");
            builder.edge(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
        }
        Exchange e = new Exchange(root, cora);
        ImportRequest request = new ImportRequest(
                file, "imported", Task.NODE, OptionalInt.of(7), OptionalInt.empty(), Optional.of("cora"), Map.of(), 1);
        ImportReport report = e.exchange.importModel(request, TaskMonitor.NONE);
        assertThat(report.model().metrics().get("testAccuracy")).isCloseTo(0.820, within(1e-6));
        List<float[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(SharedFiles.reference("torchscript/cora_gcn_expected_logits.csv"))) {
            String[] words = line.split(",");
            float[] row = new float[words.length];
            for (int c = 0; c < row.length; c++) {
                row[c] = Float.parseFloat(words[c]);
            }
            rows.add(row);
        }
        assertClose(logits(e.imported(), GraphBatch.whole(builder.build())), flat(rows.toArray(new float[0][])), 1e-5);
    }

    private static float[][] matrix(JsonArray rows) {
        float[][] matrix = new float[rows.size()][];
        for (int r = 0; r < matrix.length; r++) {
            JsonArray row = rows.get(r).getAsJsonArray();
            matrix[r] = new float[row.size()];
            for (int c = 0; c < row.size(); c++) {
                matrix[r][c] = row.get(c).getAsFloat();
            }
        }
        return matrix;
    }

    private static float[] flat(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, flat, r * rows[r].length, rows[r].length);
        }
        return flat;
    }
}
