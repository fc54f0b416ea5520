package org.aitia.api.bench;

import java.util.Map;
import org.aitia.api.explain.ExplanationType;

/**
 * One run of one explainer: what is done, failed or resumed as a whole.
 *
 * @param study label of the study
 * @param dataset label of the data set
 * @param model label of the model
 * @param type of what is explained
 * @param explainer label of the explainer
 * @param seed of the run
 * @param tuning the setting that is tried on the validation instances; empty map and {@code tried} false for a run on
 *     the targets
 * @param tried whether this run only helps to choose settings
 */
public record BenchCell(
        String study,
        String dataset,
        String model,
        ExplanationType type,
        String explainer,
        long seed,
        Map<String, String> tuning,
        boolean tried) {
    /** Copies. */
    public BenchCell {
        tuning = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(tuning));
    }

    @Override
    public String toString() {
        return study + ", " + dataset + ", " + model + ", " + type.name().toLowerCase(java.util.Locale.ROOT) + ", "
                + explainer + (tried ? " with " + tuning : "") + ", seed " + seed;
    }
}
