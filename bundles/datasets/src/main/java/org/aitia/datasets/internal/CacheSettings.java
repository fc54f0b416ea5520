package org.aitia.datasets.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How the cache works.
 *
 * @param folder the cache's root; one folder per data set
 * @param mirrors asked before the origin, in order
 * @param offline whether nothing may be asked over the network
 * @param connectTimeout how long a server may take to accept a connection
 * @param stallTimeout how long a server may send nothing
 * @param attempts how often a transfer that breaks is tried without getting any further
 * @param backOff wait before the second attempt; doubles with each further one
 */
record CacheSettings(
        Path folder,
        List<Mirror> mirrors,
        boolean offline,
        Duration connectTimeout,
        Duration stallTimeout,
        int attempts,
        Duration backOff) {

    static CacheSettings of(Path folder, List<Mirror> mirrors, boolean offline) {
        return new CacheSettings(
                folder, mirrors, offline, Duration.ofSeconds(10), Duration.ofSeconds(30), 4, Duration.ofMillis(500));
    }
}
