package org.aitia.api.render;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Draws charts; a service. The same chart gives the same bytes. Safe for several threads. */
@ConsumerType
public interface ChartRenderer {
    /**
     * Returns the formats that charts come in.
     *
     * @return usual file extensions, for example {@code svg}, {@code png}
     */
    List<String> formats();

    /**
     * Draws a chart.
     *
     * @param chart what to show
     * @param format one of {@link #formats()}
     * @param out receives the document; not closed
     * @throws IOException if writing fails
     * @throws org.aitia.api.InvalidRequestException if there is no such format
     */
    void render(Chart chart, String format, OutputStream out) throws IOException;
}
