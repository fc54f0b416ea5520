package org.aitia.api.render;

import java.util.List;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.ExplanationResult;

/**
 * Explanations of one target to be shown side by side.
 *
 * @param title above all
 * @param dataset what they are about: structure, names, ground truth
 * @param panels from left to right; at least one, all of the same target
 * @param truth whether a first panel shows the true explanation, where it is known
 * @param topEdges how many of the most important edges each shows (undirected pairs count once); 0 for as many as are
 *     true, or {@link RenderRequest#DEFAULT_TOP_EDGES} where the truth is not known
 */
public record PanelRequest(String title, Dataset dataset, List<Panel> panels, boolean truth, int topEdges) {
    /** Copies the list and checks the values. */
    public PanelRequest {
        panels = List.copyOf(panels);
        if (panels.isEmpty() || topEdges < 0) {
            throw new InvalidRequestException("panels need at least one explanation and no negative number of edges");
        }
        for (Panel panel : panels) {
            int count = panel.result().explanations().size();
            if (count != 1) {
                throw new InvalidRequestException("panel '" + panel.title() + "' shows exactly one explanation, not "
                        + count + "; give the one of the target");
            }
        }
        if (panels.stream().map(Panel::target).distinct().count() > 1) {
            throw new InvalidRequestException("panels show explanations of the same target, not of "
                    + panels.stream().map(Panel::target).distinct().toList());
        }
    }

    /**
     * One of them.
     *
     * @param title above it
     * @param result with exactly one explanation
     */
    public record Panel(String title, ExplanationResult result) {
        private int target() {
            return result.explanations().get(0).target().id();
        }
    }
}
