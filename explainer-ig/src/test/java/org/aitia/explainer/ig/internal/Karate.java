package org.aitia.explainer.ig.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.Task;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.testkit.data.SharedFiles;
import org.aitia.testkit.tck.Workbench;

/** The graph, model and edge order of the reference. */
record Karate(Graph graph, GnnModel model, int[] sources, int[] targets) {
    static final int NODES = 34;
    static final Path REFERENCE = SharedFiles.references();

    static boolean isThere() {
        return Files.isDirectory(REFERENCE);
    }

    static JsonObject json(String file) {
        try {
            return JsonParser.parseString(Files.readString(REFERENCE.resolve(file)))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Karate read() {
        JsonObject json = json("karate_gcn_f32.json");
        JsonArray index = json.getAsJsonArray("edge_index");
        int[] sources = ints(index.get(0));
        int[] targets = ints(index.get(1));
        float[] ones = new float[NODES];
        Arrays.fill(ones, 1);
        SparseFeatures identity = new SparseFeatures(
                NODES,
                IntStream.rangeClosed(0, NODES).toArray(),
                IntStream.range(0, NODES).toArray(),
                ones);
        Graph graph =
                Graph.builder(NODES).edges(sources, targets).features(identity).build();
        ModelShape shape = new ModelShape(Task.NODE, NODES, 4);
        Map<String, String> options = Map.of("layers", "2", "hidden", "8", "dropout", "0");
        GnnModel template = Workbench.architecture("gcn").create(shape, options, 0);
        List<Parameter> parameters = new ArrayList<>();
        for (Parameter parameter : template.parameters()) {
            float[] values = floats(json.getAsJsonObject("weights").get(parameter.name()));
            parameters.add(new Parameter(parameter.name(), parameter.shape(), values, true));
        }
        GnnModel model = Workbench.architecture("gcn").restore(shape, options, parameters);
        return new Karate(graph, model, sources, targets);
    }

    ComputationGraph block(int node) {
        return ComputationGraph.of(graph, node, 2);
    }

    /** The edge mask in the reference's order; 0 outside the computation graph. */
    float[] edges(ComputationGraph block, MaskValues masks) {
        float[] byEdge = new float[graph.edgeCount()];
        for (int e = 0; e < masks.edges().length; e++) {
            byEdge[block.edge(e)] = masks.edges()[e];
        }
        float[] full = new float[sources.length];
        for (int k = 0; k < full.length; k++) {
            full[k] = byEdge[graph.edge(sources[k], targets[k])];
        }
        return full;
    }

    /** The feature mask as [34, 34]; 0 outside the computation graph and where nothing is stored. */
    float[] features(ComputationGraph block, MaskValues masks) {
        float[] full = new float[NODES * NODES];
        for (int i = 0; i < masks.features().length; i++) {
            // the features are the identity: each node stores one value, its own
            int node = block.node(masks.featureType() == FeatureMaskType.STORED ? i : i / NODES);
            int feature = masks.featureType() == FeatureMaskType.STORED ? node : i % NODES;
            full[node * NODES + feature] = masks.features()[i];
        }
        return full;
    }

    static float[] floats(JsonElement element) {
        List<Float> values = new ArrayList<>();
        collect(element, values);
        float[] flat = new float[values.size()];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = values.get(i);
        }
        return flat;
    }

    private static void collect(JsonElement element, List<Float> values) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(child -> collect(child, values));
        } else {
            values.add(element.getAsFloat());
        }
    }

    private static int[] ints(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .mapToInt(JsonElement::getAsInt)
                .toArray();
    }
}
