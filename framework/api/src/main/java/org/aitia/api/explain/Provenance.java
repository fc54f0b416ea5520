package org.aitia.api.explain;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.Task;

/**
 * Where an explanation comes from: enough to make it again.
 *
 * @param explainer name of the explainer
 * @param explainerBundle symbolic name and version of its bundle
 * @param options every option of the explainer, as text
 * @param type model or phenomenon
 * @param task what the model predicts
 * @param model name of the model
 * @param architecture its architecture
 * @param hops its receptive field
 * @param modelDigest identity of its weights
 * @param dataset name of the data set
 * @param datasetOptions the options that it was loaded with
 * @param datasetDigest identity of the data
 * @param seed of the request
 * @param device where it was computed
 * @param libraries versions of Aitia and of what computed
 * @param started when
 * @param trained name of the trained explainer that was used, if one was named
 * @param trainedDigest identity of what a {@link TrainableExplainer} had learnt, whether before or for this request
 * @param initialDigest identity of the masks that the explainer began with, if the request gave any
 */
public record Provenance(
        String explainer,
        String explainerBundle,
        Map<String, String> options,
        ExplanationType type,
        Task task,
        String model,
        String architecture,
        int hops,
        String modelDigest,
        String dataset,
        Map<String, String> datasetOptions,
        String datasetDigest,
        long seed,
        String device,
        Map<String, String> libraries,
        Instant started,
        Optional<String> trained,
        Optional<String> trainedDigest,
        Optional<String> initialDigest) {
    /**
     * Where an explanation comes from for which nothing was learnt.
     *
     * @param explainer name of the explainer
     * @param explainerBundle symbolic name and version of its bundle
     * @param options every option of the explainer, as text
     * @param type model or phenomenon
     * @param task what the model predicts
     * @param model name of the model
     * @param architecture its architecture
     * @param hops its receptive field
     * @param modelDigest identity of its weights
     * @param dataset name of the data set
     * @param datasetOptions the options that it was loaded with
     * @param datasetDigest identity of the data
     * @param seed of the request
     * @param device where it was computed
     * @param libraries versions of Aitia and of what computed
     * @param started when
     */
    public Provenance(
            String explainer,
            String explainerBundle,
            Map<String, String> options,
            ExplanationType type,
            Task task,
            String model,
            String architecture,
            int hops,
            String modelDigest,
            String dataset,
            Map<String, String> datasetOptions,
            String datasetDigest,
            long seed,
            String device,
            Map<String, String> libraries,
            Instant started) {
        this(
                explainer,
                explainerBundle,
                options,
                type,
                task,
                model,
                architecture,
                hops,
                modelDigest,
                dataset,
                datasetOptions,
                datasetDigest,
                seed,
                device,
                libraries,
                started,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Copies the maps. */
    public Provenance {
        options = ordered(options);
        datasetOptions = ordered(datasetOptions);
        libraries = ordered(libraries);
    }

    private static Map<String, String> ordered(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
