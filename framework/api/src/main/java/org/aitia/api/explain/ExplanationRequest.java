package org.aitia.api.explain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;

/**
 * What to explain. Immutable.
 *
 * @param model name of a stored model
 * @param explainer name of an explainer
 * @param targets nodes, indices of graphs or of candidate links; empty for all
 * @param type model or phenomenon
 * @param options of the explainer, as typed
 * @param seed of every random choice
 * @param batchSize targets per batch, or 0 for as many as the lease's memory allows
 * @param lanes how many leases to compute on at once, or 0 for all lanes of the device
 * @param deviceId where to compute, or empty for the best device
 * @param dataset name of a data set; the one that the model was trained on, with its options, if empty
 * @param datasetOptions options of {@code dataset}
 */
public record ExplanationRequest(
        String model,
        String explainer,
        List<Integer> targets,
        ExplanationType type,
        Map<String, String> options,
        long seed,
        int batchSize,
        int lanes,
        Optional<String> deviceId,
        Optional<String> dataset,
        Map<String, String> datasetOptions) {
    /**
     * A request about the data that the model was trained on.
     *
     * @param model name of a stored model
     * @param explainer name of an explainer
     * @param targets nodes, indices of graphs or of candidate links; empty for all
     * @param type model or phenomenon
     * @param options of the explainer, as typed
     * @param seed of every random choice
     * @param batchSize targets per batch, or 0
     * @param lanes how many leases to compute on at once, or 0
     * @param deviceId where to compute, or empty for the best device
     */
    public ExplanationRequest(
            String model,
            String explainer,
            List<Integer> targets,
            ExplanationType type,
            Map<String, String> options,
            long seed,
            int batchSize,
            int lanes,
            Optional<String> deviceId) {
        this(model, explainer, targets, type, options, seed, batchSize, lanes, deviceId, Optional.empty(), Map.of());
    }

    /** Copies and checks. */
    public ExplanationRequest {
        datasetOptions = Map.copyOf(datasetOptions);
        targets = List.copyOf(targets);
        options = Map.copyOf(options);
        if (batchSize < 0 || lanes < 0) {
            throw new InvalidRequestException("batch size and lanes must be 0 or more");
        }
    }

    /**
     * Asks for targets with the explainer's defaults.
     *
     * @param model name of a stored model
     * @param explainer name of an explainer
     * @param targets nodes, or graph indices; empty for all
     * @param seed of every random choice
     * @return a request
     */
    public static ExplanationRequest of(String model, String explainer, List<Integer> targets, long seed) {
        return new ExplanationRequest(
                model, explainer, targets, ExplanationType.MODEL, Map.of(), seed, 0, 0, Optional.empty());
    }

    /**
     * Returns this request with options.
     *
     * @param values of the explainer, as typed
     * @return a copy
     */
    public ExplanationRequest withOptions(Map<String, String> values) {
        return new ExplanationRequest(
                model, explainer, targets, type, values, seed, batchSize, lanes, deviceId, dataset, datasetOptions);
    }

    /**
     * Returns this request about other data.
     *
     * @param name of a data set
     * @param itsOptions as typed
     * @return a copy
     */
    public ExplanationRequest onDataset(String name, Map<String, String> itsOptions) {
        return new ExplanationRequest(
                model,
                explainer,
                targets,
                type,
                options,
                seed,
                batchSize,
                lanes,
                deviceId,
                Optional.of(name),
                itsOptions);
    }
}
