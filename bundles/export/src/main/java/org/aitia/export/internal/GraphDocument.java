package org.aitia.export.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.Provenance;
import org.aitia.api.render.RenderRequest;
import org.aitia.export.internal.Contents.Edge;
import org.aitia.export.internal.Contents.Node;
import org.jgrapht.Graph;
import org.jgrapht.graph.DirectedWeightedPseudograph;
import org.jgrapht.nio.ExportException;
import org.jgrapht.nio.GraphExporter;

/** A result as one graph: the computation graphs of its explanations, apart from each other. */
final class GraphDocument {
    private GraphDocument() {}

    static Graph<Node, Edge> of(Contents contents) {
        Graph<Node, Edge> graph = new DirectedWeightedPseudograph<>(Edge.class);
        List<Explanation> explanations = contents.explanations();
        for (int x = 0; x < explanations.size(); x++) {
            Explanation explanation = explanations.get(x);
            Map<Integer, Node> nodes = new HashMap<>();
            for (int v = 0; v < explanation.nodes().length; v++) {
                Node node = new Node(x, v);
                nodes.put(explanation.nodes()[v], node);
                graph.addVertex(node);
            }
            int[] numbers = contents.edgeNumbers(x);
            for (int e = 0; e < numbers.length; e++) {
                Edge edge = new Edge(x, e);
                graph.addEdge(
                        nodes.get(explanation.edgeSources()[e]),
                        nodes.get(explanation.edgeTargets()[e]),
                        edge);
                if (numbers[e] >= 0) {
                    graph.setEdgeWeight(edge, contents.graph(explanation).edgeWeight(numbers[e]));
                }
            }
        }
        return graph;
    }

    /** Where a result comes from, in one line. */
    static String origin(RenderRequest request) {
        Provenance provenance = request.result().provenance();
        return Contents.clean("explained by " + provenance.explainer() + ", model " + provenance.model() + ", data set "
                + provenance.dataset() + ", seed " + provenance.seed());
    }

    /** Writes a graph as UTF-8. */
    static void write(GraphExporter<Node, Edge> exporter, Contents contents, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        try {
            exporter.exportGraph(of(contents), writer);
        } catch (ExportException e) {
            throw new IOException("writing the graph failed: " + e.getCause(), e);
        }
        writer.flush();
    }
}
