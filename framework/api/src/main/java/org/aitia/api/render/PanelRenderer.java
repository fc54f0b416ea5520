package org.aitia.api.render;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Draws explanations of one target side by side, each node at the same place in all of them; a service. The same request
 * gives the same bytes. Safe for several threads.
 */
@ConsumerType
public interface PanelRenderer {
    /**
     * Returns the formats that pictures come in.
     *
     * @return usual file extensions, for example {@code svg}, {@code png}
     */
    List<String> formats();

    /**
     * Draws.
     *
     * @param request what to show
     * @param format one of {@link #formats()}
     * @param out receives the document; not closed
     * @throws IOException if writing fails
     * @throws org.aitia.api.InvalidRequestException if there is no such format, or an explanation is not of the data
     */
    void render(PanelRequest request, String format, OutputStream out) throws IOException;
}
