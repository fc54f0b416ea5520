package org.aitia.api.model;

import java.util.Map;
import java.util.Optional;

/**
 * What to train.
 *
 * @param dataset name of a data set
 * @param datasetOptions its options
 * @param architecture name of an architecture
 * @param name name of the model in the store; {@code DATASET-ARCHITECTURE} if empty, or {@code
 *     DATASET-link-ARCHITECTURE} with the option {@code task=link}
 * @param options options of the architecture and of the {@link Trainer}, as typed
 * @param seed of initialisation and dropout
 * @param deviceId where to compute, or empty for the best device
 */
public record TrainingRequest(
        String dataset,
        Map<String, String> datasetOptions,
        String architecture,
        Optional<String> name,
        Map<String, String> options,
        long seed,
        Optional<String> deviceId) {
    /** Copies the maps. */
    public TrainingRequest {
        datasetOptions = Map.copyOf(datasetOptions);
        options = Map.copyOf(options);
    }
}
