package org.aitia.evaluation.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.Threshold;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.option.Option;
import org.osgi.service.component.annotations.Component;

/** How much explanations depend on single edges of the graph (GraphXAI's stability). */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + EdgeStabilityMetric.NAME)
public final class EdgeStabilityMetric extends OptionedMetric<EdgeStabilityMetric.Options> {
    static final String NAME = "edge-stability";

    /** Where edges may change. */
    enum Where {
        /** Anywhere. */
        ANYWHERE,
        /** Not within the most important edges of any of the explanations. */
        OUTSIDE
    }

    /** How samples are put together. */
    enum Aggregate {
        /** Their mean. */
        MEAN,
        /** The least similar. */
        WORST
    }

    /**
     * Options.
     *
     * @param samples how many perturbed graphs
     * @param noise share of edges that change
     * @param where they may change
     * @param aggregate how samples are put together
     * @param similarity how two explanations are compared
     * @param top share of elements that is most important
     * @param elements which are compared
     */
    record Options(
            @Option(
                    description = "how many perturbed graphs; each is explained anew",
                    defaultValue = "3",
                    min = 1,
                    max = 1000)
            int samples,

            @Option(
                    description = "chance of each edge to be removed; as many are added between nodes drawn at random",
                    defaultValue = "0.01",
                    min = 0,
                    minExclusive = true,
                    max = 1,
                    source = "Agarwal et al. 2023")
            double noise,

            @Option(
                    description = "which edges may be removed: any, or only those outside every explanation's most"
                            + " important edges",
                    defaultValue = "anywhere")
            Where where,

            @Option(
                    description = "what counts of several samples: their mean, or the worst; GraphXAI's GES is 1 - the"
                            + " worst cosine",
                    defaultValue = "mean",
                    source = "Agarwal et al. 2023")
            Aggregate aggregate,

            @Option(description = Similarity.MEANING, defaultValue = "cosine")
            Similarity similarity,

            @Option(
                    description = "share of elements that counts as most important, for similarity=jaccard and"
                            + " where=outside",
                    defaultValue = "0.2",
                    min = 0,
                    minExclusive = true,
                    max = 1)
            double top,

            @Option(description = Elements.MEANING, defaultValue = "all")
            Elements elements) {}

    /** Creates the metric. */
    public EdgeStabilityMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "edge stability",
                        "Similarity of a target's explanations before and after a few edges of the graph were removed"
                                + " and added, mean over targets; at most 1, more is better. Perturbations that change"
                                + " the explained class are left out.",
                        "Agarwal et al. 2023 (GraphXAI)",
                        MetricInfo.Better.HIGHER,
                        Set.of(MetricInfo.Need.MODEL, MetricInfo.Need.EXPLAINER),
                        Set.of(Task.values())),
                Options.class);
    }

    @Override
    MetricScore measure(MetricContext context, Options options) {
        options.elements().check(NAME, context.result());
        List<Explanation> explanations = context.result().explanations();
        List<Integer> targets = explanations.stream().map(x -> x.target().id()).toList();
        EdgeNoise.Protection protection = protection(context, options);
        double[] sums = new double[explanations.size()];
        int[] counts = new int[explanations.size()];
        for (int s = 0; s < options.samples(); s++) {
            RandomGenerator random = Seeds.generator(Seeds.derive(context.seed(), s));
            List<Explanation> others = context.explain(
                            request -> request,
                            input -> PerturbedInputs.of(
                                    input, targets, graph -> EdgeNoise.on(graph, options.noise(), protection, random)))
                    .explanations();
            for (int i = 0; i < sums.length; i++) {
                Explanation first = explanations.get(i);
                Explanation second = others.get(i);
                if (options.elements().both(first).length == 0
                        || first.target().explainedClass() != second.target().explainedClass()) {
                    continue;
                }
                double similarity = similarity(first, second, options);
                sums[i] = options.aggregate() == Aggregate.MEAN
                        ? sums[i] + similarity
                        : counts[i] == 0 ? similarity : Math.min(sums[i], similarity);
                counts[i]++;
            }
        }
        double[] perTarget = new double[sums.length];
        for (int i = 0; i < sums.length; i++) {
            int divisor = options.aggregate() == Aggregate.MEAN ? counts[i] : 1;
            perTarget[i] = counts[i] == 0 ? Double.NaN : sums[i] / divisor;
        }
        return Scores.mean(NAME, perTarget, "found no perturbation that leaves the explained class; choose less noise");
    }

    private static double similarity(Explanation first, Explanation second, Options options) {
        Map<Similarity.Element, Double> a = Similarity.importances(first, options.elements());
        Map<Similarity.Element, Double> b = Similarity.importances(second, options.elements());
        return options.similarity().of(a, b, options.top());
    }

    private static EdgeNoise.Protection protection(MetricContext context, Options options) {
        if (options.where() == Where.ANYWHERE) {
            return (source, target) -> false;
        }
        Threshold best = new Threshold(Threshold.Kind.FRACTION, options.top(), true);
        Set<Long> pairs = new HashSet<>();
        for (Explanation explanation : context.result().explanations()) {
            float[] mask = best.apply(explanation, context.result().provenance().task())
                    .edgeMask();
            for (int e = 0; e < mask.length; e++) {
                if (mask[e] != 0) {
                    pairs.add(pair(explanation.edgeSources()[e], explanation.edgeTargets()[e]));
                }
            }
        }
        return (source, target) -> pairs.contains(pair(source, target));
    }

    private static long pair(int a, int b) {
        return (long) Math.min(a, b) << Integer.SIZE | Math.max(a, b);
    }
}
