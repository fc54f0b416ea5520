package org.aitia.api.model;

import java.util.Arrays;

/**
 * One array of weights on the host. Immutable.
 *
 * <p>Names follow PyTorch Geometric where it has the same layer, for example {@code conv1.lin.weight}.
 */
public final class Parameter {
    private final String name;
    private final long[] shape;
    private final float[] values;
    private final boolean trainable;

    /**
     * Creates a parameter.
     *
     * @param name unique within its model
     * @param shape sizes of its axes
     * @param values row by row, as many as the shape says; copied
     * @param trainable false for running statistics
     */
    public Parameter(String name, long[] shape, float[] values, boolean trainable) {
        long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "parameter " + name + " of shape " + Arrays.toString(shape) + " has " + values.length + " values");
        }
        this.name = name;
        this.shape = shape.clone();
        this.values = values.clone();
        this.trainable = trainable;
    }

    /**
     * Returns the name.
     *
     * @return unique within its model
     */
    public String name() {
        return name;
    }

    /**
     * Returns the shape.
     *
     * @return a copy
     */
    public long[] shape() {
        return shape.clone();
    }

    /**
     * Returns the values.
     *
     * @return a copy, row by row
     */
    public float[] values() {
        return values.clone();
    }

    /**
     * Tells whether training changes it by gradient.
     *
     * @return false for running statistics
     */
    public boolean isTrainable() {
        return trainable;
    }
}
