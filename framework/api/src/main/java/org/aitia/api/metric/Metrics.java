package org.aitia.api.metric;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.TaskMonitor;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.option.OptionSpec;
import org.osgi.annotation.versioning.ProviderType;

/** Measures explanations with the metrics that are there. Safe for several threads. */
@ProviderType
public interface Metrics {
    /**
     * Returns the metrics that are there at the moment.
     *
     * @return by name
     */
    List<MetricEntry> metrics();

    /**
     * Returns one metric.
     *
     * @param name a metric
     * @return what is known of it
     * @throws org.aitia.api.NotFoundException if it is not there
     */
    MetricEntry metric(String name);

    /**
     * Measures.
     *
     * @param request what to measure
     * @param monitor told of progress; its cancellation ends the work
     * @return one outcome per selected metric, in order
     * @throws org.aitia.api.NotFoundException if a metric, the model or the data set is not there
     * @throws org.aitia.api.InvalidRequestException if an option is wrong, or the explanations were made with other data
     *     or another model
     * @throws org.aitia.api.CancelledException if cancelled
     */
    List<Outcome> score(ScoreRequest request, TaskMonitor monitor);

    /**
     * A metric and who offers it.
     *
     * @param info what is known of it
     * @param options its options
     * @param bundle symbolic name and version of its bundle
     */
    record MetricEntry(MetricInfo info, List<OptionSpec> options, String bundle) {}

    /**
     * A metric with options.
     *
     * @param metric its name
     * @param options as typed
     */
    record Selection(String metric, Map<String, String> options) {
        /** Copies the options. */
        public Selection {
            options = Map.copyOf(options);
        }
    }

    /**
     * What to measure.
     *
     * @param result explanations
     * @param request that the explanations came from, to run the explainer again; without it the recorded provenance is
     *     asked
     * @param input model and data in memory; without it those that the provenance names are loaded
     * @param metrics which; empty for all that can be measured
     * @param seed of random choices
     */
    record ScoreRequest(
            ExplanationResult result,
            Optional<ExplanationRequest> request,
            Optional<ExplanationInput> input,
            List<Selection> metrics,
            long seed) {
        /** Copies the list. */
        public ScoreRequest {
            metrics = List.copyOf(metrics);
        }
    }

    /**
     * What came of one metric.
     *
     * @param selection metric and options
     * @param score the score; empty if it could not be measured
     * @param reason why it could not, one line; empty if it could
     */
    record Outcome(Selection selection, Optional<MetricScore> score, String reason) {}
}
