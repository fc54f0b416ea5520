package org.aitia.explanations.internal;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aitia.api.DataFormatException;

/** A value in a JSON document that knows where it stands, so that what is wrong with it can be found. */
final class JsonPlace {
    private final JsonElement element;
    private final String file;
    private final JsonPlace parent; // itself at the root
    private final Object step; // from the parent: a key or an index; at the root the path to it

    private JsonPlace(JsonElement element, JsonPlace parent, Object step) {
        this.element = element;
        this.file = parent.file;
        this.parent = parent;
        this.step = step;
    }

    private JsonPlace(JsonElement element, String file, String path) {
        this.element = element;
        this.file = file;
        this.parent = this;
        this.step = path;
    }

    /** A part of a document that has been parsed already. */
    static JsonPlace at(JsonElement element, String file, String path) {
        return new JsonPlace(element, file, path);
    }

    /** Put together only when it is needed: a document has millions of places. */
    private String path() {
        if (parent == this) {
            return step.toString();
        }
        return parent.path() + (step instanceof Integer ? "[" + step + "]" : "." + step);
    }

    /** Parses a document. */
    static JsonPlace root(byte[] document, String file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
            return new JsonPlace(JsonParser.parseString(text), file, "$");
        } catch (CharacterCodingException e) {
            throw new DataFormatException(file + " is damaged: it is not UTF-8 text", e);
        } catch (JsonParseException e) {
            throw new DataFormatException(
                    file + " is damaged: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("it is not JSON"),
                    e);
        }
    }

    DataFormatException damaged(String what) {
        return new DataFormatException(file + " is damaged at " + path() + ": " + what);
    }

    JsonPlace get(String key) {
        return find(key).orElseThrow(() -> damaged("'" + key + "' is missing"));
    }

    Optional<JsonPlace> find(String key) {
        if (!element.isJsonObject()) {
            throw damaged("there should be an object");
        }
        JsonElement value = element.getAsJsonObject().get(key);
        return value == null || value.isJsonNull() ? Optional.empty() : Optional.of(new JsonPlace(value, this, key));
    }

    <T> List<T> list(Function<JsonPlace, T> reader) {
        if (!element.isJsonArray()) {
            throw damaged("there should be a list");
        }
        List<T> values = new ArrayList<>(element.getAsJsonArray().size());
        for (int i = 0; i < element.getAsJsonArray().size(); i++) {
            values.add(reader.apply(new JsonPlace(element.getAsJsonArray().get(i), this, i)));
        }
        return values;
    }

    <T> Map<String, T> map(Function<JsonPlace, T> reader) {
        if (!element.isJsonObject()) {
            throw damaged("there should be an object");
        }
        Map<String, T> values = new LinkedHashMap<>();
        element.getAsJsonObject()
                .entrySet()
                .forEach(entry -> values.put(
                        entry.getKey(), reader.apply(new JsonPlace(entry.getValue(), this, entry.getKey()))));
        return values;
    }

    String text() {
        if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
            throw damaged("there should be text");
        }
        return element.getAsString();
    }

    /** Reads text of a form of its own. */
    <T> T text(Function<String, T> reader) {
        String text = text();
        try {
            return reader.apply(text);
        } catch (RuntimeException e) {
            throw damaged("'" + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + "' cannot be read");
        }
    }

    long integer() {
        try {
            return Long.parseLong(element.getAsString());
        } catch (RuntimeException e) {
            throw damaged("there should be a whole number");
        }
    }

    int smallInteger() {
        long value = integer();
        if (value != (int) value) {
            throw damaged(value + " is too large");
        }
        return (int) value;
    }

    double number() {
        try {
            return element.getAsDouble();
        } catch (RuntimeException e) {
            throw damaged("there should be a number");
        }
    }

    boolean truth() {
        if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isBoolean()) {
            throw damaged("there should be true or false");
        }
        return element.getAsBoolean();
    }

    boolean isNull() {
        return element.isJsonNull();
    }

    int size() {
        if (!element.isJsonArray()) {
            throw damaged("there should be a list");
        }
        return element.getAsJsonArray().size();
    }

    /** The element of a list. */
    JsonPlace get(int index) {
        if (index >= size()) {
            throw damaged("there should be more than " + size() + " values");
        }
        return new JsonPlace(element.getAsJsonArray().get(index), this, index);
    }

    int[] integers() {
        int[] values = new int[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = get(i).smallInteger();
        }
        return values;
    }

    /** A number, or null for one that JSON cannot write. */
    float value() {
        try {
            return isNull() ? Float.NaN : element.getAsFloat(); // by way of a double it would be rounded twice
        } catch (RuntimeException e) {
            throw damaged("there should be a number");
        }
    }

    float[] values() {
        float[] values = new float[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = get(i).value();
        }
        return values;
    }
}
