package org.aitia.explainer.baselines.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.aitia.api.Task;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.PreparedBatch;
import org.aitia.testkit.data.SharedFiles;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A GAT of two layers on the karate club: what PyG computes, float32 to 1e-4, and what reaches the target of it. */
class AttentionReferenceTest {
    private static final double TOLERANCE = 1e-4;

    private Workbench workbench;

    @BeforeEach
    void open() {
        workbench = Workbench.open();
    }

    @AfterEach
    void close() {
        workbench.close();
    }

    private static JsonObject read(String name) {
        try {
            return JsonParser.parseString(Files.readString(SharedFiles.reference(name)))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static float[] numbers(JsonElement json) {
        List<Float> values = new ArrayList<>();
        flatten(json, values);
        float[] result = new float[values.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = values.get(i);
        }
        return result;
    }

    private static void flatten(JsonElement json, List<Float> values) {
        if (json.isJsonArray()) {
            json.getAsJsonArray().forEach(element -> flatten(element, values));
        } else {
            values.add(json.getAsFloat());
        }
    }

    private static long[] shape(JsonElement json) {
        List<Long> extents = new ArrayList<>();
        for (JsonElement at = json; at.isJsonArray(); at = at.getAsJsonArray().get(0)) {
            extents.add((long) at.getAsJsonArray().size());
        }
        return extents.stream().mapToLong(i -> i).toArray();
    }

    private static Graph karate(JsonObject layers) {
        JsonArray x = layers.getAsJsonArray("x");
        float[][] features = StreamSupport.stream(x.spliterator(), false)
                .map(AttentionReferenceTest::numbers)
                .toArray(float[][]::new);
        JsonArray ends = layers.getAsJsonArray("edge_index");
        GraphBuilder builder = Graph.builder(x.size()).features(DenseFeatures.of(features));
        for (int e = 0; e < ends.get(0).getAsJsonArray().size(); e++) {
            builder.edge(at(ends, 0, e), at(ends, 1, e));
        }
        return builder.build();
    }

    private static int at(JsonArray ends, int end, int edge) {
        return ends.get(end).getAsJsonArray().get(edge).getAsInt();
    }

    private static GnnModel model(JsonObject reference) {
        List<Parameter> parameters = new ArrayList<>();
        reference
                .getAsJsonObject("state")
                .entrySet()
                .forEach(entry -> parameters.add(
                        new Parameter(entry.getKey(), shape(entry.getValue()), numbers(entry.getValue()), true)));
        return Workbench.architecture("gat")
                .restore(new ModelShape(Task.NODE, 6, 4), Map.of("hidden", "4", "heads", "2"), parameters);
    }

    private static JsonObject expected(JsonObject reference, String reduce, int node) {
        for (JsonElement element : reference.getAsJsonArray("attention_explainer")) {
            JsonObject found = element.getAsJsonObject();
            if (found.get("reduce").getAsString().equals(reduce)
                    && found.get("node").getAsInt() == node) {
                return found;
            }
        }
        throw new AssertionError("no case for node " + node + ", " + reduce);
    }

    @ParameterizedTest
    @CsvSource({"max, 0", "mean, 0", "min, 0", "max, 33", "mean, 33", "min, 33"})
    void allLayersGiveWhatPyGGives(String reduce, int node) {
        JsonObject reference = read("karate_attention_f32.json");
        JsonObject layers = read("karate_layers_f32.json");
        Graph graph = karate(layers);
        ComputationGraph block = ComputationGraph.of(graph, node, 2);
        float[] edges = explain(model(reference), graph, node, Map.of("reduce", reduce, "layers", "all"));
        float[] mask = numbers(expected(reference, reduce, node).get("edge_mask"));
        JsonArray ends = layers.getAsJsonArray("edge_index");
        double[] wanted = new double[graph.edgeCount()];
        for (int i = 0; i < mask.length; i++) {
            wanted[graph.edge(at(ends, 0, i), at(ends, 1, i))] = mask[i];
        }
        for (int e = 0; e < edges.length; e++) {
            assertThat((double) edges[e]).isCloseTo(wanted[block.edge(e)], within(TOLERANCE));
        }
    }

    /** An edge that ends at distance 1 is used by the first layer only. */
    @ParameterizedTest
    @CsvSource({"max, 0", "mean, 0", "min, 0", "max, 33", "mean, 33", "min, 33"})
    void onlyLayersWhoseMessagesReachTheTargetCount(String reduce, int node) {
        JsonObject reference = read("karate_attention_f32.json");
        Graph graph = karate(read("karate_layers_f32.json"));
        ComputationGraph block = ComputationGraph.of(graph, node, 2);
        GnnModel model = model(reference);
        float[] edges = explain(model, graph, node, Map.of("reduce", reduce));
        try (ModelSession session = model.open(workbench.lease());
                PreparedBatch whole = session.prepare(GraphBatch.whole(graph))) {
            List<ModelSession.Attention> attention = session.attention(whole, Masks.NONE);
            float[] first = attention.get(0).edges().toFloatArray(); // two heads
            float[] second = attention.get(1).edges().toFloatArray(); // one head
            for (int e = 0; e < edges.length; e++) {
                int edge = block.edge(e);
                double wanted = reduce(reduce, first[2 * edge], first[2 * edge + 1]);
                if (graph.target(edge) == node) {
                    wanted = reduce(reduce, wanted, second[edge]);
                }
                assertThat((double) edges[e]).isCloseTo(wanted, within(1e-6));
            }
        }
    }

    private static double reduce(String how, double a, double b) {
        return switch (how) {
            case "max" -> Math.max(a, b);
            case "min" -> Math.min(a, b);
            default -> (a + b) / 2;
        };
    }

    private float[] explain(GnnModel model, Graph graph, int node, Map<String, String> options) {
        return workbench
                .explainNodes(new AttentionExplainer(), model, graph, List.of(node), options, 1)
                .get(0)
                .edges();
    }
}
