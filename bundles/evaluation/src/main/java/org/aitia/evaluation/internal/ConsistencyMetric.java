package org.aitia.evaluation.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.explain.Explanation;
import org.aitia.api.graph.Graph;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.option.Option;
import org.osgi.service.component.annotations.Component;

/**
 * Whether like is explained alike: explanations of one class resemble each other more than those of other classes.
 *
 * <p>Consistency across instances of a class is what Zhao et al. 2023 ask of explainers. Explanations of different
 * instances live on different nodes, so they are compared by profiles that have no node numbers: how the importance of
 * edges is spread over pairs of degrees (of source and target, in steps of a factor of 2), or that of features over
 * features.
 */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + ConsistencyMetric.NAME)
public final class ConsistencyMetric extends OptionedMetric<ConsistencyMetric.Options> {
    static final String NAME = "consistency";

    /** What explanations are compared by. */
    enum Profile {
        /** Importance of edges by the degrees of their ends. */
        DEGREES,
        /** Importance of features. */
        FEATURES
    }

    /**
     * Options.
     *
     * @param profile what explanations are compared by
     */
    record Options(
            @Option(
                    description = "what explanations are compared by: importance of edges by the degrees of their ends,"
                            + " or importance of features",
                    defaultValue = "degrees")
            Profile profile) {}

    /** Creates the metric. */
    public ConsistencyMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "consistency",
                        "Mean cosine between the profiles of explanations of the same class, less that between classes;"
                                + " in [-1, 1], more is better, 0 means that explanations do not tell classes apart.",
                        "after Zhao et al. 2023 (WSDM), On Consistency in Graph Neural Network Interpretation",
                        MetricInfo.Better.HIGHER,
                        Set.of(),
                        Set.of(Task.values())),
                Options.class);
    }

    @Override
    MetricScore measure(MetricContext context, Options options) {
        Elements elements = options.profile() == Profile.DEGREES ? Elements.EDGES : Elements.FEATURES;
        elements.check(NAME, context.result());
        List<Explanation> explanations = context.result().explanations();
        List<Map<Integer, Double>> profiles = explanations.stream()
                .map(x -> unit(options.profile() == Profile.DEGREES ? degrees(x, context) : features(x)))
                .toList();
        // the sum of cosines of one profile with many is its product with their sum
        Map<Integer, Map<Integer, Double>> sums = new HashMap<>();
        Map<Integer, Integer> counts = new HashMap<>();
        Map<Integer, Double> total = new HashMap<>();
        int all = 0;
        for (int i = 0; i < profiles.size(); i++) {
            if (!profiles.get(i).isEmpty()) {
                int own = explanations.get(i).target().explainedClass();
                counts.merge(own, 1, Integer::sum);
                Map<Integer, Double> sum = sums.computeIfAbsent(own, c -> new HashMap<>());
                profiles.get(i).forEach((key, value) -> sum.merge(key, value, Double::sum));
                profiles.get(i).forEach((key, value) -> total.merge(key, value, Double::sum));
                all++;
            }
        }
        double[] perTarget = new double[profiles.size()];
        for (int i = 0; i < perTarget.length; i++) {
            Map<Integer, Double> profile = profiles.get(i);
            int own = explanations.get(i).target().explainedClass();
            int alike = counts.getOrDefault(own, 0);
            if (profile.isEmpty() || alike < 2 || all == alike) {
                perTarget[i] = Double.NaN;
                continue;
            }
            double within = product(profile, sums.get(own));
            double between = product(profile, total) - within;
            perTarget[i] = (within - 1) / (alike - 1) - between / (all - alike);
        }
        if (Double.isNaN(Scores.mean(perTarget))) {
            throw new InvalidRequestException("metric '" + NAME + "' needs explanations of at least two classes, two of"
                    + " one of them; explain more targets");
        }
        return new MetricScore(NAME, Scores.mean(perTarget), perTarget);
    }

    private static Map<Integer, Double> degrees(Explanation explanation, MetricContext context) {
        Graph graph = ExplainedEdges.graphOf(explanation, context.dataset());
        Map<Integer, Double> profile = new HashMap<>();
        for (int e = 0; e < explanation.edgeMask().length; e++) {
            int key = Integer.SIZE * level(graph.inDegree(explanation.edgeSources()[e]))
                    + level(graph.inDegree(explanation.edgeTargets()[e]));
            profile.merge(key, (double) Math.abs(explanation.edgeMask()[e]), Double::sum);
        }
        return profile;
    }

    /** 0 for degree 0, then the number of binary digits. */
    private static int level(int degree) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(degree);
    }

    private static Map<Integer, Double> features(Explanation explanation) {
        float[] importance = explanation.featureImportance();
        Map<Integer, Double> profile = new HashMap<>();
        for (int f = 0; f < importance.length; f++) {
            if (importance[f] != 0) {
                profile.put(f, (double) Math.abs(importance[f]));
            }
        }
        return profile;
    }

    /** Of length 1; empty for nothing. */
    private static Map<Integer, Double> unit(Map<Integer, Double> profile) {
        double length =
                Math.sqrt(profile.values().stream().mapToDouble(x -> x * x).sum());
        if (length == 0) {
            return Map.of();
        }
        Map<Integer, Double> unit = new HashMap<>();
        profile.forEach((key, value) -> unit.put(key, value / length));
        return unit;
    }

    private static double product(Map<Integer, Double> a, Map<Integer, Double> b) {
        double sum = 0;
        for (Map.Entry<Integer, Double> entry : a.entrySet()) {
            sum += entry.getValue() * b.getOrDefault(entry.getKey(), 0.0);
        }
        return sum;
    }
}
