package org.aitia.api.model;

import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;

/**
 * What a model must fit.
 *
 * @param task what it predicts
 * @param inputFeatures features per node, F
 * @param classes number of classes, C, at least 1; 2 for link tasks: no link, link
 * @param edgeFeatures features per edge, D; 0 if edges have none
 */
public record ModelShape(Task task, int inputFeatures, int classes, int edgeFeatures) {
    /**
     * A shape without features of edges.
     *
     * @param task what it predicts
     * @param inputFeatures features per node
     * @param classes number of classes
     */
    public ModelShape(Task task, int inputFeatures, int classes) {
        this(task, inputFeatures, classes, 0);
    }

    /** Checks the values. */
    public ModelShape {
        if (inputFeatures < 1 || classes < 1 || edgeFeatures < 0) {
            throw new InvalidRequestException(
                    "a model needs at least one feature and one class, not " + inputFeatures + " and " + classes);
        }
    }
}
