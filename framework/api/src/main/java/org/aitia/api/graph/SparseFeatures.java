package org.aitia.api.graph;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Objects;

/** Features in compressed-row form: only non-zero values are stored. */
public final class SparseFeatures implements Features {
    private final int columns;
    private final int[] offsets;
    private final int[] indices;
    private final float[] values;

    /**
     * Creates a matrix.
     *
     * @param columns F
     * @param offsets N + 1 ascending positions; row r has entries {@code offsets[r]..offsets[r+1]-1}
     * @param indices column of each entry, ascending and distinct within a row
     * @param values value of each entry
     * @throws IllegalArgumentException if the arrays do not describe a matrix
     */
    public SparseFeatures(int columns, int[] offsets, int[] indices, float[] values) {
        this(columns, offsets.clone(), indices.clone(), values.clone(), true);
    }

    private SparseFeatures(int columns, int[] offsets, int[] indices, float[] values, boolean check) {
        this.columns = columns;
        this.offsets = offsets;
        this.indices = indices;
        this.values = values;
        if (check) {
            check();
        }
    }

    private void check() {
        int rows = offsets.length - 1;
        if (rows < 0 || offsets[0] != 0 || offsets[rows] != indices.length || indices.length != values.length) {
            throw new IllegalArgumentException("row offsets, indices and values do not fit together");
        }
        for (int r = 0; r < rows; r++) {
            if (offsets[r + 1] < offsets[r] || offsets[r + 1] > indices.length) {
                throw new IllegalArgumentException("row offsets do not ascend at row " + r);
            }
            for (int i = offsets[r]; i < offsets[r + 1]; i++) {
                if (indices[i] < 0 || indices[i] >= columns || (i > offsets[r] && indices[i] <= indices[i - 1])) {
                    throw new IllegalArgumentException("row " + r + " has column " + indices[i]
                            + "; columns must ascend within 0.." + (columns - 1));
                }
            }
        }
    }

    @Override
    public int rows() {
        return offsets.length - 1;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public long storedValues() {
        return values.length;
    }

    @Override
    public float value(int row, int column) {
        Objects.checkIndex(column, columns);
        int at = Arrays.binarySearch(indices, offsets[row], offsets[row + 1], column);
        return at < 0 ? 0 : values[at];
    }

    @Override
    public void copyRow(int row, float[] target, int offset) {
        Arrays.fill(target, offset, offset + columns, 0);
        for (int i = offsets[row]; i < offsets[row + 1]; i++) {
            target[offset + indices[i]] = values[i];
        }
    }

    /**
     * Returns where rows begin.
     *
     * @return a read-only view of N + 1 positions
     */
    public IntBuffer offsets() {
        return IntBuffer.wrap(offsets).asReadOnlyBuffer();
    }

    /**
     * Returns the column of each entry.
     *
     * @return a read-only view
     */
    public IntBuffer indices() {
        return IntBuffer.wrap(indices).asReadOnlyBuffer();
    }

    /**
     * Returns the value of each entry.
     *
     * @return a read-only view
     */
    public FloatBuffer values() {
        return FloatBuffer.wrap(values).asReadOnlyBuffer();
    }

    @Override
    public SparseFeatures select(int[] nodes) {
        int[] newOffsets = new int[nodes.length + 1];
        for (int i = 0; i < nodes.length; i++) {
            newOffsets[i + 1] = Math.addExact(newOffsets[i], offsets[nodes[i] + 1] - offsets[nodes[i]]);
        }
        int[] newIndices = new int[newOffsets[nodes.length]];
        float[] newValues = new float[newIndices.length];
        for (int i = 0; i < nodes.length; i++) {
            int from = offsets[nodes[i]];
            int length = newOffsets[i + 1] - newOffsets[i];
            System.arraycopy(indices, from, newIndices, newOffsets[i], length);
            System.arraycopy(values, from, newValues, newOffsets[i], length);
        }
        return new SparseFeatures(columns, newOffsets, newIndices, newValues, false);
    }
}
