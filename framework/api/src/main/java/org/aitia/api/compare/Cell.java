package org.aitia.api.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.aitia.api.explain.Cost;

/**
 * One run: a row with one seed. The raw values that scores are computed from.
 *
 * @param row label of the row
 * @param seed of the run
 * @param targets what was explained, in the order of values per target
 * @param seconds wall-clock time of the run
 * @param cost forward passes and memory
 * @param values one per measured column; columns that a whole row has, as the agreement between seeds, are not among them
 * @param failure why the run failed, one line; empty if it did not
 */
public record Cell(
        String row, long seed, List<Integer> targets, double seconds, Cost cost, List<Value> values, String failure) {
    /** Copies the lists. */
    public Cell {
        targets = List.copyOf(targets);
        values = List.copyOf(values);
    }

    /**
     * What one metric made of one run.
     *
     * @param column name of the column
     * @param value over all targets together; NaN if it could not be measured
     * @param perTarget for each target, NaN where it has none; empty if the column has no such notion
     * @param reason why it could not be measured, one line; empty if it could
     */
    public record Value(String column, double value, double[] perTarget, String reason) {
        // records compare arrays by identity
        @Override
        public boolean equals(Object other) {
            return other instanceof Value that
                    && column.equals(that.column)
                    && Double.compare(value, that.value) == 0
                    && Arrays.equals(perTarget, that.perTarget)
                    && reason.equals(that.reason);
        }

        @Override
        public int hashCode() {
            return Objects.hash(column, value, Arrays.hashCode(perTarget), reason);
        }
    }
}
