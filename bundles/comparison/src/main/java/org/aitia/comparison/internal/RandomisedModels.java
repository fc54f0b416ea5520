package org.aitia.comparison.internal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.NotFoundException;
import org.aitia.api.Seeds;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.StoredModel;

/** The explained model with fresh weights, another set for each seed: the same for all explainers. */
final class RandomisedModels {
    private static final long WEIGHTS = 0x52414e44; // tells its seeds from those of explainers

    private final List<ModelArchitecture> architectures;
    private final ExplanationInput input;
    private final Map<Long, ExplanationInput> inputs = new LinkedHashMap<>();

    RandomisedModels(List<ModelArchitecture> architectures, ExplanationInput input) {
        this.architectures = architectures;
        this.input = input;
    }

    /**
     * Returns the data with the model of a seed.
     *
     * @throws NotFoundException if the architecture is not there
     * @throws org.aitia.api.InvalidRequestException if it makes no fresh weights, as that of imported models
     */
    ExplanationInput of(long seed) {
        return inputs.computeIfAbsent(seed, this::create);
    }

    /**
     * Returns the seed of a run on randomised weights: not that of the run that it is compared with, since masks that
     * begin alike also end alike, whatever the model.
     */
    static long otherSeed(long seed) {
        return Seeds.derive(seed, WEIGHTS);
    }

    private ExplanationInput create(long seed) {
        ModelInfo info = input.model().info();
        // of services of one name the last has the highest ranking
        ModelArchitecture architecture = architectures.stream()
                .filter(known -> known.name().equals(info.architecture()))
                .reduce((lower, higher) -> higher)
                .orElseThrow(() -> NotFoundException.of(
                        "architecture",
                        info.architecture(),
                        architectures.stream().map(ModelArchitecture::name).toList()));
        long weights = otherSeed(seed);
        GnnModel model = architecture.create(info.shape(), info.options(), weights);
        StoredModel original = input.description();
        StoredModel description = new StoredModel(
                original.name() + " with randomised weights",
                model.info(),
                original.dataset(),
                original.datasetOptions(),
                original.datasetDigest(),
                Map.of(),
                weights,
                Map.of(),
                "randomised:" + weights,
                Instant.EPOCH,
                original.libraries());
        return new ExplanationInput(description, model, input.dataset());
    }
}
