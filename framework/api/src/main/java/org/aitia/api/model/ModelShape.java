package org.aitia.api.model;

import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;

/**
 * What a model must fit.
 *
 * @param task what it predicts
 * @param inputFeatures features per node, F
 * @param classes number of classes, C, at least 1
 */
public record ModelShape(Task task, int inputFeatures, int classes) {
    /** Checks the values. */
    public ModelShape {
        if (inputFeatures < 1 || classes < 1) {
            throw new InvalidRequestException(
                    "a model needs at least one feature and one class, not " + inputFeatures + " and " + classes);
        }
    }
}
