package org.aitia.models.internal.gcn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.Task;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.Rectifier;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.PreparedBatch;
import org.aitia.models.internal.CpuLease;
import org.aitia.models.internal.Reference;
import org.aitia.models.internal.layers.Pooling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A GCN computes what PyTorch Geometric computes, to float rounding. */
class GcnReferenceTest {
    private static final float TOLERANCE = 1e-5f;
    private static final Map<String, String> KARATE = Map.of("hidden", "8", "layers", "2");

    private final GcnArchitecture gcn = new GcnArchitecture();
    private final CpuLease lease = new CpuLease();

    @AfterEach
    void close() {
        lease.close();
    }

    @Test
    void logitsOfTheWholeGraph() {
        JsonObject reference = Reference.read("karate_gcn_f64.json");
        Graph graph = Reference.karate(reference, Reference.identityFeatures(34));
        assertClose(forward(karateModel(reference), graph, Masks.NONE), Reference.flat(reference.get("logits")));
    }

    @Test
    void logitsOfSparseFeatures() {
        JsonObject reference = Reference.read("karate_gcn_f64.json");
        Graph graph = Reference.karate(reference, sparseIdentity(34));
        assertClose(forward(karateModel(reference), graph, Masks.NONE), Reference.flat(reference.get("logits")));
    }

    @Test
    void logitsWithEdgeWeights() {
        JsonObject reference = Reference.read("karate_gcn_f64.json");
        float[] weights = Reference.vector(reference.get("edge_weight"));
        Graph graph = Reference.karate(reference, Reference.identityFeatures(34), weights);
        assertClose(
                forward(karateModel(reference), graph, Masks.NONE),
                Reference.flat(reference.get("logits_with_edge_weight")));
    }

    @Test
    void logitsOfEveryNodeInItsComputationGraph() {
        JsonObject reference = Reference.read("karate_gcn_f64.json");
        for (String key : List.of("logits", "logits_with_edge_weight")) {
            float[] weights = key.equals("logits") ? new float[0] : Reference.vector(reference.get("edge_weight"));
            Graph graph = Reference.karate(reference, sparseIdentity(34), weights);
            List<ComputationGraph> blocks = new ArrayList<>();
            for (int v = 0; v < 34; v++) {
                blocks.add(ComputationGraph.of(graph, v, 2));
            }
            assertClose(
                    forward(karateModel(reference), GraphBatch.of(blocks), Masks.NONE),
                    Reference.flat(reference.get(key)));
        }
    }

    @Test
    void maskedLogits() {
        JsonObject reference = Reference.read("karate_gcn_f64.json");
        JsonObject masked = Reference.read("karate_masked_metrics_f64.json");
        for (Features features : List.of(Reference.identityFeatures(34), sparseIdentity(34))) {
            Graph graph = Reference.karate(reference, features);
            NDArray edges = lease.manager()
                    .create(Reference.inEdgeOrder(reference, graph, Reference.vector(masked.get("edge_mask"))));
            NDArray nodes = lease.manager().create(Reference.flat(masked.get("node_mask_values")), new Shape(34, 34));
            GnnModel model = karateModel(reference);
            assertClose(
                    forward(model, graph, Masks.ofEdges(edges)), Reference.flat(masked.get("masked_logits_edge_only")));
            assertClose(
                    forward(model, graph, Masks.ofFeatures(nodes, FeatureMaskType.NODE_FEATURE)),
                    Reference.flat(masked.get("masked_logits_node_only")));
            Masks both = new Masks(Optional.of(edges), Optional.of(nodes), FeatureMaskType.NODE_FEATURE);
            assertClose(forward(model, graph, both), Reference.flat(masked.get("masked_logits")));
        }
    }

    /** Captum's rules for ReLU modules, float32 to 1e-4. */
    @ParameterizedTest
    @CsvSource({"GuidedBackprop, GUIDED", "Deconvolution, DECONVOLUTION", "Saliency, PLAIN"})
    void derivativesUnderRulesForRelu(String method, Rectifier rule) {
        JsonObject reference = Reference.read("karate_gcn_f32.json");
        Graph graph = Reference.karate(reference, Reference.identityFeatures(34));
        int cases = 0;
        for (JsonElement element :
                Reference.read("karate_attributions_f32.json").getAsJsonArray("cases")) {
            JsonObject expected = element.getAsJsonObject();
            if (!expected.get("method").getAsString().equals(method)) {
                continue;
            }
            cases++;
            float[][] gradients = gradients(
                    karateModel(reference),
                    graph,
                    rule,
                    expected.get("node").getAsInt(),
                    expected.get("target").getAsInt());
            if (rule == Rectifier.PLAIN) {
                absolute(gradients); // as saliency is defined
            }
            if (!expected.get("node_mask").isJsonNull()) {
                float[][] byFeatures = Reference.matrix(expected.get("node_mask"));
                for (int v = 0; v < 34; v++) {
                    // features are the identity, so this is what a mask sees
                    assertThat(gradients[0][v * 34 + v]).isCloseTo(byFeatures[v][v], within(1e-4f));
                }
            }
            if (!expected.get("edge_mask").isJsonNull()) {
                float[] byEdges = Reference.inEdgeOrder(reference, graph, Reference.vector(expected.get("edge_mask")));
                assertThat(gradients[1]).containsExactly(byEdges, within(1e-4f));
            }
        }
        assertThat(cases).isEqualTo(6);
    }

    private static void absolute(float[][] values) {
        for (float[] row : values) {
            for (int i = 0; i < row.length; i++) {
                row[i] = Math.abs(row[i]);
            }
        }
    }

    /** Of one logit by masks of ones: of features, [34 * 34], and of edges. */
    private float[][] gradients(GnnModel model, Graph graph, Rectifier rule, int node, int target) {
        try (ModelSession session = model.open(lease);
                PreparedBatch prepared = session.prepare(GraphBatch.whole(graph));
                NDArray features = lease.engine().variable(lease.manager().ones(new Shape(34, 34)));
                NDArray edges = lease.engine().variable(lease.manager().ones(new Shape(graph.edgeCount())));
                TensorScope step = lease.engine().openStep();
                GradientMode on = lease.engine().gradientMode(true)) {
            Masks masks = new Masks(Optional.of(edges), Optional.of(features), FeatureMaskType.NODE_FEATURE).with(rule);
            NDArray logit = session.forward(prepared, masks).get(node).get(target);
            return lease.engine().gradients(logit, List.of(features, edges)).stream()
                    .map(NDArray::toFloatArray)
                    .toArray(float[][]::new);
        }
    }

    @Test
    void oneLayerNormalisedOrNot() {
        JsonObject reference = Reference.read("karate_layers_f64.json");
        Graph graph = Reference.karate(reference, DenseFeatures.of(Reference.matrix(reference.get("x"))));
        Graph weighted = Reference.karate(reference, graph.features(), Reference.vector(reference.get("edge_weight")));
        for (String layer : List.of("GCNConv", "GCNConv_nonorm")) {
            JsonObject expected = reference.getAsJsonObject("layers").getAsJsonObject(layer);
            String normalization = layer.equals("GCNConv") ? "symmetric" : "none";
            GnnModel model = singleLayer(expected.getAsJsonObject("state"), normalization);
            assertClose(forward(model, graph, Masks.NONE), Reference.flat(expected.get("out")));
            if (expected.has("out_edge_weight")) {
                assertClose(forward(model, weighted, Masks.NONE), Reference.flat(expected.get("out_edge_weight")));
            }
        }
    }

    @Test
    void embeddingsOfTheHiddenLayer() {
        JsonObject reference = Reference.read("karate_gcn_f64.json");
        Graph graph = Reference.karate(reference, Reference.identityFeatures(34));
        float[] expected = Reference.flat(reference.get("hidden_pre_relu"));
        for (int i = 0; i < expected.length; i++) {
            expected[i] = Math.max(0, expected[i]);
        }
        try (ModelSession session = karateModel(reference).open(lease);
                PreparedBatch prepared = session.prepare(GraphBatch.whole(graph))) {
            List<NDArray> embeddings = session.embeddings(prepared, Masks.NONE);
            assertClose(embeddings.get(0).toFloatArray(), expected);
            assertClose(embeddings.get(1).toFloatArray(), Reference.flat(reference.get("logits")));
        }
    }

    @Test
    void pooling() {
        JsonObject reference = Reference.read("karate_layers_f64.json");
        JsonObject pool = reference.getAsJsonObject("pool");
        NDArray x = lease.manager().create(Reference.flat(reference.get("x")), new Shape(34, 6));
        NDArray offsets = lease.manager().create(new long[] {0, 10, 24, 34});
        Map<Pooling, List<String>> parts = Map.of(
                Pooling.SUM, List.of("add"),
                Pooling.MEAN, List.of("mean"),
                Pooling.MAX, List.of("max"),
                Pooling.MAX_MEAN, List.of("max", "mean"),
                Pooling.MAX_SUM, List.of("max", "add"));
        parts.forEach((pooling, names) -> {
            NDArray pooled = pooling.apply(lease.engine().kernels(), x, offsets);
            assertThat(pooled.getShape()).isEqualTo(new Shape(3, 6L * pooling.parts()));
            for (int i = 0; i < names.size(); i++) {
                NDArray part = pooled.get(":, " + 6 * i + ":" + 6 * (i + 1));
                assertClose(part.toFloatArray(), Reference.flat(pool.get(names.get(i))));
            }
        });
    }

    private GnnModel singleLayer(JsonObject state, String normalization) {
        Parameter weight = Reference.parameter("conv1.lin.weight", state.get("lin.weight"));
        Parameter bias = Reference.parameter("conv1.bias", state.get("bias"));
        return gcn.restore(
                new ModelShape(Task.NODE, (int) weight.shape()[1], (int) weight.shape()[0]),
                Map.of("layers", "1", "normalization", normalization),
                List.of(weight, bias));
    }

    private GnnModel karateModel(JsonObject reference) {
        return gcn.restore(
                new ModelShape(Task.NODE, 34, 4), KARATE, Reference.parameters(reference.getAsJsonObject("weights")));
    }

    private float[] forward(GnnModel model, Graph graph, Masks masks) {
        return forward(model, GraphBatch.whole(graph), masks);
    }

    private float[] forward(GnnModel model, GraphBatch batch, Masks masks) {
        try (ModelSession session = model.open(lease);
                PreparedBatch prepared = session.prepare(batch)) {
            return session.forward(prepared, masks).toFloatArray();
        }
    }

    private static Features sparseIdentity(int n) {
        int[] offsets = new int[n + 1];
        int[] columns = new int[n];
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            offsets[i + 1] = i + 1;
            columns[i] = i;
            values[i] = 1;
        }
        return new SparseFeatures(n, offsets, columns, values);
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        assertThat(actual).containsExactly(expected, within(TOLERANCE));
    }
}
