package org.aitia.models.internal.train;

import java.util.List;
import org.aitia.api.engine.AdamState;
import org.aitia.api.model.Parameter;

/**
 * All that the rest of a training depends on, besides its request. Random streams are derived from the epoch, so there
 * are no generators to remember.
 *
 * @param epoch how many epochs are done
 * @param seconds that they took
 * @param weights present weights
 * @param moments of the optimiser's parts
 * @param best the best epoch so far
 * @param schedule what the schedule remembers
 * @param curve accuracy on the test instances after each epoch, where that is followed
 */
record TrainingState(
        int epoch,
        double seconds,
        List<Parameter> weights,
        List<AdamState> moments,
        Best.State best,
        Schedule.State schedule,
        List<Double> curve) {
    /** Copies the lists. */
    TrainingState {
        weights = List.copyOf(weights);
        moments = List.copyOf(moments);
        curve = List.copyOf(curve);
    }
}
