package org.aitia.evaluation.internal;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.osgi.service.component.annotations.Component;

/**
 * Precision at k, where k is the size of the target's own true explanation, so that precision and recall are equal. Where
 * several explanations are right, the one that fits best counts.
 */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + GroundTruthPrecisionMetric.NAME)
public final class GroundTruthPrecisionMetric implements ExplanationMetric {
    static final String NAME = "ground-truth-precision";

    @Override
    public MetricInfo info() {
        return new MetricInfo(
                NAME,
                "precision@k",
                "Mean share of a target's k most important edges that belong to its true explanation, k being the number"
                        + " of edges of that explanation (an undirected pair counts once); between 0 and 1, more is better."
                        + " Targets without true explanation are left out.",
                "",
                MetricInfo.Better.HIGHER,
                Set.of(MetricInfo.Need.GROUND_TRUTH, MetricInfo.Need.EDGES),
                Set.of(Task.values()));
    }

    @Override
    public MetricScore score(MetricContext context, Map<String, String> options) {
        ExplanationResult result = context.result();
        Dataset dataset = context.dataset();
        ExplainedEdges.check(NAME, result, dataset);
        GroundTruth truth = ExplainedEdges.groundTruth(NAME, dataset);
        double[] perTarget = result.explanations().stream()
                .mapToDouble(explanation -> precision(explanation, dataset, truth))
                .toArray();
        double mean = Arrays.stream(perTarget)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElseThrow(() -> new InvalidRequestException("metric '" + NAME
                        + "' needs targets with a true explanation, and none of the " + perTarget.length
                        + " explained in data set '" + dataset.info().name() + "' has one; explain other targets"
                        + Suggestion.of(dataset)));
        return new MetricScore(NAME, mean, perTarget);
    }

    private static double precision(Explanation explanation, Dataset dataset, GroundTruth truth) {
        List<GroundTruth.Alternative> alternatives =
                truth.alternatives(explanation.target().id());
        if (alternatives.isEmpty()) {
            return Double.NaN;
        }
        ExplainedEdges edges = ExplainedEdges.of(explanation, dataset).pairs();
        return alternatives.stream()
                .filter(alternative -> !alternative.edges().isEmpty())
                .mapToDouble(alternative -> {
                    BitSet right = alternative.edges();
                    return Ranking.precisionAt(edges.scores(), edges.marked(right), pairCount(right, edges));
                })
                .max()
                .orElse(Double.NaN);
    }

    /** Edges of the truth, each pair of directions once; those outside the computation graph count as missed. */
    private static int pairCount(BitSet truth, ExplainedEdges edges) {
        return (int) truth.stream()
                .filter(e -> {
                    int reverse = ExplainedEdges.reverse(edges.graph(), e);
                    return reverse < e || !truth.get(reverse) || reverse == e;
                })
                .count();
    }
}
