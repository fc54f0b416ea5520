package org.aitia.api.compare;

import org.aitia.api.TaskMonitor;
import org.aitia.api.explain.ExplanationInput;
import org.osgi.annotation.versioning.ProviderType;

/** Tries options of an explainer. Safe for several threads. */
@ProviderType
public interface Sweeps {
    /**
     * Runs an explainer with every combination of options and every seed. A combination or metric that fails leaves a
     * reason in its place and does not stop the others.
     *
     * @param request what to try
     * @param monitor told of progress; its cancellation ends the work
     * @return the sweep; the same request gives the same but for times
     * @throws org.aitia.api.NotFoundException if model, data set, explainer or a selected metric is not there
     * @throws org.aitia.api.InvalidRequestException if a swept option is not one of the explainer, an option of a metric
     *     is wrong, or a goal is no column or has no better direction
     * @throws org.aitia.api.CancelledException if cancelled
     */
    Sweep sweep(SweepRequest request, TaskMonitor monitor);

    /**
     * Tries options on a model and data in memory.
     *
     * @param request what to try; its model and data set are not looked up
     * @param input model and data
     * @param monitor told of progress; its cancellation ends the work
     * @return the sweep
     * @throws org.aitia.api.NotFoundException as {@link #sweep(SweepRequest, TaskMonitor)}
     * @throws org.aitia.api.InvalidRequestException as {@link #sweep(SweepRequest, TaskMonitor)}
     * @throws org.aitia.api.CancelledException if cancelled
     */
    Sweep sweep(SweepRequest request, ExplanationInput input, TaskMonitor monitor);
}
