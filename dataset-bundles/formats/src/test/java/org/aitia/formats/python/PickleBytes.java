package org.aitia.formats.python;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles as Python does, and others that it would not write. */
final class PickleBytes {
    private final int protocol;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleBytes(int protocol) {
        this.protocol = protocol;
        op(0x80, protocol);
        if (protocol >= 4) {
            op(0x95).raw(ByteBuffer.allocate(8).array()); // frames only help buffering
        }
    }

    PickleBytes op(int... codes) {
        for (int code : codes) {
            out.write(code);
        }
        return this;
    }

    PickleBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    PickleBytes int32(int value) {
        return raw(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    PickleBytes int64(long value) {
        return raw(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }

    PickleBytes integer(int value) {
        return op('J').int32(value);
    }

    PickleBytes text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return protocol >= 4
                ? op(0x8c, bytes.length).raw(bytes).op(0x94)
                : op('X').int32(bytes.length).raw(bytes);
    }

    PickleBytes bytes(byte[] data) {
        if (protocol >= 3) {
            return op('B').int32(data.length).raw(data);
        }
        // as Python 3 does where the protocol has no bytes
        global("_codecs", "encode").text(new String(data, StandardCharsets.ISO_8859_1));
        return text("latin1").op(0x86, 'R');
    }

    PickleBytes global(String module, String name) {
        return protocol >= 4
                ? text(module).text(name).op(0x93)
                : op('c').raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    PickleBytes type(String code, String order) {
        global("numpy", "dtype").text(code).op(0x89, 0x88, 0x87, 'R', '(').integer(3);
        return text(order).op('N', 'N', 'N').integer(-1).integer(-1).integer(0).op('t', 'b');
    }

    PickleBytes array(String code, String order, boolean columnsFirst, byte[] data, int... shape) {
        return beginArray(code, order, columnsFirst, shape).bytes(data).op('t', 'b');
    }

    PickleBytes beginArray(String code, String order, boolean columnsFirst, int... shape) {
        global("numpy.core.multiarray", "_reconstruct").global("numpy", "ndarray");
        integer(0)
                .op(0x85)
                .bytes(new byte[] {'b'})
                .op(0x87, 'R', '(')
                .integer(1)
                .op('(');
        for (int length : shape) {
            integer(length);
        }
        return op('t').type(code, order).op(columnsFirst ? 0x88 : 0x89);
    }

    PickleBytes matrix(int rows, int columns, int[] offsets, int[] indices, float[] values) {
        global("scipy.sparse._csr", "csr_matrix").op(')', 0x81, '}', '(');
        text("_shape").integer(rows).integer(columns).op(0x86);
        text("indptr").array("i4", "<", false, NpyBytes.ints(offsets), offsets.length);
        text("indices").array("i4", "<", false, NpyBytes.ints(indices), indices.length);
        return text("data")
                .array("f4", "<", false, NpyBytes.floats(values), values.length)
                .op('u', 'b');
    }

    byte[] end() {
        op('.');
        return out.toByteArray();
    }
}
