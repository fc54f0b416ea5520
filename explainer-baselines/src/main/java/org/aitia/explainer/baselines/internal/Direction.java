package org.aitia.explainer.baselines.internal;

/** Which edges of a node count. */
enum Direction {
    /** Those that end at it. */
    IN,
    /** Those that begin at it. */
    OUT,
    /** Both. */
    BOTH
}
