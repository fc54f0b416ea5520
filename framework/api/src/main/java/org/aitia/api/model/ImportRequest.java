package org.aitia.api.model;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.aitia.api.Task;

/**
 * A model from elsewhere.
 *
 * @param file a TorchScript module
 * @param name name that it gets in the store
 * @param task what it predicts
 * @param classes number of classes; found by the probe if empty
 * @param features features per node; found by the probe, or from the data set, if empty
 * @param dataset the data set that it was trained on, if Aitia has it: it is then probed on real data, and explained on it
 *     by default
 * @param datasetOptions its options
 * @param seed of the data that it is probed with
 */
public record ImportRequest(
        Path file,
        String name,
        Task task,
        OptionalInt classes,
        OptionalInt features,
        Optional<String> dataset,
        Map<String, String> datasetOptions,
        long seed) {
    /** Copies the map. */
    public ImportRequest {
        datasetOptions = Map.copyOf(datasetOptions);
    }
}
