package org.aitia.api.metric;

/**
 * A changed input of one explained target.
 *
 * @param explanation position of the explanation in the result
 * @param edges mask on its edges, [m], or empty for all ones
 * @param features mask on the features of its nodes, of the shape of the explanation's feature mask, or empty for all
 *     ones
 * @param hard whether edges of weight 0 are removed from the graph, so that degrees and normalisation are computed anew,
 *     instead of silencing their messages; weights must then be 0 or 1. Self-loops are never removed
 */
public record Variant(int explanation, float[] edges, float[] features, boolean hard) {
    /**
     * The unchanged input.
     *
     * @param explanation position of the explanation in the result
     * @return a variant without masks
     */
    public static Variant unchanged(int explanation) {
        return new Variant(explanation, new float[0], new float[0], false);
    }
}
