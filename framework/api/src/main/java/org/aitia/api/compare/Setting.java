package org.aitia.api.compare;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.Task;
import org.aitia.api.explain.ExplanationType;

/**
 * What rows have in common: enough to compare again.
 *
 * @param model name of the model
 * @param architecture its architecture
 * @param modelDigest identity of its weights
 * @param task what it predicts
 * @param dataset name of the data set
 * @param datasetOptions the options that it was loaded with
 * @param datasetDigest identity of the data
 * @param type model or phenomenon
 * @param targets what was explained
 * @param seeds one run each
 * @param confidence level of the intervals
 * @param device where it was computed; empty if nothing was
 * @param libraries versions of Aitia and of what computed
 * @param started when
 */
public record Setting(
        String model,
        String architecture,
        String modelDigest,
        Task task,
        String dataset,
        Map<String, String> datasetOptions,
        String datasetDigest,
        ExplanationType type,
        List<Integer> targets,
        List<Long> seeds,
        double confidence,
        String device,
        Map<String, String> libraries,
        Instant started) {
    /** Copies. */
    public Setting {
        datasetOptions = ordered(datasetOptions);
        targets = List.copyOf(targets);
        seeds = List.copyOf(seeds);
        libraries = ordered(libraries);
    }

    private static Map<String, String> ordered(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
