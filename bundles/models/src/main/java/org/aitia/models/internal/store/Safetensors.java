package org.aitia.models.internal.store;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.api.DataFormatException;
import org.aitia.api.model.Parameter;

/**
 * The safetensors format: the length of a header (8 bytes, little-endian), a JSON header that gives type, shape and
 * place of each tensor, then the values. It holds no code, and Python reads it with {@code safetensors.numpy}.
 *
 * <p>Parameters that gradients do not change are listed under {@value #CONSTANTS} in the header's metadata.
 */
final class Safetensors {
    private static final String METADATA = "__metadata__";
    private static final String CONSTANTS = "constants";
    private static final int ALIGNMENT = 8;

    private Safetensors() {}

    static byte[] write(List<Parameter> parameters) {
        JsonObject header = new JsonObject();
        JsonObject metadata = new JsonObject();
        metadata.addProperty("format", "pt"); // the layout of the arrays is PyTorch's; readers ask for this
        metadata.addProperty(
                CONSTANTS,
                parameters.stream()
                        .filter(p -> !p.isTrainable())
                        .map(Parameter::name)
                        .collect(Collectors.joining(",")));
        header.add(METADATA, metadata);
        int end = 0;
        for (Parameter parameter : parameters) {
            JsonObject tensor = new JsonObject();
            tensor.addProperty("dtype", "F32");
            JsonArray shape = new JsonArray();
            for (long size : parameter.shape()) {
                shape.add(size);
            }
            tensor.add("shape", shape);
            JsonArray place = new JsonArray();
            place.add(end);
            end = Math.addExact(end, Math.multiplyExact(parameter.values().length, Float.BYTES));
            place.add(end);
            tensor.add("data_offsets", place);
            header.add(parameter.name(), tensor);
        }
        StringBuilder text = new StringBuilder(new Gson().toJson(header));
        while (text.toString().getBytes(StandardCharsets.UTF_8).length % ALIGNMENT != 0) {
            text.append(' ');
        }
        byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(Math.addExact(Long.BYTES + json.length, end))
                .order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        for (Parameter parameter : parameters) {
            for (float value : parameter.values()) {
                file.putFloat(value);
            }
        }
        return file.array();
    }

    /**
     * Reads a file.
     *
     * @param content its bytes
     * @param file its name, for messages
     * @return the tensors in the order of their values
     * @throws DataFormatException if it is not a safetensors file of float32 values
     */
    static List<Parameter> read(byte[] content, String file) {
        ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (content.length < Long.BYTES) {
            throw damaged(file, "it has only " + content.length + " bytes");
        }
        long headerLength = buffer.getLong();
        if (headerLength < 2 || headerLength > buffer.remaining()) {
            throw damaged(
                    file,
                    "its header is said to have " + Long.toUnsignedString(headerLength) + " bytes, the file has "
                            + content.length);
        }
        byte[] json = new byte[(int) headerLength];
        buffer.get(json);
        List<Tensor> tensors = new ArrayList<>();
        Set<String> constants;
        try {
            JsonObject header = JsonParser.parseString(new String(json, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            constants = constants(header);
            for (Map.Entry<String, JsonElement> entry : header.entrySet()) {
                if (!entry.getKey().equals(METADATA)) {
                    tensors.add(Tensor.of(entry.getKey(), entry.getValue().getAsJsonObject()));
                }
            }
        } catch (RuntimeException e) {
            // gson reports a wrong type as one of several unrelated exceptions
            throw damaged(file, "its header is not what safetensors prescribes: " + e.getMessage());
        }
        tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
        List<Parameter> parameters = new ArrayList<>();
        long expectedBegin = 0;
        for (Tensor tensor : tensors) {
            if (tensor.begin() != expectedBegin || tensor.end() - tensor.begin() > buffer.remaining()) {
                throw damaged(file, "tensor '" + tensor.name() + "' lies outside its place");
            }
            expectedBegin = tensor.end();
            float[] values = new float[tensor.count(file)];
            buffer.asFloatBuffer().get(values);
            buffer.position(buffer.position() + values.length * Float.BYTES);
            parameters.add(new Parameter(tensor.name(), tensor.shape(), values, !constants.contains(tensor.name())));
        }
        if (buffer.hasRemaining()) {
            throw damaged(file, buffer.remaining() + " bytes follow the last tensor");
        }
        return List.copyOf(parameters);
    }

    private static Set<String> constants(JsonObject header) {
        JsonElement metadata = header.get(METADATA);
        JsonElement names = metadata == null ? null : metadata.getAsJsonObject().get(CONSTANTS);
        return names == null ? Set.of() : Set.of(names.getAsString().split(","));
    }

    private static DataFormatException damaged(String file, String how) {
        return new DataFormatException(
                file + " is no readable safetensors file: " + how + "; train the model again, or copy the file back");
    }

    private record Tensor(String name, String type, long[] shape, long begin, long end) {
        static Tensor of(String name, JsonObject json) {
            JsonArray sizes = json.getAsJsonArray("shape");
            long[] shape = new long[sizes.size()];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = sizes.get(i).getAsLong();
            }
            JsonArray place = json.getAsJsonArray("data_offsets");
            return new Tensor(
                    name,
                    json.get("dtype").getAsString(),
                    shape,
                    place.get(0).getAsLong(),
                    place.get(1).getAsLong());
        }

        int count(String file) {
            if (!type.equals("F32")) {
                throw damaged(file, "tensor '" + name + "' has type " + type + " where F32 is expected");
            }
            long count = 1;
            try {
                for (long size : shape) {
                    count = Math.multiplyExact(count, size < 0 ? Long.MAX_VALUE : size);
                }
                if (Math.multiplyExact(count, (long) Float.BYTES) == end - begin) {
                    return Math.toIntExact(count);
                }
            } catch (ArithmeticException e) {
                // no file is that large; reported below
            }
            throw damaged(file, "tensor '" + name + "' has a shape that does not fit its " + (end - begin) + " bytes");
        }
    }
}
