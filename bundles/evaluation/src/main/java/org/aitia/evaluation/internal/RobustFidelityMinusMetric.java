package org.aitia.evaluation.internal;

import java.util.Set;
import org.aitia.api.Task;
import org.aitia.api.explain.Threshold;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.osgi.service.component.annotations.Component;

/** Fidelity- that removes only some edges outside the explanation at once. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + RobustFidelityMinusMetric.NAME)
public final class RobustFidelityMinusMetric extends OptionedMetric<RobustFidelity.MinusOptions> {
    static final String NAME = "robust-fidelity-minus";

    /** Creates the metric. */
    public RobustFidelityMinusMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "robust fidelity-",
                        "How much of the explained prediction is lost when each edge outside the explanation is kept"
                                + " with chance alpha2 only, mean over draws and targets; same range as fidelity-minus,"
                                + " but the model stays on inputs like those it knows.",
                        "Zheng et al. 2024 (ICLR)",
                        MetricInfo.Better.LOWER,
                        Set.of(MetricInfo.Need.MODEL, MetricInfo.Need.EDGES),
                        Set.of(Task.values())),
                RobustFidelity.MinusOptions.class);
    }

    @Override
    MetricScore measure(MetricContext context, RobustFidelity.MinusOptions options) {
        double[] losses = RobustFidelity.losses(
                NAME,
                context,
                Threshold.parse(options.threshold()),
                options.samples(),
                options.measure(),
                options.removal(),
                explains -> explains ? 0 : 1 - options.alpha());
        return new MetricScore(NAME, Scores.mean(losses), losses);
    }
}
