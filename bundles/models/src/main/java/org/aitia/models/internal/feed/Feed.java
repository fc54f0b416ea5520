package org.aitia.models.internal.feed;

import java.util.function.Consumer;
import org.aitia.api.model.PreparedBatch;

/** Brings instances to the device, batch by batch. Used by one thread. */
public interface Feed extends AutoCloseable {
    /**
     * A batch and which instances to look at in it.
     *
     * @param batch on the device; open during the visit only
     * @param instances nodes, indices of graphs or of candidate links
     * @param rows the row of the logits that belongs to each
     */
    record Portion(PreparedBatch batch, int[] instances, int[] rows) {}

    /**
     * Visits all instances once.
     *
     * @param epoch decides on the order, where there is choice
     * @param visitor of each portion
     */
    void forEach(long epoch, Consumer<Portion> visitor);

    /**
     * Returns how many instances there are.
     *
     * @return 0 or more
     */
    int count();

    /** Frees what is on the device. */
    @Override
    void close();
}
