package org.aitia.api.model;

import org.aitia.api.graph.GraphBatch;
import org.osgi.annotation.versioning.ConsumerType;

/** A batch on a device: structure, features, and what the model computes once for all masks. */
@ConsumerType
public interface PreparedBatch extends AutoCloseable {
    /**
     * Returns the batch.
     *
     * @return as given to {@link ModelSession#prepare}
     */
    GraphBatch batch();

    /** Frees the device memory. */
    @Override
    void close();
}
