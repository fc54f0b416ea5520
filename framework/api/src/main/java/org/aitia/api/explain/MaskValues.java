package org.aitia.api.explain;

import java.util.Map;
import org.aitia.api.model.FeatureMaskType;

/**
 * What an explainer found for one target. Values are importances: in [0, 1] for mask explainers, of either sign for
 * gradient methods; 0 means no influence, and exactly 0 outside the receptive field.
 *
 * @param edges one per edge of the target's computation graph, in its order; empty if edges were not explained
 * @param featureType the shape of {@code features}
 * @param features row by row: n values for {@code NODE}, F for {@code FEATURE}, n times F for {@code NODE_FEATURE};
 *     empty if features were not explained
 * @param diagnostics numbers that tell how it went, for example {@code loss}
 */
public record MaskValues(
        float[] edges, FeatureMaskType featureType, float[] features, Map<String, Double> diagnostics) {
    /** Copies the diagnostics; arrays are handed over. */
    public MaskValues {
        diagnostics = Map.copyOf(diagnostics);
    }
}
