package org.aitia.visualization.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.render.Chart;
import org.aitia.api.render.ChartRenderer;
import org.osgi.service.component.annotations.Component;

/** Pictures of charts. */
@Component(service = ChartRenderer.class)
public final class ChartPictures implements ChartRenderer {
    @Override
    public List<String> formats() {
        return Pictures.FORMATS;
    }

    @Override
    public void render(Chart chart, String format, OutputStream out) throws IOException {
        if (!formats().contains(format)) {
            throw new InvalidRequestException(
                    "charts come as " + String.join(" or ", formats()) + ", not as '" + format + "'");
        }
        Pictures.write(ChartDrawing.of(chart), format, out);
    }
}
