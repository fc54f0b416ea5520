package org.aitia.api.engine;

import org.osgi.annotation.versioning.ProviderType;

/** Counts the bytes of arrays that one thread creates and frees. Temporaries within one operator are not seen. */
@ProviderType
public interface MemoryMeter extends AutoCloseable {
    /**
     * Returns the most that was alive at once, of what was created since the meter was opened.
     *
     * @return bytes
     */
    long peakBytes();

    /** Ends the measurement. */
    @Override
    void close();
}
