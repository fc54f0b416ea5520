package org.aitia.dataset.graphattribution.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipOutputStream;
import org.aitia.testkit.data.ZipEntries;

/** Writes npz files of molecules as NumPy writes the published ones: dictionaries in an array of objects. */
final class MoleculeNpz {
    private final ByteArrayOutputStream dictionaries = new ByteArrayOutputStream();
    private int count;

    /** Adds a molecule. */
    MoleculeNpz molecule(float[][] nodes, float[][] edges, long[] senders, long[] receivers) {
        count++;
        op('}', '(');
        text("nodes").floats(nodes);
        text("edges");
        if (edges.length == 0) {
            op('N'); // None, as in files of marks
        } else {
            floats(edges);
        }
        text("receivers").longs(receivers);
        text("senders").longs(senders);
        text("n_node").scalar(nodes.length);
        text("n_edge").scalar(senders.length);
        return op('u');
    }

    /** Adds something that is no molecule. */
    MoleculeNpz none() {
        count++;
        return op('N');
    }

    byte[] npy() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        MoleculeNpz pickle = new MoleculeNpz();
        pickle.op(0x80, 3).begin("O8", "|", count, 1).op(']', '(');
        pickle.dictionaries.writeBytes(dictionaries.toByteArray());
        pickle.op('e', 't', 'b', '.');
        all.writeBytes(header("|O", "(" + count + ", 1)"));
        all.writeBytes(pickle.dictionaries.toByteArray());
        return all.toByteArray();
    }

    Path write(Path file) throws IOException {
        return write(file, "datadict_list.npy", npy());
    }

    static byte[] labels(float... values) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(header("<f4", "(" + values.length + ", 1)"));
        all.writeBytes(bytes(values));
        return all.toByteArray();
    }

    static Path write(Path file, String entry, byte[] content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(ZipEntries.named(entry));
            zip.write(content);
        }
        return file;
    }

    private static byte[] header(String type, String shape) {
        byte[] text = ("{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(10 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) text.length)
                .put(text)
                .array();
    }

    private static byte[] bytes(float[]... rows) {
        ByteBuffer data = ByteBuffer.allocate(4 * rows.length * rows[0].length).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : rows) {
            for (float value : row) {
                data.putFloat(value);
            }
        }
        return data.array();
    }

    private MoleculeNpz op(int... codes) {
        for (int code : codes) {
            dictionaries.write(code);
        }
        return this;
    }

    private MoleculeNpz number(int value) {
        op('J');
        return int32(value);
    }

    private MoleculeNpz int32(int value) {
        dictionaries.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
        return this;
    }

    private MoleculeNpz text(String text) {
        op('X').int32(text.length());
        dictionaries.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    private MoleculeNpz data(byte[] data) {
        op('B').int32(data.length);
        dictionaries.writeBytes(data);
        return this;
    }

    private MoleculeNpz global(String module, String name) {
        op('c');
        dictionaries.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    private MoleculeNpz type(String code, String order) {
        global("numpy", "dtype").text(code).op(0x89, 0x88, 0x87, 'R', '(').number(3);
        return text(order).op('N', 'N', 'N').number(-1).number(-1).number(0).op('t', 'b');
    }

    private MoleculeNpz begin(String code, String order, int... shape) {
        global("numpy.core.multiarray", "_reconstruct").global("numpy", "ndarray");
        number(0).op(0x85).data(new byte[] {'b'}).op(0x87, 'R', '(').number(1).op('(');
        for (int length : shape) {
            number(length);
        }
        return op('t').type(code, order).op(0x89);
    }

    private MoleculeNpz floats(float[][] rows) {
        return begin("f4", "<", rows.length, rows[0].length).data(bytes(rows)).op('t', 'b');
    }

    private MoleculeNpz longs(long[] values) {
        ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asLongBuffer().put(values);
        return begin("i8", "<", values.length).data(data.array()).op('t', 'b');
    }

    private MoleculeNpz scalar(int value) {
        byte[] data = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
        return global("numpy.core.multiarray", "scalar")
                .type("i4", "<")
                .data(data)
                .op(0x86, 'R');
    }
}
