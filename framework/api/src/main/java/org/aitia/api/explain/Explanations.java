package org.aitia.api.explain;

import java.util.List;
import org.aitia.api.TaskMonitor;
import org.aitia.api.option.OptionSpec;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Turns a request into explanations: loads model and data, extracts computation graphs, plans batches, leases devices,
 * runs the explainer, collects results with their provenance. Safe for several threads.
 *
 * <p>A run finishes on the explainer instance it started with, also when the explainer's bundle is updated meanwhile.
 */
@ProviderType
public interface Explanations {
    /**
     * Returns the explainers that are there at the moment.
     *
     * @return by name
     */
    List<ExplainerEntry> explainers();

    /**
     * Returns one explainer.
     *
     * @param name an explainer
     * @return what is known of it
     * @throws org.aitia.api.NotFoundException if it is not there
     */
    ExplainerEntry explainer(String name);

    /**
     * Explains.
     *
     * @param request what to explain
     * @param monitor told of progress; its cancellation ends the run
     * @return the explanations
     * @throws org.aitia.api.NotFoundException if model, data set or explainer is not there
     * @throws org.aitia.api.InvalidRequestException if a target is out of range, an option wrong, or the model lacks
     *     what the explainer needs
     * @throws org.aitia.api.DeviceException if no device could be had
     * @throws org.aitia.api.CancelledException if cancelled
     */
    ExplanationResult explain(ExplanationRequest request, TaskMonitor monitor);

    /**
     * Loads what a request is about.
     *
     * @param request model and data set
     * @param monitor told of downloads
     * @return both
     * @throws org.aitia.api.NotFoundException if model or data set is not there
     * @throws org.aitia.api.InvalidRequestException if they do not fit together
     */
    ExplanationInput load(ExplanationRequest request, TaskMonitor monitor);

    /**
     * Explains a model and data in memory.
     *
     * @param request explainer, targets, options, seed; its model and data set are not looked up
     * @param input model and data
     * @param monitor told of progress; its cancellation ends the run
     * @return the explanations
     * @throws org.aitia.api.NotFoundException if the explainer is not there
     * @throws org.aitia.api.InvalidRequestException as {@link #explain(ExplanationRequest, TaskMonitor)}
     * @throws org.aitia.api.DeviceException if no device could be had
     * @throws org.aitia.api.CancelledException if cancelled
     */
    ExplanationResult explain(ExplanationRequest request, ExplanationInput input, TaskMonitor monitor);

    /**
     * An explainer and who offers it.
     *
     * @param info what is known of it
     * @param options its options
     * @param bundle symbolic name and version of its bundle
     */
    record ExplainerEntry(ExplainerInfo info, List<OptionSpec> options, String bundle) {}
}
