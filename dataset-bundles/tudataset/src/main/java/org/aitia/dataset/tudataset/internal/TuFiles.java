package org.aitia.dataset.tudataset.internal;

import java.util.Optional;
import org.aitia.api.TaskMonitor;
import org.aitia.dataset.tudataset.internal.Tables.Attributes;
import org.aitia.dataset.tudataset.internal.Tables.Labels;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;
import org.aitia.formats.FileSet;
import org.aitia.formats.text.TextLine;
import org.aitia.formats.text.TextLines;

/**
 * Reads the files of a set. In {@code NAME_A.txt} line i is edge i, "row, column", nodes numbered from 1; line i of
 * {@code NAME_graph_indicator.txt} is the graph of node i; the other files have a line per graph, node or edge.
 */
final class TuFiles {
    static final String ADJACENCY = "_A.txt";

    private static final int ROWS_PER_CHECK = 1 << 15;

    private final FileSet files;
    private final String prefix;
    private final TaskMonitor monitor;
    private int done;

    private TuFiles(FileSet files, String prefix, TaskMonitor monitor) {
        this.files = files;
        this.prefix = prefix;
        this.monitor = monitor;
    }

    /**
     * Reads a set.
     *
     * @param prefix of the paths of its files: {@code MUTAG}, or {@code folder/MUTAG}
     */
    static Tables read(FileSet files, String prefix, TaskMonitor monitor) {
        return new TuFiles(files, prefix, monitor).tables();
    }

    private Tables tables() {
        int[] graphLabels = graphLabels();
        int[] graphOf = graphOf(graphLabels.length);
        int[][] edges = edges(graphOf);
        int nodes = graphOf.length;
        int rows = edges[0].length;
        Labels truth = labels("_edge_gt.txt", rows, "edge in " + prefix + ADJACENCY);
        if (truth.columns() > 1) {
            throw BadFormat.of(files.require(prefix + "_edge_gt.txt").name(), "line 1", "one number", "several");
        }
        return new Tables(
                prefix.substring(prefix.lastIndexOf('/') + 1),
                graphOf,
                graphLabels,
                edges[0],
                edges[1],
                labels("_node_labels.txt", nodes, "node"),
                attributes("_node_attributes.txt", nodes, "node"),
                labels("_edge_labels.txt", rows, "edge"),
                attributes("_edge_attributes.txt", rows, "edge"),
                truth.values());
    }

    private int[] graphLabels() {
        Optional<ByteSource> source = files.find(prefix + "_graph_labels.txt");
        if (source.isEmpty() && files.find(prefix + "_graph_attributes.txt").isPresent()) {
            throw BadFormat.of(
                    files.name(),
                    "",
                    "classes of graphs in " + prefix + "_graph_labels.txt",
                    "only numbers in " + prefix + "_graph_attributes.txt",
                    "choose a set whose graphs have classes; regression is not supported");
        }
        Ints labels = new Ints();
        read(source.orElseGet(() -> files.require(prefix + "_graph_labels.txt")), line -> {
            if (line.text().indexOf(',') >= 0) {
                throw line.wrong("one class", BadFormat.quote(line.text()));
            }
            if (labels.size() == Tables.MOST_NODES) {
                throw line.wrong("at most " + Tables.MOST_NODES + " graphs", "more");
            }
            labels.add(line.integer(line.text()));
        });
        return labels.toArray();
    }

    private int[] graphOf(int graphs) {
        ByteSource source = files.require(prefix + "_graph_indicator.txt");
        Ints graphOf = new Ints();
        int[] sizes = new int[graphs];
        read(source, line -> {
            int graph = line.integer(line.text(), 1, graphs) - 1;
            if (graphOf.size() == Tables.MOST_NODES) {
                throw line.wrong("at most " + Tables.MOST_NODES + " nodes", "more");
            }
            sizes[graph]++;
            graphOf.add(graph);
        });
        for (int graph = 0; graph < graphs; graph++) {
            if (sizes[graph] == 0) {
                throw BadFormat.of(
                        source.name(),
                        "",
                        "nodes of each of the " + graphs + " graphs with a label",
                        "none of graph " + (graph + 1));
            }
        }
        return graphOf.toArray();
    }

    private int[][] edges(int[] graphOf) {
        Ints sources = new Ints();
        Ints targets = new Ints();
        read(files.require(prefix + ADJACENCY), line -> {
            int comma = line.text().indexOf(',');
            if (comma < 0) {
                throw line.wrong("two nodes with a comma between them", BadFormat.quote(line.text()));
            }
            int source = line.integer(line.text().substring(0, comma), 1, graphOf.length) - 1;
            int target = line.integer(line.text().substring(comma + 1), 1, graphOf.length) - 1;
            if (graphOf[source] != graphOf[target]) {
                throw line.wrong(
                        "two nodes of one graph",
                        "node " + (source + 1) + " of graph " + (graphOf[source] + 1) + " and node " + (target + 1)
                                + " of graph " + (graphOf[target] + 1));
            }
            if (sources.size() == Tables.MOST_EDGES) {
                throw line.wrong("at most " + Tables.MOST_EDGES + " edges", "more");
            }
            sources.add(source);
            targets.add(target);
        });
        return new int[][] {sources.toArray(), targets.toArray()};
    }

    private Labels labels(String suffix, int rows, String what) {
        return files.find(prefix + suffix)
                .map(source -> {
                    Ints values = new Ints();
                    int columns = read(source, rows, what, (line, field) -> values.add(line.integer(field)));
                    return new Labels(columns, values.toArray());
                })
                .orElse(Labels.NONE);
    }

    private Attributes attributes(String suffix, int rows, String what) {
        return files.find(prefix + suffix)
                .map(source -> {
                    Floats values = new Floats();
                    int columns = read(source, rows, what, values::add);
                    return new Attributes(columns, values.toArray());
                })
                .orElse(Attributes.NONE);
    }

    @FunctionalInterface
    private interface LineReader {
        void read(TextLine line);
    }

    @FunctionalInterface
    private interface FieldReader {
        void read(TextLine line, String field);
    }

    /** Reads as many lines as there are things, all with as many fields as the first; returns how many. */
    private int read(ByteSource source, int rows, String what, FieldReader reader) {
        int[] columns = {0};
        int[] count = {0};
        read(source, line -> {
            if (count[0]++ == rows) {
                throw line.wrong("the end, with a line for each of " + rows + " " + what + "s", "more");
            }
            int fields = 0;
            String text = line.text();
            for (int from = 0; from <= text.length(); fields++) {
                int comma = text.indexOf(',', from);
                int to = comma < 0 ? text.length() : comma;
                if ((long) (fields + 1) * Math.max(1, rows) > Tables.MOST_VALUES) {
                    throw line.wrong("at most " + Tables.MOST_VALUES + " values in all", "more");
                }
                reader.read(line, text.substring(from, to));
                from = to + 1;
            }
            if (count[0] == 1) {
                columns[0] = fields;
            } else if (fields != columns[0]) {
                throw line.wrong(columns[0] + " values as in the first line", Integer.toString(fields));
            }
        });
        if (count[0] < rows) {
            throw BadFormat.of(
                    source.name(), "", "a line for each of " + rows + " " + what + "s", "only " + count[0] + " lines");
        }
        return columns[0];
    }

    private void read(ByteSource source, LineReader reader) {
        monitor.progress("reading files", done++, -1);
        int rows = 0;
        try (TextLines lines = TextLines.open(source)) {
            for (var line = lines.nextFilled(); line.isPresent(); line = lines.nextFilled()) {
                if (rows++ % ROWS_PER_CHECK == 0) {
                    monitor.checkCancelled();
                }
                reader.read(line.get());
            }
        }
        if (rows == 0 && !source.name().endsWith(ADJACENCY)) {
            throw BadFormat.of(source.name(), "line 1", "a number", "the end");
        }
    }
}
