package org.aitia.models.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.model.Parameter;
import org.aitia.testkit.data.SharedFiles;

/** Numbers computed with PyTorch Geometric. */
public final class Reference {
    private Reference() {}

    /** Reads {@code ${aitia.shared}/reference/<name>}, or skips the test. */
    public static JsonObject read(String name) {
        try {
            return JsonParser.parseString(Files.readString(SharedFiles.reference(name)))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static float[][] matrix(JsonElement rows) {
        JsonArray array = rows.getAsJsonArray();
        float[][] matrix = new float[array.size()][];
        for (int r = 0; r < matrix.length; r++) {
            matrix[r] = vector(array.get(r));
        }
        return matrix;
    }

    public static float[] vector(JsonElement values) {
        JsonArray array = values.getAsJsonArray();
        float[] vector = new float[array.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = array.get(i).getAsFloat();
        }
        return vector;
    }

    public static float[] flat(JsonElement rows) {
        float[][] matrix = matrix(rows);
        float[] flat = new float[matrix.length * matrix[0].length];
        for (int r = 0; r < matrix.length; r++) {
            System.arraycopy(matrix[r], 0, flat, r * matrix[r].length, matrix[r].length);
        }
        return flat;
    }

    public static float[][] identity(int n) {
        float[][] identity = new float[n][n];
        for (int i = 0; i < n; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    /** The karate club with given features and, if there are any, weights per column of {@code edge_index}. */
    public static Graph karate(JsonObject reference, Features features, float... edgeWeights) {
        JsonArray sources = reference.getAsJsonArray("edge_index").get(0).getAsJsonArray();
        JsonArray targets = reference.getAsJsonArray("edge_index").get(1).getAsJsonArray();
        GraphBuilder builder = Graph.builder(features.rows()).features(features);
        for (int e = 0; e < sources.size(); e++) {
            builder.edge(
                    sources.get(e).getAsInt(), targets.get(e).getAsInt(), edgeWeights.length == 0 ? 1 : edgeWeights[e]);
        }
        return builder.build();
    }

    /** Brings values per column of {@code edge_index} into the graph's edge order. */
    public static float[] inEdgeOrder(JsonObject reference, Graph graph, float[] values) {
        JsonArray sources = reference.getAsJsonArray("edge_index").get(0).getAsJsonArray();
        JsonArray targets = reference.getAsJsonArray("edge_index").get(1).getAsJsonArray();
        float[] ordered = new float[graph.edgeCount()];
        for (int e = 0; e < values.length; e++) {
            ordered[graph.edge(sources.get(e).getAsInt(), targets.get(e).getAsInt())] = values[e];
        }
        return ordered;
    }

    public static List<Parameter> parameters(JsonObject state) {
        List<Parameter> parameters = new ArrayList<>();
        state.entrySet().forEach(entry -> parameters.add(parameter(entry.getKey(), entry.getValue())));
        return parameters;
    }

    public static Parameter parameter(String name, JsonElement json) {
        if (json.getAsJsonArray().get(0).isJsonArray()) {
            float[][] matrix = matrix(json);
            return new Parameter(name, new long[] {matrix.length, matrix[0].length}, flat(json), true);
        }
        float[] vector = vector(json);
        return new Parameter(name, new long[] {vector.length}, vector, true);
    }

    public static Features identityFeatures(int n) {
        return DenseFeatures.of(identity(n));
    }
}
