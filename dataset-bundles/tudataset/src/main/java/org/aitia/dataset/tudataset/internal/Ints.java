package org.aitia.dataset.tudataset.internal;

import java.util.Arrays;

/** Whole numbers while they are read, when nobody knows how many there will be. */
final class Ints {
    private int[] values = new int[1024];
    private int count;

    void add(int value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, Math.addExact(count, count >> 1));
        }
        values[count++] = value;
    }

    int size() {
        return count;
    }

    int[] toArray() {
        return Arrays.copyOf(values, count);
    }
}
