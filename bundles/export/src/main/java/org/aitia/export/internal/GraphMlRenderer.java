package org.aitia.export.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.aitia.api.render.RenderRequest;
import org.aitia.api.render.Renderer;
import org.aitia.export.internal.Contents.Edge;
import org.aitia.export.internal.Contents.Node;
import org.jgrapht.nio.AttributeType;
import org.jgrapht.nio.graphml.GraphMLExporter;
import org.jgrapht.nio.graphml.GraphMLExporter.AttributeCategory;
import org.osgi.service.component.annotations.Component;

/** GraphML, for NetworkX, igraph, yEd, Gephi, Cytoscape. */
@Component(service = Renderer.class, property = "aitia.name=" + GraphMlRenderer.FORMAT)
public final class GraphMlRenderer implements Renderer {
    static final String FORMAT = "graphml";

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public String description() {
        return "Computation graphs with importances as GraphML, for NetworkX, igraph, yEd, Gephi.";
    }

    @Override
    public boolean holdsSeveral() {
        return true;
    }

    @Override
    public void render(RenderRequest request, OutputStream out) throws IOException {
        Contents contents = new Contents(request);
        GraphMLExporter<Node, Edge> exporter = new GraphMLExporter<>(contents::id);
        exporter.setVertexAttributeProvider(contents::values);
        exporter.setEdgeAttributeProvider(contents::values);
        exporter.setExportEdgeWeights(true);
        // an attribute of nodes and edges has one key for both
        Map<String, AttributeType> all = new LinkedHashMap<>(contents.nodeColumns());
        contents.edgeColumns().forEach(all::putIfAbsent);
        all.remove(exporter.getEdgeWeightAttributeName());
        all.forEach((name, type) -> {
            boolean ofNodes = contents.nodeColumns().containsKey(name);
            boolean ofEdges = contents.edgeColumns().containsKey(name);
            AttributeCategory category = ofNodes && ofEdges
                    ? AttributeCategory.ALL
                    : ofNodes ? AttributeCategory.NODE : AttributeCategory.EDGE;
            exporter.registerAttribute(name, category, type);
        });
        GraphDocument.write(exporter, contents, out);
    }
}
