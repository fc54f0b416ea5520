package org.aitia.api.compare;

import java.util.List;
import org.aitia.api.TaskMonitor;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.metric.Metrics;
import org.osgi.annotation.versioning.ProviderType;

/** Compares explainers. Safe for several threads. */
@ProviderType
public interface Comparisons {
    /**
     * Runs every explainer with every seed and measures what they find. An explainer or metric that fails leaves a
     * reason in its place and does not stop the others.
     *
     * @param request what to compare
     * @param monitor told of progress; its cancellation ends the work
     * @return the comparison; the same request gives the same but for times
     * @throws org.aitia.api.NotFoundException if model, data set or a selected metric is not there
     * @throws org.aitia.api.InvalidRequestException if an option of a metric is wrong
     * @throws org.aitia.api.CancelledException if cancelled
     */
    Comparison compare(CompareRequest request, TaskMonitor monitor);

    /**
     * Compares on a model and data in memory.
     *
     * @param request what to compare; its model and data set are not looked up
     * @param input model and data
     * @param monitor told of progress; its cancellation ends the work
     * @return the comparison
     * @throws org.aitia.api.NotFoundException if a selected metric is not there
     * @throws org.aitia.api.InvalidRequestException if an option of a metric is wrong
     * @throws org.aitia.api.CancelledException if cancelled
     */
    Comparison compare(CompareRequest request, ExplanationInput input, TaskMonitor monitor);

    /**
     * Measures explanations that are there already.
     *
     * @param request explanations and metrics
     * @param monitor told of progress; its cancellation ends the work
     * @return one row per label; tests and lifts are over the targets that rows share, and left out, with a note, where
     *     rows are not about the same model and data
     * @throws org.aitia.api.NotFoundException if a selected metric is not there
     * @throws org.aitia.api.InvalidRequestException if an option of a metric is wrong
     * @throws org.aitia.api.CancelledException if cancelled
     */
    Comparison score(ScoringRequest request, TaskMonitor monitor);

    /**
     * Joins comparisons of the same predictions, made one by one, into one with intervals, lifts and tests over all of
     * their runs. Columns that only some of the runs measured are over those. Agreement between seeds is left out: it takes
     * the explanations themselves.
     *
     * @param parts about the same model, data, targets and type; runs of equal labels are runs of one row, and must differ
     *     in their seeds; at least one
     * @param baselines labels of rows that the others are compared with
     * @param confidence level of the intervals, in (0, 1)
     * @return rows in the order in which labels first come; columns of any part, in the same way, metrics first
     * @throws org.aitia.api.NotFoundException if no row has the label of a baseline
     * @throws org.aitia.api.InvalidRequestException if the parts are not about the same, a run is there twice, or one is
     *     on randomised weights
     */
    Comparison join(List<Comparison> parts, List<String> baselines, double confidence);

    /**
     * Which explanations to measure.
     *
     * @param entries explanations; those of one label are runs of one row, and must differ in their seeds
     * @param metrics which; empty for a choice by what model and data allow
     * @param seed of random choices of metrics
     * @param baselines labels of entries that the others are compared with
     * @param confidence level of the intervals, in (0, 1)
     */
    record ScoringRequest(
            List<Entry> entries,
            List<Metrics.Selection> metrics,
            long seed,
            List<String> baselines,
            double confidence) {
        /** Copies the lists. */
        public ScoringRequest {
            entries = List.copyOf(entries);
            metrics = List.copyOf(metrics);
            baselines = List.copyOf(baselines);
        }
    }

    /**
     * Explanations with a label.
     *
     * @param label of the row
     * @param result explanations of one run
     */
    record Entry(String label, ExplanationResult result) {}
}
