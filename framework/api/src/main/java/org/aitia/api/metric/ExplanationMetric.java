package org.aitia.api.metric;

import java.util.Map;
import org.aitia.api.option.OptionSchema;
import org.osgi.annotation.versioning.ConsumerType;

/** A measure of explanations; a service that bundles register. Safe for several threads, without state. */
@ConsumerType
public interface ExplanationMetric {
    /**
     * Returns what it is.
     *
     * @return name, meaning, direction, needs
     */
    MetricInfo info();

    /**
     * Returns its options.
     *
     * @return the schema; none by default
     */
    default OptionSchema<?> options() {
        return OptionSchema.of(None.class);
    }

    /**
     * Measures.
     *
     * @param context explanations, data, and the model where {@link MetricInfo#needs} says so
     * @param options as typed; to be parsed with the schema
     * @return the score
     * @throws org.aitia.api.InvalidRequestException if it cannot be measured, for example without ground truth
     * @throws org.aitia.api.CancelledException if cancelled
     */
    MetricScore score(MetricContext context, Map<String, String> options);

    /** No options. */
    record None() {}
}
