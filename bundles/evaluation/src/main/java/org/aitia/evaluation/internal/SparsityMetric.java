package org.aitia.evaluation.internal;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.osgi.service.component.annotations.Component;

/** How much of the computation graph an explanation leaves out. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + SparsityMetric.NAME)
public final class SparsityMetric implements ExplanationMetric {
    static final String NAME = "sparsity";

    /**
     * Up to this share of the explanation's largest importance, an edge counts as left out. Relative, because gradient
     * methods have no fixed scale; not zero, because a sigmoid never reaches it.
     */
    static final double NEGLIGIBLE = 0.01;

    @Override
    public MetricInfo info() {
        return new MetricInfo(
                NAME,
                "sparsity",
                "Mean share of the computation graph's edges whose absolute importance is at most 1 % of the"
                        + " explanation's largest (after Pope et al. 2019); 0 keeps every edge, 1 none; more is more selective.",
                "",
                MetricInfo.Better.NEITHER,
                Set.of(MetricInfo.Need.EDGES),
                Set.of(Task.values()));
    }

    @Override
    public MetricScore score(MetricContext context, Map<String, String> options) {
        ExplanationResult result = context.result();
        Dataset dataset = context.dataset();
        ExplainedEdges.check(NAME, result, dataset);
        double[] perTarget = result.explanations().stream()
                .mapToDouble(SparsityMetric::sparsity)
                .toArray();
        double mean = Arrays.stream(perTarget)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElseThrow(() -> new InvalidRequestException("metric '" + NAME
                        + "' needs importances of edges, and no explanation holds any; choose an explainer or options"
                        + " that explain edges, and targets that have edges"));
        return new MetricScore(NAME, mean, perTarget);
    }

    private static double sparsity(Explanation explanation) {
        float[] mask = explanation.edgeMask();
        if (mask.length == 0) {
            return Double.NaN;
        }
        double largest = 0;
        for (float value : mask) {
            largest = Math.max(largest, Math.abs(value));
        }
        int left = 0;
        for (float value : mask) {
            left += Math.abs(value) <= NEGLIGIBLE * largest ? 1 : 0;
        }
        return (double) left / mask.length;
    }
}
