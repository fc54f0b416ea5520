package org.aitia.dataset.benchmarks.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes a tuple of arrays in protocol 3, as Python 3 with NumPy did. */
final class ArrayPickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ArrayPickle() {
        op(0x80, 3, '(');
    }

    ArrayPickle doubles(double[] values, int... shape) {
        ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asDoubleBuffer().put(values);
        return array("f8", data.array(), shape);
    }

    ArrayPickle truths(int... values) {
        byte[] data = new byte[values.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) values[i];
        }
        return array("b1", data, values.length);
    }

    private ArrayPickle array(String type, byte[] data, int... shape) {
        global("numpy.core.multiarray", "_reconstruct").global("numpy", "ndarray");
        op('K', 0, 0x85, 'C', 1, 'b', 0x87, 'R', '(', 'K', 1, '(');
        for (int length : shape) {
            op('J').number(length);
        }
        op('t').global("numpy", "dtype").text(type).op('K', 0, 'K', 1, 0x87, 'R', '(', 'K', 3);
        text("<").op('N', 'N', 'N').op('J').number(-1).op('J').number(-1).op('K', 0, 't', 'b');
        op(0x89, 'B').number(data.length);
        out.writeBytes(data);
        return op('t', 'b');
    }

    byte[] tuple() {
        op('t', '.');
        return out.toByteArray();
    }

    private ArrayPickle global(String module, String name) {
        op('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    private ArrayPickle text(String text) {
        op('X').number(text.length());
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    private ArrayPickle number(int value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
        return this;
    }

    private ArrayPickle op(int... codes) {
        for (int code : codes) {
            out.write(code);
        }
        return this;
    }
}
