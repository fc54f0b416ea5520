package org.aitia.api.render;

import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.ExplanationResult;

/**
 * What to show.
 *
 * @param result explanations with their provenance
 * @param dataset what they are about: names, labels, structure, ground truth
 * @param topEdges how many of the most important edges a picture shows (undirected pairs count once); at least 1
 * @param topFeatures how many of the most important features are listed; 0 or more
 */
public record RenderRequest(ExplanationResult result, Dataset dataset, int topEdges, int topFeatures) {
    /** How many edges a picture shows unless told otherwise. */
    public static final int DEFAULT_TOP_EDGES = 12;

    /** How many features are listed unless told otherwise. */
    public static final int DEFAULT_TOP_FEATURES = 10;

    /** Checks the values. */
    public RenderRequest {
        if (topEdges < 1 || topFeatures < 0) {
            throw new InvalidRequestException("a picture needs at least one edge and no negative number of features");
        }
    }

    /**
     * Asks for the usual picture.
     *
     * @param result explanations
     * @param dataset what they are about
     * @return a request
     */
    public static RenderRequest of(ExplanationResult result, Dataset dataset) {
        return new RenderRequest(result, dataset, DEFAULT_TOP_EDGES, DEFAULT_TOP_FEATURES);
    }
}
