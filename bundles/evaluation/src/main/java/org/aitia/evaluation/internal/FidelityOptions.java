package org.aitia.evaluation.internal;

import org.aitia.api.explain.Threshold;
import org.aitia.api.option.Option;

/**
 * Options of fidelity.
 *
 * @param measure what is compared
 * @param removal what masking an edge means
 * @param threshold what is cut before
 * @param elements which importances are used
 */
record FidelityOptions(
        @Option(description = Measure.MEANING, defaultValue = "label", source = "PyG; Yuan et al. 2022")
        Measure measure,

        @Option(description = Removal.MEANING, defaultValue = "soft")
        Removal removal,

        @Option(description = FidelityOptions.THRESHOLD, defaultValue = "none")
        String threshold,

        @Option(description = Elements.MEANING, defaultValue = "all")
        Elements elements) {
    /** What an option says. */
    static final String THRESHOLD = "what is cut from explanations before: " + Threshold.SYNTAX;

    /** Checks the threshold. */
    FidelityOptions {
        Threshold.parse(threshold);
    }

    KeptMasks masks(String metric, org.aitia.api.explain.ExplanationResult result) {
        return new KeptMasks(metric, result, elements, Threshold.parse(threshold), removal.isHard());
    }
}
