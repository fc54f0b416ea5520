package org.aitia.api.explain;

import java.util.List;

/**
 * What a request returned. Immutable.
 *
 * @param explanations one per target, in the order of the request
 * @param provenance where they come from
 * @param seconds wall-clock time of the request, loading excluded
 */
public record ExplanationResult(List<Explanation> explanations, Provenance provenance, double seconds) {
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
