package org.aitia.api.metric;

import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.ExplanationResult;
import org.osgi.annotation.versioning.ConsumerType;

/** A measure of explanations; a service that bundles register. Safe for several threads, without state. */
@ConsumerType
public interface ExplanationMetric {
    /**
     * Returns the name to type.
     *
     * @return lower case, for example {@code roc-auc}
     */
    String name();

    /**
     * Returns what it measures, its range and whether more is better.
     *
     * @return one or two sentences, with the source
     */
    String description();

    /**
     * Measures.
     *
     * @param result explanations
     * @param dataset what they are about
     * @return the score
     * @throws org.aitia.api.InvalidRequestException if it cannot be measured, for example without ground truth
     */
    MetricScore score(ExplanationResult result, Dataset dataset);
}
