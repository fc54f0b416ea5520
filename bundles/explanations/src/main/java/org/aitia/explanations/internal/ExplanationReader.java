package org.aitia.explanations.internal;

import com.google.gson.JsonElement;
import com.google.gson.JsonIOException;
import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.explain.Cost;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Provenance;
import org.aitia.api.explain.Threshold;
import org.aitia.api.model.FeatureMaskType;

/** Reads one document, explanation by explanation, so that its text is never held as a whole. */
final class ExplanationReader {
    /** What gson tells programmers when a document is no JSON. */
    private static final String GSON_ADVICE =
            "Use JsonReader.setStrictness(Strictness.LENIENT) to accept malformed JSON";

    private final Path file;
    private final List<Parsed> parsed = new ArrayList<>();
    private boolean isOurs;
    private Optional<MaskFile.Reference> maskFile = Optional.empty();
    private Optional<Provenance> provenance = Optional.empty();
    private Optional<Double> seconds = Optional.empty();
    private Cost cost = Cost.UNKNOWN;
    private Threshold threshold = Threshold.NONE;

    /** An explanation but for the masks that may be elsewhere. */
    private record Parsed(
            ExplanationTarget target,
            int[] nodes,
            int[] sources,
            int[] targets,
            int[] storedOffsets,
            int[] storedColumns,
            MaskValues masks,
            Map<MaskFile.Part, Integer> elsewhere) {}

    ExplanationReader(Path file) {
        this.file = file;
    }

    ExplanationResult read() throws IOException {
        try (Reader text = Files.newBufferedReader(file);
                JsonReader json = new JsonReader(text)) {
            readDocument(json);
        } catch (EOFException | MalformedJsonException | CharacterCodingException e) {
            throw isOurs ? damaged(e) : notOurs();
        } catch (JsonIOException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw damaged(e);
        } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
            throw damaged(e); // the other ways in which gson says that a document is not of the expected shape
        }
        if (!isOurs) {
            throw notOurs();
        }
        JsonPlace root = place("$");
        Provenance origin = provenance.orElseThrow(() -> root.damaged("'provenance' is missing"));
        double time = seconds.orElseThrow(() -> root.damaged("'seconds' is missing"));
        try {
            return new ExplanationResult(explanations(), origin, time, cost, threshold);
        } catch (IllegalArgumentException e) {
            throw damaged(e); // masks and edges that do not fit together
        }
    }

    private JsonPlace place(String path) {
        return JsonPlace.at(JsonNull.INSTANCE, file.toString(), path);
    }

    private DataFormatException damaged(Exception e) {
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new DataFormatException(
                file + " is damaged or not an explanation: " + reason.replace(GSON_ADVICE, "malformed JSON"), e);
    }

    private DataFormatException notOurs() {
        return new DataFormatException(file + " is not an explanation written by Aitia: it has no \"format\": \""
                + ExplanationJson.FORMAT + "\"");
    }

    private void readDocument(JsonReader json) throws IOException {
        if (json.peek() != JsonToken.BEGIN_OBJECT) {
            throw notOurs();
        }
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            if (key.equals("explanations") && json.peek() == JsonToken.BEGIN_ARRAY) {
                json.beginArray();
                while (json.hasNext()) {
                    String path = json.getPath();
                    parsed.add(parse(JsonPlace.at(JsonParser.parseReader(json), file.toString(), path)));
                }
                json.endArray();
            } else {
                String path = json.getPath();
                JsonElement value = JsonParser.parseReader(json);
                readHead(key, JsonPlace.at(value, file.toString(), path));
            }
        }
        json.endObject();
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw new MalformedJsonException("there is more after its end");
        }
    }

    private void readHead(String key, JsonPlace value) {
        switch (key) {
            case "format" -> {
                if (!value.text().equals(ExplanationJson.FORMAT)) {
                    throw notOurs();
                }
                isOurs = true;
            }
            case "version" -> {
                if (value.integer() != ExplanationJson.VERSION) {
                    throw new DataFormatException(file + " has version " + value.integer()
                            + "; this Aitia reads version " + ExplanationJson.VERSION);
                }
            }
            case "maskFile" ->
                maskFile = Optional.of(new MaskFile.Reference(
                        value.get("name").text(), value.get("digest").text()));
            case "explanations" -> throw value.damaged("there should be a list");
            case "seconds" -> seconds = Optional.of(value.number());
            case "cost" -> cost = cost(value);
            case "threshold" -> threshold = threshold(value);
            case "provenance" -> provenance = Optional.of(provenance(value));
            default -> {
                // of a later version, or derived from others
            }
        }
    }

    private static Threshold threshold(JsonPlace value) {
        try {
            return Threshold.parse(value.text());
        } catch (InvalidRequestException e) {
            throw value.damaged(e.getMessage());
        }
    }

    private List<Explanation> explanations() {
        for (int i = 0; i < parsed.size(); i++) {
            if (parsed.get(i).elsewhere().containsKey(MaskFile.Part.FEATURES) != maskFile.isPresent()) {
                throw place("$.explanations[" + i + "]")
                        .damaged("'inMaskFile' and 'maskFile' are both there, or neither is");
            }
        }
        if (maskFile.isEmpty()) {
            return parsed.stream()
                    .map(p -> new Explanation(
                            p.target(),
                            p.nodes(),
                            p.sources(),
                            p.targets(),
                            p.storedOffsets(),
                            p.storedColumns(),
                            p.masks()))
                    .toList();
        }
        List<MaskFile.Values> values = MaskFile.read(
                file, maskFile.get(), parsed.stream().map(Parsed::elsewhere).toList());
        List<Explanation> explanations = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            int[] offsets = values.get(i).integers(MaskFile.Part.STORED_OFFSETS);
            for (int v = 0; v < offsets.length; v++) {
                if (offsets[v] < (v == 0 ? 0 : offsets[v - 1]) || v == 0 && offsets[v] > 0) {
                    throw place("$.explanations[" + i + "].inMaskFile").damaged("offsets of stored values fall");
                }
            }
            explanations.add(completed(parsed.get(i), values.get(i)));
        }
        return explanations;
    }

    private static Explanation completed(Parsed p, MaskFile.Values values) {
        Optional<MaskValues.Deviation> deviation = values.has(MaskFile.Part.FEATURE_DEVIATION)
                ? Optional.of(new MaskValues.Deviation(
                        values.floats(MaskFile.Part.EDGE_DEVIATION),
                        values.floats(MaskFile.Part.FEATURE_DEVIATION),
                        values.floats(MaskFile.Part.EDGE_FEATURE_DEVIATION)))
                : Optional.empty();
        MaskValues masks = new MaskValues(
                p.masks().edges(),
                p.masks().featureType(),
                values.floats(MaskFile.Part.FEATURES),
                values.floats(MaskFile.Part.EDGE_FEATURES),
                deviation,
                p.masks().diagnostics());
        return new Explanation(
                p.target(),
                p.nodes(),
                p.sources(),
                p.targets(),
                values.integers(MaskFile.Part.STORED_OFFSETS),
                values.integers(MaskFile.Part.STORED_COLUMNS),
                masks);
    }

    private static Parsed parse(JsonPlace json) {
        int[] nodes = json.get("nodes").integers();
        JsonPlace edges = json.get("edgeMask");
        int[] sources = new int[edges.size()];
        int[] targets = new int[sources.length];
        // without a mask all are null; in one, what is not a number is
        boolean masked = sources.length == 0
                || IntStream.range(0, sources.length)
                        .anyMatch(e -> !edges.get(e).get(2).isNull());
        float[] edgeMask = new float[masked ? sources.length : 0];
        for (int e = 0; e < sources.length; e++) {
            JsonPlace edge = edges.get(e);
            sources[e] = edge.get(0).smallInteger();
            targets[e] = edge.get(1).smallInteger();
            if (masked) {
                edgeMask[e] = edge.get(2).value();
            }
        }
        FeatureMaskType type =
                json.get("featureMaskType").text(name -> FeatureMaskType.valueOf(name.toUpperCase(Locale.ROOT)));
        Map<MaskFile.Part, Integer> elsewhere = elsewhere(json);
        Stored stored = new Stored(new int[0], new int[0]);
        float[] features = new float[0];
        if (elsewhere.isEmpty()) {
            features = features(json, type, nodes);
            if (type == FeatureMaskType.STORED && features.length > 0) {
                stored = stored(json.get("featureMask"), nodes);
            }
        }
        MaskValues masks = new MaskValues(
                edgeMask,
                type,
                features,
                json.find("edgeFeatureMask")
                        .map(rows -> edgeFeatures(rows, sources.length))
                        .orElse(new float[0]),
                json.find("deviation")
                        .map(d -> new MaskValues.Deviation(
                                d.get("edgeMask").values(),
                                d.get("featureMask").values(),
                                d.get("edgeFeatureMask").values())),
                json.get("diagnostics").map(d -> d.isNull() ? Double.NaN : d.number()));
        return new Parsed(target(json), nodes, sources, targets, stored.offsets(), stored.columns(), masks, elsewhere);
    }

    private static ExplanationTarget target(JsonPlace json) {
        return new ExplanationTarget(
                json.get("target").smallInteger(),
                json.get("predictedClass").smallInteger(),
                json.get("explainedClass").smallInteger(),
                json.get("label").smallInteger(),
                json.get("probabilities").values(),
                json.get("seed").integer());
    }

    private static Map<MaskFile.Part, Integer> elsewhere(JsonPlace json) {
        Map<MaskFile.Part, Integer> sizes = new EnumMap<>(MaskFile.Part.class);
        json.find("inMaskFile").ifPresent(place -> {
            for (MaskFile.Part part : MaskFile.Part.values()) {
                place.find(part.key()).ifPresent(size -> {
                    if (size.smallInteger() < 0) {
                        throw size.damaged("a size is 0 or more");
                    }
                    sizes.put(part, size.smallInteger());
                });
            }
        });
        return sizes;
    }

    private static float[] features(JsonPlace json, FeatureMaskType type, int[] nodes) {
        JsonPlace size = json.get("featureMaskSize");
        if (size.smallInteger() < 0) {
            throw size.damaged("a size is 0 or more");
        }
        int length = size.smallInteger();
        if (length == 0) {
            return new float[0];
        }
        JsonPlace tuples = json.get(type == FeatureMaskType.NODE ? "nodeMask" : "featureMask");
        boolean fits =
                switch (type) {
                    case NODE -> length == nodes.length;
                    case FEATURE -> true;
                    case NODE_FEATURE -> nodes.length > 0 && length % nodes.length == 0;
                    case STORED -> length == tuples.size();
                };
        if (!fits) {
            throw size.damaged("a " + type.name().toLowerCase(Locale.ROOT) + " mask of " + nodes.length
                    + " nodes has another size");
        }
        float[] mask = new float[length];
        Map<Integer, Integer> positions = positions(nodes);
        int width = nodes.length == 0 ? 0 : mask.length / nodes.length;
        for (int i = 0; i < tuples.size(); i++) {
            JsonPlace tuple = tuples.get(i);
            long position =
                    switch (type) {
                        case NODE -> position(tuple, positions);
                        case FEATURE -> tuple.get(0).smallInteger();
                        case NODE_FEATURE ->
                            (long) position(tuple, positions) * width
                                    + tuple.get(1).smallInteger();
                        case STORED -> i;
                    };
            if (position < 0 || position >= mask.length) {
                throw tuple.damaged("it is outside of the mask's " + mask.length + " values");
            }
            mask[(int) position] = tuple.get(tuple.size() - 1).value();
        }
        return mask;
    }

    private static Map<Integer, Integer> positions(int[] nodes) {
        Map<Integer, Integer> positions = new HashMap<>();
        for (int i = 0; i < nodes.length; i++) {
            positions.put(nodes[i], i);
        }
        return positions;
    }

    private static int position(JsonPlace tuple, Map<Integer, Integer> positions) {
        Integer position = positions.get(tuple.get(0).smallInteger());
        if (position == null) {
            throw tuple.damaged("node " + tuple.get(0).smallInteger() + " is not among the nodes");
        }
        return position;
    }

    private record Stored(int[] offsets, int[] columns) {}

    private static Stored stored(JsonPlace triples, int[] nodes) {
        Map<Integer, Integer> positions = positions(nodes);
        int[] offsets = new int[nodes.length + 1];
        int[] columns = new int[triples.size()];
        int last = 0;
        for (int i = 0; i < columns.length; i++) {
            JsonPlace triple = triples.get(i);
            int position = position(triple, positions);
            if (position < last) {
                throw triple.damaged("its node comes before that of the triple before");
            }
            last = position;
            offsets[position + 1] = i + 1;
            columns[i] = triple.get(1).smallInteger();
        }
        for (int v = 1; v < offsets.length; v++) {
            offsets[v] = Math.max(offsets[v], offsets[v - 1]);
        }
        return new Stored(offsets, columns);
    }

    private static float[] edgeFeatures(JsonPlace rows, int edges) {
        if (rows.size() != edges) {
            throw rows.damaged("there should be a row for each of " + edges + " edges");
        }
        float[] values = new float[0];
        for (int e = 0; e < edges; e++) {
            float[] row = rows.get(e).values();
            if (e == 0) {
                values = new float[Math.multiplyExact(row.length, edges)];
            } else if (row.length * edges != values.length) {
                throw rows.get(e).damaged("rows differ in length");
            }
            System.arraycopy(row, 0, values, e * row.length, row.length);
        }
        return values;
    }

    private static Cost cost(JsonPlace json) {
        return new Cost(
                json.get("oracleCalls").integer(),
                json.get("recordedCalls").integer(),
                json.get("trainingCalls").integer(),
                json.get("trainingSeconds").number(),
                json.get("peakNativeBytes").integer());
    }

    private static Provenance provenance(JsonPlace json) {
        return new Provenance(
                json.get("explainer").text(),
                json.get("explainerBundle").text(),
                json.get("options").map(JsonPlace::text),
                json.get("type").text(type -> ExplanationType.valueOf(type.toUpperCase(Locale.ROOT))),
                json.get("task").text(task -> Task.valueOf(task.toUpperCase(Locale.ROOT))),
                json.get("model").text(),
                json.get("architecture").text(),
                json.get("hops").smallInteger(),
                json.get("modelDigest").text(),
                json.get("dataset").text(),
                json.get("datasetOptions").map(JsonPlace::text),
                json.get("datasetDigest").text(),
                json.get("seed").integer(),
                json.get("device").text(),
                json.get("libraries").map(JsonPlace::text),
                json.get("started").text(Instant::parse),
                json.find("trained").map(JsonPlace::text),
                json.find("trainedDigest").map(JsonPlace::text),
                json.find("initialDigest").map(JsonPlace::text));
    }
}
