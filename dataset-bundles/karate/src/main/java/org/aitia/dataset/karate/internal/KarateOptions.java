package org.aitia.dataset.karate.internal;

import org.aitia.api.option.Option;

/**
 * Options of loading.
 *
 * @param seed decides the random split
 */
record KarateOptions(
        @Option(description = "seed of the random split", defaultValue = "0")
        long seed) {}
