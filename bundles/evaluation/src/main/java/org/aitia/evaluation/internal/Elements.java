package org.aitia.evaluation.internal;

import org.aitia.api.InvalidRequestException;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;

/** Which importances of an explanation a metric looks at. */
enum Elements {
    /** Those of edges and those of nodes or features. */
    ALL,
    /** Those of edges. */
    EDGES,
    /** Those of nodes or features. */
    FEATURES;

    /** What an option says. */
    static final String MEANING =
            "whose importances count: of edges, of nodes and features (whatever the feature mask holds), or all";

    private static final float[] NONE = {};

    float[] edges(Explanation explanation) {
        return this == FEATURES ? NONE : explanation.edgeMask();
    }

    float[] features(Explanation explanation) {
        return this == EDGES ? NONE : explanation.featureMask();
    }

    /** Edges first, then features. */
    float[] both(Explanation explanation) {
        float[] edges = edges(explanation);
        float[] features = features(explanation);
        if (features.length == 0) {
            return edges;
        }
        float[] all = java.util.Arrays.copyOf(edges, edges.length + features.length);
        System.arraycopy(features, 0, all, edges.length, features.length);
        return all;
    }

    /** Refuses explanations that hold nothing of this. */
    void check(String metric, ExplanationResult result) {
        if (this == EDGES) {
            Scores.needsEdges(metric, result);
            return;
        }
        boolean none = result.explanations().stream().allMatch(x -> edges(x).length == 0 && features(x).length == 0);
        if (none) {
            throw new InvalidRequestException("metric '" + metric + "' needs importances"
                    + (this == FEATURES ? " of nodes or features" : "")
                    + ", and no explanation holds any; choose an explainer or options that explain "
                    + (this == FEATURES ? "them" : "edges or features"));
        }
        result.explanations().forEach(Scores::checkFinite);
    }
}
