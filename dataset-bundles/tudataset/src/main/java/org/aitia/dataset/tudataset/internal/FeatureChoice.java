package org.aitia.dataset.tudataset.internal;

/** What the features of nodes are. */
enum FeatureChoice {
    /** What the files say of nodes; the constant 1 if that is nothing. */
    AUTO,
    /** One-hot degrees. */
    DEGREE,
    /** The constant 1. */
    CONSTANT
}
