package org.aitia.dataset.tudataset.internal;

import java.util.List;
import org.aitia.api.TaskMonitor;
import org.aitia.dataset.tudataset.internal.Tables.Attributes;
import org.aitia.dataset.tudataset.internal.Tables.Labels;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;
import org.aitia.formats.text.TextLine;
import org.aitia.formats.text.TextLines;

/**
 * Reads the text form of GIN, DGCNN and IHGNN: the number of graphs; for each graph a line "nodes class"; for each of
 * its nodes a line "tag degree neighbour neighbour ..." and possibly numeric attributes.
 */
final class GinText {
    private final String name;
    private final TextLines lines;
    private final TaskMonitor monitor;
    private final Ints graphOf = new Ints();
    private final Ints graphLabels = new Ints();
    private final Ints sources = new Ints();
    private final Ints targets = new Ints();
    private final Ints tags = new Ints();
    private final Floats attributes = new Floats();
    private int attributeColumns = -1;

    private GinText(String name, TextLines lines, TaskMonitor monitor) {
        this.name = name;
        this.lines = lines;
        this.monitor = monitor;
    }

    static Tables read(String name, ByteSource source, TaskMonitor monitor) {
        try (TextLines lines = TextLines.open(source)) {
            return new GinText(name, lines, monitor).tables();
        }
    }

    private Tables tables() {
        TextLine header = next("the number of graphs");
        int graphs = header.integer(header.text(), 1, Tables.MOST_NODES); // believed line by line
        for (int graph = 0; graph < graphs; graph++) {
            if (graph % 64 == 0) {
                monitor.checkCancelled();
                monitor.progress("reading graphs", graph, graphs);
            }
            readGraph(graph);
        }
        lines.nextFilled().ifPresent(line -> {
            throw line.wrong("the end after " + graphs + " graphs", BadFormat.quote(line.text()));
        });
        return new Tables(
                name,
                graphOf.toArray(),
                graphLabels.toArray(),
                sources.toArray(),
                targets.toArray(),
                new Labels(1, tags.toArray()),
                attributeColumns > 0 ? new Attributes(attributeColumns, attributes.toArray()) : Attributes.NONE,
                Labels.NONE,
                Attributes.NONE,
                new int[0]);
    }

    private void readGraph(int graph) {
        TextLine head = next("the number of nodes and the class of graph " + (graph + 1));
        List<String> fields = fields(head);
        if (fields.size() != 2) {
            throw head.wrong("the number of nodes and the class of a graph", BadFormat.quote(head.text()));
        }
        int first = graphOf.size();
        int nodes = head.integer(fields.get(0), 1, Tables.MOST_NODES - first);
        graphLabels.add(head.integer(fields.get(1)));
        for (int node = 0; node < nodes; node++) {
            graphOf.add(graph);
            readNode(next("node " + node + " of graph " + (graph + 1)), first, node, nodes);
        }
    }

    private void readNode(TextLine line, int first, int node, int nodes) {
        List<String> fields = fields(line);
        if (fields.size() < 2) {
            throw line.wrong("a tag, a degree and neighbours", BadFormat.quote(line.text()));
        }
        tags.add(line.integer(fields.get(0)));
        int degree = line.integer(fields.get(1), 0, fields.size() - 2);
        if (sources.size() > Tables.MOST_EDGES - degree) {
            throw line.wrong("at most " + Tables.MOST_EDGES + " edges", "more");
        }
        for (String neighbour : fields.subList(2, 2 + degree)) {
            sources.add(first + node);
            targets.add(first + line.integer(neighbour, 0, nodes - 1));
        }
        readAttributes(line, fields.subList(2 + degree, fields.size()));
    }

    private void readAttributes(TextLine line, List<String> fields) {
        if (attributeColumns < 0) {
            attributeColumns = fields.size();
        }
        if (fields.size() != attributeColumns) {
            throw line.wrong(
                    attributeColumns + " attributes after the neighbours, as of the first node",
                    Integer.toString(fields.size()));
        }
        if (attributes.size() > Tables.MOST_VALUES - fields.size()) {
            throw line.wrong("at most " + Tables.MOST_VALUES + " attributes in all", "more");
        }
        for (String field : fields) {
            attributes.add(line, field);
        }
    }

    private TextLine next(String expected) {
        return lines.nextFilled().orElseThrow(() -> lines.endsBefore(expected));
    }

    private static List<String> fields(TextLine line) {
        return List.of(line.text().strip().split("\\s+"));
    }
}
