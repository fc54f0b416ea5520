package org.aitia.dataset.planetoid.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes pickles, protocol 2, as Python 2 with NumPy and SciPy did; and others that they would not have written. */
final class PickleBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleBytes() {
        op(0x80, 2);
    }

    static byte[] labels(int[][] oneHot) {
        int[] values = Arrays.stream(oneHot).flatMapToInt(Arrays::stream).toArray();
        return new PickleBytes()
                .array("i4", littleEndian(values), oneHot.length, oneHot[0].length)
                .end();
    }

    static byte[] csr(int rows, int columns, int[] offsets, int[] indices, float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToIntBits(values[i]));
        return new PickleBytes()
                .global("scipy.sparse.csr", "csr_matrix")
                .op(')', 0x81, 'q', 0, '}', '(')
                .text("format")
                .text("csr")
                .text("_shape")
                .integer(rows)
                .integer(columns)
                .op(0x86)
                .text("indptr")
                .array("i4", littleEndian(offsets), offsets.length)
                .text("indices")
                .array("i4", littleEndian(indices), indices.length)
                .text("maxprint")
                .integer(50)
                .text("data")
                .array("f4", littleEndian(bits), values.length)
                .op('u', 'b')
                .end();
    }

    static byte[] neighbours(int[][] lists) {
        PickleBytes pickle = new PickleBytes()
                .global("collections", "defaultdict")
                .global("__builtin__", "list")
                .op(0x85, 'R', 'q', 1, '(');
        for (int node = 0; node < lists.length; node++) {
            pickle.integer(node).op(']', '(');
            for (int other : lists[node]) {
                pickle.integer(other);
            }
            pickle.op('e');
        }
        return pickle.op('u').end();
    }

    PickleBytes array(String type, byte[] data, int... shape) {
        global("numpy.core.multiarray", "_reconstruct").global("numpy", "ndarray");
        integer(0).op(0x85).text("b").op(0x87, 'R', '(').integer(1).op('(');
        for (int length : shape) {
            integer(length);
        }
        op('t').global("numpy", "dtype").text(type).integer(0).integer(1).op(0x87, 'R', '(');
        integer(3)
                .text("<")
                .op('N', 'N', 'N')
                .integer(-1)
                .integer(-1)
                .integer(0)
                .op('t', 'b');
        return op(0x89).bytes(data).op('t', 'b');
    }

    PickleBytes global(String module, String name) {
        return op('c').raw(module + "\n" + name + "\n");
    }

    PickleBytes text(String text) {
        return op('U', text.length()).raw(text);
    }

    PickleBytes bytes(byte[] data) {
        op('T').int32(data.length);
        out.writeBytes(data);
        return this;
    }

    PickleBytes integer(int value) {
        return op('J').int32(value);
    }

    PickleBytes int32(int value) {
        out.writeBytes(littleEndian(value));
        return this;
    }

    PickleBytes op(int... codes) {
        for (int code : codes) {
            out.write(code);
        }
        return this;
    }

    PickleBytes raw(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    byte[] end() {
        op('.');
        return out.toByteArray();
    }

    private static byte[] littleEndian(int... values) {
        byte[] bytes = new byte[4 * values.length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(values);
        return bytes;
    }
}
