package org.aitia.evaluation.internal;

/** What becomes of an edge that is masked. */
enum Removal {
    /** Its messages are multiplied by the mask; degrees and normalisation stay (PyG). */
    SOFT,
    /** It is removed from the graph; degrees and normalisation are computed anew. */
    HARD;

    /** What an option says. */
    static final String MEANING = "what masking an edge means: its messages are multiplied by the mask and"
            + " normalisation stays (soft, as PyG), or it is removed from the graph and normalisation computed anew"
            + " (hard; needs a threshold, or masks of 0 and 1)";

    boolean isHard() {
        return this == HARD;
    }
}
