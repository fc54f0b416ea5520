package org.aitia.api.model;

import java.time.Instant;
import java.util.Map;

/**
 * A model in the store, without its weights.
 *
 * @param name the name to type
 * @param info architecture, shape, options
 * @param dataset name of the data set it was trained on; empty for an imported model that names none
 * @param datasetOptions the options that the data set was loaded with
 * @param datasetDigest identity of that data
 * @param trainingOptions options of the trainer, as text
 * @param seed of initialisation and training
 * @param metrics for example {@code trainAccuracy}, {@code valAccuracy}, {@code testAccuracy} (in [0, 1]),
 *     {@code seconds}, {@code epochs}
 * @param weightsDigest {@code sha256:} and 64 hexadecimal digits over the weights
 * @param created when it was stored
 * @param libraries versions of Aitia and of what computed
 */
public record StoredModel(
        String name,
        ModelInfo info,
        String dataset,
        Map<String, String> datasetOptions,
        String datasetDigest,
        Map<String, String> trainingOptions,
        long seed,
        Map<String, Double> metrics,
        String weightsDigest,
        Instant created,
        Map<String, String> libraries) {
    /** Copies the maps. */
    public StoredModel {
        datasetOptions = ordered(datasetOptions);
        trainingOptions = ordered(trainingOptions);
        metrics = ordered(metrics);
        libraries = ordered(libraries);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(map));
    }
}
