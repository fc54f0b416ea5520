package org.aitia.api.explain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
 * @param trained name of a trained explainer to use; without one, a {@link TrainableExplainer} first learns from the
 *     targets of this request, so that the same request gives the same result whatever is stored
 * @param initial explanations whose masks the explainer begins with, where it can; matched by target
 * @param measured whether the peak of native memory is measured, which takes some time
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
        Map<String, String> datasetOptions,
        Optional<String> trained,
        List<Explanation> initial,
        boolean measured) {
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
        this(
                model,
                explainer,
                targets,
                type,
                options,
                seed,
                batchSize,
                lanes,
                deviceId,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                List.of(),
                false);
    }

    /** Copies and checks. */
    public ExplanationRequest {
        datasetOptions = Map.copyOf(datasetOptions);
        targets = List.copyOf(targets);
        options = Map.copyOf(options);
        initial = List.copyOf(initial);
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
     * Asks for what a result holds once more: same model, data, targets, options, seed, and trained explainer if it
     * names one. Answered by the same versions it gives the same numbers. An explainer that learnt from the targets of
     * its request does so again, from those of the result; masks to begin with are not part of a result, and one whose
     * provenance has an {@code initialDigest} is repeated by adding them ({@link #beginningWith}).
     *
     * @param result to be repeated
     * @return a request
     */
    public static ExplanationRequest of(ExplanationResult result) {
        Provenance provenance = result.provenance();
        return new ExplanationRequest(
                provenance.model(),
                provenance.explainer(),
                result.explanations().stream().map(e -> e.target().id()).toList(),
                provenance.type(),
                provenance.options(),
                provenance.seed(),
                0,
                0,
                Optional.empty(),
                Optional.of(provenance.dataset()),
                provenance.datasetOptions(),
                provenance.trained(),
                List.of(),
                false);
    }

    /**
     * Returns this request with options.
     *
     * @param values of the explainer, as typed
     * @return a copy
     */
    public ExplanationRequest withOptions(Map<String, String> values) {
        return with(draft -> draft.options = values);
    }

    /**
     * Returns this request with another seed.
     *
     * @param value of every random choice
     * @return a copy
     */
    public ExplanationRequest withSeed(long value) {
        return with(draft -> draft.seed = value);
    }

    /**
     * Returns this request about other targets.
     *
     * @param ids nodes, indices of graphs or of candidate links; empty for all
     * @return a copy
     */
    public ExplanationRequest withTargets(List<Integer> ids) {
        return with(draft -> draft.targets = ids);
    }

    /**
     * Returns this request to another explainer, with its defaults.
     *
     * @param name of an explainer
     * @return a copy
     */
    public ExplanationRequest withExplainer(String name) {
        return with(draft -> {
            draft.explainer = name;
            draft.options = Map.of();
            draft.trained = Optional.empty();
        });
    }

    /**
     * Returns this request of another type.
     *
     * @param value model or phenomenon
     * @return a copy
     */
    public ExplanationRequest withType(ExplanationType value) {
        return with(draft -> draft.type = value);
    }

    /**
     * Returns this request with a trained explainer.
     *
     * @param name of a trained explainer
     * @return a copy
     */
    public ExplanationRequest withTrained(String name) {
        return with(draft -> draft.trained = Optional.of(name));
    }

    /**
     * Returns this request beginning from masks.
     *
     * @param explanations matched by target
     * @return a copy
     */
    public ExplanationRequest beginningWith(List<Explanation> explanations) {
        return with(draft -> draft.initial = explanations);
    }

    /**
     * Returns this request with memory measured or not.
     *
     * @param value whether the peak of native memory is measured
     * @return a copy
     */
    public ExplanationRequest measuringMemory(boolean value) {
        return with(draft -> draft.measured = value);
    }

    /**
     * Returns this request about other data.
     *
     * @param name of a data set
     * @param itsOptions as typed
     * @return a copy
     */
    public ExplanationRequest onDataset(String name, Map<String, String> itsOptions) {
        return with(draft -> {
            draft.dataset = Optional.of(name);
            draft.datasetOptions = itsOptions;
        });
    }

    private ExplanationRequest with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.request();
    }

    /** A request being changed. */
    private static final class Draft {
        private String model;
        private String explainer;
        private List<Integer> targets;
        private ExplanationType type;
        private Map<String, String> options;
        private long seed;
        private int batchSize;
        private int lanes;
        private Optional<String> deviceId;
        private Optional<String> dataset;
        private Map<String, String> datasetOptions;
        private Optional<String> trained;
        private List<Explanation> initial;
        private boolean measured;

        Draft(ExplanationRequest request) {
            model = request.model();
            explainer = request.explainer();
            targets = request.targets();
            type = request.type();
            options = request.options();
            seed = request.seed();
            batchSize = request.batchSize();
            lanes = request.lanes();
            deviceId = request.deviceId();
            dataset = request.dataset();
            datasetOptions = request.datasetOptions();
            trained = request.trained();
            initial = request.initial();
            measured = request.measured();
        }

        ExplanationRequest request() {
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
                    dataset,
                    datasetOptions,
                    trained,
                    initial,
                    measured);
        }
    }
}
