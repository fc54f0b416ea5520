package org.aitia.api.graph;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Features with every value stored, row by row. The buffer may be on the heap, direct or memory-mapped.
 *
 * <p>A matrix holds at most 2^31 - 1 values, and one over a direct or mapped buffer 2^29 - 1 (2 GiB), which is what a
 * buffer can hold; larger ones must be sparse.
 */
public final class DenseFeatures implements Features {
    private final int rows;
    private final int columns;
    private final int stride; // values from one row to the next: F, or 0 if all rows are the same one
    private final FloatBuffer values;
    private final Optional<Rest> rest; // none if every row is in the buffer

    /**
     * What the rows are that are not replaced.
     *
     * @param features the other rows
     * @param replaced rows that are not among them, ascending
     */
    private record Rest(Features features, int[] replaced) {
        boolean has(int row) {
            return Arrays.binarySearch(replaced, row) < 0;
        }
    }

    /**
     * Creates a matrix over a buffer.
     *
     * @param rows N
     * @param columns F
     * @param values N times F values from position 0 on, row by row; not copied, must not change afterwards
     */
    public DenseFeatures(int rows, int columns, FloatBuffer values) {
        this(rows, columns, columns, values, Optional.empty());
    }

    private DenseFeatures(int rows, int columns, int stride, FloatBuffer values, Optional<Rest> rest) {
        long stored = stride == 0 ? columns : (long) rows * columns;
        if (rows < 0 || columns < 0 || stored > values.capacity()) {
            throw new IllegalArgumentException(
                    "features of " + rows + " x " + columns + " do not fit a buffer of " + values.capacity());
        }
        this.rows = rows;
        this.columns = columns;
        this.stride = stride;
        this.rest = rest;
        this.values = values.asReadOnlyBuffer().clear(); // from 0 to its capacity
    }

    /**
     * Creates a matrix from rows.
     *
     * @param matrix N rows of equal length; copied
     * @return the matrix
     */
    public static DenseFeatures of(float[][] matrix) {
        int columns = matrix.length == 0 ? 0 : matrix[0].length;
        FloatBuffer buffer = FloatBuffer.allocate(Math.multiplyExact(matrix.length, columns));
        for (float[] row : matrix) {
            if (row.length != columns) {
                throw new IllegalArgumentException("rows of " + columns + " and of " + row.length + " values");
            }
            buffer.put(row);
        }
        return new DenseFeatures(matrix.length, columns, buffer);
    }

    /**
     * Creates a matrix with one value everywhere. It takes the memory of one row, however many there are.
     *
     * @param rows N
     * @param columns F
     * @param value the value
     * @return the matrix
     */
    public static DenseFeatures constant(int rows, int columns, float value) {
        float[] row = new float[columns];
        Arrays.fill(row, value);
        return new DenseFeatures(rows, columns, 0, FloatBuffer.wrap(row), Optional.empty());
    }

    /**
     * Replaces some rows of a matrix by one value everywhere. It takes the memory of one row and of their numbers.
     *
     * @param others the matrix
     * @param replaced rows, in any order
     * @param value the value
     * @return a matrix of the same size
     */
    public static DenseFeatures constantIn(Features others, int[] replaced, float value) {
        float[] row = new float[others.columns()];
        Arrays.fill(row, value);
        int[] ascending = replaced.clone();
        Arrays.sort(ascending);
        Optional<Rest> rest = Optional.of(new Rest(others, ascending));
        return new DenseFeatures(others.rows(), others.columns(), 0, FloatBuffer.wrap(row), rest);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public long storedValues() {
        return (long) rows * columns;
    }

    @Override
    public float value(int row, int column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        if (rest.isPresent() && rest.get().has(row)) {
            return rest.get().features().value(row, column);
        }
        return values.get(Math.addExact(Math.multiplyExact(row, stride), column));
    }

    @Override
    public void copyRow(int row, float[] target, int offset) {
        Objects.checkIndex(row, rows);
        if (rest.isPresent() && rest.get().has(row)) {
            rest.get().features().copyRow(row, target, offset);
            return;
        }
        values.get(Math.multiplyExact(row, stride), target, offset, columns);
    }

    /**
     * Returns all values.
     *
     * @return a read-only view, row by row, positioned at 0; a copy where one row stands for
     *     several
     */
    public FloatBuffer values() {
        if (stride == 0) {
            float[] all = new float[Math.multiplyExact(rows, columns)];
            for (int r = 0; r < rows; r++) {
                copyRow(r, all, r * columns);
            }
            return FloatBuffer.wrap(all).asReadOnlyBuffer();
        }
        return values.duplicate().position(0).limit(rows * columns);
    }

    @Override
    public DenseFeatures select(int[] nodes) {
        float[] selected = new float[Math.multiplyExact(nodes.length, columns)];
        for (int i = 0; i < nodes.length; i++) {
            copyRow(nodes[i], selected, i * columns);
        }
        return new DenseFeatures(nodes.length, columns, FloatBuffer.wrap(selected));
    }
}
