package org.aitia.api.metric;

import java.util.Set;
import org.aitia.api.Task;

/**
 * What is known of a metric.
 *
 * @param name the name to type: lower case, for example {@code fidelity-plus}
 * @param title for tables, short
 * @param description what it measures and its range, in one or two sentences
 * @param source paper and equation; may be empty
 * @param better which direction is better
 * @param needs what it cannot do without, beside explanations and data
 * @param tasks of models that it can be measured for
 */
public record MetricInfo(
        String name, String title, String description, String source, Better better, Set<Need> needs, Set<Task> tasks) {
    /** Copies the sets. */
    public MetricInfo {
        needs = Set.copyOf(needs);
        tasks = Set.copyOf(tasks);
    }

    /** Which direction of a score is better. */
    public enum Better {
        /** More is better. */
        HIGHER,
        /** Less is better. */
        LOWER,
        /** Neither: it describes. */
        NEITHER
    }

    /** What a metric cannot do without. */
    public enum Need {
        /** True explanations. */
        GROUND_TRUTH,
        /** The explained model, to be asked about variants of the input. */
        MODEL,
        /** The explainer, to be run again with other seeds or on perturbed data. */
        EXPLAINER,
        /** Importances of edges. */
        EDGES,
        /** Importances of nodes or features. */
        FEATURES
    }
}
