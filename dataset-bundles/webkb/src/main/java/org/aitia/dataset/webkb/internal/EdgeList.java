package org.aitia.dataset.webkb.internal;

import java.util.List;
import org.aitia.api.TaskMonitor;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;
import org.aitia.formats.text.TextLine;
import org.aitia.formats.text.TextLines;

/** Reads {@code out1_graph_edges.txt}: a header, then source and target of an edge with a tab between them. */
final class EdgeList {
    private static final int MOST_EDGES = 1 << 25;

    private EdgeList() {}

    static void read(ByteSource source, int nodes, boolean undirected, GraphBuilder builder, TaskMonitor monitor) {
        try (TextLines lines = TextLines.open(source)) {
            TextLine header = lines.nextFilled().orElseThrow(() -> lines.endsBefore("a header"));
            if (!header.split('\t').equals(List.of("node_id", "node_id"))) {
                throw header.wrong("the header 'node_id', 'node_id'", BadFormat.quote(header.text()));
            }
            int count = 0;
            for (var line = lines.nextFilled(); line.isPresent(); line = lines.nextFilled()) {
                if (count % (1 << 15) == 0) {
                    monitor.checkCancelled();
                }
                if (count++ == MOST_EDGES) {
                    throw line.get().wrong("at most " + MOST_EDGES + " edges", "more");
                }
                List<String> ends = line.get().split('\t', 2);
                int from = line.get().integer(ends.get(0), 0, nodes - 1);
                int to = line.get().integer(ends.get(1), 0, nodes - 1);
                if (undirected) {
                    builder.undirectedEdge(from, to);
                } else {
                    builder.edge(from, to);
                }
            }
        }
    }
}
