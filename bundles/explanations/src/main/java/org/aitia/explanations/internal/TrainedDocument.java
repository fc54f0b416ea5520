package org.aitia.explanations.internal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.aitia.api.DataFormatException;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.LearntWeights;
import org.aitia.api.explain.TrainedExplainer;
import org.aitia.api.model.Parameter;

/**
 * A trained explainer as JSON. Weights are little-endian floats in base 64, row by row, so that they come back bit for
 * bit; their digest is checked.
 */
final class TrainedDocument {
    private static final String FORMAT = "aitia-trained-explainer";
    private static final int VERSION = 1;
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private TrainedDocument() {}

    static byte[] write(TrainedExplainer trained) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("version", VERSION);
        json.put("name", trained.name());
        json.put("explainer", trained.explainer());
        json.put("explainerBundle", trained.explainerBundle());
        json.put("type", trained.type().name().toLowerCase(Locale.ROOT));
        json.put("model", trained.model());
        json.put("modelDigest", trained.modelDigest());
        json.put("dataset", trained.dataset());
        json.put("datasetOptions", new TreeMap<>(trained.datasetOptions()));
        json.put("datasetDigest", trained.datasetDigest());
        json.put("targets", trained.targets().stream().mapToInt(i -> i).toArray());
        json.put("seed", trained.seed());
        json.put("options", new TreeMap<>(trained.learnt().options()));
        json.put("metrics", new TreeMap<>(trained.learnt().metrics()));
        json.put("created", trained.created().toString());
        json.put("libraries", new TreeMap<>(trained.libraries()));
        json.put("digest", trained.digest());
        json.put(
                "parameters",
                trained.learnt().parameters().stream()
                        .map(TrainedDocument::parameter)
                        .toList());
        return (GSON.toJson(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> parameter(Parameter parameter) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", parameter.name());
        json.put("shape", parameter.shape());
        json.put("trainable", parameter.isTrainable());
        json.put("values", Base64.getEncoder().encodeToString(Learnt.littleEndian(parameter.values())));
        return json;
    }

    /** Reads a document; it is called what its file is called. */
    static TrainedExplainer read(byte[] document, String file, String name) {
        JsonPlace json = JsonPlace.root(document, file);
        if (!json.get("format").text().equals(FORMAT)) {
            throw new DataFormatException(file + " is not a trained explainer: its format is not '" + FORMAT + "'");
        }
        if (json.get("version").integer() != VERSION) {
            throw new DataFormatException(
                    file + " has version " + json.get("version").integer() + "; this Aitia reads version " + VERSION);
        }
        List<Parameter> parameters = json.get("parameters").list(TrainedDocument::parameter);
        String digest = json.get("digest").text();
        if (!Learnt.digest(parameters).equals(digest)) {
            throw json.get("parameters").damaged("the weights do not have the digest that is recorded");
        }
        return new TrainedExplainer(
                name,
                json.get("explainer").text(),
                json.get("explainerBundle").text(),
                json.get("type").text(text -> ExplanationType.valueOf(text.toUpperCase(Locale.ROOT))),
                json.get("model").text(),
                json.get("modelDigest").text(),
                json.get("dataset").text(),
                json.get("datasetOptions").map(JsonPlace::text),
                json.get("datasetDigest").text(),
                json.get("targets").list(JsonPlace::smallInteger),
                json.get("seed").integer(),
                new LearntWeights(
                        json.get("options").map(JsonPlace::text),
                        parameters,
                        json.get("metrics").map(JsonPlace::number)),
                digest,
                json.get("created").text(Instant::parse),
                json.get("libraries").map(JsonPlace::text));
    }

    private static Parameter parameter(JsonPlace json) {
        long[] shape = json.get("shape").list(JsonPlace::integer).stream()
                .mapToLong(i -> i)
                .toArray();
        byte[] bytes = json.get("values").text(Base64.getDecoder()::decode);
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        long size = 1;
        for (long axis : shape) {
            size = axis < 0 || axis > Integer.MAX_VALUE || size > Integer.MAX_VALUE ? -1 : size * axis;
        }
        if (size != values.length) {
            throw json.get("values").damaged(values.length + " values do not fill the shape");
        }
        return new Parameter(
                json.get("name").text(), shape, values, json.get("trainable").truth());
    }
}
