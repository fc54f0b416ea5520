package org.aitia.evaluation.internal;

import java.util.BitSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.explain.Explanation;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.option.Option;

/**
 * Agreement of each target's most important edges with its own true explanation; the two directions of an edge count
 * once, by the larger. Where several explanations are right, the one that fits best counts.
 */
final class TruthAgreement {
    private TruthAgreement() {}

    /**
     * Options.
     *
     * @param k how many edges are chosen
     * @param level which importance is chosen instead
     */
    record Options(
            @Option(
                    description =
                            "how many of the most important edges are compared, an undirected pair counting once; 0"
                                    + " takes as many as the true explanation has",
                    defaultValue = "0",
                    min = 0)
            int k,

            @Option(
                    description = "compare edges of at least this absolute importance instead of the k best; -1 does"
                            + " not",
                    defaultValue = "-1",
                    min = -1)
            double level) {}

    static MetricScore score(
            String metric, MetricContext context, Options options, ToDoubleFunction<Ranking.Agreement> measure) {
        Dataset dataset = context.dataset();
        GroundTruth truth = ExplainedEdges.groundTruth(metric, dataset);
        Scores.needsEdges(metric, context.result());
        double[] perTarget = context.result().explanations().stream()
                .mapToDouble(explanation -> best(explanation, dataset, truth, options, measure))
                .toArray();
        return Scores.mean(
                metric,
                perTarget,
                "needs targets with a true explanation, and none of the " + perTarget.length
                        + " explained in data set '" + dataset.info().name() + "' has one; explain other targets"
                        + Suggestion.of(dataset));
    }

    private static double best(
            Explanation explanation,
            Dataset dataset,
            GroundTruth truth,
            Options options,
            ToDoubleFunction<Ranking.Agreement> measure) {
        List<GroundTruth.Alternative> alternatives =
                truth.alternatives(explanation.target().id());
        if (alternatives.isEmpty()) {
            return Double.NaN;
        }
        ExplainedEdges edges = ExplainedEdges.of(explanation, dataset).pairs();
        return alternatives.stream()
                .map(GroundTruth.Alternative::edges)
                .filter(right -> !right.isEmpty())
                .mapToDouble(right -> measure.applyAsDouble(agreement(edges, right, options)))
                .max()
                .orElse(Double.NaN);
    }

    private static Ranking.Agreement agreement(ExplainedEdges edges, BitSet right, Options options) {
        int size = pairCount(right, edges);
        return options.level() >= 0
                ? Ranking.atLeast(edges.scores(), edges.marked(right), size, options.level())
                : Ranking.best(edges.scores(), edges.marked(right), size, options.k() == 0 ? size : options.k());
    }

    /** Edges of the truth, each pair of directions once; those outside the computation graph count as missed. */
    private static int pairCount(BitSet truth, ExplainedEdges edges) {
        return (int) truth.stream()
                .filter(e -> {
                    int reverse = ExplainedEdges.reverse(edges.graph(), e);
                    return reverse < e || !truth.get(reverse) || reverse == e;
                })
                .count();
    }
}
