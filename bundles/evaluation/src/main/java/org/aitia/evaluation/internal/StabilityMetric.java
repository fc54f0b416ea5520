package org.aitia.evaluation.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.explain.Explanation;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.option.Option;
import org.osgi.service.component.annotations.Component;

/** How much explanations depend on the seed. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + StabilityMetric.NAME)
public final class StabilityMetric extends OptionedMetric<StabilityMetric.Options> {
    static final String NAME = "stability";

    /**
     * Options.
     *
     * @param seeds how many others
     * @param similarity how two explanations are compared
     * @param top share of elements compared by Jaccard
     * @param elements which are compared
     */
    record Options(
            @Option(description = "how many other seeds to explain with", defaultValue = "3", min = 1, max = 1000)
            int seeds,

            @Option(description = Similarity.MEANING, defaultValue = "cosine")
            Similarity similarity,

            @Option(description = Similarity.TOP, defaultValue = "0.2", min = 0, minExclusive = true, max = 1)
            double top,

            @Option(description = Elements.MEANING, defaultValue = "all")
            Elements elements) {}

    /** Creates the metric. */
    public StabilityMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "stability",
                        "Mean similarity of a target's explanations from several seeds, over all pairs of seeds and all"
                                + " targets; at most 1, more is better; 1 for explainers without chance. Explanations"
                                + " that a threshold has cut compare with uncut ones.",
                        "",
                        MetricInfo.Better.HIGHER,
                        Set.of(MetricInfo.Need.MODEL, MetricInfo.Need.EXPLAINER),
                        Set.of(Task.values())),
                Options.class);
    }

    @Override
    MetricScore measure(MetricContext context, Options options) {
        options.elements().check(NAME, context.result());
        List<List<Explanation>> runs = new ArrayList<>();
        runs.add(context.result().explanations());
        for (int s = 1; s <= options.seeds(); s++) {
            long seed = Seeds.derive(context.seed(), s);
            runs.add(context.explain(request -> request.withSeed(seed)).explanations());
        }
        double[] perTarget = new double[runs.get(0).size()];
        for (int i = 0; i < perTarget.length; i++) {
            perTarget[i] = similarity(runs, i, options);
        }
        return Scores.mean(NAME, perTarget, "found no importances");
    }

    private static double similarity(List<List<Explanation>> runs, int target, Options options) {
        List<float[]> importances = runs.stream()
                .map(run -> options.elements().both(run.get(target)))
                .toList();
        if (importances.get(0).length == 0) {
            return Double.NaN;
        }
        double sum = 0;
        int pairs = 0;
        for (int a = 0; a < importances.size(); a++) {
            for (int b = a + 1; b < importances.size(); b++) {
                sum += options.similarity() == Similarity.COSINE
                        ? Similarity.cosine(importances.get(a), importances.get(b))
                        : Similarity.jaccard(importances.get(a), importances.get(b), options.top());
                pairs++;
            }
        }
        return sum / pairs;
    }
}
