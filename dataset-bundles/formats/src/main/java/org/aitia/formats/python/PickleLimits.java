package org.aitia.formats.python;

/**
 * What a pickle may ask for before it is refused.
 *
 * @param bytes its length
 * @param operations how many; each makes at most one object, so they bound memory beyond the bytes themselves
 */
public record PickleLimits(long bytes, int operations) {
    /** 128 MiB and two million operations. */
    public static final PickleLimits DEFAULT = new PickleLimits(128L << 20, 2_000_000);
}
