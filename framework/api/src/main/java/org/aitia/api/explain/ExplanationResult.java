package org.aitia.api.explain;

import java.util.List;

/**
 * What a request returned. Immutable.
 *
 * @param explanations one per target, in the order of the request
 * @param provenance where they come from
 * @param seconds wall-clock time of the request, loading and training excluded
 * @param cost forward passes and memory
 * @param threshold what was left of the masks that the explainer had found; {@link Threshold#NONE} for all of them
 */
public record ExplanationResult(
        List<Explanation> explanations, Provenance provenance, double seconds, Cost cost, Threshold threshold) {
    /**
     * A result with its masks as the explainer has found them.
     *
     * @param explanations one per target
     * @param provenance where they come from
     * @param seconds wall-clock time
     * @param cost forward passes and memory
     */
    public ExplanationResult(List<Explanation> explanations, Provenance provenance, double seconds, Cost cost) {
        this(explanations, provenance, seconds, cost, Threshold.NONE);
    }

    /**
     * A result of unknown cost.
     *
     * @param explanations one per target
     * @param provenance where they come from
     * @param seconds wall-clock time
     */
    public ExplanationResult(List<Explanation> explanations, Provenance provenance, double seconds) {
        this(explanations, provenance, seconds, Cost.UNKNOWN);
    }

    /**
     * Returns this result with other explanations, for example some of them.
     *
     * @param others explanations
     * @return a copy
     */
    public ExplanationResult withExplanations(List<Explanation> others) {
        return new ExplanationResult(others, provenance, seconds, cost, threshold);
    }

    /** Copies the list. */
    public ExplanationResult {
        explanations = List.copyOf(explanations);
    }

    /**
     * Returns the mean time per target.
     *
     * @return seconds
     */
    public double secondsPerTarget() {
        return explanations.isEmpty() ? 0 : seconds / explanations.size();
    }
}
