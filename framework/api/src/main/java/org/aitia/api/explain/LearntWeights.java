package org.aitia.api.explain;

import java.util.List;
import java.util.Map;
import org.aitia.api.model.Parameter;

/**
 * What a {@link TrainableExplainer} has learnt. Immutable.
 *
 * @param options every option that it was trained with, as text
 * @param parameters its weights, in its own order
 * @param metrics numbers that tell how training went, for example {@code loss}, {@code epochs}
 */
public record LearntWeights(Map<String, String> options, List<Parameter> parameters, Map<String, Double> metrics) {
    /** Copies. */
    public LearntWeights {
        options = Map.copyOf(options);
        parameters = List.copyOf(parameters);
        metrics = Map.copyOf(metrics);
    }
}
