package org.aitia.evaluation.internal;

import java.util.Set;
import org.aitia.api.Task;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.osgi.service.component.annotations.Component;

/** How necessary an explanation is. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + FidelityPlusMetric.NAME)
public final class FidelityPlusMetric extends OptionedMetric<FidelityOptions> {
    static final String NAME = "fidelity-plus";

    /** Creates the metric. */
    public FidelityPlusMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "fidelity+",
                        "How much of the explained prediction is lost without the explanation, mean over targets: by"
                                + " label the share of predictions that change, in [0, 1]; by probability the fall of"
                                + " the explained class's, in [-1, 1]; of a regression the absolute change of the"
                                + " output. More means that the explanation is necessary.",
                        "Pope et al. 2019; Amara et al. 2022 (GraphFramEx); PyG fidelity",
                        MetricInfo.Better.HIGHER,
                        Set.of(MetricInfo.Need.MODEL),
                        Set.of(Task.values())),
                FidelityOptions.class);
    }

    @Override
    MetricScore measure(MetricContext context, FidelityOptions options) {
        double[] losses = Fidelity.plus(context, options.measure(), options.masks(NAME, context.result()));
        return new MetricScore(NAME, Scores.mean(losses), losses);
    }
}
