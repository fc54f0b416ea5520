package org.aitia.evaluation.internal;

import java.util.Set;
import org.aitia.api.Task;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.osgi.service.component.annotations.Component;

/** The area under precision over recall. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + AveragePrecisionMetric.NAME)
public final class AveragePrecisionMetric extends OptionedMetric<RankedEdges> {
    static final String NAME = "average-precision";

    /** Creates the metric. */
    public AveragePrecisionMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "average precision",
                        "Average precision of edge importances against the ground truth, pooled over the edges of the k-hop"
                                + " computation graphs of all explained instances; the share of true edges is chance, 1 is best.",
                        "scikit-learn average_precision_score",
                        MetricInfo.Better.HIGHER,
                        Set.of(MetricInfo.Need.GROUND_TRUTH, MetricInfo.Need.EDGES),
                        Set.of(Task.values())),
                RankedEdges.class);
    }

    @Override
    MetricScore measure(MetricContext context, RankedEdges options) {
        TrueEdges edges = TrueEdges.of(NAME, context, options.edges());
        return new MetricScore(
                NAME, edges.pooled(Ranking::averagePrecision), edges.perTarget(Ranking::averagePrecision));
    }
}
