package org.aitia.bench.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.AitiaException;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.bench.Suite.Data;
import org.aitia.api.bench.Suite.Recipe;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelStore;
import org.aitia.api.model.StoredModel;
import org.aitia.api.model.Trainer;
import org.aitia.api.model.TrainingRequest;

/**
 * Models of suites in the store. Each carries the digest of its recipe: a model without one is somebody else's and never
 * touched, one with another recipe is trained anew. Safe for several threads.
 */
final class Trainings {
    /** Where a model keeps the digest of its recipe: beside the versions of what made it. */
    static final String MARK = "bench";

    private final Trainer trainer;
    private final ModelStore store;
    private final Map<String, String> libraries;

    /**
     * Creates it.
     *
     * @param trainer trains
     * @param store where models are
     * @param libraries versions of what computes now
     */
    Trainings(Trainer trainer, ModelStore store, Map<String, String> libraries) {
        this.trainer = trainer;
        this.store = store;
        this.libraries = Map.copyOf(libraries);
    }

    /** Returns the digest of all that decides on the weights but the data. */
    String digest(Data data, Recipe recipe) {
        Map<String, String> options = Digests.effective(recipe.options(), trainer.options());
        for (Trainer.ArchitectureEntry architecture : trainer.architectures()) {
            if (architecture.name().equals(recipe.architecture())) {
                options = Digests.effective(options, architecture.options());
            }
        }
        return Digests.of(data.dataset(), data.options(), recipe.architecture(), options, recipe.seed());
    }

    /**
     * Returns a model that needs no training.
     *
     * @param name of the model
     * @param recipe its digest
     * @param data digest of the data
     * @return empty if there is none, or one of ours that was made otherwise
     * @throws InvalidRequestException if a model of this name is somebody else's
     */
    Optional<StoredModel> find(String name, String recipe, String data) {
        StoredModel stored;
        try {
            stored = store.find(name);
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (DataFormatException e) {
            throw new InvalidRequestException(
                    "model '" + name + "' in the store is damaged: remove it to train it anew", e);
        }
        String mark = stored.libraries().get(MARK);
        if (mark == null) {
            throw new InvalidRequestException(
                    "a model '" + name
                            + "' is in the store that no benchmark has trained: rename or remove it, so that it is not overwritten");
        }
        boolean same = mark.equals(recipe)
                && stored.datasetDigest().equals(data)
                && unmarked(stored.libraries()).equals(libraries);
        return same ? Optional.of(stored) : Optional.empty();
    }

    private static Map<String, String> unmarked(Map<String, String> libraries) {
        Map<String, String> others = new LinkedHashMap<>(libraries);
        others.remove(MARK);
        return others;
    }

    /**
     * Trains a model and stores it with its mark.
     *
     * @param name of the model
     * @param data what to train on
     * @param recipe how
     * @param device where, or empty for the best device
     * @param monitor asked for cancellation
     */
    StoredModel train(String name, Data data, Recipe recipe, Optional<String> device, TaskMonitor monitor) {
        // not under its name: a run that is killed before the mark must not leave a model that seems somebody else's
        String draft = name + ".new";
        StoredModel trained = trainer.train(
                new TrainingRequest(
                        data.dataset(),
                        data.options(),
                        recipe.architecture(),
                        Optional.of(draft),
                        recipe.options(),
                        recipe.seed(),
                        device),
                monitor);
        GnnModel model = store.load(draft);
        StoredModel kept = store.save(marked(trained, name, digest(data, recipe)), model);
        store.remove(draft);
        if (!kept.weightsDigest().equals(trained.weightsDigest())) {
            throw new AitiaException(
                    "the weights of model '" + name + "' changed when they were stored; train it again");
        }
        return kept;
    }

    private static StoredModel marked(StoredModel model, String name, String recipe) {
        Map<String, String> libraries = new LinkedHashMap<>(model.libraries());
        libraries.put(MARK, recipe);
        return new StoredModel(
                name,
                model.info(),
                model.dataset(),
                model.datasetOptions(),
                model.datasetDigest(),
                model.trainingOptions(),
                model.seed(),
                model.metrics(),
                model.weightsDigest(),
                model.created(),
                libraries);
    }
}
