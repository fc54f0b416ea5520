package org.aitia.evaluation.internal;

import java.util.Set;
import org.aitia.api.Task;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.osgi.service.component.annotations.Component;

/** Precision and recall in one number. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + GroundTruthF1Metric.NAME)
public final class GroundTruthF1Metric extends OptionedMetric<TruthAgreement.Options> {
    static final String NAME = "ground-truth-f1";

    /** Creates the metric. */
    public GroundTruthF1Metric() {
        super(
                new MetricInfo(
                        NAME,
                        "F1@k",
                        "Mean harmonic mean of precision and recall of a target's k most important edges."
                                + " By default k is the size of the true explanation; of several right ones the best fit counts; in [0, 1].",
                        "",
                        MetricInfo.Better.HIGHER,
                        Set.of(MetricInfo.Need.GROUND_TRUTH, MetricInfo.Need.EDGES),
                        Set.of(Task.values())),
                TruthAgreement.Options.class);
    }

    @Override
    MetricScore measure(MetricContext context, TruthAgreement.Options options) {
        return TruthAgreement.score(NAME, context, options, Ranking.Agreement::f1);
    }
}
