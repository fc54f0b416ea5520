package org.aitia.export.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes arrays as NumPy reads them: a zip archive of npy files, version 1.0, little-endian, in C order. The same arrays
 * give the same bytes. Used by one thread.
 */
final class NpzWriter {
    /** The epoch of zip archives: no time of writing, so that equal contents are equal files. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final int CHUNK = 1 << 13;
    private static final int ALIGNMENT = 64;
    private static final int PREAMBLE = 10; // magic, version, length of the header

    private final ZipOutputStream zip;

    NpzWriter(OutputStream out) {
        zip = new ZipOutputStream(out);
    }

    void floats(String name, float[] values, int... shape) throws IOException {
        begin(name, "<f4", shape);
        put(values.length, Float.BYTES, (buffer, i) -> buffer.putFloat(values[i]));
    }

    void ints(String name, int[] values, int... shape) throws IOException {
        begin(name, "<i4", shape);
        put(values.length, Integer.BYTES, (buffer, i) -> buffer.putInt(values[i]));
    }

    void longs(String name, long[] values, int... shape) throws IOException {
        begin(name, "<i8", shape);
        put(values.length, Long.BYTES, (buffer, i) -> buffer.putLong(values[i]));
    }

    void booleans(String name, boolean[] values, int... shape) throws IOException {
        begin(name, "|b1", shape);
        put(values.length, 1, (buffer, i) -> buffer.put((byte) (values[i] ? 1 : 0)));
    }

    /** Writes a text: a scalar array of characters. */
    void text(String name, String value) throws IOException {
        int[] characters = value.codePoints().toArray();
        begin(name, "<U" + Math.max(1, characters.length));
        // NumPy has no empty texts: one of length 0 is a zero of length 1
        int[] padded = characters.length == 0 ? new int[1] : characters;
        put(padded.length, Integer.BYTES, (buffer, i) -> buffer.putInt(padded[i]));
    }

    private void begin(String name, String type, int... shape) throws IOException {
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        String sizes = Arrays.stream(shape).mapToObj(size -> size + ",").collect(Collectors.joining(" "));
        String tuple = shape.length > 1 ? sizes.substring(0, sizes.length() - 1) : sizes;
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + tuple + "), }";
        int rest = (PREAMBLE + header.length() + 1) % ALIGNMENT;
        String padded = header + " ".repeat(rest == 0 ? 0 : ALIGNMENT - rest) + "\n";
        ByteBuffer preamble = ByteBuffer.allocate(PREAMBLE).order(ByteOrder.LITTLE_ENDIAN);
        preamble.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        preamble.put((byte) 1).put((byte) 0).putShort((short) padded.length());
        zip.write(preamble.array());
        zip.write(padded.getBytes(StandardCharsets.US_ASCII));
    }

    private void put(int count, int bytes, BiConsumer<ByteBuffer, Integer> element) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK * bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            element.accept(buffer, i);
            if (!buffer.hasRemaining()) {
                zip.write(buffer.array());
                buffer.clear();
            }
        }
        zip.write(buffer.array(), 0, buffer.position());
        zip.closeEntry();
    }

    /** Ends the archive; the stream stays open. */
    void finish() throws IOException {
        zip.finish();
        zip.flush();
    }
}
