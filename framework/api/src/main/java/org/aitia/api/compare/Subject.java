package org.aitia.api.compare;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationType;

/**
 * What all rows of a comparison explain, and where they compute.
 *
 * @param model name of a stored model
 * @param dataset name of a data set; the one that the model was trained on, with its options, if empty
 * @param datasetOptions options of {@code dataset}
 * @param targets nodes, indices of graphs or of candidate links; empty for all
 * @param type model or phenomenon
 * @param batchSize targets per batch, or 0 for as many as memory allows
 * @param lanes how many leases to compute on at once, or 0 for all lanes of the device
 * @param deviceId where to compute, or empty for the best device
 * @param measured whether the peak of native memory is measured
 */
public record Subject(
        String model,
        Optional<String> dataset,
        Map<String, String> datasetOptions,
        List<Integer> targets,
        ExplanationType type,
        int batchSize,
        int lanes,
        Optional<String> deviceId,
        boolean measured) {
    /** Copies and checks. */
    public Subject {
        datasetOptions = Collections.unmodifiableSortedMap(new TreeMap<>(datasetOptions));
        targets = List.copyOf(targets);
        if (targets.stream().distinct().count() < targets.size()) {
            throw new InvalidRequestException("a target to compare explainers on is listed twice: each counts once");
        }
    }

    /**
     * Predictions of a stored model on the data that it was trained on.
     *
     * @param model name of a stored model
     * @param targets nodes, indices of graphs or of candidate links; empty for all
     * @return why the model predicts what it predicts, computed on the best device
     */
    public static Subject of(String model, List<Integer> targets) {
        return new Subject(
                model, Optional.empty(), Map.of(), targets, ExplanationType.MODEL, 0, 0, Optional.empty(), false);
    }

    /**
     * What a request for explanations is about, whatever its explainer and seed.
     *
     * @param request a request
     * @return its model, data, targets, type and device
     */
    public static Subject of(ExplanationRequest request) {
        return new Subject(
                request.model(),
                request.dataset(),
                request.datasetOptions(),
                request.targets(),
                request.type(),
                request.batchSize(),
                request.lanes(),
                request.deviceId(),
                request.measured());
    }

    /**
     * Returns the request of one explainer and seed.
     *
     * @param contestant explainer and options
     * @param seed of every random choice
     * @return a request
     */
    public ExplanationRequest request(Contestant contestant, long seed) {
        return new ExplanationRequest(
                model,
                contestant.explainer(),
                targets,
                type,
                contestant.options(),
                seed,
                batchSize,
                lanes,
                deviceId,
                dataset,
                datasetOptions,
                contestant.trained(),
                List.of(),
                measured);
    }
}
