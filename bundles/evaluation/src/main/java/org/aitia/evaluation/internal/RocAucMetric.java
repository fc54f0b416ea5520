package org.aitia.evaluation.internal;

import java.util.Set;
import org.aitia.api.Task;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.osgi.service.component.annotations.Component;

/** One ROC-AUC over the edges of all instances together, as GNNExplainer's and PGExplainer's authors report it. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + RocAucMetric.NAME)
public final class RocAucMetric extends OptionedMetric<RankedEdges> {
    static final String NAME = "roc-auc";

    /** Creates the metric. */
    public RocAucMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "ROC-AUC",
                        "ROC-AUC of edge importances against the ground truth, pooled over the edges of the k-hop computation"
                                + " graphs of all explained instances; 0.5 is chance, 1 is best.",
                        "Ying et al. 2019; Luo et al. 2020",
                        MetricInfo.Better.HIGHER,
                        Set.of(MetricInfo.Need.GROUND_TRUTH, MetricInfo.Need.EDGES),
                        Set.of(Task.values())),
                RankedEdges.class);
    }

    @Override
    MetricScore measure(MetricContext context, RankedEdges options) {
        TrueEdges edges = TrueEdges.of(NAME, context, options.edges());
        return new MetricScore(NAME, edges.pooled(Ranking::rocAuc), edges.perTarget(Ranking::rocAuc));
    }
}
