package org.aitia.shell.internal.console;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;

/** One JSON document: keys in the order in which they are put, numbers as numbers, {@code null} for what is not finite. */
public final class Json {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    private final JsonObject object = new JsonObject();

    /** Starts an empty object. */
    public Json() {
        // keys are put later
    }

    /**
     * Puts a text.
     *
     * @param key its name
     * @param value its value
     * @return this
     */
    public Json put(String key, String value) {
        object.addProperty(key, value);
        return this;
    }

    /**
     * Puts a truth value.
     *
     * @param key its name
     * @param value its value
     * @return this
     */
    public Json put(String key, boolean value) {
        object.addProperty(key, value);
        return this;
    }

    /**
     * Puts a whole number.
     *
     * @param key its name
     * @param value its value
     * @return this
     */
    public Json put(String key, long value) {
        object.addProperty(key, value);
        return this;
    }

    /**
     * Puts a number.
     *
     * @param key its name
     * @param value its value; {@code null} is written for NaN and infinity
     * @return this
     */
    public Json put(String key, double value) {
        object.add(key, number(value));
        return this;
    }

    /**
     * Puts a moment.
     *
     * @param key its name
     * @param value written as in ISO 8601
     * @return this
     */
    public Json put(String key, Instant value) {
        return put(key, value.toString());
    }

    /**
     * Puts an object.
     *
     * @param key its name
     * @param value its value
     * @return this
     */
    public Json put(String key, Json value) {
        object.add(key, value.object);
        return this;
    }

    /**
     * Puts texts by name.
     *
     * @param key its name
     * @param values its entries, in their order
     * @return this
     */
    public Json put(String key, Map<String, String> values) {
        JsonObject map = new JsonObject();
        values.forEach(map::addProperty);
        object.add(key, map);
        return this;
    }

    /**
     * Puts a list of texts.
     *
     * @param key its name
     * @param values its elements
     * @return this
     */
    public Json put(String key, Collection<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        object.add(key, array);
        return this;
    }

    /**
     * Puts a list of numbers.
     *
     * @param key its name
     * @param values its elements; {@code null} is written for NaN and infinity
     * @return this
     */
    public Json putNumbers(String key, float[] values) {
        JsonArray array = new JsonArray();
        for (float value : values) {
            // through text: 0.1f is written as 0.1, not as its neighbour in double precision
            array.add(
                    Float.isFinite(value)
                            ? new JsonPrimitive(new BigDecimal(Float.toString(value)))
                            : JsonNull.INSTANCE);
        }
        object.add(key, array);
        return this;
    }

    /**
     * Puts a list of whole numbers.
     *
     * @param key its name
     * @param values its elements
     * @return this
     */
    public Json put(String key, long[] values) {
        JsonArray array = new JsonArray();
        for (long value : values) {
            array.add(value);
        }
        object.add(key, array);
        return this;
    }

    /**
     * Puts a matrix of whole numbers.
     *
     * @param key its name
     * @param rows its rows
     * @return this
     */
    public Json putNumbers(String key, long[][] rows) {
        JsonArray matrix = new JsonArray();
        for (long[] row : rows) {
            JsonArray array = new JsonArray();
            for (long value : row) {
                array.add(value);
            }
            matrix.add(array);
        }
        object.add(key, matrix);
        return this;
    }

    /**
     * Puts a list of objects.
     *
     * @param <T> what they are made of
     * @param key its name
     * @param values what they are made of
     * @param element makes one
     * @return this
     */
    public <T> Json put(String key, Collection<T> values, Function<T, Json> element) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(element.apply(value).object));
        object.add(key, array);
        return this;
    }

    /**
     * Puts nothing.
     *
     * @param key its name
     * @return this
     */
    public Json putNull(String key) {
        object.add(key, JsonNull.INSTANCE);
        return this;
    }

    private static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }

    /**
     * Prints the document.
     *
     * @param out where to
     */
    public void print(PrintStream out) {
        out.println(GSON.toJson(object));
    }

    @Override
    public String toString() {
        return GSON.toJson(object);
    }
}
