package org.aitia.evaluation.internal;

import java.util.Arrays;
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
import org.aitia.api.option.Option;
import org.osgi.service.component.annotations.Component;

/** How far an explanation can move when features change a little (Yeh et al. 2019). */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + MaxSensitivityMetric.NAME)
public final class MaxSensitivityMetric extends OptionedMetric<MaxSensitivityMetric.Options> {
    static final String NAME = "max-sensitivity";

    /**
     * Options.
     *
     * @param samples how many perturbations
     * @param radius largest change of a feature
     * @param elements whose importances are compared
     */
    record Options(
            @Option(
                    description = "how many perturbed inputs; each is explained anew",
                    defaultValue = "5",
                    min = 1,
                    max = 1000,
                    aliases = "n_perturb_samples",
                    source = "Captum sensitivity_max (10)")
            int samples,

            @Option(
                    description = "each stored value of the features changes by a uniform number of at most this size",
                    defaultValue = "0.02",
                    min = 0,
                    minExclusive = true,
                    aliases = "perturb_radius",
                    source = "Captum sensitivity_max")
            double radius,

            @Option(description = Elements.MEANING, defaultValue = "all")
            Elements elements) {}

    /** Creates the metric. */
    public MaxSensitivityMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "max sensitivity",
                        "Largest distance between the explanations of a target and of slightly changed features,"
                                + " relative to the length of the explanation, mean over targets; 0 or more, less is"
                                + " better. Perturbations that change the explained class are left out.",
                        "Yeh et al. 2019; Captum sensitivity_max",
                        MetricInfo.Better.LOWER,
                        Set.of(MetricInfo.Need.MODEL, MetricInfo.Need.EXPLAINER),
                        Set.of(Task.values())),
                Options.class);
    }

    @Override
    MetricScore measure(MetricContext context, Options options) {
        options.elements().check(NAME, context.result());
        List<Explanation> explanations = context.result().explanations();
        List<Integer> targets = explanations.stream().map(x -> x.target().id()).toList();
        double[] perTarget = new double[explanations.size()];
        Arrays.fill(perTarget, Double.NaN);
        for (int s = 0; s < options.samples(); s++) {
            RandomGenerator random = Seeds.generator(Seeds.derive(context.seed(), s));
            List<Explanation> others = context.explain(
                            request -> request,
                            input -> PerturbedInputs.of(
                                    input,
                                    targets,
                                    graph -> graph.withFeatures(PerturbedInputs.noisy(graph.features(), value ->
                                            (float) (value + options.radius() * (2 * random.nextDouble() - 1))))))
                    .explanations();
            for (int i = 0; i < perTarget.length; i++) {
                double distance = distance(explanations.get(i), others.get(i), options.elements());
                if (!Double.isNaN(distance)) {
                    perTarget[i] = Double.isNaN(perTarget[i]) ? distance : Math.max(perTarget[i], distance);
                }
            }
        }
        return Scores.mean(
                NAME, perTarget, "found no perturbation that leaves the explained class; choose a smaller radius");
    }

    /** Relative to the first; NaN for another class or nothing to compare with. */
    private static double distance(Explanation first, Explanation second, Elements elements) {
        float[] a = elements.both(first);
        float[] b = elements.both(second);
        if (a.length == 0 || first.target().explainedClass() != second.target().explainedClass()) {
            return Double.NaN;
        }
        double difference = 0;
        double length = 0;
        for (int i = 0; i < a.length; i++) {
            difference += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
            length += (double) a[i] * a[i];
        }
        return length == 0 ? (difference == 0 ? 0 : Double.NaN) : Math.sqrt(difference / length);
    }
}
