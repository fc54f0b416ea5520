package org.aitia.evaluation.internal;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.Threshold;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.metric.Variant;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.option.Option;
import org.osgi.service.component.annotations.Component;

/** How far the whole distribution of classes moves when only the explanation is left (GraphXAI's GEF). */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + UnfaithfulnessMetric.NAME)
public final class UnfaithfulnessMetric extends OptionedMetric<UnfaithfulnessMetric.Options> {
    static final String NAME = "unfaithfulness";

    /** Which divergence. */
    enum Divergence {
        /** KL(y || y_hat), as PyG and GraphXAI document it. */
        DOCUMENTED,
        /** KL(y_hat || y), mean over instances before the exponential, as PyG computes it of several. */
        PYG,
        /** KL(y_hat || y) / C, as PyG computes it for an index that is a number: it takes classes for instances. */
        PYG_SCALAR
    }

    /**
     * Options.
     *
     * @param divergence which
     * @param topFeatures how many features are kept whole
     * @param removal what masking an edge means
     * @param threshold what is cut before
     * @param elements which importances are used
     */
    record Options(
            @Option(
                    description = "KL(y || y_hat) as documented, y being the prediction and y_hat that of the"
                            + " explanation alone; or what PyG computes instead: KL(y_hat || y), averaged before the"
                            + " exponential (pyg), and divided by the number of classes where the index is a number"
                            + " (pyg-scalar)",
                    defaultValue = "documented",
                    source = "Agarwal et al. 2023; PyG unfaithfulness")
            Divergence divergence,

            @Option(
                    description =
                            "keep this many features of the greatest importance, summed over nodes, whole and drop"
                                    + " the others; 0 uses the feature mask as it is. Needs a mask that tells features apart",
                    defaultValue = "0",
                    min = 0,
                    aliases = "top_k",
                    source = "PyG")
            int topFeatures,

            @Option(description = Removal.MEANING, defaultValue = "soft")
            Removal removal,

            @Option(description = FidelityOptions.THRESHOLD, defaultValue = "none")
            String threshold,

            @Option(description = Elements.MEANING, defaultValue = "all")
            Elements elements) {
        /** Checks the threshold. */
        Options {
            Threshold.parse(threshold);
        }
    }

    /** Creates the metric. */
    public UnfaithfulnessMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "unfaithfulness",
                        "1 - exp(-KL(y || y_hat)), mean over targets, with y the predicted distribution of classes and"
                                + " y_hat the one when only the explanation is left; in [0, 1], less is better.",
                        "Agarwal et al. 2023 (GraphXAI); PyG unfaithfulness",
                        MetricInfo.Better.LOWER,
                        Set.of(MetricInfo.Need.MODEL),
                        Set.of(Task.values())),
                Options.class);
    }

    @Override
    MetricScore measure(MetricContext context, Options options) {
        Scores.needsClasses(NAME, context);
        KeptMasks masks = new KeptMasks(
                NAME,
                context.result(),
                options.elements(),
                Threshold.parse(options.threshold()),
                options.removal().isHard());
        List<Explanation> explanations = context.result().explanations();
        if (options.topFeatures() > 0) {
            checkFeatures(explanations);
        }
        List<double[]> before = context.predict(masks.unchanged());
        List<double[]> after = context.predict(new Variants(masks.size(), 1, (i, k) -> {
            KeptMasks.Masks kept = masks.of(i);
            float[] features = options.topFeatures() > 0 && kept.features().length > 0
                    ? topFeatures(explanations.get(i), options.topFeatures())
                    : kept.features();
            return new Variant(i, kept.edges(), features, options.removal().isHard());
        }));
        boolean documented = options.divergence() == Divergence.DOCUMENTED;
        double[] divergences = new double[masks.size()];
        double[] perTarget = new double[masks.size()];
        for (int i = 0; i < perTarget.length; i++) {
            divergences[i] =
                    documented ? divergence(before.get(i), after.get(i)) : divergence(after.get(i), before.get(i));
            int divisor = options.divergence() == Divergence.PYG_SCALAR ? before.get(i).length : 1;
            perTarget[i] = 1 - Math.exp(-divergences[i] / divisor);
        }
        double value = options.divergence() == Divergence.PYG
                ? 1 - Math.exp(-Scores.mean(divergences))
                : Scores.mean(perTarget);
        return new MetricScore(NAME, value, perTarget);
    }

    private static void checkFeatures(List<Explanation> explanations) {
        boolean none = explanations.stream()
                .allMatch(x -> x.featureMask().length == 0 || x.featureMaskType() == FeatureMaskType.NODE);
        if (none) {
            throw new InvalidRequestException("metric '" + NAME
                    + "' can keep the top features of masks that tell features apart only, and these explanations hold"
                    + " none; leave topFeatures at 0, or explain features");
        }
    }

    /** KL(p || q) in nats; 0 log 0 is 0, and infinite where q is 0 and p is not. */
    static double divergence(double[] p, double[] q) {
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            if (p[c] > 0) {
                sum += p[c] * Math.log(p[c] / q[c]);
            }
        }
        return Math.max(0, sum);
    }

    /** A mask of 1 on the best features and 0 on the others; of equal ones the first are taken. */
    private static float[] topFeatures(Explanation explanation, int count) {
        float[] importance = explanation.featureImportance();
        boolean[] best = new boolean[importance.length];
        IntStream.range(0, importance.length)
                .boxed()
                .sorted(java.util.Comparator.comparingDouble((Integer f) -> -importance[f]))
                .limit(count)
                .forEach(f -> best[f] = true);
        float[] mask = new float[explanation.featureMask().length];
        int[] at = {0};
        explanation.forEachFeature((node, feature, value) -> mask[at[0]++] = feature >= 0 && best[feature] ? 1 : 0);
        return mask;
    }
}
