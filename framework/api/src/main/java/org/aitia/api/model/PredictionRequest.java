package org.aitia.api.model;

import java.util.Map;
import java.util.Optional;

/**
 * What to predict.
 *
 * @param model name of a stored model
 * @param dataset name of a data set; the one that the model was trained on, with its options, if empty
 * @param datasetOptions its options
 * @param instances nodes, indices of graphs or of candidate links; all of them if empty; not to be changed
 * @param deviceId where to compute, or empty for the best device
 */
public record PredictionRequest(
        String model,
        Optional<String> dataset,
        Map<String, String> datasetOptions,
        Optional<int[]> instances,
        Optional<String> deviceId) {
    /** Copies the map. */
    public PredictionRequest {
        datasetOptions = Map.copyOf(datasetOptions);
    }
}
