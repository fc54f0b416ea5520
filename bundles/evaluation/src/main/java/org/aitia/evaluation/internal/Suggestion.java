package org.aitia.evaluation.internal;

import org.aitia.api.dataset.Dataset;

/** Which targets a message proposes. */
final class Suggestion {
    private static final int MOST_TEXT = 40;

    private Suggestion() {}

    /** The first of the targets that the literature explains, as the end of a sentence; empty if there is no custom. */
    static String of(Dataset dataset) {
        String targets = dataset.suggestedTargets();
        if (targets.isEmpty()) {
            return "";
        }
        int end = targets.lastIndexOf(',', MOST_TEXT);
        return ", for example " + (targets.length() <= MOST_TEXT || end < 0 ? targets : targets.substring(0, end));
    }
}
