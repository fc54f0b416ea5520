package org.aitia.evaluation.internal;

import java.util.Set;
import org.aitia.api.Task;
import org.aitia.api.explain.Threshold;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.osgi.service.component.annotations.Component;

/** Fidelity+ that removes only some edges of the explanation at once. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + RobustFidelityPlusMetric.NAME)
public final class RobustFidelityPlusMetric extends OptionedMetric<RobustFidelity.PlusOptions> {
    static final String NAME = "robust-fidelity-plus";

    /** Creates the metric. */
    public RobustFidelityPlusMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "robust fidelity+",
                        "How much of the explained prediction is lost when each edge of the explanation is removed with"
                                + " chance alpha1, mean over draws and targets; same range as fidelity-plus, but the"
                                + " model stays on inputs like those it knows.",
                        "Zheng et al. 2024 (ICLR)",
                        MetricInfo.Better.HIGHER,
                        Set.of(MetricInfo.Need.MODEL, MetricInfo.Need.EDGES),
                        Set.of(Task.values())),
                RobustFidelity.PlusOptions.class);
    }

    @Override
    MetricScore measure(MetricContext context, RobustFidelity.PlusOptions options) {
        double[] losses = RobustFidelity.losses(
                NAME,
                context,
                Threshold.parse(options.threshold()),
                options.samples(),
                options.measure(),
                options.removal(),
                explains -> explains ? options.alpha() : 0);
        return new MetricScore(NAME, Scores.mean(losses), losses);
    }
}
