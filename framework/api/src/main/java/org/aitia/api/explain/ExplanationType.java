package org.aitia.api.explain;

/** What is explained (GraphFramEx, Amara et al. 2022; PyG {@code explanation_type}). */
public enum ExplanationType {
    /** Why the model predicts what it predicts: the explained class is the predicted one. */
    MODEL,
    /** Why the truth is what it is, as the model sees it: the explained class is the label. */
    PHENOMENON
}
