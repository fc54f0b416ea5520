package org.aitia.formats.python;

import java.util.Arrays;
import org.aitia.api.DataFormatException;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.formats.BadFormat;

/**
 * A matrix of SciPy in compressed-row form: row r has the entries {@code offsets[r]..offsets[r+1]-1}. Its parts are
 * decoded when they are asked for.
 */
public final class CsrMatrix {
    private final String name;
    private final int rows;
    private final int columns;
    private final NdArray offsets;
    private final NdArray indices;
    private final NdArray values;

    private CsrMatrix(String name, int rows, int columns, NdArray offsets, NdArray indices, NdArray values) {
        this.name = name;
        this.rows = rows;
        this.columns = columns;
        this.offsets = offsets;
        this.indices = indices;
        this.values = values;
    }

    /**
     * Puts a matrix together.
     *
     * @param name what messages call it
     * @param rows how many
     * @param columns how many
     * @param offsets rows + 1 positions
     * @param indices the column of each entry
     * @param values the value of each entry
     * @return the matrix
     * @throws DataFormatException if there are not as many as said
     */
    public static CsrMatrix of(String name, int rows, int columns, NdArray offsets, NdArray indices, NdArray values) {
        if (rows < 0 || columns < 0 || offsets.count() - 1 != rows) {
            throw BadFormat.of(
                    name,
                    "",
                    (rows + 1L) + " row offsets of a matrix of " + rows + " rows",
                    Long.toString(offsets.count()));
        }
        if (indices.count() != values.count()) {
            throw BadFormat.of(
                    name, "", "as many values as the " + indices.count() + " columns", Long.toString(values.count()));
        }
        return new CsrMatrix(name, rows, columns, offsets, indices, values);
    }

    /**
     * Puts a matrix together from arrays of which the shape is one.
     *
     * @param npz where the arrays are
     * @param prefix what the keys of {@code data}, {@code indices}, {@code indptr} and {@code shape} begin with
     * @return the matrix
     * @throws DataFormatException if one is missing or they do not fit together
     */
    public static CsrMatrix of(Npz npz, String prefix) {
        int[] shape = npz.require(prefix + "shape").ints();
        if (shape.length != 2) {
            throw BadFormat.of(npz.name(), prefix + "shape", "two numbers", Integer.toString(shape.length));
        }
        return of(
                npz.name() + "!" + prefix + "*",
                shape[0],
                shape[1],
                npz.require(prefix + "indptr"),
                npz.require(prefix + "indices"),
                npz.require(prefix + "data"));
    }

    /**
     * Returns the number of rows.
     *
     * @return how many
     */
    public int rows() {
        return rows;
    }

    /**
     * Returns the number of columns.
     *
     * @return how many
     */
    public int columns() {
        return columns;
    }

    /**
     * Returns the number of stored entries.
     *
     * @return how many
     */
    public long storedValues() {
        return values.count();
    }

    /**
     * Returns where rows begin.
     *
     * @return rows + 1 positions, ascending from 0 to the number of entries
     * @throws DataFormatException if they are not like that
     */
    public int[] offsets() {
        int[] decoded = offsets.ints();
        boolean ascending = decoded[0] == 0 && decoded[rows] == indices.count();
        for (int row = 0; ascending && row < rows; row++) {
            ascending = decoded[row + 1] >= decoded[row];
        }
        if (!ascending) {
            throw BadFormat.of(
                    name,
                    "",
                    "row offsets that ascend from 0 to " + indices.count(),
                    "others, which do not fit together");
        }
        return decoded;
    }

    /**
     * Returns the columns of the entries, in the order of the file.
     *
     * @return each in [0, columns)
     * @throws DataFormatException if one is not
     */
    public int[] indices() {
        int[] decoded = indices.ints();
        for (int i = 0; i < decoded.length; i++) {
            if (decoded[i] < 0 || decoded[i] >= columns) {
                throw BadFormat.of(name, "entry " + i, "a column in 0.." + (columns - 1), "column " + decoded[i]);
            }
        }
        return decoded;
    }

    /**
     * Returns the values of the entries, in the order of the file.
     *
     * @return as many as {@link #indices()}
     */
    public float[] values() {
        return values.floats();
    }

    /**
     * Returns the matrix as features, with the columns of each row ascending; entries of one place are added up.
     *
     * @return [rows, columns]
     * @throws DataFormatException if the parts do not fit together
     */
    public SparseFeatures features() {
        int[] from = offsets();
        int[] column = indices();
        float[] value = values();
        int[] to = new int[rows + 1];
        int count = 0;
        long[] keys = {};
        float[] unsorted = {};
        for (int row = 0; row < rows; row++) {
            int begin = from[row];
            int length = from[row + 1] - begin;
            if (!ascends(column, begin, from[row + 1])) {
                // sorted by column, then by place, so that sums do not depend on the sorting
                if (keys.length < length) {
                    keys = new long[Math.max(length, 64)];
                    unsorted = new float[keys.length];
                }
                for (int i = 0; i < length; i++) {
                    keys[i] = (long) column[begin + i] << 32 | i;
                }
                Arrays.sort(keys, 0, length);
                System.arraycopy(value, begin, unsorted, 0, length);
                for (int i = 0; i < length; i++) {
                    column[begin + i] = (int) (keys[i] >>> 32);
                    value[begin + i] = unsorted[(int) keys[i]];
                }
            }
            int first = count;
            for (int i = begin; i < begin + length; i++) {
                if (count > first && column[count - 1] == column[i]) {
                    value[count - 1] += value[i];
                } else {
                    column[count] = column[i];
                    value[count++] = value[i];
                }
            }
            to[row + 1] = count;
        }
        return new SparseFeatures(columns, to, Arrays.copyOf(column, count), Arrays.copyOf(value, count));
    }

    private static boolean ascends(int[] column, int begin, int end) {
        for (int i = begin + 1; i < end; i++) {
            if (column[i] <= column[i - 1]) {
                return false;
            }
        }
        return true;
    }
}
