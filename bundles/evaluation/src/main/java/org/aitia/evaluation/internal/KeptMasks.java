package org.aitia.evaluation.internal;

import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.Threshold;
import org.aitia.api.metric.Variant;

/**
 * How much of each element belongs to an explanation, in [0, 1]: its importances, after a threshold if one is given.
 *
 * <p>Importances that are no shares, because some of the result are negative or above 1 (gradient methods), are divided
 * by the largest of their explanation, without sign. Where edges are to be removed rather than weakened, what a
 * threshold leaves counts as 1.
 */
final class KeptMasks {
    private final ExplanationResult result;
    private final Elements elements;
    private final Threshold threshold;
    private final boolean hard;
    private final boolean scaleEdges;
    private final boolean scaleFeatures;

    /**
     * Prepares.
     *
     * @param metric who asks, for messages
     * @param result explanations
     * @param elements which importances are used; the rest of the input stays as it is
     * @param threshold what is cut before
     * @param hard whether edges are to be removed
     */
    KeptMasks(String metric, ExplanationResult result, Elements elements, Threshold threshold, boolean hard) {
        elements.check(metric, result);
        this.result = result;
        this.elements = elements;
        this.threshold = threshold;
        this.hard = hard;
        this.scaleEdges = result.explanations().stream().anyMatch(x -> !isShares(elements.edges(x)));
        this.scaleFeatures = result.explanations().stream().anyMatch(x -> !isShares(elements.features(x)));
    }

    private static boolean isShares(float[] mask) {
        for (float value : mask) {
            if (value < 0 || value > 1) {
                return false;
            }
        }
        return true;
    }

    int size() {
        return result.explanations().size();
    }

    /** Masks of one explanation; empty where there are no importances. */
    record Masks(float[] edges, float[] features) {
        Masks complement() {
            return new Masks(complement(edges), complement(features));
        }

        private static float[] complement(float[] mask) {
            float[] rest = new float[mask.length];
            for (int i = 0; i < rest.length; i++) {
                rest[i] = 1 - mask[i];
            }
            return rest;
        }

        Variant variant(int explanation, boolean hard) {
            return new Variant(explanation, edges, features, hard);
        }
    }

    /** The masks of one explanation; new arrays. */
    Masks of(int position) {
        Explanation explanation = result.explanations().get(position);
        Explanation cut = threshold.apply(explanation, result.provenance().task());
        return new Masks(shares(elements.edges(cut), scaleEdges), shares(elements.features(cut), scaleFeatures));
    }

    private float[] shares(float[] mask, boolean scaled) {
        float[] shares = mask.clone();
        boolean binary = hard && threshold.kind() != Threshold.Kind.NONE;
        float largest = 0;
        for (float value : mask) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < shares.length; i++) {
            if (binary) {
                shares[i] = mask[i] == 0 ? 0 : 1;
            } else if (scaled && !threshold.kind().isHard()) {
                shares[i] = largest == 0 ? 0 : Math.abs(mask[i]) / largest;
            }
        }
        return shares;
    }

    /** The input that an explanation keeps. */
    Variants kept() {
        return new Variants(size(), 1, (i, k) -> of(i).variant(i, hard));
    }

    /** The input without what an explanation holds. */
    Variants removed() {
        return new Variants(size(), 1, (i, k) -> of(i).complement().variant(i, hard));
    }

    /** The input as it is. */
    java.util.List<Variant> unchanged() {
        return java.util.stream.IntStream.range(0, size())
                .mapToObj(Variant::unchanged)
                .toList();
    }
}
