package org.aitia.evaluation.internal;

import java.util.Set;
import org.aitia.api.Task;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.option.Option;
import org.osgi.service.component.annotations.Component;

/** How much of the computation graph an explanation leaves out. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + SparsityMetric.NAME)
public final class SparsityMetric extends OptionedMetric<SparsityMetric.Options> {
    static final String NAME = "sparsity";

    /** What a level refers to. */
    enum Scale {
        /** The explanation's largest importance: gradient methods have no fixed scale. */
        RELATIVE,
        /** Importances as they are. */
        ABSOLUTE
    }

    /**
     * Options.
     *
     * @param scale what the level refers to
     * @param level up to which an element is left out
     * @param elements which are counted
     */
    record Options(
            @Option(
                    description = "what the level refers to: the explanation's largest importance, or importances as"
                            + " they are",
                    defaultValue = "relative")
            Scale scale,

            @Option(
                    description =
                            "elements of an absolute importance up to this count as left out; 0 counts exact zeros"
                                    + " only",
                    defaultValue = "0.01",
                    min = 0)
            double level,

            @Option(description = Elements.MEANING, defaultValue = "edges")
            Elements elements) {}

    /** Creates the metric. */
    public SparsityMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "sparsity",
                        "Mean share of elements that an explanation leaves out, by default edges with at most 1 % of its"
                                + " largest importance; 0 keeps every element, 1 none; more is more selective.",
                        "after Pope et al. 2019",
                        MetricInfo.Better.NEITHER,
                        Set.of(),
                        Set.of(Task.values())),
                Options.class);
    }

    @Override
    MetricScore measure(MetricContext context, Options options) {
        options.elements().check(NAME, context.result());
        double[] perTarget = context.result().explanations().stream()
                .mapToDouble(x -> sparsity(options.elements().both(x), options))
                .toArray();
        return Scores.mean(NAME, perTarget, "found no importances");
    }

    private static double sparsity(float[] mask, Options options) {
        if (mask.length == 0) {
            return Double.NaN;
        }
        double largest = 0;
        for (float value : mask) {
            largest = Math.max(largest, Math.abs(value));
        }
        double level = options.level() * (options.scale() == Scale.RELATIVE ? largest : 1);
        int left = 0;
        for (float value : mask) {
            left += Math.abs(value) <= level ? 1 : 0;
        }
        return (double) left / mask.length;
    }
}
