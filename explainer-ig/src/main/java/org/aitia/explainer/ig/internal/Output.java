package org.aitia.explainer.ig.internal;

import ai.djl.ndarray.NDArray;

/** What of the model's output is explained. */
enum Output {
    LOGIT,
    PROBABILITY,
    LOG_PROBABILITY;

    /** From logits, [T, C], to the quantity per class, [T, C]. */
    NDArray of(NDArray logits) {
        return switch (this) {
            case LOGIT -> logits;
            case PROBABILITY -> logits.softmax(1);
            case LOG_PROBABILITY -> logits.logSoftmax(1);
        };
    }
}
