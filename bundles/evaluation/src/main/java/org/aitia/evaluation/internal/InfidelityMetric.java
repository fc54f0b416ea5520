package org.aitia.evaluation.internal;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.explain.Explanation;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.metric.Variant;
import org.aitia.api.option.Option;
import org.osgi.service.component.annotations.Component;

/**
 * How badly importances, added up, foretell what the model does when elements are perturbed (Yeh et al. 2019).
 *
 * <p>The perturbed input is the mask of ones, {@code x = 1}: {@code INFD = E[(I' Phi - (f(1) - f(1 - I)))^2]}, with
 * {@code I} at random, {@code f} the probability of the explained class (or the output of a regression), and
 * {@code Phi} the importances, scaled by {@code beta = E[I' Phi (f(1) - f(1 - I))] / E[(I' Phi)^2]} where wanted.
 */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + InfidelityMetric.NAME)
public final class InfidelityMetric extends OptionedMetric<InfidelityMetric.Options> {
    static final String NAME = "infidelity";

    /** How elements are perturbed. */
    enum Noise {
        /** I is 1 with some chance, else 0: elements are removed. */
        REMOVAL,
        /** I is Gaussian: elements are weakened or strengthened. */
        GAUSSIAN
    }

    /**
     * Options.
     *
     * @param samples how many perturbations
     * @param noise how elements are perturbed
     * @param share chance of removal
     * @param deviation of Gaussian noise
     * @param normalize whether importances are scaled first
     * @param elements which are perturbed
     */
    record Options(
            @Option(
                    description = "how many perturbations per target",
                    defaultValue = "50",
                    min = 1,
                    max = 100000,
                    aliases = "n_perturb_samples",
                    source = "Captum infidelity (10)")
            int samples,

            @Option(
                    description = "how elements are perturbed: removed at random, or their masks shifted by Gaussian"
                            + " numbers",
                    defaultValue = "removal",
                    source = "Yeh et al. 2019")
            Noise noise,

            @Option(
                    description = "chance of each element to be removed, for noise=removal",
                    defaultValue = "0.2",
                    min = 0,
                    minExclusive = true,
                    max = 1)
            double share,

            @Option(
                    description = "standard deviation, for noise=gaussian",
                    defaultValue = "0.2",
                    min = 0,
                    minExclusive = true,
                    source = "Yeh et al. 2019")
            double deviation,

            @Option(
                    description = "scale the importances of each target by the best factor first, so that explainers of"
                            + " any scale can be compared",
                    defaultValue = "true",
                    source = "Captum infidelity (normalize); Yeh et al. 2019")
            boolean normalize,

            @Option(description = Elements.MEANING, defaultValue = "all")
            Elements elements) {}

    /** Creates the metric. */
    public InfidelityMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "infidelity",
                        "Mean squared difference between the change that importances foretell, summed over perturbed"
                                + " elements, and that of the model's output, mean over perturbations and targets; 0 or"
                                + " more, less is better.",
                        "Yeh et al. 2019, definition 2.1; Captum infidelity",
                        MetricInfo.Better.LOWER,
                        Set.of(MetricInfo.Need.MODEL),
                        Set.of(Task.values())),
                Options.class);
    }

    @Override
    MetricScore measure(MetricContext context, Options options) {
        options.elements().check(NAME, context.result());
        List<Explanation> explanations = context.result().explanations();
        int samples = options.samples();
        double[] foretold = new double[Math.multiplyExact(explanations.size(), samples)];
        List<double[]> before = context.predict(new Variants(explanations.size(), 1, (i, k) -> Variant.unchanged(i)));
        List<double[]> after = context.predict(new Variants(explanations.size(), samples, (i, k) -> {
            Explanation explanation = explanations.get(i);
            long seed = Seeds.derive(
                    Seeds.derive(context.seed(), explanation.target().id()), k);
            RandomGenerator random = Seeds.generator(seed);
            float[] edges = options.elements().edges(explanation);
            float[] features = options.elements().features(explanation);
            float[] edgeMask = new float[edges.length];
            float[] featureMask = new float[features.length];
            // each position is written by the lane that makes the variant, always with the same value
            foretold[i * samples + k] =
                    perturb(options, random, edges, edgeMask) + perturb(options, random, features, featureMask);
            return new Variant(i, edgeMask, featureMask, false);
        }));
        double[] perTarget = new double[explanations.size()];
        for (int i = 0; i < perTarget.length; i++) {
            if (options.elements().both(explanations.get(i)).length == 0) {
                perTarget[i] = Double.NaN;
                continue;
            }
            double full = Measure.output(explanations.get(i).target(), before.get(i));
            double[] changes = new double[samples];
            double[] sums = new double[samples];
            for (int k = 0; k < samples; k++) {
                changes[k] = full - Measure.output(explanations.get(i).target(), after.get(i * samples + k));
                sums[k] = foretold[i * samples + k];
            }
            perTarget[i] = infidelity(sums, changes, options.normalize());
        }
        return Scores.mean(NAME, perTarget, "found no importances");
    }

    /** Fills a mask with 1 - I and returns I' Phi. */
    private static double perturb(Options options, RandomGenerator random, float[] importances, float[] mask) {
        double sum = 0;
        for (int j = 0; j < mask.length; j++) {
            double noise = options.noise() == Noise.REMOVAL
                    ? (random.nextDouble() < options.share() ? 1 : 0)
                    : options.deviation() * random.nextGaussian();
            mask[j] = (float) (1 - noise);
            sum += noise * importances[j];
        }
        return sum;
    }

    /** Mean squared difference, after the best scaling if wanted. */
    static double infidelity(double[] foretold, double[] changes, boolean normalize) {
        double products = 0;
        double squares = 0;
        for (int k = 0; k < foretold.length; k++) {
            products += foretold[k] * changes[k];
            squares += foretold[k] * foretold[k];
        }
        double scale = !normalize ? 1 : squares == 0 ? 0 : products / squares;
        double sum = 0;
        for (int k = 0; k < foretold.length; k++) {
            double difference = scale * foretold[k] - changes[k];
            sum += difference * difference;
        }
        return sum / foretold.length;
    }
}
