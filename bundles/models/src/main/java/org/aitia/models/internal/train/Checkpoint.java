package org.aitia.models.internal.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.models.internal.feed.BatchPlan;

/**
 * A training that can be gone on with.
 *
 * @param request all that decides on the result, by name
 * @param plan how the instances are brought to the device
 * @param finished the curves of the folds that are done, for a cross-validation
 * @param state of the training that is not done
 */
record Checkpoint(Map<String, String> request, BatchPlan plan, List<List<Double>> finished, TrainingState state) {
    /** Copies the collections. */
    Checkpoint {
        request = Collections.unmodifiableMap(new LinkedHashMap<>(request));
        finished = finished.stream().map(List::copyOf).toList();
    }
}
