package org.aitia.api.compare;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.metric.Metrics;

/**
 * Which options of an explainer to try.
 *
 * @param subject what is explained
 * @param explainer name of an explainer
 * @param options that stay the same, as typed
 * @param axes options with the values to try; every combination is one row, the last axis changing fastest
 * @param seeds one run each; at least one, none twice; two or more for the agreement between seeds
 * @param metrics what is measured besides the sizes of masks; empty for fidelity
 * @param goals what counts for the best rows; empty for low fidelity- and high sparsity
 * @param confidence level of the intervals, in (0, 1)
 */
public record SweepRequest(
        Subject subject,
        String explainer,
        Map<String, String> options,
        List<Axis> axes,
        List<Long> seeds,
        List<Metrics.Selection> metrics,
        List<String> goals,
        double confidence) {
    /** How many seeds are used unless told otherwise. */
    public static final int DEFAULT_SEEDS = 3;

    /** Copies and checks. */
    public SweepRequest {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        axes = List.copyOf(axes);
        seeds = List.copyOf(seeds);
        metrics = List.copyOf(metrics);
        goals = List.copyOf(goals);
        if (axes.isEmpty()) {
            throw new InvalidRequestException("a sweep needs an option with values to try, for example beta1=0.1,1,10");
        }
        CompareRequest.refuseTwice("option", axes.stream().map(Axis::option).toList());
        for (Axis axis : axes) {
            if (options.containsKey(axis.option())) {
                throw new InvalidRequestException(
                        "the option '" + axis.option() + "' is both fixed and swept: leave one out");
            }
        }
        CompareRequest.refuseTwice("metric", metrics);
        CompareRequest.refuseTwice("goal", goals);
        CompareRequest.checkSeeds(seeds);
        if (!(confidence > 0 && confidence < 1)) {
            throw new InvalidRequestException("the level of confidence must be between 0 and 1, not " + confidence);
        }
    }

    /**
     * A sweep with the default metrics and goals, and seeds 0 to 2.
     *
     * @param subject what is explained
     * @param explainer name of an explainer
     * @param axes options with the values to try
     * @return a request
     */
    public static SweepRequest of(Subject subject, String explainer, List<Axis> axes) {
        return new SweepRequest(
                subject,
                explainer,
                Map.of(),
                axes,
                CompareRequest.seeds(0, DEFAULT_SEEDS),
                List.of(),
                List.of(),
                CompareRequest.DEFAULT_CONFIDENCE);
    }

    /**
     * Returns how many combinations there are.
     *
     * @return product of the lengths of the axes
     */
    public int combinations() {
        return axes.stream().mapToInt(axis -> axis.values().size()).reduce(1, Math::multiplyExact);
    }
}
