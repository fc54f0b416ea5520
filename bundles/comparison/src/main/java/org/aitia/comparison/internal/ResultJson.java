package org.aitia.comparison.internal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonIOException;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.reflect.ParameterizedType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.DataFormatException;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Sweep;

/** Comparisons and sweeps as JSON, whole: what is written can be read again. NaN is {@code null}, constants are in lower case. */
final class ResultJson {
    static final int VERSION = 1;

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .registerTypeAdapter(double.class, new Numbers())
            .registerTypeAdapter(Double.class, new Numbers())
            .registerTypeAdapter(Instant.class, new Instants())
            .registerTypeAdapterFactory(new com.google.gson.TypeAdapterFactory() {
                @Override
                public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
                    return type.getRawType().isEnum() ? Enums.of(type) : Optionals.of(gson, type);
                }
            })
            .create();

    private ResultJson() {}

    /** A file: what it is, then the thing itself. */
    record Document(String kind, int version, Comparison comparison, Sweep sweep) {}

    static void write(Comparison comparison, OutputStream out) throws IOException {
        write("comparison", comparison, Comparison.class, out);
    }

    static void write(Sweep sweep, OutputStream out) throws IOException {
        write("sweep", sweep, Sweep.class, out);
    }

    private static void write(String kind, Object content, Class<?> type, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        try {
            JsonWriter json = GSON.newJsonWriter(writer);
            json.beginObject();
            json.name("kind").value(kind);
            json.name("version").value(VERSION);
            json.name(kind);
            GSON.toJson(content, type, json);
            json.endObject();
            json.flush();
        } catch (JsonIOException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
        }
        writer.write('\n');
        writer.flush();
    }

    static Document read(String text) {
        return GSON.fromJson(text, Document.class);
    }

    static Comparison readComparison(String text) {
        Document document;
        try {
            document = read(text);
        } catch (JsonParseException e) {
            throw new DataFormatException("a comparison cannot be read: " + reason(e), e);
        } catch (RuntimeException e) {
            // records refuse what they cannot copy: a list that is not there, a time that is none
            throw new DataFormatException(
                    "a comparison cannot be read: something of it is missing or not what it should be", e);
        }
        if (document == null || !"comparison".equals(document.kind()) || document.comparison() == null) {
            String kind = document == null || document.kind() == null ? "nothing" : "'" + document.kind() + "'";
            throw new DataFormatException("a comparison cannot be read: it should be of kind 'comparison' and is of "
                    + kind + "; write it with the format json");
        }
        if (document.version() != VERSION) {
            throw new DataFormatException("a comparison cannot be read: it is of version " + document.version()
                    + " of the format, and only version " + VERSION + " is known; make it anew");
        }
        return document.comparison();
    }

    private static String reason(JsonParseException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("it is no JSON");
    }

    private static final class Numbers extends TypeAdapter<Double> {
        @Override
        public void write(JsonWriter out, Double value) throws IOException {
            if (value == null || !Double.isFinite(value)) {
                out.nullValue();
            } else {
                out.value(value);
            }
        }

        @Override
        public Double read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                return Double.NaN;
            }
            return in.nextDouble();
        }
    }

    private static final class Instants extends TypeAdapter<Instant> {
        @Override
        public void write(JsonWriter out, Instant value) throws IOException {
            out.value(value.toString());
        }

        @Override
        public Instant read(JsonReader in) throws IOException {
            return Instant.parse(in.nextString());
        }
    }

    /** Constants in lower case, as in explanations. */
    private static final class Enums<E> extends TypeAdapter<E> {
        private final Map<String, E> byName = new LinkedHashMap<>();

        private Enums(E[] constants) {
            for (E constant : constants) {
                byName.put(name(constant), constant);
            }
        }

        @SuppressWarnings("unchecked") // T is the enum whose constants are asked for
        static <T> TypeAdapter<T> of(TypeToken<T> type) {
            return new Enums<>((T[]) type.getRawType().getEnumConstants());
        }

        private static String name(Object constant) {
            return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
        }

        @Override
        public void write(JsonWriter out, E value) throws IOException {
            out.value(name(value));
        }

        @Override
        public E read(JsonReader in) throws IOException {
            return byName.get(in.nextString());
        }
    }

    private static final class Optionals<E> extends TypeAdapter<Optional<E>> {
        private final TypeAdapter<E> content;

        private Optionals(TypeAdapter<E> content) {
            this.content = content;
        }

        @SuppressWarnings("unchecked") // T is Optional<E> of the E that its type says
        static <T> TypeAdapter<T> of(Gson gson, TypeToken<T> type) {
            if (type.getRawType() != Optional.class) {
                return null;
            }
            TypeToken<?> content = TypeToken.get(((ParameterizedType) type.getType()).getActualTypeArguments()[0]);
            return (TypeAdapter<T>) new Optionals<>(gson.getAdapter(content));
        }

        @Override
        public void write(JsonWriter out, Optional<E> value) throws IOException {
            if (value.isPresent()) {
                content.write(out, value.get());
            } else {
                out.nullValue();
            }
        }

        @Override
        public Optional<E> read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                return Optional.empty();
            }
            return Optional.of(content.read(in));
        }
    }
}
