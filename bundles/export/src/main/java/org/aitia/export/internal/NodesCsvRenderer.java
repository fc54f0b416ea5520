package org.aitia.export.internal;

import java.io.IOException;
import java.io.OutputStream;
import org.aitia.api.render.RenderRequest;
import org.aitia.api.render.Renderer;
import org.aitia.export.internal.Contents.Node;
import org.osgi.service.component.annotations.Component;

/** A line per node. */
@Component(service = Renderer.class, property = "aitia.name=" + NodesCsvRenderer.FORMAT)
public final class NodesCsvRenderer implements Renderer {
    static final String FORMAT = "nodes.csv";

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public String description() {
        return "A line per node of the computation graphs: class, importance, what is predicted of the target.";
    }

    @Override
    public boolean holdsSeveral() {
        return true;
    }

    @Override
    public void render(RenderRequest request, OutputStream out) throws IOException {
        Contents contents = new Contents(request);
        CsvDocument csv = new CsvDocument(out, contents.nodeColumns().keySet());
        for (int x = 0; x < contents.explanations().size(); x++) {
            for (int v = 0; v < contents.explanations().get(x).nodes().length; v++) {
                csv.row(contents.values(new Node(x, v)));
            }
        }
        csv.finish();
    }
}
