package org.aitia.visualization.internal;

import org.aitia.api.InvalidRequestException;
import org.aitia.api.render.RenderRequest;

/** What the formats of one picture have in common. */
final class Pictures {
    private Pictures() {}

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
