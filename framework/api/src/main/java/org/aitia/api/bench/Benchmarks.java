package org.aitia.api.bench;

import java.nio.file.Path;
import java.util.List;
import org.aitia.api.TaskMonitor;
import org.osgi.annotation.versioning.ProviderType;

/** Runs suites. Safe for several threads. */
@ProviderType
public interface Benchmarks {
    /**
     * Returns the suites that ship with the product.
     *
     * @return by name
     */
    List<Suite> suites();

    /**
     * Returns a suite that ships with the product.
     *
     * @param name of the suite
     * @return the suite
     * @throws org.aitia.api.NotFoundException if there is none
     */
    Suite suite(String name);

    /**
     * Reads a suite of the user's own: YAML or JSON.
     *
     * @param file ending in {@code .yaml}, {@code .yml} or {@code .json}; its name without ending is that of the suite
     * @return the suite
     * @throws org.aitia.api.NotFoundException if there is no such file
     * @throws org.aitia.api.DataFormatException if it is no suite; says where and why
     */
    Suite read(Path file);

    /**
     * Tells what a run would do.
     *
     * @param request what to run
     * @return every cell, in the order of the suite; they run as models, trials and lanes allow
     * @throws org.aitia.api.InvalidRequestException if {@code only} names nothing in the suite
     */
    List<BenchCell> plan(BenchRequest request);

    /**
     * Runs a suite and writes its report. Results are kept as they come: a run that was stopped, whatever stopped it, goes
     * on where it was with {@link BenchRequest#resume}. A cell that fails is reported and does not stop the others.
     *
     * @param request what to run
     * @param monitor told of progress; its cancellation ends the work, and what was measured stays
     * @return what came of it; the same request gives the same but for times and memory
     * @throws org.aitia.api.NotFoundException if data set, architecture, explainer, metric, or an option of one, is not
     *     there
     * @throws org.aitia.api.InvalidRequestException if an option is of the wrong kind, the directory holds results that are
     *     not to be resumed or is in use, or {@code only} names nothing
     * @throws org.aitia.api.StorageException if the directory cannot be written
     * @throws org.aitia.api.CancelledException if cancelled
     */
    BenchResult run(BenchRequest request, TaskMonitor monitor);
}
