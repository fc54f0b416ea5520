package org.aitia.dataset.usergraph.internal;

import java.util.Optional;

/**
 * What the descriptor says of a column.
 *
 * @param kind empty if it is to be guessed
 * @param missing what to do where a value is missing
 */
record ColumnRule(Optional<Kind> kind, Missing missing) {
    /** Nothing is known. */
    static final ColumnRule GUESS = new ColumnRule(Optional.empty(), Missing.ERROR);

    /** What values are. */
    enum Kind {
        /** Numbers, taken as they are. */
        NUMERIC,
        /** One feature per value, 1 where a row has it. */
        CATEGORICAL,
        /** No features. */
        IGNORE
    }

    /** What a missing value becomes. */
    enum Missing {
        /** A fault. */
        ERROR,
        /** 0; of a category, none. */
        ZERO,
        /** The mean of the column's numbers. */
        MEAN,
        /** A feature of its own that says so. */
        CATEGORY
    }
}
