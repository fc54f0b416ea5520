package org.aitia.models.internal.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.aitia.api.DataFormatException;
import org.aitia.api.Task;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.StoredModel;

/**
 * The file {@code model.json}: everything about a model but its weights, which it names with their checksum.
 *
 * <p>Its own checksum, member {@value #CHECKSUM}, covers the other members as they are printed here, so that white space
 * may change and nothing else.
 *
 * @param model the description
 * @param weightsFile name of the file with the weights
 * @param weightsBytes its length
 */
record ModelDocument(StoredModel model, String weightsFile, long weightsBytes) {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final String FORMAT = "aitia-model";
    private static final int VERSION = 1;
    private static final String CHECKSUM = "sha256";
    private static final String DIGEST_PREFIX = "sha256:";

    /** Hexadecimal SHA-256 of the file with the weights. */
    String weightsSha256() {
        return model.weightsDigest().substring(DIGEST_PREFIX.length());
    }

    static String digest(String sha256) {
        return DIGEST_PREFIX + sha256;
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
        json.addProperty("hops", info.hops());
        json.addProperty("edgeMasks", text(info.edgeMasks()));
        json.add("options", GSON.toJsonTree(info.options()));
        json.addProperty("dataset", model.dataset());
        json.add("datasetOptions", GSON.toJsonTree(model.datasetOptions()));
        json.addProperty("datasetDigest", model.datasetDigest());
        json.add("trainingOptions", GSON.toJsonTree(model.trainingOptions()));
        json.addProperty("seed", model.seed());
        json.add("metrics", GSON.toJsonTree(model.metrics()));
        json.addProperty("created", model.created().toString());
        json.add("libraries", GSON.toJsonTree(model.libraries()));
        JsonObject weights = new JsonObject();
        weights.addProperty("file", weightsFile);
        weights.addProperty("bytes", weightsBytes);
        weights.addProperty("sha256", weightsSha256());
        json.add("weights", weights);
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
                json.get("classes").getAsInt());
        ModelInfo info = new ModelInfo(
                json.get("architecture").getAsString(),
                shape,
                map(json, "options", JsonElement::getAsString),
                json.get("hops").getAsInt(),
                EdgeMaskSupport.valueOf(json.get("edgeMasks")
                        .getAsString()
                        .toUpperCase(Locale.ROOT)
                        .replace('-', '_')));
        JsonObject weights = json.getAsJsonObject("weights");
        StoredModel model = new StoredModel(
                name,
                info,
                json.get("dataset").getAsString(),
                map(json, "datasetOptions", JsonElement::getAsString),
                json.get("datasetDigest").getAsString(),
                map(json, "trainingOptions", JsonElement::getAsString),
                json.get("seed").getAsLong(),
                map(json, "metrics", JsonElement::getAsDouble),
                digest(weights.get("sha256").getAsString()),
                Instant.parse(json.get("created").getAsString()),
                map(json, "libraries", JsonElement::getAsString));
        return new ModelDocument(
                model, weights.get("file").getAsString(), weights.get("bytes").getAsLong());
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
