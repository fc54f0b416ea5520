package org.aitia.api.render;

import java.io.IOException;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes a document of explanations; a service, one per format. Safe for several threads. */
@ConsumerType
public interface Renderer {
    /**
     * Returns the format.
     *
     * @return usual file extension, for example {@code html}, {@code svg}, {@code png}
     */
    String format();

    /**
     * Returns what it makes.
     *
     * @return one sentence
     */
    String description();

    /**
     * Tells whether one document can hold several explanations.
     *
     * @return false for a single picture
     */
    boolean holdsSeveral();

    /**
     * Renders.
     *
     * @param request what to show
     * @param out receives the document; not closed
     * @throws IOException if writing fails
     * @throws org.aitia.api.InvalidRequestException if the format cannot hold what is asked for
     */
    void render(RenderRequest request, OutputStream out) throws IOException;
}
