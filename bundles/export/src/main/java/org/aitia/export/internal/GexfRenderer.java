package org.aitia.export.internal;

import static org.jgrapht.nio.DefaultAttribute.createAttribute;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.aitia.api.render.RenderRequest;
import org.aitia.api.render.Renderer;
import org.aitia.export.internal.Contents.Edge;
import org.aitia.export.internal.Contents.Node;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.AttributeType;
import org.jgrapht.nio.IntegerIdProvider;
import org.jgrapht.nio.gexf.GEXFAttributeType;
import org.jgrapht.nio.gexf.GEXFExporter;
import org.jgrapht.nio.gexf.GEXFExporter.AttributeCategory;
import org.osgi.service.component.annotations.Component;

/** GEXF 1.2, for Gephi. */
@Component(service = Renderer.class, property = "aitia.name=" + GexfRenderer.FORMAT)
public final class GexfRenderer implements Renderer {
    static final String FORMAT = "gexf";

    private static final String WEIGHT = "weight"; // an attribute of edges that the format itself has

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public String description() {
        return "Computation graphs with importances as GEXF, for Gephi.";
    }

    @Override
    public boolean holdsSeveral() {
        return true;
    }

    @Override
    public void render(RenderRequest request, OutputStream out) throws IOException {
        Contents contents = new Contents(request);
        GEXFExporter<Node, Edge> exporter = new GEXFExporter<>(contents::id, new IntegerIdProvider<>(0));
        exporter.setCreator("Aitia");
        exporter.setDescription(GraphDocument.origin(request));
        exporter.setParameter(GEXFExporter.Parameter.EXPORT_EDGE_WEIGHTS, true);
        exporter.setVertexAttributeProvider(node -> {
            Map<String, Attribute> values = contents.values(node);
            values.put("label", createAttribute(contents.label(node)));
            return values;
        });
        exporter.setEdgeAttributeProvider(contents::values);
        contents.nodeColumns()
                .forEach((name, type) -> exporter.registerAttribute(name, AttributeCategory.NODE, gexf(type)));
        contents.edgeColumns().forEach((name, type) -> {
            if (!name.equals(WEIGHT)) {
                exporter.registerAttribute(name, AttributeCategory.EDGE, gexf(type));
            }
        });
        GraphDocument.write(exporter, contents, out);
    }

    private static GEXFAttributeType gexf(AttributeType type) {
        return switch (type) {
            case INT -> GEXFAttributeType.INTEGER;
            case FLOAT -> GEXFAttributeType.FLOAT;
            case BOOLEAN -> GEXFAttributeType.BOOLEAN;
            default -> GEXFAttributeType.STRING;
        };
    }
}
