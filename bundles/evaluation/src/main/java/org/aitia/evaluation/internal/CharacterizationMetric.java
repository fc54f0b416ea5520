package org.aitia.evaluation.internal;

import java.util.Set;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.explain.Threshold;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.option.Option;
import org.osgi.service.component.annotations.Component;

/** Fidelity+ and fidelity- in one number. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + CharacterizationMetric.NAME)
public final class CharacterizationMetric extends OptionedMetric<CharacterizationMetric.Options> {
    static final String NAME = "characterization";

    /**
     * Options.
     *
     * @param plusWeight weight of fidelity+
     * @param minusWeight weight of 1 - fidelity-
     * @param measure what is compared
     * @param removal what masking an edge means
     * @param threshold what is cut before
     * @param elements which importances are used
     */
    record Options(
            @Option(
                    description = "weight of fidelity+; it and minusWeight add up to 1",
                    defaultValue = "0.5",
                    min = 0,
                    max = 1,
                    aliases = "pos_weight",
                    source = "PyG")
            double plusWeight,

            @Option(
                    description = "weight of 1 - fidelity-",
                    defaultValue = "0.5",
                    min = 0,
                    max = 1,
                    aliases = "neg_weight",
                    source = "PyG")
            double minusWeight,

            @Option(description = Measure.MEANING, defaultValue = "label", source = "PyG")
            Measure measure,

            @Option(description = Removal.MEANING, defaultValue = "soft")
            Removal removal,

            @Option(description = FidelityOptions.THRESHOLD, defaultValue = "none")
            String threshold,

            @Option(description = Elements.MEANING, defaultValue = "all")
            Elements elements) {
        /** Checks the threshold and the weights. */
        Options {
            Threshold.parse(threshold);
            if (Math.abs(plusWeight + minusWeight - 1) > 1e-9) {
                throw new InvalidRequestException("options 'plusWeight' and 'minusWeight' must add up to 1; found "
                        + plusWeight + " and " + minusWeight);
            }
        }
    }

    /** Creates the metric. */
    public CharacterizationMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "characterisation",
                        "Weighted harmonic mean of fidelity+ and 1 - fidelity-, both means over targets, in [0, 1]; more"
                                + " means that explanations are necessary and sufficient at once. 0 where fidelity+ is"
                                + " 0 or less.",
                        "Amara et al. 2022 (GraphFramEx); PyG characterization_score",
                        MetricInfo.Better.HIGHER,
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
        double[] plus = Fidelity.plus(context, options.measure(), masks);
        double[] minus = Fidelity.minus(context, options.measure(), masks);
        double[] perTarget = new double[plus.length];
        for (int i = 0; i < perTarget.length; i++) {
            perTarget[i] = score(plus[i], minus[i], options.plusWeight(), options.minusWeight());
        }
        double value = score(Scores.mean(plus), Scores.mean(minus), options.plusWeight(), options.minusWeight());
        return new MetricScore(NAME, value, perTarget);
    }

    /** The weighted harmonic mean; 0 as soon as one of the two that count is 0 or less. */
    static double score(double plus, double minus, double plusWeight, double minusWeight) {
        double sufficient = 1 - minus;
        if (plusWeight > 0 && plus <= 0 || minusWeight > 0 && sufficient <= 0) {
            return 0;
        }
        double reciprocal = (plusWeight > 0 ? plusWeight / plus : 0) + (minusWeight > 0 ? minusWeight / sufficient : 0);
        return (plusWeight + minusWeight) / reciprocal;
    }
}
