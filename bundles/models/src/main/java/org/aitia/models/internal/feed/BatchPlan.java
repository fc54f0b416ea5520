package org.aitia.models.internal.feed;

import java.util.Arrays;
import java.util.List;

/**
 * How the instances of a node or link task are brought to the device in training.
 *
 * @param size instances per step with their receptive fields; 0 for the whole graph in one step
 * @param fanouts how many in-edges to draw of a node at distance 0, 1, ...; none for all
 */
public record BatchPlan(int size, List<Integer> fanouts) {
    /** One step on the whole graph. */
    public static final BatchPlan WHOLE = new BatchPlan(0, List.of());

    /** Copies the list. */
    public BatchPlan {
        fanouts = List.copyOf(fanouts);
    }

    /**
     * Tells whether in-edges are drawn.
     *
     * @return false if receptive fields are exact
     */
    public boolean isSampled() {
        return !fanouts.isEmpty();
    }

    int[] fanoutArray() {
        return fanouts.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public String toString() {
        return size == 0
                ? "the whole graph"
                : size + " at a time"
                        + (isSampled() ? " with at most " + Arrays.toString(fanoutArray()) + " in-edges" : "");
    }
}
