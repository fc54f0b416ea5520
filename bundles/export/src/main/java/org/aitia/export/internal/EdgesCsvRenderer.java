package org.aitia.export.internal;

import static org.jgrapht.nio.DefaultAttribute.createAttribute;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.api.explain.Explanation;
import org.aitia.api.render.RenderRequest;
import org.aitia.api.render.Renderer;
import org.aitia.export.internal.Contents.Edge;
import org.jgrapht.nio.Attribute;
import org.osgi.service.component.annotations.Component;

/** A line per edge. */
@Component(service = Renderer.class, property = "aitia.name=" + EdgesCsvRenderer.FORMAT)
public final class EdgesCsvRenderer implements Renderer {
    static final String FORMAT = "csv";

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public String description() {
        return "A line per edge of the computation graphs: ends, importance, weight.";
    }

    @Override
    public boolean holdsSeveral() {
        return true;
    }

    @Override
    public void render(RenderRequest request, OutputStream out) throws IOException {
        Contents contents = new Contents(request);
        List<String> columns = new ArrayList<>(contents.edgeColumns().keySet());
        columns.addAll(1, List.of("source", "target"));
        CsvDocument csv = new CsvDocument(out, columns);
        for (int x = 0; x < contents.explanations().size(); x++) {
            Explanation explanation = contents.explanations().get(x);
            for (int e = 0; e < explanation.edgeCount(); e++) {
                Map<String, Attribute> values = contents.values(new Edge(x, e));
                values.put("source", createAttribute(explanation.edgeSources()[e]));
                values.put("target", createAttribute(explanation.edgeTargets()[e]));
                csv.row(values);
            }
        }
        csv.finish();
    }
}
