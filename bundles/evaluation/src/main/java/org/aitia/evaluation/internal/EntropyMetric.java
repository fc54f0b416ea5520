package org.aitia.evaluation.internal;

import java.util.Set;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.option.Option;
import org.osgi.service.component.annotations.Component;

/** How undecided a mask is. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + EntropyMetric.NAME)
public final class EntropyMetric extends OptionedMetric<EntropyMetric.Options> {
    static final String NAME = "entropy";

    /** Of what. */
    enum Of {
        /** Importances as one distribution over elements. */
        DISTRIBUTION,
        /** Each importance as the chance of its element. */
        ELEMENTS
    }

    /**
     * Options.
     *
     * @param of what
     * @param elements which importances
     */
    record Options(
            @Option(
                    description = "entropy of the importances as one distribution over elements, relative to the even"
                            + " one; or mean entropy of each importance as a chance between 0 and 1, in bits, as"
                            + " GNNExplainer's regulariser has it",
                    defaultValue = "distribution",
                    source = "Funke et al. 2022; Ying et al. 2019")
            Of of,

            @Option(description = Elements.MEANING, defaultValue = "edges")
            Elements elements) {}

    /** Creates the metric. */
    public EntropyMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "entropy",
                        "How evenly importance is spread, mean over targets, in [0, 1]: 0 has all on one element, 1 the"
                                + " same on every one. Targets with one element, or without importance, are left out.",
                        "Funke et al. 2022 (Zorro)",
                        MetricInfo.Better.NEITHER,
                        Set.of(),
                        Set.of(Task.values())),
                Options.class);
    }

    @Override
    MetricScore measure(MetricContext context, Options options) {
        options.elements().check(NAME, context.result());
        double[] perTarget = context.result().explanations().stream()
                .mapToDouble(x -> options.of() == Of.DISTRIBUTION
                        ? distribution(options.elements().both(x))
                        : elements(options.elements().both(x), x.target().id()))
                .toArray();
        return Scores.mean(
                NAME, perTarget, "needs explanations of two elements or more that are not 0 throughout; found none");
    }

    /** {@code -sum p log p / log n} with {@code p = |m| / sum |m|}. */
    static double distribution(float[] mask) {
        double sum = 0;
        for (float value : mask) {
            sum += Math.abs(value);
        }
        if (mask.length < 2 || sum == 0) {
            return Double.NaN;
        }
        double entropy = 0;
        for (float value : mask) {
            double p = Math.abs(value) / sum;
            entropy -= p > 0 ? p * Math.log(p) : 0;
        }
        return entropy / Math.log(mask.length);
    }

    private static double elements(float[] mask, int id) {
        double sum = 0;
        for (float m : mask) {
            if (m < 0 || m > 1) {
                throw new InvalidRequestException("metric '" + NAME + "' takes importances as chances with of=elements,"
                        + " but the explanation of " + id + " holds " + m + "; choose of=distribution");
            }
            sum += chance(m) + chance(1 - m);
        }
        return mask.length == 0 ? Double.NaN : sum / mask.length;
    }

    private static double chance(double p) {
        return p > 0 ? -p * Math.log(p) / Math.log(2) : 0;
    }
}
