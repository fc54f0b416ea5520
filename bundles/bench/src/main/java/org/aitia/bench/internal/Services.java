package org.aitia.bench.internal;

import org.aitia.api.compare.ComparisonWriter;
import org.aitia.api.compare.Comparisons;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.explain.ExplanationIo;
import org.aitia.api.explain.Explanations;
import org.aitia.api.metric.Metrics;
import org.aitia.api.model.ModelStore;
import org.aitia.api.model.Trainer;

/**
 * What a run asks.
 *
 * @param datasets loads data
 * @param trainer trains models
 * @param models where they are
 * @param explanations explains
 * @param explanationFiles keeps examples
 * @param metrics what can be measured
 * @param comparisons measures and joins
 * @param comparisonFiles keeps results
 * @param devices tells lanes
 * @param version of Aitia
 */
record Services(
        Datasets datasets,
        Trainer trainer,
        ModelStore models,
        Explanations explanations,
        ExplanationIo explanationFiles,
        Metrics metrics,
        Comparisons comparisons,
        ComparisonWriter comparisonFiles,
        DeviceManager devices,
        String version) {}
