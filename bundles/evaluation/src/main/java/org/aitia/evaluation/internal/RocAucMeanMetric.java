package org.aitia.evaluation.internal;

import java.util.Set;
import org.aitia.api.Task;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.osgi.service.component.annotations.Component;

/** The mean of the instances' ROC-AUCs. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + RocAucMeanMetric.NAME)
public final class RocAucMeanMetric extends OptionedMetric<RankedEdges> {
    static final String NAME = "roc-auc-mean";

    /** Creates the metric. */
    public RocAucMeanMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "mean ROC-AUC",
                        "ROC-AUC of edge importances against the ground truth, one per target and then their mean; 0.5 is"
                                + " chance, 1 is best. Targets with edges of one kind only are left out.",
                        "",
                        MetricInfo.Better.HIGHER,
                        Set.of(MetricInfo.Need.GROUND_TRUTH, MetricInfo.Need.EDGES),
                        Set.of(Task.values())),
                RankedEdges.class);
    }

    @Override
    MetricScore measure(MetricContext context, RankedEdges options) {
        TrueEdges edges = TrueEdges.of(NAME, context, options.edges());
        double[] perTarget = edges.perTarget(Ranking::rocAuc);
        return Scores.mean(
                NAME,
                perTarget,
                "needs targets with edges inside and outside the ground truth around them; found none, so explain other"
                        + " targets or measure roc-auc");
    }
}
