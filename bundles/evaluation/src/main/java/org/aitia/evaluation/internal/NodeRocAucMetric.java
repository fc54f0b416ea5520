package org.aitia.evaluation.internal;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.explain.Explanation;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.osgi.service.component.annotations.Component;

/** How well importances of nodes find the nodes of the true explanation: truth that is told by atoms, not by bonds. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + NodeRocAucMetric.NAME)
public final class NodeRocAucMetric extends OptionedMetric<ExplanationMetric.None> {
    static final String NAME = "node-roc-auc";

    /** Creates the metric. */
    public NodeRocAucMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "node ROC-AUC",
                        "ROC-AUC of node importances against the nodes of a target's true explanation, the one of several"
                                + " that fits best, then the mean over targets; 1 is best, chance is 0.5 where one"
                                + " explanation is true and more where there are several.",
                        "Sanchez-Lengeling et al. 2020, section 4 (attribution AUROC)",
                        MetricInfo.Better.HIGHER,
                        Set.of(MetricInfo.Need.GROUND_TRUTH),
                        Set.of(Task.values())),
                None.class);
    }

    @Override
    MetricScore measure(MetricContext context, None options) {
        Dataset dataset = context.dataset();
        GroundTruth truth = ExplainedEdges.groundTruth(NAME, dataset);
        List<Explanation> explanations = context.result().explanations();
        if (explanations.stream().allMatch(explanation -> explanation.nodeImportance().length == 0)) {
            throw new InvalidRequestException(
                    "metric '" + NAME + "' needs importances of nodes, and no explanation holds"
                            + " any; choose an explainer or options that explain nodes");
        }
        explanations.forEach(Scores::checkFinite);
        double[] perTarget = explanations.stream()
                .mapToDouble(explanation -> best(explanation, truth))
                .toArray();
        return Scores.mean(
                NAME,
                perTarget,
                "needs targets with a true explanation that names some of the nodes around them and not all; found none,"
                        + " so explain other targets"
                        + Suggestion.of(dataset));
    }

    private static double best(Explanation explanation, GroundTruth truth) {
        float[] importance = explanation.nodeImportance();
        if (importance.length == 0) {
            return Double.NaN;
        }
        double[] scores = new double[importance.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.abs(importance[i]);
        }
        int[] nodes = explanation.nodes();
        double best = Double.NaN;
        for (GroundTruth.Alternative alternative :
                truth.alternatives(explanation.target().id())) {
            BitSet named = alternative.nodes();
            BitSet positives = new BitSet(nodes.length);
            for (int i = 0; i < nodes.length; i++) {
                positives.set(i, named.get(nodes[i]));
            }
            double area = Ranking.rocAuc(scores, positives);
            best = Double.isNaN(best) || area > best ? area : best;
        }
        return best;
    }
}
