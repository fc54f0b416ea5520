package org.aitia.explainer.ig.internal;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/** Where the model is evaluated and differentiated: one input per target at each of several points. */
interface Points {
    /** Number of points. */
    int count();

    /**
     * Makes the inputs at some points, in the current scope.
     *
     * @param replicas as many copies as points are wanted
     * @param first the first point; copies behind the last point may have any input
     * @return the inputs of all copies
     */
    Inputs at(Replicas replicas, int first);

    /** How much the point counts in a sum of gradients. */
    double weight(int point);

    /**
     * What masks are at some points.
     *
     * @param features values of the feature mask
     * @param edges values of the edge mask
     * @param factors what the derivative by each feature is to be multiplied by; empty for 1
     */
    record Inputs(Optional<NDArray> features, Optional<NDArray> edges, Optional<NDArray> factors) {}
}
