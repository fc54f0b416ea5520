package org.aitia.api.engine;

import java.util.List;

/**
 * What Adam remembers between steps, on the host, for checkpoints.
 *
 * @param steps how many steps were made, 0 or more
 * @param firstMoments one array per variable, its values row by row; not to be changed
 * @param secondMoments likewise
 */
public record AdamState(long steps, List<float[]> firstMoments, List<float[]> secondMoments) {
    /** Keeps the lists. */
    public AdamState {
        firstMoments = List.copyOf(firstMoments);
        secondMoments = List.copyOf(secondMoments);
    }
}
