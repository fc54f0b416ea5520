package org.aitia.comparison.internal;

import java.util.List;
import java.util.Map;

/** What is measured unless the user says otherwise; of these, what is there and can be measured. */
final class UsualMetrics {
    /** Against the truth where it is known, against the model, and how selective. */
    static final List<String> OF_COMPARISONS =
            List.of("roc-auc", "ground-truth-precision", "fidelity-plus", "fidelity-minus", "sparsity");

    /** Sizes of masks are columns of their own in sweeps. */
    static final List<String> OF_SWEEPS = List.of("fidelity-plus", "fidelity-minus");

    /**
     * With few targets the share of predictions that change hardly tells rows apart; their probabilities do. Explainers
     * whose masks have different scales are comparable where each has to choose the same share of the elements.
     */
    static final Map<String, String> OPTIONS_OF_COMPARISONS =
            Map.of("measure", "probability", "threshold", "fraction:0.2");

    /** Settings of one explainer differ in how much they choose, which is what a sweep is about. */
    static final Map<String, String> OPTIONS_OF_SWEEPS = Map.of("measure", "probability");

    private UsualMetrics() {}
}
