package org.aitia.evaluation.internal;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.osgi.service.component.annotations.Component;

/**
 * One ROC-AUC over the edges of all instances together, as GNNExplainer's and PGExplainer's authors report it; not the
 * mean of the instances' AUCs, which {@link MetricScore#perTarget} allows to compute.
 */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + RocAucMetric.NAME)
public final class RocAucMetric implements ExplanationMetric {
    static final String NAME = "roc-auc";

    @Override
    public MetricInfo info() {
        return new MetricInfo(
                NAME,
                "ROC-AUC",
                "ROC-AUC of edge importances against the ground truth, pooled over the edges of the k-hop computation"
                        + " graphs of all explained instances (Ying et al. 2019, Luo et al. 2020); 0.5 is chance, 1 is best.",
                "",
                MetricInfo.Better.HIGHER,
                Set.of(MetricInfo.Need.GROUND_TRUTH, MetricInfo.Need.EDGES),
                Set.of(Task.values()));
    }

    @Override
    public MetricScore score(MetricContext context, Map<String, String> options) {
        ExplanationResult result = context.result();
        Dataset dataset = context.dataset();
        ExplainedEdges.check(NAME, result, dataset);
        GroundTruth truth = ExplainedEdges.groundTruth(NAME, dataset);
        List<ExplainedEdges> instances = result.explanations().stream()
                .map(explanation -> ExplainedEdges.of(explanation, dataset))
                .toList();
        int total = instances.stream().mapToInt(ExplainedEdges::size).reduce(0, Math::addExact);

        double[] perTarget = new double[instances.size()];
        double[] pooled = new double[total];
        BitSet positives = new BitSet(total);
        int offset = 0;
        for (int i = 0; i < perTarget.length; i++) {
            ExplainedEdges instance = instances.get(i);
            Explanation explanation = result.explanations().get(i);
            BitSet marked = instance.marked(truth.edges(ExplainedEdges.graphIndex(explanation, dataset)));
            perTarget[i] = Ranking.rocAuc(instance.scores(), marked);
            System.arraycopy(instance.scores(), 0, pooled, offset, instance.size());
            int start = offset;
            marked.stream().forEach(at -> positives.set(start + at));
            offset += instance.size();
        }
        if (positives.isEmpty() || positives.cardinality() == total) {
            throw new InvalidRequestException("metric '" + NAME + "' needs edges inside and outside the ground truth; "
                    + positives.cardinality() + " of the " + total + " edges around the "
                    + (perTarget.length == 1 ? "explained target" : perTarget.length + " explained targets")
                    + " are inside; explain other targets"
                    + Suggestion.of(dataset));
        }
        return new MetricScore(NAME, Ranking.rocAuc(pooled, positives), perTarget);
    }
}
