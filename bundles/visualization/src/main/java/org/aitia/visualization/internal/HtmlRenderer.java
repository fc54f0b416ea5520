package org.aitia.visualization.internal;

import java.io.IOException;
import java.io.OutputStream;
import org.aitia.api.render.RenderRequest;
import org.aitia.api.render.Renderer;
import org.osgi.service.component.annotations.Component;

/** A page of explanations that needs nothing but itself: no script, no network, no other file. */
@Component(service = Renderer.class, property = "aitia.name=" + HtmlRenderer.FORMAT)
public final class HtmlRenderer implements Renderer {
    static final String FORMAT = "html";

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public String description() {
        return "A self-contained page: pictures, probabilities, the most important edges, nodes and features, provenance.";
    }

    @Override
    public boolean holdsSeveral() {
        return true;
    }

    @Override
    public void render(RenderRequest request, OutputStream out) throws IOException {
        new HtmlPage(request).writeTo(out);
    }
}
