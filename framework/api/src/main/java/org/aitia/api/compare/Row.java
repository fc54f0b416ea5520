package org.aitia.api.compare;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aitia.api.NotFoundException;

/**
 * What one explainer reached.
 *
 * @param label unlike all others
 * @param explainer name of the explainer
 * @param options of the explainer, as typed
 * @param role why it is there
 * @param scores one per column
 * @param failure why no run of it succeeded, one line; empty if one did
 */
public record Row(
        String label, String explainer, Map<String, String> options, Role role, List<Score> scores, String failure) {
    /** Copies. */
    public Row {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        scores = List.copyOf(scores);
    }

    /** Why a row is there. */
    public enum Role {
        /** It was asked for. */
        CONTESTANT,
        /** Others are compared with it. */
        BASELINE,
        /**
         * The masks that a contestant makes of the model with randomised weights, measured on the true model: what can be
         * reached without knowing the model.
         */
        RANDOMISED
    }

    /**
     * Returns one score.
     *
     * @param column name of a column
     * @return the score
     * @throws NotFoundException if there is no such column
     */
    public Score score(String column) {
        return scores.stream()
                .filter(score -> score.column().equals(column))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("no column '" + column + "' in row '" + label + "'"));
    }
}
