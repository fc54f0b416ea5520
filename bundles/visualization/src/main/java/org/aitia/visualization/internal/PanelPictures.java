package org.aitia.visualization.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.render.PanelRenderer;
import org.aitia.api.render.PanelRequest;
import org.osgi.service.component.annotations.Component;

/** Pictures of several explanations of one target. */
@Component(service = PanelRenderer.class)
public final class PanelPictures implements PanelRenderer {
    @Override
    public List<String> formats() {
        return Pictures.FORMATS;
    }

    @Override
    public void render(PanelRequest request, String format, OutputStream out) throws IOException {
        if (!formats().contains(format)) {
            throw new InvalidRequestException(
                    "panels come as " + String.join(" or ", formats()) + ", not as '" + format + "'");
        }
        Pictures.write(PanelDrawing.of(request), format, out);
    }
}
