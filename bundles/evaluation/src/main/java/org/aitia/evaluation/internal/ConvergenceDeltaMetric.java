package org.aitia.evaluation.internal;

import java.util.Map;
import java.util.Set;
import org.aitia.api.Task;
import org.aitia.api.explain.Explanation;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.option.Option;
import org.osgi.service.component.annotations.Component;

/** What attributions that promise to add up to the output's gain are short of it, as the explainer recorded it. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + ConvergenceDeltaMetric.NAME)
public final class ConvergenceDeltaMetric extends OptionedMetric<ConvergenceDeltaMetric.Options> {
    static final String NAME = "convergence-delta";

    /** Diagnostics of explainers that integrate along a path. */
    private static final String DELTA = "convergenceDelta";

    private static final String GAIN = "completeness";

    /**
     * Options.
     *
     * @param relative whether the gain is the unit
     */
    record Options(
            @Option(
                    description = "divide by the size of what the output gains on the path, instead of the unit of the"
                            + " explained output",
                    defaultValue = "false",
                    source = "Sundararajan et al. 2017, section 5: at most 0.05")
            boolean relative) {}

    /** Creates the metric. */
    public ConvergenceDeltaMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "convergence delta",
                        "Mean size of the difference between the sum of a target's attributions and what the output gains"
                                + " from baseline to input; 0 or more, less is better.",
                        "Sundararajan et al. 2017, section 5; Captum return_convergence_delta",
                        MetricInfo.Better.LOWER,
                        Set.of(),
                        Set.of(Task.values())),
                Options.class);
    }

    @Override
    MetricScore measure(MetricContext context, Options options) {
        double[] perTarget = context.result().explanations().stream()
                .mapToDouble(explanation -> delta(explanation, options.relative()))
                .toArray();
        return Scores.mean(
                NAME,
                perTarget,
                options.relative()
                        ? "needs explanations that record a delta and a gain other than 0, as those of ig do; explain with"
                                + " ig"
                        : "needs explanations that record a delta, as those of ig do; explain with ig");
    }

    private static double delta(Explanation explanation, boolean relative) {
        Map<String, Double> recorded = explanation.masks().diagnostics();
        double delta = Math.abs(recorded.getOrDefault(DELTA, Double.NaN));
        double gain = Math.abs(recorded.getOrDefault(GAIN, Double.NaN));
        return !relative ? delta : gain > 0 ? delta / gain : Double.NaN;
    }
}
