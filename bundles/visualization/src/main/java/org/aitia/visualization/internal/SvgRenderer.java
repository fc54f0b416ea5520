package org.aitia.visualization.internal;

import java.io.IOException;
import java.io.OutputStream;
import org.aitia.api.render.RenderRequest;
import org.aitia.api.render.Renderer;
import org.osgi.service.component.annotations.Component;

/** A picture of one explanation as SVG. */
@Component(service = Renderer.class, property = "aitia.name=" + SvgRenderer.FORMAT)
public final class SvgRenderer implements Renderer {
    static final String FORMAT = "svg";

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public String description() {
        return "A picture of one explanation, sharp at every size and editable.";
    }

    @Override
    public boolean holdsSeveral() {
        return false;
    }

    @Override
    public void render(RenderRequest request, OutputStream out) throws IOException {
        Pictures.write(Pictures.single(FORMAT, request), FORMAT, out);
    }
}
