package org.aitia.engine.pytorch.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.engine.TorchScriptSource;

/**
 * Writes TorchScript source into the archive format that libtorch loads: a zip of stored entries with the pickled root
 * object, its constants, its tensors and the code as plain text.
 */
final class TorchScriptArchive {
    private static final byte PROTO = (byte) 0x80;
    private static final byte NEW_OBJECT = (byte) 0x81;
    private static final byte NEW_TRUE = (byte) 0x88;
    private static final byte NEW_FALSE = (byte) 0x89;

    /** An empty tuple in pickle, protocol 2. */
    private static final byte[] NO_CONSTANTS = {PROTO, 2, ')', '.'};

    private static final String CLASS = "Module";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private TorchScriptArchive() {}

    /**
     * Packs the source of one module class without parameters.
     *
     * @param className name of the class, declared in the source with an attribute {@code training : bool}
     * @param source TorchScript as libtorch serialises it
     * @return the bytes of a {@code .pt} file
     */
    static byte[] pack(String className, String source) {
        return pack("kernels/", className, source, true, Map.of());
    }

    /**
     * Packs a module with tensors, in evaluation mode.
     *
     * @param source methods and tensors
     * @return the bytes of a {@code .pt} file
     */
    static byte[] pack(TorchScriptSource source) {
        StringBuilder text = new StringBuilder("class " + CLASS + "(Module):\n");
        text.append("  __parameters__ = [")
                .append(source.tensors().keySet().stream()
                        .map(name -> '"' + name + "\", ")
                        .collect(Collectors.joining()))
                .append("]\n  __buffers__ = []\n  training : bool\n");
        source.tensors().forEach((name, tensor) -> {
            check(name, tensor);
            text.append("  ").append(name).append(" : Tensor\n");
        });
        text.append(source.code());
        return pack("model/", CLASS, text.toString(), false, source.tensors());
    }

    private static void check(String name, TorchScriptSource.Tensor tensor) {
        if (!NAME.matcher(name).matches() || name.equals("training")) {
            throw new InvalidRequestException(
                    "A tensor of a TorchScript module cannot be called '" + name + "': use letters, digits and '_'.");
        }
        long size = tensor.shape().stream().reduce(1L, Math::multiplyExact);
        if (size != tensor.values().length) {
            throw new InvalidRequestException("Tensor '" + name + "' of shape " + tensor.shape() + " needs " + size
                    + " values, found " + tensor.values().length + ".");
        }
    }

    private static byte[] pack(
            String folder,
            String className,
            String source,
            boolean training,
            Map<String, TorchScriptSource.Tensor> tensors) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, folder + "data.pkl", pickle(className, training, tensors));
            int key = 0;
            for (TorchScriptSource.Tensor tensor : tensors.values()) {
                store(zip, folder + "data/" + key++, littleEndian(tensor.values()));
            }
            store(zip, folder + "constants.pkl", NO_CONSTANTS);
            store(zip, folder + "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            store(zip, folder + "version", "3\n".getBytes(StandardCharsets.US_ASCII));
            store(zip, folder + "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] littleEndian(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    /** {@code object.__new__(__torch__.<className>)} with {@code training} and the tensors as its state. */
    private static byte[] pickle(String className, boolean training, Map<String, TorchScriptSource.Tensor> tensors)
            throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(new byte[] {PROTO, 2});
        global(pickle, "__torch__", className);
        pickle.write(new byte[] {')', NEW_OBJECT, '}', '('});
        text(pickle, "training");
        pickle.write(training ? NEW_TRUE : NEW_FALSE);
        int key = 0;
        for (Map.Entry<String, TorchScriptSource.Tensor> entry : tensors.entrySet()) {
            text(pickle, entry.getKey());
            tensor(pickle, key++, entry.getValue());
        }
        pickle.write(new byte[] {'u', 'b', '.'});
        return pickle.toByteArray();
    }

    /** {@code torch._utils._rebuild_tensor_v2(storage, 0, shape, strides, False, OrderedDict())}. */
    private static void tensor(ByteArrayOutputStream pickle, int key, TorchScriptSource.Tensor tensor)
            throws IOException {
        global(pickle, "torch._utils", "_rebuild_tensor_v2");
        pickle.write(new byte[] {'(', '('});
        text(pickle, "storage");
        global(pickle, "torch", "FloatStorage");
        text(pickle, Integer.toString(key));
        text(pickle, "cpu");
        number(pickle, tensor.values().length);
        pickle.write(new byte[] {'t', 'Q'});
        number(pickle, 0);
        List<Long> shape = tensor.shape();
        long[] strides = new long[shape.size()];
        long stride = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= Math.max(1, shape.get(i));
        }
        pickle.write('(');
        for (long size : shape) {
            number(pickle, size);
        }
        pickle.write(new byte[] {'t', '('});
        for (long step : strides) {
            number(pickle, step);
        }
        pickle.write(new byte[] {'t', NEW_FALSE});
        global(pickle, "collections", "OrderedDict");
        pickle.write(new byte[] {')', 'R', 't', 'R'});
    }

    private static void global(ByteArrayOutputStream pickle, String module, String name) throws IOException {
        pickle.write(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void text(ByteArrayOutputStream pickle, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        pickle.write('X');
        pickle.write(int32(bytes.length));
        pickle.write(bytes);
    }

    private static void number(ByteArrayOutputStream pickle, long value) throws IOException {
        pickle.write('J');
        pickle.write(int32(Math.toIntExact(value)));
    }

    private static byte[] int32(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
