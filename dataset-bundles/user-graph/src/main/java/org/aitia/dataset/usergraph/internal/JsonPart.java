package org.aitia.dataset.usergraph.internal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.aitia.api.DataFormatException;
import org.aitia.api.NotFoundException;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;

/** An object of the descriptor whose errors say where in it something is wrong. */
final class JsonPart {
    private static final int LARGEST = 1 << 20;

    private final String file;
    private final String place;
    private final JsonObject json;

    private JsonPart(String file, String place, JsonObject json) {
        this.file = file;
        this.place = place;
        this.json = json;
    }

    static JsonPart empty() {
        return new JsonPart("", "", new JsonObject());
    }

    static JsonPart parse(ByteSource source) {
        String text = new String(source.bytes(LARGEST), StandardCharsets.UTF_8);
        JsonElement root;
        try {
            root = JsonParser.parseString(text.startsWith("\ufeff") ? text.substring(1) : text);
        } catch (JsonParseException | StackOverflowError e) { // nested too deeply to be a descriptor
            throw BadFormat.of(source.name(), "", "a JSON object", BadFormat.oneLine(e), "correct it");
        }
        if (!root.isJsonObject()) {
            throw BadFormat.of(source.name(), "", "a JSON object", BadFormat.quote(root.toString()), "correct it");
        }
        return new JsonPart(source.name(), "", root.getAsJsonObject());
    }

    /** Refuses keys that nobody would look at: they are typing errors. */
    JsonPart allow(String... keys) {
        for (String key : json.keySet()) {
            if (!List.of(keys).contains(key)) {
                throw new DataFormatException("file " + file + (place.isEmpty() ? "" : ", " + place)
                        + ": expected one of the known keys, found " + BadFormat.quote(key)
                        + NotFoundException.suggestion(key, List.of(keys)));
            }
        }
        return this;
    }

    Optional<String> text(String key) {
        return value(key).map(value -> {
            if (!value.isJsonPrimitive()) {
                throw wrong(key, "text", value);
            }
            return value.getAsString();
        });
    }

    Optional<Boolean> truth(String key) {
        return value(key).map(value -> {
            if (!(value instanceof JsonPrimitive primitive && primitive.isBoolean())) {
                throw wrong(key, "true or false", value);
            }
            return primitive.getAsBoolean();
        });
    }

    OptionalDouble fraction(String key) {
        Optional<JsonElement> found = value(key);
        if (found.isEmpty()) {
            return OptionalDouble.empty();
        }
        double number = found.get() instanceof JsonPrimitive primitive && primitive.isNumber()
                ? primitive.getAsDouble()
                : Double.NaN;
        if (!(number >= 0 && number <= 1)) {
            throw wrong(key, "a number from 0 to 1", found.get());
        }
        return OptionalDouble.of(number);
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        value(key).ifPresent(value -> {
            if (!value.isJsonArray()) {
                throw wrong(key, "a list of texts", value);
            }
            for (JsonElement element : value.getAsJsonArray()) {
                if (!element.isJsonPrimitive()) {
                    throw wrong(key, "a list of texts", element);
                }
                texts.add(element.getAsString());
            }
        });
        return texts;
    }

    <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        return value(key).map(value -> choice(key, value, type));
    }

    private <E extends Enum<E>> E choice(String key, JsonElement value, Class<E> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        int at = value.isJsonPrimitive() ? names.indexOf(value.getAsString()) : -1;
        if (at < 0) {
            throw wrong(key, "one of " + String.join(", ", names), value);
        }
        return type.getEnumConstants()[at];
    }

    JsonPart part(String key) {
        return value(key)
                .map(value -> {
                    if (!value.isJsonObject()) {
                        throw wrong(key, "an object", value);
                    }
                    return new JsonPart(file, inner(key), value.getAsJsonObject());
                })
                .orElseGet(() -> new JsonPart(file, inner(key), new JsonObject()));
    }

    /** Rules of columns: {@code "age": "numeric"} or {@code "age": {"kind": "numeric", "missing": "mean"}}. */
    Map<String, ColumnRule> columns(String key, ColumnRule.Missing missing) {
        Map<String, ColumnRule> rules = new LinkedHashMap<>();
        JsonPart columns = part(key);
        for (String column : columns.json.keySet()) {
            JsonElement value = columns.json.get(column);
            JsonPart rule = columns;
            String at = column;
            ColumnRule.Missing own = missing;
            Optional<JsonElement> kind = Optional.of(value);
            if (value.isJsonObject()) {
                rule = columns.part(column).allow("kind", "missing");
                own = rule.choice("missing", ColumnRule.Missing.class).orElse(missing);
                kind = rule.value("kind");
                at = "kind";
            }
            if (kind.isPresent()
                    && kind.get().isJsonPrimitive()
                    && kind.get().getAsString().equals("text")) {
                throw BadFormat.of(
                        file,
                        rule.inner(at),
                        "one of numeric, categorical, ignore",
                        "'text', which is not turned into features here",
                        "compute numbers from the text first, or ignore the column");
            }
            JsonPart holder = rule;
            String place = at;
            rules.put(column, new ColumnRule(kind.map(k -> holder.choice(place, k, ColumnRule.Kind.class)), own));
        }
        return rules;
    }

    private Optional<JsonElement> value(String key) {
        return Optional.ofNullable(json.get(key)).filter(value -> !value.isJsonNull());
    }

    private String inner(String key) {
        String quoted = BadFormat.quote(key); // names of columns may hold anything
        String shown = quoted.substring(1, quoted.length() - 1);
        return place.isEmpty() ? shown : place + "." + shown;
    }

    DataFormatException wrong(String key, String expected, String found, String advice) {
        return BadFormat.of(file, inner(key), expected, found, advice);
    }

    private DataFormatException wrong(String key, String expected, JsonElement found) {
        return wrong(key, expected, BadFormat.quote(found.toString()), "correct it");
    }
}
