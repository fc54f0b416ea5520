package org.aitia.evaluation.internal;

import java.util.Set;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.explain.Cost;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.option.Option;
import org.osgi.service.component.annotations.Component;

/** How often the model is asked. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + OracleCallsMetric.NAME)
public final class OracleCallsMetric extends OptionedMetric<OracleCallsMetric.Options> {
    static final String NAME = "oracle-calls";

    /**
     * Options.
     *
     * @param training whether training is counted too
     */
    record Options(
            @Option(
                    description = "count what the explainer took to learn before too, shared among the explanations",
                    defaultValue = "false")
            boolean training) {}

    /** Creates the metric. */
    public OracleCallsMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "oracle calls",
                        "Forward passes of the model per explanation, a recorded one counting three for it and the way back; 0"
                                + " or more.",
                        "",
                        MetricInfo.Better.LOWER,
                        Set.of(),
                        Set.of(Task.values())),
                Options.class);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // an explainer that never asks has a cost of 0, which is known
    MetricScore measure(MetricContext context, Options options) {
        ExplanationResult result = context.result();
        if (result.cost() == Cost.UNKNOWN) {
            throw new InvalidRequestException("metric '" + NAME + "' needs the number of forward passes, which these"
                    + " explanations do not record; explain again");
        }
        double calls = result.cost().forwardEquivalents();
        if (options.training()) {
            calls += 3.0 * result.cost().trainingCalls(); // training is recorded throughout
        }
        return new MetricScore(NAME, calls / result.explanations().size(), new double[0]);
    }
}
