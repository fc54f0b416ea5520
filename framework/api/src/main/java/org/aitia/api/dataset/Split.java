package org.aitia.api.dataset;

import java.util.Arrays;

/**
 * A division of the instances (nodes, or graphs) for training, validation and test. Immutable.
 *
 * <p>Parts are ascending, need not cover everything and normally do not overlap.
 */
public final class Split {
    private final int[] train;
    private final int[] validation;
    private final int[] test;

    /**
     * Creates a split.
     *
     * @param train instances to learn from; copied and sorted
     * @param validation instances to choose by
     * @param test instances to report on
     */
    public Split(int[] train, int[] validation, int[] test) {
        this.train = sorted(train);
        this.validation = sorted(validation);
        this.test = sorted(test);
    }

    private static int[] sorted(int[] values) {
        int[] copy = values.clone();
        Arrays.sort(copy);
        return copy;
    }

    /**
     * Returns the instances to learn from.
     *
     * @return a new array, ascending
     */
    public int[] train() {
        return train.clone();
    }

    /**
     * Returns the instances to choose by.
     *
     * @return a new array, ascending
     */
    public int[] validation() {
        return validation.clone();
    }

    /**
     * Returns the instances to report on.
     *
     * @return a new array, ascending
     */
    public int[] test() {
        return test.clone();
    }
}
