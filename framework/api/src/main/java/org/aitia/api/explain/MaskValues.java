package org.aitia.api.explain;

import java.util.Map;
import java.util.Optional;
import org.aitia.api.model.FeatureMaskType;

/**
 * What an explainer found for one target. Values are importances: in [0, 1] for mask explainers, of either sign for
 * gradient methods; 0 means no influence, and exactly 0 outside the receptive field.
 *
 * @param edges one per edge of the target's computation graph, in its order; empty if edges were not explained
 * @param featureType the shape of {@code features}
 * @param features row by row: n values for {@code NODE}, F for {@code FEATURE}, n times F for {@code NODE_FEATURE}, one
 *     per stored value of the graph's nodes for {@code STORED}; empty if features were not explained
 * @param edgeFeatures row by row, D values per edge; empty if features of edges were not explained
 * @param deviation how much the values differ between repeated runs, if the explainer ran several times
 * @param diagnostics numbers that tell how it went, for example {@code loss}
 */
public record MaskValues(
        float[] edges,
        FeatureMaskType featureType,
        float[] features,
        float[] edgeFeatures,
        Optional<Deviation> deviation,
        Map<String, Double> diagnostics) {
    /** Copies the diagnostics; arrays are handed over. */
    public MaskValues {
        diagnostics = Map.copyOf(diagnostics);
    }

    /**
     * Importances of edges and features of nodes, from one run.
     *
     * @param edges one per edge, or empty
     * @param featureType the shape of {@code features}
     * @param features row by row, or empty
     * @param diagnostics numbers that tell how it went
     */
    public MaskValues(float[] edges, FeatureMaskType featureType, float[] features, Map<String, Double> diagnostics) {
        this(edges, featureType, features, new float[0], Optional.empty(), diagnostics);
    }

    /**
     * Standard deviations (with n - 1) of repeated runs.
     *
     * @param edges of each of {@link MaskValues#edges}
     * @param features of each of {@link MaskValues#features}
     * @param edgeFeatures of each of {@link MaskValues#edgeFeatures}
     */
    public record Deviation(float[] edges, float[] features, float[] edgeFeatures) {}
}
