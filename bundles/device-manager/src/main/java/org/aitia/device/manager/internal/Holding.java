package org.aitia.device.manager.internal;

import java.time.Instant;

/**
 * What a granted request holds.
 *
 * @param leaseId name of the lease
 * @param purpose what it is for
 * @param bytes its budget
 * @param since when it was granted, for listings
 * @param sinceNanos the same on the monotonic clock
 */
record Holding(String leaseId, String purpose, long bytes, Instant since, long sinceNanos) {}
