package org.aitia.evaluation.internal;

import java.util.Set;
import org.aitia.api.Task;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.osgi.service.component.annotations.Component;

/** The overlap of an explanation and the truth. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + GroundTruthJaccardMetric.NAME)
public final class GroundTruthJaccardMetric extends OptionedMetric<TruthAgreement.Options> {
    static final String NAME = "ground-truth-jaccard";

    /** Creates the metric. */
    public GroundTruthJaccardMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "Jaccard@k",
                        "Mean Jaccard index of a target's k most important edges and its true explanation."
                                + " By default k is the size of the true explanation; of several right ones the best fit counts; in [0, 1].",
                        "Agarwal et al. 2023 (GraphXAI), GEA",
                        MetricInfo.Better.HIGHER,
                        Set.of(MetricInfo.Need.GROUND_TRUTH, MetricInfo.Need.EDGES),
                        Set.of(Task.values())),
                TruthAgreement.Options.class);
    }

    @Override
    MetricScore measure(MetricContext context, TruthAgreement.Options options) {
        return TruthAgreement.score(NAME, context, options, Ranking.Agreement::jaccard);
    }
}
