package org.aitia.evaluation.internal;

import java.util.Set;
import org.aitia.api.Task;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.osgi.service.component.annotations.Component;

/** How sufficient an explanation is. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + FidelityMinusMetric.NAME)
public final class FidelityMinusMetric extends OptionedMetric<FidelityOptions> {
    static final String NAME = "fidelity-minus";

    /** Creates the metric. */
    public FidelityMinusMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "fidelity-",
                        "How much of the explained prediction is lost when only the explanation is left, mean over"
                                + " targets: by label the share of predictions that change, in [0, 1]; by probability"
                                + " the fall of the explained class's, in [-1, 1]; of a regression the absolute change"
                                + " of the output. Less means that the explanation is sufficient.",
                        "Pope et al. 2019; Amara et al. 2022 (GraphFramEx); PyG fidelity",
                        MetricInfo.Better.LOWER,
                        Set.of(MetricInfo.Need.MODEL),
                        Set.of(Task.values())),
                FidelityOptions.class);
    }

    @Override
    MetricScore measure(MetricContext context, FidelityOptions options) {
        double[] losses = Fidelity.minus(context, options.measure(), options.masks(NAME, context.result()));
        return new MetricScore(NAME, Scores.mean(losses), losses);
    }
}
