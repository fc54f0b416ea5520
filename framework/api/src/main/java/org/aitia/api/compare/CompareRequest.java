package org.aitia.api.compare;

import java.util.List;
import java.util.stream.LongStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.metric.Metrics;

/**
 * Which explainers to compare, and how.
 *
 * @param subject what they explain
 * @param contestants explainers with their options; labels must differ
 * @param metrics which; empty for a choice by what model and data allow
 * @param seeds one run each; at least one, none twice
 * @param baselines what scores are compared with: labels of contestants, or names of explainers, which then run with
 *     their defaults
 * @param randomised whether every contestant also explains the model with randomised weights: explanations that do not
 *     change then do not tell anything of the model (Adebayo et al. 2018)
 * @param confidence level of the intervals, in (0, 1)
 */
public record CompareRequest(
        Subject subject,
        List<Contestant> contestants,
        List<Metrics.Selection> metrics,
        List<Long> seeds,
        List<String> baselines,
        boolean randomised,
        double confidence) {
    /** How many seeds are used unless told otherwise. */
    public static final int DEFAULT_SEEDS = 5;

    /** What scores are compared with unless told otherwise. */
    public static final String DEFAULT_BASELINE = "random";

    /** The level of intervals unless told otherwise. */
    public static final double DEFAULT_CONFIDENCE = 0.95;

    /** Copies and checks. */
    public CompareRequest {
        contestants = List.copyOf(contestants);
        metrics = List.copyOf(metrics);
        seeds = List.copyOf(seeds);
        baselines = List.copyOf(baselines);
        if (contestants.isEmpty()) {
            throw new InvalidRequestException("a comparison needs at least one explainer");
        }
        List<String> labels = contestants.stream().map(Contestant::label).toList();
        refuseTwice("explainer", labels);
        refuseTwice("metric", metrics);
        refuseTwice("baseline", baselines);
        checkSeeds(seeds);
        if (!(confidence > 0 && confidence < 1)) {
            throw new InvalidRequestException("the level of confidence must be between 0 and 1, not " + confidence);
        }
    }

    /**
     * A comparison with the default metrics, seeds 0 to 4 and random importances as the baseline.
     *
     * @param subject what is explained
     * @param contestants explainers with their options
     * @return a request
     */
    public static CompareRequest of(Subject subject, List<Contestant> contestants) {
        return new CompareRequest(
                subject,
                contestants,
                List.of(),
                seeds(0, DEFAULT_SEEDS),
                List.of(DEFAULT_BASELINE),
                false,
                DEFAULT_CONFIDENCE);
    }

    /**
     * Returns consecutive seeds.
     *
     * @param first the first of them
     * @param count how many, at least 1
     * @return first, first + 1, ...
     */
    public static List<Long> seeds(long first, int count) {
        if (count < 1) {
            throw new InvalidRequestException("the number of seeds must be 1 or more, not " + count);
        }
        return LongStream.range(0, count).map(i -> first + i).boxed().toList();
    }

    static void checkSeeds(List<Long> seeds) {
        if (seeds.isEmpty()) {
            throw new InvalidRequestException("a comparison needs at least one seed");
        }
        refuseTwice("seed", seeds);
    }

    static void refuseTwice(String what, List<?> values) {
        for (int i = 0; i < values.size(); i++) {
            if (values.indexOf(values.get(i)) < i) {
                throw new InvalidRequestException("the " + what + " '" + values.get(i)
                        + "' is listed twice: give each its own label, or leave one out");
            }
        }
    }

    /**
     * Returns this request with metrics.
     *
     * @param selections which metrics; empty for a choice by what model and data allow
     * @return a copy
     */
    public CompareRequest withMetrics(List<Metrics.Selection> selections) {
        return new CompareRequest(subject, contestants, selections, seeds, baselines, randomised, confidence);
    }

    /**
     * Returns this request with seeds.
     *
     * @param values one run each
     * @return a copy
     */
    public CompareRequest withSeeds(List<Long> values) {
        return new CompareRequest(subject, contestants, metrics, values, baselines, randomised, confidence);
    }

    /**
     * Returns this request with baselines.
     *
     * @param names labels of contestants or names of explainers
     * @return a copy
     */
    public CompareRequest withBaselines(List<String> names) {
        return new CompareRequest(subject, contestants, metrics, seeds, names, randomised, confidence);
    }

    /**
     * Returns this request with or without the check against randomised weights.
     *
     * @param value whether contestants also explain the model with randomised weights
     * @return a copy
     */
    public CompareRequest withRandomised(boolean value) {
        return new CompareRequest(subject, contestants, metrics, seeds, baselines, value, confidence);
    }

    /**
     * Returns this request with another level of confidence.
     *
     * @param level of the intervals, in (0, 1)
     * @return a copy
     */
    public CompareRequest withConfidence(double level) {
        return new CompareRequest(subject, contestants, metrics, seeds, baselines, randomised, level);
    }
}
