package org.aitia.explanations.internal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.aitia.api.DataFormatException;
import org.aitia.api.StorageException;
import org.aitia.api.Task;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationIo;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Provenance;
import org.aitia.api.model.FeatureMaskType;
import org.osgi.service.component.annotations.Component;

/**
 * Explanations as JSON.
 *
 * <p>Per explanation: {@code edgeMask} lists every edge of the computation graph as {@code [source, target, weight]},
 * in its order, or is {@code null}; {@code nodeMask} lists {@code [node, weight]}; {@code featureMask} lists
 * {@code [feature, weight]} or {@code [node, feature, weight]}, zeros left out; the one that the explainer did not
 * make is {@code null}.
 */
@Component(service = ExplanationIo.class)
public final class ExplanationJson implements ExplanationIo {
    private static final String FORMAT = "aitia-explanation";
    private static final int VERSION = 1;

    private final Gson gson =
            new GsonBuilder().serializeSpecialFloatingPointValues().create();

    @Override
    public void write(ExplanationResult result, OutputStream out) throws IOException {
        JsonWriter json = new JsonWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
        json.beginObject();
        json.name("format").value(FORMAT).name("version").value(VERSION);
        json.name("explanations").beginArray();
        for (Explanation explanation : result.explanations()) {
            write(explanation, json);
        }
        json.endArray();
        json.name("seconds").value(result.seconds());
        json.name("secondsPerTarget").value(result.secondsPerTarget());
        json.name("provenance").jsonValue(gson.toJson(provenance(result.provenance())));
        json.endObject();
        json.flush();
    }

    private static void write(Explanation explanation, JsonWriter json) throws IOException {
        ExplanationTarget target = explanation.target();
        json.beginObject();
        json.name("target").value(target.id());
        json.name("predictedClass").value(target.predictedClass());
        json.name("explainedClass").value(target.explainedClass());
        json.name("label").value(target.label());
        json.name("probabilities").beginArray();
        for (float probability : target.probabilities()) {
            number(json, probability);
        }
        json.endArray();
        json.name("nodes").beginArray();
        for (int node : explanation.nodes()) {
            json.value(node);
        }
        json.endArray();
        json.name("edgeMask");
        writeEdges(explanation, json);
        json.name("nodeMask");
        writeNodes(explanation, json);
        json.name("featureMask");
        writeFeatures(explanation, json);
        json.name("featureMaskType").value(explanation.featureMaskType().name().toLowerCase(Locale.ROOT));
        json.name("featureMaskSize").value(explanation.featureMask().length);
        json.name("seed").value(target.seed());
        json.name("diagnostics").beginObject();
        for (Map.Entry<String, Double> diagnostic :
                new TreeMap<>(explanation.masks().diagnostics()).entrySet()) {
            json.name(diagnostic.getKey());
            if (Double.isFinite(diagnostic.getValue())) {
                json.value(diagnostic.getValue());
            } else {
                json.nullValue();
            }
        }
        json.endObject();
        json.endObject();
    }

    private static void writeEdges(Explanation explanation, JsonWriter json) throws IOException {
        boolean masked = explanation.edgeMask().length > 0 || explanation.edgeCount() == 0;
        json.beginArray();
        for (int e = 0; e < explanation.edgeCount(); e++) {
            json.beginArray()
                    .value(explanation.edgeSources()[e])
                    .value(explanation.edgeTargets()[e]);
            if (masked) {
                number(json, explanation.edgeMask()[e]);
            } else {
                json.nullValue();
            }
            json.endArray();
        }
        json.endArray();
    }

    private static void writeNodes(Explanation explanation, JsonWriter json) throws IOException {
        float[] mask = explanation.featureMask();
        if (mask.length == 0 || explanation.featureMaskType() != FeatureMaskType.NODE) {
            json.nullValue();
            return;
        }
        json.beginArray();
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] != 0) {
                json.beginArray().value(explanation.nodes()[i]);
                number(json, mask[i]);
                json.endArray();
            }
        }
        json.endArray();
    }

    private static void writeFeatures(Explanation explanation, JsonWriter json) throws IOException {
        float[] mask = explanation.featureMask();
        if (mask.length == 0 || explanation.featureMaskType() == FeatureMaskType.NODE) {
            json.nullValue();
            return;
        }
        boolean perNode = explanation.featureMaskType() == FeatureMaskType.NODE_FEATURE;
        int width = perNode ? mask.length / explanation.nodes().length : mask.length;
        json.beginArray();
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] == 0) {
                continue;
            }
            json.beginArray();
            if (perNode) {
                json.value(explanation.nodes()[i / width]);
            }
            json.value(i % width);
            number(json, mask[i]);
            json.endArray();
        }
        json.endArray();
    }

    /** Writes the shortest text that reads back as the same float; JSON has no NaN, so that becomes null. */
    private static void number(JsonWriter json, float value) throws IOException {
        if (Float.isFinite(value)) {
            json.value(Float.valueOf(value));
        } else {
            json.nullValue();
        }
    }

    private static Map<String, Object> provenance(Provenance provenance) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("explainer", provenance.explainer());
        map.put("explainerBundle", provenance.explainerBundle());
        map.put("options", provenance.options());
        map.put("type", provenance.type().name().toLowerCase(Locale.ROOT));
        map.put("task", provenance.task().name().toLowerCase(Locale.ROOT));
        map.put("model", provenance.model());
        map.put("architecture", provenance.architecture());
        map.put("hops", provenance.hops());
        map.put("modelDigest", provenance.modelDigest());
        map.put("dataset", provenance.dataset());
        map.put("datasetOptions", provenance.datasetOptions());
        map.put("datasetDigest", provenance.datasetDigest());
        map.put("seed", provenance.seed());
        map.put("device", provenance.device());
        map.put("libraries", provenance.libraries());
        map.put("started", provenance.started().toString());
        return map;
    }

    @Override
    public void write(ExplanationResult result, Path file) {
        Path directory = file.toAbsolutePath().getParent();
        Path temporary = null;
        try {
            temporary = Files.createTempFile(directory, "." + file.getFileName(), ".tmp");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
                write(result, out);
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            temporary = null;
        } catch (IOException e) {
            throw new StorageException(
                    "cannot write " + file + ": " + reason(e) + "; check the directory and the space left", e);
        } finally {
            deleteQuietly(temporary);
        }
    }

    private static void deleteQuietly(Path temporary) {
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                // the write has failed already; that is what the user hears of
                temporary.toFile().deleteOnExit();
            }
        }
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "there is no such directory" : String.valueOf(e.getMessage());
    }

    @Override
    public ExplanationResult read(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            JsonObject root = JsonParser.parseReader(reader).getAsJsonObject();
            if (!root.has("format") || !FORMAT.equals(root.get("format").getAsString())) {
                throw new DataFormatException(
                        file + " is not an explanation written by Aitia: it has no \"format\": \"" + FORMAT + "\"");
            }
            if (root.get("version").getAsInt() != VERSION) {
                throw new DataFormatException(
                        file + " has version " + root.get("version") + "; this Aitia reads version " + VERSION);
            }
            List<Explanation> explanations = new ArrayList<>();
            for (JsonElement element : root.getAsJsonArray("explanations")) {
                explanations.add(explanation(element.getAsJsonObject()));
            }
            return new ExplanationResult(
                    explanations,
                    provenance(root.getAsJsonObject("provenance")),
                    root.get("seconds").getAsDouble());
        } catch (NoSuchFileException e) {
            throw new StorageException("there is no file " + file, e);
        } catch (IOException e) {
            throw new StorageException("cannot read " + file + ": " + e.getMessage(), e);
        } catch (JsonParseException
                | IllegalStateException
                | IllegalArgumentException
                | NullPointerException
                | ClassCastException
                | IndexOutOfBoundsException
                | UnsupportedOperationException
                | java.time.DateTimeException e) {
            // the many ways in which gson says that a document is not of the expected shape
            throw new DataFormatException(
                    file + " is damaged or not an explanation: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static Explanation explanation(JsonObject json) {
        int[] nodes = ints(json.getAsJsonArray("nodes"));
        JsonArray edges = json.getAsJsonArray("edgeMask");
        int[] sources = new int[edges.size()];
        int[] targets = new int[edges.size()];
        boolean masked =
                edges.isEmpty() || !edges.get(0).getAsJsonArray().get(2).isJsonNull();
        float[] edgeMask = new float[masked ? edges.size() : 0];
        for (int e = 0; e < sources.length; e++) {
            JsonArray edge = edges.get(e).getAsJsonArray();
            sources[e] = edge.get(0).getAsInt();
            targets[e] = edge.get(1).getAsInt();
            if (masked) {
                edgeMask[e] = number(edge.get(2));
            }
        }
        FeatureMaskType type = FeatureMaskType.valueOf(
                json.get("featureMaskType").getAsString().toUpperCase(Locale.ROOT));
        Map<String, Double> diagnostics = new LinkedHashMap<>();
        json.getAsJsonObject("diagnostics")
                .entrySet()
                .forEach(d -> diagnostics.put(
                        d.getKey(),
                        d.getValue().isJsonNull() ? Double.NaN : d.getValue().getAsDouble()));
        ExplanationTarget target = new ExplanationTarget(
                json.get("target").getAsInt(),
                json.get("predictedClass").getAsInt(),
                json.get("explainedClass").getAsInt(),
                json.get("label").getAsInt(),
                floats(json.getAsJsonArray("probabilities")),
                json.get("seed").getAsLong());
        return new Explanation(
                target,
                nodes,
                sources,
                targets,
                new MaskValues(edgeMask, type, featureMask(json, type, nodes), diagnostics));
    }

    private static float[] featureMask(JsonObject json, FeatureMaskType type, int[] nodes) {
        float[] mask = new float[json.get("featureMaskSize").getAsInt()];
        if (mask.length == 0) {
            return mask;
        }
        Map<Integer, Integer> position = new LinkedHashMap<>();
        for (int i = 0; i < nodes.length; i++) {
            position.put(nodes[i], i);
        }
        if (type == FeatureMaskType.NODE) {
            for (JsonElement entry : json.getAsJsonArray("nodeMask")) {
                JsonArray pair = entry.getAsJsonArray();
                mask[position.get(pair.get(0).getAsInt())] = number(pair.get(1));
            }
            return mask;
        }
        int width = type == FeatureMaskType.FEATURE ? mask.length : mask.length / nodes.length;
        for (JsonElement entry : json.getAsJsonArray("featureMask")) {
            JsonArray tuple = entry.getAsJsonArray();
            int row = type == FeatureMaskType.FEATURE
                    ? 0
                    : position.get(tuple.get(0).getAsInt());
            int feature = tuple.get(tuple.size() - 2).getAsInt();
            mask[row * width + feature] = number(tuple.get(tuple.size() - 1));
        }
        return mask;
    }

    private static float number(JsonElement element) {
        return element.isJsonNull() ? Float.NaN : element.getAsFloat();
    }

    private static int[] ints(JsonArray array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).getAsInt();
        }
        return values;
    }

    private static float[] floats(JsonArray array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(array.get(i));
        }
        return values;
    }

    private static Provenance provenance(JsonObject json) {
        return new Provenance(
                json.get("explainer").getAsString(),
                json.get("explainerBundle").getAsString(),
                strings(json.getAsJsonObject("options")),
                ExplanationType.valueOf(json.get("type").getAsString().toUpperCase(Locale.ROOT)),
                Task.valueOf(json.get("task").getAsString().toUpperCase(Locale.ROOT)),
                json.get("model").getAsString(),
                json.get("architecture").getAsString(),
                json.get("hops").getAsInt(),
                json.get("modelDigest").getAsString(),
                json.get("dataset").getAsString(),
                strings(json.getAsJsonObject("datasetOptions")),
                json.get("datasetDigest").getAsString(),
                json.get("seed").getAsLong(),
                json.get("device").getAsString(),
                strings(json.getAsJsonObject("libraries")),
                Instant.parse(json.get("started").getAsString()));
    }

    private static Map<String, String> strings(JsonObject json) {
        Map<String, String> values = new LinkedHashMap<>();
        json.entrySet().forEach(e -> values.put(e.getKey(), e.getValue().getAsString()));
        return values;
    }
}
