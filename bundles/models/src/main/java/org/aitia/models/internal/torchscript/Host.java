package org.aitia.models.internal.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;

/**
 * A matrix on the host.
 *
 * @param shape as it was returned
 * @param values row by row
 */
record Host(long[] shape, float[] values) {
    /** Relative to the spread of all values: far above what the order of sums changes. */
    private static final double TOLERANCE = 1e-4;

    private static final double ROUNDING = 2e-6;

    static Host of(NDArray array) {
        NDArray floats = array.getDataType() == DataType.FLOAT32 ? array : array.toType(DataType.FLOAT32, false);
        return new Host(array.getShape().getShape(), floats.toFloatArray());
    }

    int rows() {
        return shape.length == 0 ? 1 : Math.toIntExact(shape[0]);
    }

    int columns() {
        return rows() == 0 ? 0 : values.length / rows();
    }

    boolean isFinite() {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    float[] row(int row) {
        return Arrays.copyOfRange(values, row * columns(), (row + 1) * columns());
    }

    /** What differs less is equal but for rounding. */
    double tolerance() {
        float lowest = Float.POSITIVE_INFINITY;
        float highest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        return TOLERANCE * (highest - lowest) + ROUNDING * Math.max(Math.abs(lowest), Math.abs(highest));
    }

    /** Whether rows of this are rows of another but for rounding; NaN equals nothing. */
    boolean rowsEqual(Host other, int[] rowsOfOther) {
        double tolerance = other.tolerance();
        if (rows() < rowsOfOther.length || columns() != other.columns()) {
            return false;
        }
        for (int i = 0; i < rowsOfOther.length; i++) {
            for (int c = 0; c < columns(); c++) {
                double difference = Math.abs(values[i * columns() + c] - other.values[rowsOfOther[i] * columns() + c]);
                if (!(difference <= tolerance)) {
                    return false;
                }
            }
        }
        return true;
    }

    boolean isClose(Host other) {
        int[] all = new int[other.rows()];
        Arrays.setAll(all, i -> i);
        return rows() == other.rows() && rowsEqual(other, all);
    }
}
