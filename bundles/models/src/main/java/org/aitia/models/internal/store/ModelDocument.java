package org.aitia.models.internal.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.api.DataFormatException;
import org.aitia.api.Task;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.StoredModel;

/**
 * The file {@code model.json}: everything about a model but its weights and attachments, which it names with their
 * checksums.
 *
 * <p>Its own checksum, member {@value #CHECKSUM}, covers the other members as they are printed here, so that white space
 * may change and nothing else.
 *
 * @param model the description
 * @param weights the file with the weights
 * @param attachments files that belong to the model, by the names that it knows them by
 */
record ModelDocument(StoredModel model, StoredFile weights, Map<String, StoredFile> attachments) {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final String FORMAT = "aitia-model";
    private static final int VERSION = 1;
    private static final String CHECKSUM = "sha256";
    private static final String DIGEST_PREFIX = "sha256:";

    /** Returns the names of all files but this one. */
    Set<String> files() {
        return Stream.concat(Stream.of(weights), attachments.values().stream())
                .map(StoredFile::file)
                .collect(Collectors.toSet());
    }

    /** Returns the identity of a model: the checksum of its weights, and of what is attached if there is anything. */
    static String digest(StoredFile weights, Map<String, StoredFile> attachments) {
        if (attachments.isEmpty()) {
            return DIGEST_PREFIX + weights.sha256();
        }
        StringBuilder text = new StringBuilder(weights.sha256()).append('\n');
        attachments.forEach((name, file) ->
                text.append(name).append(' ').append(file.sha256()).append('\n'));
        return DIGEST_PREFIX + Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the same model under another name. */
    ModelDocument named(String name) {
        return new ModelDocument(named(model, name), weights, attachments);
    }

    private static StoredModel named(StoredModel m, String name) {
        return new StoredModel(
                name,
                m.info(),
                m.dataset(),
                m.datasetOptions(),
                m.datasetDigest(),
                m.trainingOptions(),
                m.seed(),
                m.metrics(),
                m.weightsDigest(),
                m.created(),
                m.libraries());
    }

    byte[] toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("version", VERSION);
        json.addProperty("name", model.name());
        ModelInfo info = model.info();
        json.addProperty("architecture", info.architecture());
        json.addProperty("task", text(info.shape().task()));
        json.addProperty("inputFeatures", info.shape().inputFeatures());
        json.addProperty("classes", info.shape().classes());
        json.addProperty("edgeFeatures", info.shape().edgeFeatures());
        json.addProperty("hops", info.hops());
        json.addProperty("edgeMasks", text(info.edgeMasks()));
        json.add("notes", GSON.toJsonTree(info.notes()));
        json.add("options", GSON.toJsonTree(info.options()));
        json.addProperty("dataset", model.dataset());
        json.add("datasetOptions", GSON.toJsonTree(model.datasetOptions()));
        json.addProperty("datasetDigest", model.datasetDigest());
        json.add("trainingOptions", GSON.toJsonTree(model.trainingOptions()));
        json.addProperty("seed", model.seed());
        json.add("metrics", GSON.toJsonTree(model.metrics()));
        json.addProperty("created", model.created().toString());
        json.add("libraries", GSON.toJsonTree(model.libraries()));
        json.add("weights", weights.toJson());
        JsonObject attached = new JsonObject();
        attachments.forEach((name, file) -> attached.add(name, file.toJson()));
        json.add("attachments", attached);
        json.addProperty(CHECKSUM, checksum(json));
        return (GSON.toJson(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the file.
     *
     * @param content its bytes
     * @param file its name, for messages
     * @param name what the model is called here: a directory may have been copied
     * @throws DataFormatException if it is damaged
     */
    static ModelDocument read(byte[] content, String file, String name) {
        try {
            JsonObject json = JsonParser.parseString(new String(content, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            if (!FORMAT.equals(json.get("format").getAsString())
                    || json.get("version").getAsInt() != VERSION) {
                throw damaged(file, "it is not of format " + FORMAT + " " + VERSION);
            }
            String stated = json.remove(CHECKSUM).getAsString();
            String computed = checksum(json);
            if (!stated.equals(computed)) {
                throw damaged(file, "its checksum is " + computed + ", not " + stated + " as it states");
            }
            return read(json, name);
        } catch (DataFormatException e) {
            throw e;
        } catch (RuntimeException e) {
            // gson reports a missing member or wrong type as one of several unrelated exceptions
            throw damaged(file, "it is incomplete or no JSON");
        }
    }

    private static ModelDocument read(JsonObject json, String name) {
        ModelShape shape = new ModelShape(
                Task.valueOf(json.get("task").getAsString().toUpperCase(Locale.ROOT)),
                json.get("inputFeatures").getAsInt(),
                json.get("classes").getAsInt(),
                json.has("edgeFeatures") ? json.get("edgeFeatures").getAsInt() : 0);
        ModelInfo info = new ModelInfo(
                json.get("architecture").getAsString(),
                shape,
                map(json, "options", JsonElement::getAsString),
                json.get("hops").getAsInt(),
                EdgeMaskSupport.valueOf(json.get("edgeMasks")
                        .getAsString()
                        .toUpperCase(Locale.ROOT)
                        .replace('-', '_')),
                notes(json));
        StoredFile weights = StoredFile.read(json.getAsJsonObject("weights"));
        Map<String, StoredFile> attachments = json.has("attachments")
                ? map(json, "attachments", file -> StoredFile.read(file.getAsJsonObject()))
                : Map.of();
        StoredModel model = new StoredModel(
                name,
                info,
                json.get("dataset").getAsString(),
                map(json, "datasetOptions", JsonElement::getAsString),
                json.get("datasetDigest").getAsString(),
                map(json, "trainingOptions", JsonElement::getAsString),
                json.get("seed").getAsLong(),
                map(json, "metrics", JsonElement::getAsDouble),
                digest(weights, attachments),
                Instant.parse(json.get("created").getAsString()),
                map(json, "libraries", JsonElement::getAsString));
        return new ModelDocument(model, weights, attachments);
    }

    /** None in documents from before there were any. */
    private static List<String> notes(JsonObject json) {
        List<String> notes = new ArrayList<>();
        if (json.has("notes")) {
            json.getAsJsonArray("notes").forEach(note -> notes.add(note.getAsString()));
        }
        return notes;
    }

    private static <V> Map<String, V> map(JsonObject json, String member, Function<JsonElement, V> value) {
        Map<String, V> map = new LinkedHashMap<>();
        json.getAsJsonObject(member).entrySet().forEach(e -> map.put(e.getKey(), value.apply(e.getValue())));
        return map;
    }

    private static String checksum(JsonObject json) {
        return Sha256.of(GSON.toJson(json).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static DataFormatException damaged(String file, String how) {
        return new DataFormatException(file + " is damaged: " + how + "; train the model again, or copy the file back");
    }
}
