package org.aitia.api.device;

import ai.djl.ndarray.NDManager;
import org.aitia.api.engine.TensorEngine;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The right to compute on one lane of a device, with a memory budget, until closed.
 *
 * <p>Used by one thread at a time. Closing frees every array of {@link #manager()} and its sub-managers.
 */
@ProviderType
public interface DeviceLease extends AutoCloseable {
    /**
     * Returns the name of this lease in listings.
     *
     * @return unique within the device manager's life
     */
    String id();

    /**
     * Returns what this lease is for.
     *
     * @return as in the request
     */
    String purpose();

    /**
     * Returns the device.
     *
     * @return its id, as in {@link DeviceInfo#id}
     */
    String deviceId();

    /**
     * Returns how much memory the holder plans with. It is a budget, not a hard limit.
     *
     * @return bytes, more than 0
     */
    long memoryBudget();

    /**
     * Returns the engine that computes.
     *
     * @return the engine
     */
    TensorEngine engine();

    /**
     * Returns what owns the holder's arrays.
     *
     * @return a manager on the leased device
     * @throws org.aitia.api.DeviceException if the lease is closed or was revoked
     */
    NDManager manager();

    /**
     * Tells whether the lease still holds.
     *
     * @return false once closed or revoked
     */
    boolean isValid();

    /**
     * Returns normally while the lease holds; to be called between steps of long work.
     *
     * @throws org.aitia.api.DeviceException if it is closed or was revoked, saying why
     */
    void checkValid();

    /** Gives the lane back and frees all arrays. Closing twice does nothing. */
    @Override
    void close();
}
