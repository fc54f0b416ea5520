package org.aitia.evaluation.internal;

import java.util.Arrays;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricScore;

/** What metrics have in common. */
final class Scores {
    private Scores() {}

    /**
     * A score that is the mean over targets, those without a score left out.
     *
     * @param metric its name
     * @param perTarget NaN where there is none
     * @param lacking what is to be said if there is none at all
     */
    static MetricScore mean(String metric, double[] perTarget, String lacking) {
        double mean = mean(perTarget);
        if (Double.isNaN(mean)) {
            throw new InvalidRequestException("metric '" + metric + "' " + lacking);
        }
        return new MetricScore(metric, mean, perTarget);
    }

    /** The mean of the numbers among some values; NaN if there are none. */
    static double mean(double[] values) {
        return Arrays.stream(values).filter(x -> !Double.isNaN(x)).average().orElse(Double.NaN);
    }

    /** Refuses models that predict a number. */
    static void needsClasses(String metric, MetricContext context) {
        if (context.model().isRegression()) {
            throw new InvalidRequestException("metric '" + metric + "' needs a model that tells classes apart, and '"
                    + context.result().provenance().model()
                    + "' predicts a number; measure fidelity-plus and fidelity-minus");
        }
    }

    /** Refuses explanations without importances of edges, and importances that are no numbers. */
    static void needsEdges(String metric, ExplanationResult result) {
        if (result.explanations().stream().noneMatch(x -> x.edgeMask().length > 0)) {
            throw new InvalidRequestException("metric '" + metric
                    + "' needs importances of edges, and no explanation holds any; choose an explainer or options"
                    + " that explain edges, and targets that have edges");
        }
        result.explanations().forEach(Scores::checkFinite);
    }

    /** Refuses importances that are no numbers. */
    static void checkFinite(Explanation explanation) {
        int id = explanation.target().id();
        float[] edges = explanation.edgeMask();
        for (int e = 0; e < edges.length; e++) {
            if (!Float.isFinite(edges[e])) {
                throw new InvalidRequestException("the explanation of " + id + " gives edge "
                        + explanation.edgeSources()[e] + " -> " + explanation.edgeTargets()[e] + " the importance "
                        + edges[e] + "; only finite numbers can be measured");
            }
        }
        for (float value : explanation.featureMask()) {
            if (!Float.isFinite(value)) {
                throw new InvalidRequestException("the explanation of " + id + " gives a feature the importance "
                        + value + "; only finite numbers can be measured");
            }
        }
    }

    /** The class of the greatest probability, the first of equals. */
    static int argmax(double[] values) {
        int best = 0;
        for (int c = 1; c < values.length; c++) {
            best = values[c] > values[best] ? c : best;
        }
        return best;
    }
}
