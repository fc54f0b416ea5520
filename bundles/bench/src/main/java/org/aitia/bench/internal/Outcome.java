package org.aitia.bench.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.aitia.api.compare.Comparison;

/**
 * What came of a cell.
 *
 * @param comparison one row with one run; empty if it failed
 * @param failure why it failed, one line; empty if it did not
 * @param inherited whether it failed because of something else that is told by itself: its data, model or trials
 * @param reused whether an earlier run measured it
 * @param seconds that it took, whenever it ran
 * @param key its identity; empty if it was not known
 * @param example file with explanations to draw
 */
record Outcome(
        Optional<Comparison> comparison,
        String failure,
        boolean inherited,
        boolean reused,
        double seconds,
        String key,
        Optional<Path> example) {

    static Outcome inherited(String reason) {
        return new Outcome(Optional.empty(), reason, true, false, 0, "", Optional.empty());
    }

    static Outcome failed(String reason, double seconds, String key) {
        return new Outcome(Optional.empty(), reason, false, false, seconds, key, Optional.empty());
    }
}
