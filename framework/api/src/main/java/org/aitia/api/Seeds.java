package org.aitia.api;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Derivation of random streams.
 *
 * <p>Every random choice in Aitia comes from a stream that is derived from the request's seed and the identity of what
 * it is for, so that batch size, order and number of threads never change a result. There is no global generator.
 */
public final class Seeds {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /**
     * Derives a seed for one item.
     *
     * @param seed the seed of the request
     * @param id identity of the item, for example a node number
     * @return a seed that is statistically independent of those of other items
     */
    public static long derive(long seed, long id) {
        // the finaliser of SplitMix64 (Steele, Lea, Flood 2014), applied to both words
        return mix(mix(seed + GOLDEN_GAMMA) + id * GOLDEN_GAMMA);
    }

    /**
     * Creates the generator for a seed.
     *
     * @param seed any value
     * @return a generator for use by one thread; the same seed gives the same stream
     */
    public static RandomGenerator generator(long seed) {
        return new SplittableRandom(seed);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
