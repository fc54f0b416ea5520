package org.aitia.api.model;

import java.util.Map;
import java.util.Optional;
import org.aitia.api.TaskMonitor;
import org.osgi.annotation.versioning.ProviderType;

/** Lets stored models predict, and compares predictions with labels. Safe for several threads. */
@ProviderType
public interface Predictor {
    /**
     * Predicts. Computes only the receptive fields of the instances asked for, or the whole graph where that is less.
     *
     * @param request which model, which data
     * @param monitor told of progress
     * @return logits in the order of the instances
     * @throws org.aitia.api.NotFoundException if model or data set is not there
     * @throws org.aitia.api.InvalidRequestException if the data does not fit the model, or an instance is not there
     * @throws org.aitia.api.CancelledException if cancelled
     */
    Predictions predict(PredictionRequest request, TaskMonitor monitor);

    /**
     * Evaluates on the parts of a split.
     *
     * @param request which model, which data; only the given instances of each part, if any are given
     * @param split name of a split of the data set; the one that the model was trained with if empty, else the default
     * @param monitor told of progress
     * @return by part: {@code train}, {@code validation}, {@code test}, leaving out empty ones; {@code all} alone if the
     *     data set has no split
     * @throws org.aitia.api.NotFoundException if model, data set or split is not there
     * @throws org.aitia.api.InvalidRequestException if the data does not fit the model, or has no labels
     * @throws org.aitia.api.CancelledException if cancelled
     */
    Map<String, Evaluation> evaluate(PredictionRequest request, Optional<String> split, TaskMonitor monitor);
}
