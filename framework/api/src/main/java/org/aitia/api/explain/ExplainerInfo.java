package org.aitia.api.explain;

import java.util.Set;
import org.aitia.api.Task;
import org.aitia.api.model.EdgeMaskSupport;

/**
 * What is known of an explainer.
 *
 * @param name the name to type: lower case, for example {@code gnnexplainer}
 * @param title for people
 * @param description what it does, in one or two sentences
 * @param paper the publication; may be empty
 * @param tasks what it can explain
 * @param edgeMasks the edge mask support that suffices, for example {@code MESSAGE} and {@code EDGE_WEIGHT}; a model
 *     with another is refused
 * @param signed whether importances can be negative: they speak against the explained class
 */
public record ExplainerInfo(
        String name,
        String title,
        String description,
        String paper,
        Set<Task> tasks,
        Set<EdgeMaskSupport> edgeMasks,
        boolean signed) {
    /**
     * An explainer whose importances are not negative.
     *
     * @param name the name to type
     * @param title for people
     * @param description what it does
     * @param paper the publication; may be empty
     * @param tasks what it can explain
     * @param edgeMasks the edge mask support that suffices
     */
    public ExplainerInfo(
            String name,
            String title,
            String description,
            String paper,
            Set<Task> tasks,
            Set<EdgeMaskSupport> edgeMasks) {
        this(name, title, description, paper, tasks, edgeMasks, false);
    }

    /** Copies the sets. */
    public ExplainerInfo {
        tasks = Set.copyOf(tasks);
        edgeMasks = Set.copyOf(edgeMasks);
    }
}
