package org.aitia.formats.python;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes npy files as NumPy does, and others that it would not write. */
final class NpyBytes {
    private NpyBytes() {}

    static byte[] npy(int version, String header, byte[] data) {
        byte[] text = (header + "\n").getBytes(StandardCharsets.UTF_8);
        int digits = version == 1 ? 2 : 4;
        ByteBuffer npy =
                ByteBuffer.allocate(8 + digits + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        npy.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            npy.putShort((short) text.length);
        } else {
            npy.putInt(text.length);
        }
        return npy.put(text).put(data).array();
    }

    static byte[] npy(String type, String shape, byte[] data) {
        return npy(1, header(type, false, shape), data);
    }

    static String header(String type, boolean columnsFirst, String shape) {
        return "{'descr': '" + type + "', 'fortran_order': " + (columnsFirst ? "True" : "False") + ", 'shape': " + shape
                + ", }";
    }

    static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }

    static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
