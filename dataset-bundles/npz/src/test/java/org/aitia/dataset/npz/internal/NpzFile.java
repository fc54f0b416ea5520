package org.aitia.dataset.npz.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipOutputStream;
import org.aitia.testkit.data.ZipEntries;

/** Writes npz files as NumPy does. */
final class NpzFile {
    private final Map<String, byte[]> arrays = new LinkedHashMap<>();

    NpzFile ints(String key, int... values) {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asIntBuffer().put(values);
        return array(key, "<i4", values.length, data.array());
    }

    NpzFile floats(String key, float... values) {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return array(key, "<f4", values.length, data.array());
    }

    NpzFile texts(String key, int width, String... values) {
        ByteBuffer data = ByteBuffer.allocate(4 * width * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            data.position(4 * width * i);
            values[i].codePoints().forEach(data::putInt);
        }
        return array(key, "<U" + width, values.length, data.array());
    }

    NpzFile matrix(String prefix, int rows, int columns, int[] offsets, int[] indices, float[] values) {
        return ints(prefix + "shape", rows, columns)
                .ints(prefix + "indptr", offsets)
                .ints(prefix + "indices", indices)
                .floats(prefix + "data", values);
    }

    NpzFile object(String key, byte[] pickle) {
        return array(key, "|O", "()", pickle);
    }

    private NpzFile array(String key, String type, int count, byte[] data) {
        return array(key, type, "(" + count + ",)", data);
    }

    private NpzFile array(String key, String type, String shape, byte[] data) {
        byte[] header = ("{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer npy = ByteBuffer.allocate(10 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        npy.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length);
        npy.put(header).put(data);
        arrays.put(key, npy.array());
        return this;
    }

    Path write(Path file) {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                zip.putNextEntry(ZipEntries.named(array.getKey() + ".npy"));
                zip.write(array.getValue());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return file;
    }
}
