package org.aitia.api.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A suite to run.
 *
 * @param suite what to run
 * @param directory where results and the report go
 * @param seeds how many runs of each explainer, instead of what studies say; empty for what they say
 * @param only labels of studies, data sets, models or explainers, or {@code model} or {@code phenomenon} for the type: only
 *     cells are run that have one of those named of each kind; empty for all. Baselines always run
 * @param resume whether results that are in the directory are used; otherwise it must hold none
 * @param lanes how many cells at once, or 0 for all lanes of the device
 * @param deviceId where to compute, or empty for the best device
 */
public record BenchRequest(
        Suite suite,
        Path directory,
        OptionalInt seeds,
        List<String> only,
        boolean resume,
        int lanes,
        Optional<String> deviceId) {
    /** Copies the list. */
    public BenchRequest {
        only = List.copyOf(only);
    }

    /**
     * All of a suite.
     *
     * @param suite what to run
     * @param directory where results and the report go
     * @return a request
     */
    public static BenchRequest of(Suite suite, Path directory) {
        return new BenchRequest(suite, directory, OptionalInt.empty(), List.of(), false, 0, Optional.empty());
    }
}
