package org.aitia.models.internal.gat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.aitia.api.Task;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelSession.Attention;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.PreparedBatch;
import org.aitia.models.internal.CpuLease;
import org.aitia.models.internal.Reference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GAT and GATv2 compute what PyTorch Geometric computes, to float rounding. */
class GatReferenceTest {
    private static final float TOLERANCE = 1e-5f;
    private static final int NODES = 34;

    private final CpuLease lease = new CpuLease();

    @AfterEach
    void close() {
        lease.close();
    }

    @ParameterizedTest
    @CsvSource({"GATConv_h2_concat, 2, concat", "GATConv_h3_mean, 3, mean", "GATv2Conv_h2, 2, concat"})
    void oneLayerWithItsAttention(String layer, int heads, String merge) {
        JsonObject reference = Reference.read("karate_layers_f32.json");
        JsonObject expected = reference.getAsJsonObject("layers").getAsJsonObject(layer);
        Graph graph = Reference.karate(reference, DenseFeatures.of(Reference.matrix(reference.get("x"))));
        float[] out = Reference.flat(expected.get("out"));
        ModelArchitecture architecture = layer.startsWith("GATv2") ? new GatV2Architecture() : new GatArchitecture();
        GnnModel model = architecture.restore(
                new ModelShape(Task.NODE, 6, out.length / NODES),
                Map.of("layers", "1", "outHeads", Integer.toString(heads), "headMerge", merge),
                parameters(expected.getAsJsonObject("state"), "conv1."));

        assertClose(logits(model, GraphBatch.whole(graph)), out);
        assertAttention(
                graph,
                model,
                expected.getAsJsonArray("attention_edge_index"),
                Reference.matrix(expected.get("attention")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dense", "sparse"})
    void logitsOfTwoLayers(String features) {
        JsonObject reference = Reference.read("karate_attention_f32.json");
        JsonObject karate = Reference.read("karate_layers_f32.json");
        float[][] x = Reference.matrix(karate.get("x"));
        Graph graph = Reference.karate(karate, features.equals("dense") ? DenseFeatures.of(x) : sparse(x));
        GnnModel model = twoLayers(reference);
        float[] expected = Reference.flat(reference.get("logits"));

        assertClose(logits(model, GraphBatch.whole(graph)), expected);
        assertClose(
                logits(
                        model,
                        GraphBatch.of(IntStream.range(0, NODES)
                                .mapToObj(v -> ComputationGraph.of(graph, v, 2))
                                .toList())),
                expected);
    }

    private static SparseFeatures sparse(float[][] x) {
        int[] offsets = new int[x.length + 1];
        List<Integer> indices = new ArrayList<>();
        List<Float> values = new ArrayList<>();
        for (int v = 0; v < x.length; v++) {
            for (int f = 0; f < x[v].length; f++) {
                if (x[v][f] != 0) {
                    indices.add(f);
                    values.add(x[v][f]);
                }
            }
            offsets[v + 1] = indices.size();
        }
        float[] stored = new float[values.size()];
        IntStream.range(0, stored.length).forEach(i -> stored[i] = values.get(i));
        return new SparseFeatures(
                x[0].length,
                offsets,
                indices.stream().mapToInt(Integer::intValue).toArray(),
                stored);
    }

    private static GnnModel twoLayers(JsonObject reference) {
        return new GatArchitecture()
                .restore(
                        new ModelShape(Task.NODE, 6, 4),
                        Map.of("hidden", "4", "heads", "2"),
                        parameters(reference.getAsJsonObject("state"), ""));
    }

    /** Arrays of three dimensions are read, too. */
    private static List<Parameter> parameters(JsonObject state, String prefix) {
        List<Parameter> parameters = new ArrayList<>();
        state.entrySet().forEach(entry -> {
            JsonArray json = entry.getValue().getAsJsonArray();
            boolean deep = json.get(0).isJsonArray()
                    && json.get(0).getAsJsonArray().get(0).isJsonArray();
            Parameter flat = Reference.parameter(prefix + entry.getKey(), deep ? json.get(0) : json);
            parameters.add(
                    deep
                            ? new Parameter(
                                    flat.name(), new long[] {1, flat.shape()[0], flat.shape()[1]}, flat.values(), true)
                            : flat);
        });
        return parameters;
    }

    private float[] logits(GnnModel model, GraphBatch batch) {
        return compute(
                model,
                batch,
                (session, prepared) -> session.forward(prepared, Masks.NONE).toFloatArray());
    }

    private interface Computation<T> {
        T apply(ModelSession session, PreparedBatch batch);
    }

    private <T> T compute(GnnModel model, GraphBatch batch, Computation<T> computation) {
        try (ModelSession session = model.open(lease);
                PreparedBatch prepared = session.prepare(batch);
                TensorScope scope = lease.engine().openScope()) {
            return computation.apply(session, prepared);
        }
    }

    private void assertAttention(Graph graph, GnnModel model, JsonArray edgeIndex, float[][] expected) {
        Map<Long, float[]> byEnds = new HashMap<>();
        float[] sources = Reference.vector(edgeIndex.get(0));
        float[] targets = Reference.vector(edgeIndex.get(1));
        for (int e = 0; e < expected.length; e++) {
            byEnds.put(key((int) sources[e], (int) targets[e]), expected[e]);
        }
        Function<Attention, float[][]> rows = attention -> new float[][] {
            attention.edges().toFloatArray(), attention.selfLoops().toFloatArray()
        };
        int heads = expected[0].length;
        float[][] found = compute(
                model,
                GraphBatch.whole(graph),
                (session, prepared) ->
                        rows.apply(session.attention(prepared, Masks.NONE).get(0)));
        for (int v = 0; v < NODES; v++) {
            for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
                assertRow(found[0], e, byEnds.get(key(graph.source(e), v)), heads);
            }
            assertRow(found[1], v, byEnds.get(key(v, v)), heads);
        }
        assertThat(found[0]).hasSize(graph.edgeCount() * heads);
    }

    private static long key(int source, int target) {
        return (long) source * NODES + target;
    }

    private static void assertRow(float[] found, int row, float[] expected, int heads) {
        for (int h = 0; h < heads; h++) {
            assertThat(found[row * heads + h]).isCloseTo(expected[h], within(TOLERANCE));
        }
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("value %d", i).isCloseTo(expected[i], within(TOLERANCE));
        }
    }
}
