package org.aitia.shell.internal;

import java.util.Map;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.compare.Subject;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.model.StoredModel;
import picocli.CommandLine.Option;

/** What commands take that explain instances of a model, with one explainer or several. */
public abstract class SubjectArguments extends InstanceArguments {
    @Option(
            names = "--type",
            order = 6,
            paramLabel = "TYPE",
            description = "model: why the model predicts what it predicts (default); phenomenon: why the label is what"
                    + " it is, as the model sees it.")
    ExplanationType type = ExplanationType.MODEL;

    @Option(names = "--seed", order = 7, paramLabel = "N", description = "Seed of every random choice; 0 unless given.")
    long seed;

    @Option(
            names = "--batch-size",
            order = 10,
            paramLabel = "N",
            description = "Targets per batch; as many as memory allows unless given. Changes results by rounding only.")
    Integer batchSize;

    @Option(
            names = "--lanes",
            order = 11,
            paramLabel = "N",
            description = "Lanes of the device to compute on at once; all unless given.")
    Integer lanes;

    @Option(
            names = "--device",
            order = 12,
            paramLabel = "DEVICE",
            description = "Where to compute, as 'devices' lists it; the best there is unless given.")
    String device;

    /**
     * Checks everything that can be checked without a service.
     *
     * @param command name of the command, for messages
     * @throws InvalidRequestException if a number is out of range, or targets are not chosen in one way
     */
    public void check(String command) {
        checkChoice(command);
        checkCount(command, "--batch-size", batchSize);
        checkCount(command, "--lanes", lanes);
    }

    /**
     * Refuses a count that is not positive.
     *
     * @param command name of the command, for messages
     * @param option name of the option
     * @param count what was given, or null
     * @throws InvalidRequestException if it is less than 1
     */
    protected static void checkCount(String command, String option, Integer count) {
        if (count != null && count < 1) {
            throw new InvalidRequestException(command + ": option '" + option + "' must be 1 or more, not " + count);
        }
    }

    /**
     * Returns the seed given.
     *
     * @return 0 unless given
     */
    public long seed() {
        return seed;
    }

    /**
     * Says what is explained, and where it is computed.
     *
     * @param chosen data and instances
     * @param stored the model
     * @param measured whether native memory is measured
     * @return about the model's own data, or other data if they were chosen
     */
    public Subject subject(Chosen chosen, StoredModel stored, boolean measured) {
        boolean usual = givenDataset().isEmpty() && chosen.options().equals(stored.datasetOptions());
        return new Subject(
                model,
                usual ? Optional.empty() : Optional.of(givenDataset().orElse(stored.dataset())),
                usual ? Map.of() : chosen.options(),
                chosen.indices(),
                type,
                batchSize == null ? 0 : batchSize,
                lanes == null ? 0 : lanes,
                Optional.ofNullable(device),
                measured);
    }
}
