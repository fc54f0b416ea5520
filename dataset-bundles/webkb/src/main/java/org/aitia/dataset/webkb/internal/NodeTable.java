package org.aitia.dataset.webkb.internal;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.api.TaskMonitor;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;
import org.aitia.formats.text.TextLine;
import org.aitia.formats.text.TextLines;

/**
 * Reads {@code out1_node_feature_label.txt}: node, features and label with tabs between them, a line per node in any
 * order. Features are a list of numbers, one per column; or, where the header says {@code feature_amount}, a list of
 * the columns that are 1.
 *
 * @param features [N, F], sparse
 * @param labels [N]
 */
record NodeTable(SparseFeatures features, int[] labels) {
    /** What the header calls the amount is the largest column that occurs, not how many there are. */
    private static final Pattern HEADER = Pattern.compile("feature(?:\\(feature_amount:(\\d{1,7})\\))?");

    private static final int MOST_NODES = 1 << 22;
    private static final int MOST_COLUMNS = 1 << 20;
    private static final int MOST_CLASSES = 1 << 12;
    private static final int MOST_VALUES = 1 << 27;

    static NodeTable read(ByteSource source, TaskMonitor monitor) {
        try (TextLines lines = TextLines.open(source)) {
            return new Reader(lines, monitor).table();
        }
    }

    /**
     * A node.
     *
     * @param columns where it has values, ascending
     * @param values what they are
     */
    private record Row(int node, int[] columns, float[] values, int label, TextLine line) {}

    private static final class Reader {
        private final TextLines lines;
        private final TaskMonitor monitor;
        private boolean listsColumns;
        private int columns = -1;
        private int stored;
        private Row[] rows = new Row[256]; // in the order of lines
        private int count;

        Reader(TextLines lines, TaskMonitor monitor) {
            this.lines = lines;
            this.monitor = monitor;
        }

        NodeTable table() {
            readHeader();
            for (var line = lines.nextFilled(); line.isPresent(); line = lines.nextFilled()) {
                if (count % 256 == 0) {
                    monitor.checkCancelled();
                }
                if (count == rows.length) {
                    rows = Arrays.copyOf(rows, 2 * count);
                }
                rows[count++] = row(line.get());
            }
            if (count == 0) {
                throw lines.endsBefore("a line per node");
            }
            return ordered();
        }

        private void readHeader() {
            TextLine header = lines.nextFilled().orElseThrow(() -> lines.endsBefore("a header"));
            List<String> names = header.split('\t', 3);
            Matcher feature = HEADER.matcher(names.get(1));
            if (!names.get(0).equals("node_id")
                    || !feature.matches()
                    || !names.get(2).equals("label")) {
                throw header.wrong("the header 'node_id', 'feature', 'label'", BadFormat.quote(header.text()));
            }
            if (feature.group(1) != null) {
                listsColumns = true;
                columns = header.integer(feature.group(1), 0, MOST_COLUMNS - 1) + 1;
            }
        }

        private Row row(TextLine line) {
            List<String> fields = line.split('\t', 3);
            int node = line.integer(fields.get(0), 0, MOST_NODES - 1);
            int label = line.integer(fields.get(2), 0, MOST_CLASSES - 1);
            Row row = listsColumns ? listed(line, node, fields.get(1), label) : full(line, node, fields.get(1), label);
            if (stored > MOST_VALUES - row.columns().length) {
                throw line.wrong("at most " + MOST_VALUES + " values in all", "more");
            }
            stored += row.columns().length;
            return row;
        }

        private Row listed(TextLine line, int node, String text, int label) {
            int[] listed = text.isEmpty()
                    ? new int[0]
                    : Arrays.stream(text.split(",", -1))
                            .mapToInt(field -> line.integer(field, 0, columns - 1))
                            .sorted()
                            .distinct()
                            .toArray();
            float[] ones = new float[listed.length];
            Arrays.fill(ones, 1);
            return new Row(node, listed, ones, label, numberOf(line));
        }

        private Row full(TextLine line, int node, String text, int label) {
            String[] fields = text.split(",", -1);
            if (columns < 0) {
                if (fields.length > MOST_COLUMNS) {
                    throw line.wrong("at most " + MOST_COLUMNS + " features", Integer.toString(fields.length));
                }
                columns = fields.length;
            }
            if (fields.length != columns) {
                throw line.wrong(columns + " features as in the first line", Integer.toString(fields.length));
            }
            int[] at = new int[columns];
            float[] values = new float[columns];
            int filled = 0;
            for (int c = 0; c < columns; c++) {
                float value = fields[c].equals("0") ? 0 : (float) line.number(fields[c]);
                if (!Float.isFinite(value)) {
                    throw line.wrong("numbers of single precision", BadFormat.quote(fields[c]));
                }
                if (value != 0) {
                    at[filled] = c;
                    values[filled++] = value;
                }
            }
            return new Row(node, Arrays.copyOf(at, filled), Arrays.copyOf(values, filled), label, numberOf(line));
        }

        /** Texts are not kept: they are many times as large as what they say. */
        private static TextLine numberOf(TextLine line) {
            return new TextLine(line.file(), line.number(), "");
        }

        private NodeTable ordered() {
            Row[] byNode = new Row[count];
            for (int i = 0; i < count; i++) {
                Row row = rows[i];
                if (row.node() >= count) {
                    throw row.line().wrong("a node from 0 to " + (count - 1) + ", of " + count, "" + row.node());
                }
                if (byNode[row.node()] != null) {
                    throw row.line()
                            .wrong(
                                    "each node once",
                                    "node " + row.node() + " as in line "
                                            + byNode[row.node()].line().number());
                }
                byNode[row.node()] = row;
            }
            int[] offsets = new int[count + 1];
            int[] indices = new int[stored];
            float[] values = new float[stored];
            int[] labels = new int[count];
            for (int node = 0; node < count; node++) {
                Row row = byNode[node];
                int length = row.columns().length;
                System.arraycopy(row.columns(), 0, indices, offsets[node], length);
                System.arraycopy(row.values(), 0, values, offsets[node], length);
                offsets[node + 1] = offsets[node] + length;
                labels[node] = row.label();
            }
            return new NodeTable(new SparseFeatures(columns, offsets, indices, values), labels);
        }
    }
}
