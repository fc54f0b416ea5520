package org.aitia.evaluation.internal;

import java.util.Set;
import org.aitia.api.Task;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.osgi.service.component.annotations.Component;

/** How much of what an explanation holds is true. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + GroundTruthPrecisionMetric.NAME)
public final class GroundTruthPrecisionMetric extends OptionedMetric<TruthAgreement.Options> {
    static final String NAME = "ground-truth-precision";

    /** Creates the metric. */
    public GroundTruthPrecisionMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "precision@k",
                        "Mean share of a target's k most important edges that belong to its true explanation."
                                + " By default k is the size of the true explanation; of several right ones the best fit counts; in [0, 1].",
                        "",
                        MetricInfo.Better.HIGHER,
                        Set.of(MetricInfo.Need.GROUND_TRUTH, MetricInfo.Need.EDGES),
                        Set.of(Task.values())),
                TruthAgreement.Options.class);
    }

    @Override
    MetricScore measure(MetricContext context, TruthAgreement.Options options) {
        return TruthAgreement.score(NAME, context, options, Ranking.Agreement::precision);
    }
}
