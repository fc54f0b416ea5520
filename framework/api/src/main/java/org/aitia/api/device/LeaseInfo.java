package org.aitia.api.device;

import java.time.Instant;

/**
 * A lease as listings show it.
 *
 * @param id the lease
 * @param deviceId its device
 * @param purpose what it is for
 * @param memoryBytes its budget
 * @param since when it was granted
 */
public record LeaseInfo(String id, String deviceId, String purpose, long memoryBytes, Instant since) {}
