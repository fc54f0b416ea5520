package org.aitia.benchmarks;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aitia.api.Seeds;

/**
 * Writes random graphs of any size whose neighbourhoods are alike: every node has ten in-edges, from nodes chosen at
 * random, and a hundred features. Of ten classes, a node's is the one whose feature is largest.
 */
final class LargeGraph {
    static final int DEGREE = 10;
    static final int FEATURES = 100;
    static final int CLASSES = 10;

    private static final int EDGE_STREAM = 1;
    private static final int FEATURE_STREAM = 2;

    private final int nodes;
    private final long seed;

    /**
     * Describes a graph.
     *
     * @param edges how many directed edges
     * @param seed of chance
     */
    LargeGraph(int edges, long seed) {
        this.nodes = edges / DEGREE;
        this.seed = seed;
    }

    /** Writes part of an array. */
    private interface Rows {
        void put(int row, ByteBuffer out);
    }

    /**
     * Writes the graph as {@code numpy.savez} does, uncompressed.
     *
     * @param file an npz file, replaced
     * @throws IOException if it cannot be written
     */
    void write(Path file) throws IOException {
        try (ZipOutputStream zip =
                new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
            array(zip, "edge_index", "<i4", "2, " + nodes * DEGREE, 2 * nodes, 4 * DEGREE, this::ends);
            array(zip, "x", "<f4", nodes + ", " + FEATURES, nodes, 4 * FEATURES, this::features);
            array(zip, "y", "<i4", nodes + ",", nodes, 4, (row, out) -> out.putInt(label(row)));
        }
    }

    /** Sources come first, all of them, then targets. */
    private void ends(int row, ByteBuffer out) {
        if (row >= nodes) {
            for (int i = 0; i < DEGREE; i++) {
                out.putInt(row - nodes);
            }
            return;
        }
        RandomGenerator random = Seeds.generator(Seeds.derive(Seeds.derive(seed, EDGE_STREAM), row));
        int[] chosen = new int[DEGREE];
        for (int i = 0; i < DEGREE; i++) {
            int candidate = random.nextInt(nodes);
            while (candidate == row || contains(chosen, i, candidate)) {
                candidate = random.nextInt(nodes);
            }
            chosen[i] = candidate;
            out.putInt(candidate);
        }
    }

    private static boolean contains(int[] chosen, int count, int candidate) {
        for (int i = 0; i < count; i++) {
            if (chosen[i] == candidate) {
                return true;
            }
        }
        return false;
    }

    private float[] row(int node) {
        RandomGenerator random = Seeds.generator(Seeds.derive(Seeds.derive(seed, FEATURE_STREAM), node));
        float[] values = new float[FEATURES];
        for (int f = 0; f < FEATURES; f++) {
            values[f] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private void features(int node, ByteBuffer out) {
        for (float value : row(node)) {
            out.putFloat(value);
        }
    }

    private int label(int node) {
        FloatBuffer values = FloatBuffer.wrap(row(node));
        int best = 0;
        for (int c = 1; c < CLASSES; c++) {
            best = values.get(c) > values.get(best) ? c : best;
        }
        return best;
    }

    /** Stored entries must say their checksum first, so everything is made twice. */
    private static void array(
            ZipOutputStream zip, String key, String type, String shape, int rows, int rowBytes, Rows values)
            throws IOException {
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
        int length = (10 + text.length() + 1 + 63) / 64 * 64 - 10;
        byte[] bytes = new byte[10 + length];
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) 1);
        header.putShort((short) length);
        header.put((text + " ".repeat(length - text.length() - 1) + "\n").getBytes(StandardCharsets.ISO_8859_1));
        CRC32 crc = new CRC32();
        stream(new Checked(crc), bytes, rows, rowBytes, values);
        ZipEntry entry = new ZipEntry(key + ".npy");
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length + (long) rows * rowBytes);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        stream(zip, bytes, rows, rowBytes, values);
        zip.closeEntry();
    }

    private static void stream(OutputStream out, byte[] header, int rows, int rowBytes, Rows values)
            throws IOException {
        out.write(header);
        byte[] bytes = new byte[rowBytes];
        ByteBuffer row = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int r = 0; r < rows; r++) {
            values.put(r, row.clear());
            out.write(bytes);
        }
    }

    private static final class Checked extends FilterOutputStream {
        private final CRC32 crc;

        Checked(CRC32 crc) {
            super(OutputStream.nullOutputStream());
            this.crc = crc;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            crc.update(bytes, offset, length);
        }
    }
}
