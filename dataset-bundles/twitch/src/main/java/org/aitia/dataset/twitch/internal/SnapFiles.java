package org.aitia.dataset.twitch.internal;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.aitia.api.TaskMonitor;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.dataset.twitch.internal.TwitchOptions.Columns;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;
import org.aitia.formats.text.CsvTable;

/**
 * Reads the files of one country as SNAP publishes them: {@code target.csv} with a row per node in any order, joined
 * on {@code new_id}; {@code edges.csv} with every friendship once; {@code features.json} with identifiers of each node,
 * some of them repeated.
 */
final class SnapFiles {
    /** Identifiers of features, over all countries. */
    static final int IDENTIFIERS = 3170;

    private static final int MOST_NODES = 1 << 22;
    private static final int MOST_EDGES = 1 << 25;

    private SnapFiles() {}

    static Streamers read(
            ByteSource edges, ByteSource features, ByteSource target, Columns columns, TaskMonitor monitor) {
        monitor.progress("reading files", 0, 3);
        int[] mature = mature(target, monitor);
        monitor.progress("reading files", 1, 3);
        SparseFeatures matrix = FeatureLists.read(features, mature.length, IDENTIFIERS, monitor);
        int[] used = columns == Columns.USED ? used(matrix) : new int[0];
        List<String> names = (columns == Columns.USED ? IntStream.of(used) : IntStream.range(0, IDENTIFIERS))
                .mapToObj(id -> "attribute " + id)
                .toList();
        monitor.progress("reading files", 2, 3);
        int[][] ends = edges(edges, mature.length, monitor);
        monitor.progress("reading files", 3, 3);
        return new Streamers(
                mature, columns == Columns.USED ? only(matrix, used) : matrix, names, ends[0], ends[1], false);
    }

    /** A node may have several rows, as long as they agree. */
    private static int[] mature(ByteSource source, TaskMonitor monitor) {
        int[] nodes = new int[1024];
        int[] lines = new int[1024];
        int[] values = new int[1024];
        int rows = 0;
        try (CsvTable table = CsvTable.open(source)) {
            int nodeColumn = table.require("new_id");
            int matureColumn = table.require("mature");
            for (var next = table.next(); next.isPresent(); next = table.next()) {
                CsvTable.Row row = next.get();
                if ((rows & 0xfff) == 0) {
                    monitor.checkCancelled();
                }
                if (rows == nodes.length) {
                    nodes = Arrays.copyOf(nodes, 2 * rows);
                    lines = Arrays.copyOf(lines, 2 * rows);
                    values = Arrays.copyOf(values, 2 * rows);
                }
                nodes[rows] = row.whole(nodeColumn, 0, MOST_NODES - 1);
                values[rows] = truth(row, matureColumn);
                lines[rows++] = (int) row.line();
            }
        }
        return joined(source.name(), Arrays.copyOf(nodes, rows), values, lines);
    }

    private static int truth(CsvTable.Row row, int column) {
        return switch (row.text(column).toLowerCase(Locale.ROOT)) {
            case "true" -> 1;
            case "false" -> 0;
            default -> throw row.wrong(column, "True or False");
        };
    }

    private static int[] joined(String file, int[] nodes, int[] values, int[] lines) {
        BitSet seen = new BitSet();
        IntStream.of(nodes).forEach(seen::set);
        int count = seen.length();
        if (count == 0) {
            throw BadFormat.of(file, "line 2", "a row per node", "the end");
        }
        if (seen.cardinality() < count) {
            throw BadFormat.of(
                    file,
                    "",
                    "a row for each new_id from 0 to " + (count - 1),
                    "none for " + seen.nextClearBit(0) + " and " + (count - seen.cardinality() - 1) + " others");
        }
        int[] mature = new int[count];
        int[] line = new int[count];
        for (int i = 0; i < nodes.length; i++) {
            int node = nodes[i];
            if (line[node] > 0 && mature[node] != values[i]) {
                throw BadFormat.of(
                        file,
                        "line " + lines[i],
                        "the same value of 'mature' for new_id " + node + " as in line " + line[node],
                        "another one");
            }
            mature[node] = values[i];
            line[node] = lines[i];
        }
        return mature;
    }

    private static int[][] edges(ByteSource source, int nodes, TaskMonitor monitor) {
        int[][] ends = new int[2][1024];
        int rows = 0;
        try (CsvTable table = CsvTable.open(source)) {
            int from = table.require("from");
            int to = table.require("to");
            for (var next = table.next(); next.isPresent(); next = table.next()) {
                CsvTable.Row row = next.get();
                if ((rows & 0xffff) == 0) {
                    monitor.checkCancelled();
                }
                if (rows == MOST_EDGES) {
                    throw row.wrong("at most " + MOST_EDGES + " edges", "more");
                }
                if (rows == ends[0].length) {
                    ends[0] = Arrays.copyOf(ends[0], 2 * rows);
                    ends[1] = Arrays.copyOf(ends[1], 2 * rows);
                }
                ends[0][rows] = row.whole(from, 0, nodes - 1);
                ends[1][rows++] = row.whole(to, 0, nodes - 1);
            }
        }
        return new int[][] {Arrays.copyOf(ends[0], rows), Arrays.copyOf(ends[1], rows)};
    }

    private static int[] used(SparseFeatures matrix) {
        BitSet used = new BitSet(matrix.columns());
        var indices = matrix.indices();
        while (indices.hasRemaining()) {
            used.set(indices.get());
        }
        return used.stream().toArray();
    }

    /** The matrix without columns that nobody has a value in. */
    private static SparseFeatures only(SparseFeatures matrix, int[] columns) {
        int[] offsets = new int[matrix.rows() + 1];
        int[] indices = new int[matrix.indices().remaining()];
        float[] values = new float[indices.length];
        matrix.offsets().get(offsets);
        matrix.indices().get(indices);
        matrix.values().get(values);
        for (int i = 0; i < indices.length; i++) {
            indices[i] = Arrays.binarySearch(columns, indices[i]);
        }
        return new SparseFeatures(columns.length, offsets, indices, values);
    }
}
