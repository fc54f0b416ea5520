package org.aitia.comparison.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.SanityCheck;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;

/** Compares explanations of a model with those of the same model on randomised weights, seed by seed. */
final class RandomisedCheck {
    private final Means edges = new Means();
    private final Means features = new Means();
    private final Means top = new Means();

    /** Means over seeds, by target. */
    private static final class Means {
        private final Map<Integer, double[]> byTarget = new LinkedHashMap<>(); // sum and count

        void add(List<Explanation> explanations, double[] values) {
            for (int i = 0; i < values.length; i++) {
                if (Double.isFinite(values[i])) {
                    double[] sum = byTarget.computeIfAbsent(
                            explanations.get(i).target().id(), target -> new double[2]);
                    sum[0] += values[i];
                    sum[1]++;
                }
            }
        }

        Estimate estimate(double confidence) {
            return Statistics.estimate(
                    byTarget.values().stream()
                            .mapToDouble(sum -> sum[0] / sum[1])
                            .toArray(),
                    confidence);
        }
    }

    /** Adds the runs of one seed. */
    void add(ExplanationResult original, ExplanationResult randomised) {
        List<Explanation> first = original.explanations();
        List<Explanation> second = randomised.explanations();
        edges.add(first, MaskAgreement.correlations(first, second, Explanation::edgeMask));
        features.add(first, MaskAgreement.correlations(first, second, Explanation::featureMask));
        top.add(first, MaskAgreement.topEdges(first, second));
    }

    /**
     * Returns the explanations of the original with the masks of the randomised model, for metrics that ask the
     * original model about them.
     *
     * @throws InvalidRequestException if they are not over the same elements
     */
    static ExplanationResult transplanted(ExplanationResult original, ExplanationResult randomised) {
        if (!MaskAgreement.sameElements(original.explanations(), randomised.explanations())) {
            throw new InvalidRequestException(
                    "explanations of the model with randomised weights are over other elements than those of the model"
                            + " itself, so that their masks cannot be compared");
        }
        List<Explanation> explanations = IntStream.range(
                        0, original.explanations().size())
                .mapToObj(i -> original.explanations()
                        .get(i)
                        .withMasks(randomised.explanations().get(i).masks()))
                .toList();
        return new ExplanationResult(explanations, original.provenance(), randomised.seconds(), randomised.cost());
    }

    SanityCheck check(RowRun row, RowRun randomised, double confidence) {
        return new SanityCheck(
                row.label(),
                edges.estimate(confidence),
                features.estimate(confidence),
                top.estimate(confidence),
                row.edgeAgreement().overTargets(confidence),
                randomised.succeeded()
                        ? ""
                        : randomised
                                .failure()
                                .or(row::failure)
                                .map(Throwable::getMessage)
                                .orElse("it did not run"));
    }
}
