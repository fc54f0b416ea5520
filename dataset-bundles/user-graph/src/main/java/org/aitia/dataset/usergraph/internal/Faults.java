package org.aitia.dataset.usergraph.internal;

import org.aitia.api.DataFormatException;

/** What is wrong with a table: the first fault in full, the others counted, so that users know how much is left. */
final class Faults {
    private DataFormatException first;
    private long further;

    void add(DataFormatException fault) {
        if (first == null) {
            first = fault;
        } else {
            further++;
        }
    }

    boolean any() {
        return first != null;
    }

    void throwIfAny() {
        if (first == null) {
            return;
        }
        if (further == 0) {
            throw first;
        }
        throw new DataFormatException(
                first.getMessage() + " (and " + further + (further == 1 ? " further fault)" : " further faults)"),
                first);
    }
}
