package org.aitia.visualization.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.render.RenderRequest;

/** What the formats of one picture have in common. */
final class Pictures {
    /** The formats of single pictures. */
    static final List<String> FORMATS = List.of(SvgRenderer.FORMAT, PngRenderer.FORMAT);

    private Pictures() {}

    /**
     * Writes a picture.
     *
     * @param format one of {@link #FORMATS}
     */
    static void write(Scene scene, String format, OutputStream out) throws IOException {
        if (format.equals(PngRenderer.FORMAT)) {
            PngWriter.write(scene, out);
        } else {
            Markup markup = new Markup();
            SvgWriter.document(scene, markup);
            markup.writeTo(out);
        }
    }

    /**
     * Draws the one explanation of a request.
     *
     * @throws InvalidRequestException if there is not exactly one
     */
    static Scene single(String format, RenderRequest request) {
        int count = request.result().explanations().size();
        if (count != 1) {
            throw new InvalidRequestException("a " + format + " picture shows exactly one explanation, but there "
                    + (count == 0 ? "is none" : "are " + count)
                    + "; explain one target, or choose the format html");
        }
        Subject subject = Subject.of(request.result().explanations().get(0), request);
        return Picture.of(subject, Subgraph.of(subject, request.topEdges()), true);
    }
}
