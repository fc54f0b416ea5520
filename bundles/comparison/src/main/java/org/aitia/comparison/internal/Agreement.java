package org.aitia.comparison.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.Score;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;

/**
 * How alike the runs of a row are. Runs are compared with the one before, so that no more than two are kept: masks of
 * all nodes of a graph can be large.
 */
final class Agreement {
    private final Map<Integer, double[]> byTarget = new LinkedHashMap<>(); // sum and count over pairs
    private final List<Double> byPair = new ArrayList<>();
    private final MaskAgreement.Part part;
    private String reason = "a single seed has nothing to agree with";
    private Optional<ExplanationResult> last = Optional.empty();

    Agreement(MaskAgreement.Part part) {
        this.part = part;
    }

    void add(ExplanationResult result) {
        last.ifPresent(before -> compare(before.explanations(), result.explanations()));
        last = Optional.of(result);
    }

    private void compare(List<Explanation> before, List<Explanation> now) {
        reason = "";
        if (!MaskAgreement.sameElements(before, now)) {
            reason = "runs with different seeds explain different elements";
            return;
        }
        double[] correlations = MaskAgreement.correlations(before, now, part);
        double mean = Statistics.mean(correlations);
        if (Double.isNaN(mean)) {
            reason = "ranks cannot be correlated: nothing is explained, or all importances are alike";
            return;
        }
        byPair.add(mean);
        for (int i = 0; i < correlations.length; i++) {
            if (Double.isFinite(correlations[i])) {
                double[] sum = byTarget.computeIfAbsent(now.get(i).target().id(), target -> new double[2]);
                sum[0] += correlations[i];
                sum[1]++;
            }
        }
    }

    Score score(String column, double confidence) {
        Estimate pairs = Statistics.estimate(
                byPair.stream().mapToDouble(Double::doubleValue).toArray(), confidence);
        return new Score(
                column,
                pairs,
                byTarget.isEmpty() ? Optional.empty() : Optional.of(overTargets(confidence)),
                List.of(),
                pairs.isPresent() ? "" : reason);
    }

    Estimate overTargets(double confidence) {
        return Statistics.estimate(
                byTarget.values().stream().mapToDouble(sum -> sum[0] / sum[1]).toArray(), confidence);
    }
}
