package org.aitia.device.manager.internal;

import java.time.Instant;

/** Time as the accounting sees it, so that tests can let hours pass at once. */
interface TimeSource {
    /** The clock of the machine. */
    TimeSource SYSTEM = new TimeSource() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }
    };

    /** A monotonic reading, for timeouts: only differences mean something. */
    long nanos();

    /** The time of day, for listings. */
    Instant now();
}
