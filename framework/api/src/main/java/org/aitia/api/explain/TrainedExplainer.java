package org.aitia.api.explain;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A trained explainer in the store. It belongs to one set of weights of one model: with any other it is refused.
 *
 * @param name the name to type
 * @param explainer name of the explainer
 * @param explainerBundle symbolic name and version of the bundle that trained it
 * @param type model or phenomenon
 * @param model name of the model when it was trained
 * @param modelDigest identity of that model's weights
 * @param dataset name of the data set that it learnt from
 * @param datasetOptions the options that it was loaded with
 * @param datasetDigest identity of that data
 * @param targets what it learnt from
 * @param seed of the request
 * @param learnt options, weights, metrics
 * @param digest {@code sha256:} and 64 hexadecimal digits over the weights
 * @param created when it was stored
 * @param libraries versions of Aitia and of what computed
 */
public record TrainedExplainer(
        String name,
        String explainer,
        String explainerBundle,
        ExplanationType type,
        String model,
        String modelDigest,
        String dataset,
        Map<String, String> datasetOptions,
        String datasetDigest,
        List<Integer> targets,
        long seed,
        LearntWeights learnt,
        String digest,
        Instant created,
        Map<String, String> libraries) {
    /** Copies. */
    public TrainedExplainer {
        datasetOptions = Map.copyOf(datasetOptions);
        targets = List.copyOf(targets);
        libraries = Map.copyOf(libraries);
    }
}
