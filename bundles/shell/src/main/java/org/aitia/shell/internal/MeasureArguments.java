package org.aitia.shell.internal;

import java.util.List;
import org.aitia.api.compare.CompareRequest;
import org.aitia.api.metric.Metrics.Selection;
import picocli.CommandLine.Option;

/** What commands take that explain with several seeds or settings and measure what they find. */
public abstract class MeasureArguments extends SubjectArguments {
    @Option(
            names = {"-M", "--metric"},
            order = 9,
            paramLabel = "METRIC",
            description =
                    "What is measured: names with commas, or one metric with options"
                            + " (fidelity-plus:removal=hard); may be repeated; a choice by what model and data allow unless given.")
    List<String> metrics;

    @Option(
            names = "--confidence",
            order = 9,
            paramLabel = "P",
            description = "Level of the intervals, between 0 and 1; 0.95 unless given.")
    public double confidence = CompareRequest.DEFAULT_CONFIDENCE;

    @Option(
            names = "--measure-memory",
            order = 12,
            description = "Measures the peak of native memory, which takes some time.")
    public boolean measureMemory;

    @Option(
            names = "--out",
            order = 13,
            paramLabel = "FILE",
            description = "Writes the table; the ending says how: txt, md, csv, json, svg or png; may be repeated.")
    public List<String> out;

    /**
     * Returns the metrics given.
     *
     * @return empty if the choice is left to the service
     */
    public List<Selection> metrics() {
        return MetricSelections.parse(metrics);
    }
}
