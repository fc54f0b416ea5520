package org.aitia.evaluation.internal;

import java.util.Set;
import org.aitia.api.Task;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.option.Option;
import org.osgi.service.component.annotations.Component;

/** How long an explanation takes. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + SecondsMetric.NAME)
public final class SecondsMetric extends OptionedMetric<SecondsMetric.Options> {
    static final String NAME = "seconds";

    /**
     * Options.
     *
     * @param training whether training is counted too
     */
    record Options(
            @Option(
                    description =
                            "count the time that the explainer took to learn before too, shared among the explanations",
                    defaultValue = "false")
            boolean training) {}

    /** Creates the metric. */
    public SecondsMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "seconds",
                        "Wall-clock time per explanation in seconds, loading excluded; depends on machine, lanes and how many"
                                + " targets were explained together.",
                        "",
                        MetricInfo.Better.LOWER,
                        Set.of(),
                        Set.of(Task.values())),
                Options.class);
    }

    @Override
    MetricScore measure(MetricContext context, Options options) {
        ExplanationResult result = context.result();
        double seconds = result.seconds() + (options.training() ? result.cost().trainingSeconds() : 0);
        return new MetricScore(NAME, seconds / result.explanations().size(), new double[0]);
    }
}
