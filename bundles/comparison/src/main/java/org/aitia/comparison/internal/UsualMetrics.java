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

    /** With few targets the share of predictions that change hardly tells rows apart; their probabilities do. */
    static final Map<String, String> OPTIONS = Map.of("measure", "probability");

    private UsualMetrics() {}
}
