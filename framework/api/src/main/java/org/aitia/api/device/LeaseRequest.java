package org.aitia.api.device;

import java.time.Duration;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;

/**
 * What someone wants to compute on.
 *
 * @param purpose for listings and messages, for example {@code "explain cora-gcn"}
 * @param deviceId a particular device, or empty for the best that is there: a GPU if there is one, else the CPU
 * @param memoryBytes memory budget, or 0 for an equal share of the device per lane
 * @param timeout how long to wait in the queue
 */
public record LeaseRequest(String purpose, Optional<String> deviceId, long memoryBytes, Duration timeout) {
    /** How long a request waits unless it says otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    /** Checks the values. */
    public LeaseRequest {
        if (memoryBytes < 0 || timeout.isNegative()) {
            throw new InvalidRequestException("a lease needs a memory budget and a timeout of at least 0");
        }
    }

    /**
     * Asks for the best device with an equal share of its memory.
     *
     * @param purpose for listings and messages
     * @return a request with the default timeout
     */
    public static LeaseRequest of(String purpose) {
        return new LeaseRequest(purpose, Optional.empty(), 0, DEFAULT_TIMEOUT);
    }

    /**
     * Returns this request for a particular device.
     *
     * @param id as in {@link DeviceInfo#id}
     * @return a copy
     */
    public LeaseRequest on(String id) {
        return new LeaseRequest(purpose, Optional.of(id), memoryBytes, timeout);
    }

    /**
     * Returns this request with another timeout.
     *
     * @param wait how long to wait in the queue
     * @return a copy
     */
    public LeaseRequest within(Duration wait) {
        return new LeaseRequest(purpose, deviceId, memoryBytes, wait);
    }

    /**
     * Returns this request with a memory budget.
     *
     * @param bytes 0 for an equal share
     * @return a copy
     */
    public LeaseRequest withMemory(long bytes) {
        return new LeaseRequest(purpose, deviceId, bytes, timeout);
    }
}
