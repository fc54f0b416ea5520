package org.aitia.api.compare;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.aitia.api.metric.MetricInfo;

/**
 * What is measured: a metric with its options, or something that every run tells by itself, as its time.
 *
 * @param name the metric and its options, for example {@code fidelity-plus[k=5]}; unlike all others
 * @param metric name of the metric; that of the column if it is none
 * @param options of the metric, as typed
 * @param title for tables, short
 * @param description what it is, with its unit
 * @param better which direction is better
 */
public record Column(
        String name,
        String metric,
        Map<String, String> options,
        String title,
        String description,
        MetricInfo.Better better) {
    /** Wall-clock seconds per target; training before is not counted. */
    public static final String SECONDS = "seconds";

    /** Forward passes per target that the explainer asked for; a recorded one counts three. */
    public static final String CALLS = "oracle-calls";

    /** Most native memory of arrays at once while explaining, in mebibytes; where it was measured. */
    public static final String MEMORY = "native-memory";

    /** Rank correlation of importances of edges between runs with consecutive seeds; the mean over pairs. */
    public static final String EDGE_AGREEMENT = "edge-agreement";

    /** Rank correlation of importances of features between runs with consecutive seeds; the mean over pairs. */
    public static final String FEATURE_AGREEMENT = "feature-agreement";

    /** Share of edges whose importance is exactly 0. */
    public static final String EDGE_ZEROS = "edge-zeros";

    /** Share of edges whose importance is at most 0.01. */
    public static final String EDGE_SMALL = "edge-small";

    /** Entropy of importances of edges, as shares of their sum, over its greatest value: 0 one edge, 1 all alike. */
    public static final String EDGE_ENTROPY = "edge-entropy";

    /** Share of values of the feature mask that are exactly 0. */
    public static final String FEATURE_ZEROS = "feature-zeros";

    /** Share of values of the feature mask that are at most 0.01. */
    public static final String FEATURE_SMALL = "feature-small";

    /** Entropy of the feature mask, as {@link #EDGE_ENTROPY}. */
    public static final String FEATURE_ENTROPY = "feature-entropy";

    /** Copies the options. */
    public Column {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }
}
