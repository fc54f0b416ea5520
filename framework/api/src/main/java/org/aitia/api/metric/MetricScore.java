package org.aitia.api.metric;

/**
 * A score.
 *
 * @param metric name of the metric
 * @param value over all explanations together
 * @param perTarget for each explanation, NaN where it has none; empty if the metric has no such notion
 */
public record MetricScore(String metric, double value, double[] perTarget) {}
