package org.aitia.api.explain;

/**
 * What explanations took.
 *
 * @param oracleCalls forward passes per target that the explainer asked the model for, added up over targets; a batch
 *     of B targets counts B
 * @param recordedCalls those of them that were recorded for differentiation; each costs about three plain ones
 * @param trainingCalls forward passes per target of training before, not contained in {@code oracleCalls}
 * @param trainingSeconds wall-clock time of training before, not contained in the result's seconds
 * @param peakNativeBytes the most memory of arrays at once while explaining, without training before, summed over
 *     lanes; 0 if it was not measured
 */
public record Cost(
        long oracleCalls, long recordedCalls, long trainingCalls, double trainingSeconds, long peakNativeBytes) {
    /** Nothing known. */
    public static final Cost UNKNOWN = new Cost(0, 0, 0, 0, 0);

    /**
     * Returns the cost in forward passes: a recorded one counts three, for it and the way back.
     *
     * @return forward-equivalents of explaining, without training
     */
    public long forwardEquivalents() {
        return oracleCalls + 2 * recordedCalls;
    }
}
