package org.aitia.visualization.internal;

import java.io.IOException;
import java.io.OutputStream;
import org.aitia.api.render.RenderRequest;
import org.aitia.api.render.Renderer;
import org.osgi.service.component.annotations.Component;

/** A picture of one explanation as PNG. */
@Component(service = Renderer.class, property = "aitia.name=" + PngRenderer.FORMAT)
public final class PngRenderer implements Renderer {
    static final String FORMAT = "png";

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public String description() {
        return "A picture of one explanation for documents and slides.";
    }

    @Override
    public boolean holdsSeveral() {
        return false;
    }

    @Override
    public void render(RenderRequest request, OutputStream out) throws IOException {
        PngWriter.write(Pictures.single(FORMAT, request), out);
    }
}
