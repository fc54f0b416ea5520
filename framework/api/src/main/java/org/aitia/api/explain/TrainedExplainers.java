package org.aitia.api.explain;

import java.util.List;
import org.aitia.api.TaskMonitor;
import org.osgi.annotation.versioning.ProviderType;

/** Trains explainers and stores what they learnt. Safe for several threads and processes. */
@ProviderType
public interface TrainedExplainers {
    /**
     * Trains on the targets of a request and stores the result, replacing one of the same name.
     *
     * @param name under which it is stored: letters, digits, {@code . _ -}; {@code MODEL-EXPLAINER} if empty
     * @param request model, explainer, targets to learn from (empty: all of the data set), options, seed; its
     *     {@code trained} must be empty
     * @param monitor told of every epoch
     * @return what was stored; nothing is stored if this throws
     * @throws org.aitia.api.InvalidRequestException if the explainer has nothing to learn, or an option is wrong
     * @throws org.aitia.api.NotFoundException if model, data set or explainer is not there
     * @throws org.aitia.api.CancelledException if cancelled
     */
    TrainedExplainer train(String name, ExplanationRequest request, TaskMonitor monitor);

    /**
     * Returns what is stored.
     *
     * @return by name; a damaged entry is left out and logged
     */
    List<TrainedExplainer> list();

    /**
     * Returns one of them.
     *
     * @param name of a trained explainer
     * @return the trained explainer
     * @throws org.aitia.api.NotFoundException if there is none of this name
     * @throws org.aitia.api.DataFormatException if its file is damaged
     */
    TrainedExplainer find(String name);

    /**
     * Removes one of them.
     *
     * @param name of a trained explainer
     * @throws org.aitia.api.NotFoundException if there is none of this name
     */
    void remove(String name);
}
