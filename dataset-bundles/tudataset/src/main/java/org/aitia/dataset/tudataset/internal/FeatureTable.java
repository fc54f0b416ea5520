package org.aitia.dataset.tudataset.internal;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.dataset.tudataset.internal.Tables.Attributes;
import org.aitia.dataset.tudataset.internal.Tables.Labels;

/**
 * Features of the nodes or edges of all graphs: numeric attributes first, then one-hot labels.
 *
 * <p>Labels become columns as in PyTorch Geometric: one for each number from the smallest to the largest that occurs,
 * used or not; where that would be very many, one for each that occurs.
 */
final class FeatureTable {
    private static final int WIDEST_RANGE = 4096;

    private static final int MOST_COLUMNS = 1 << 17;

    /** Up to here a dense matrix is as small and quicker. */
    private static final int DENSE_COLUMNS = 32;

    private final Attributes attributes;
    private final int labelColumns; // per row, before they are one-hot
    private final int[] ones; // column of each label, row by row
    private final List<String> names = new ArrayList<>();

    private FeatureTable(Attributes attributes, int labelColumns, int[] ones) {
        this.attributes = attributes;
        this.labelColumns = labelColumns;
        this.ones = ones;
    }

    /**
     * Makes a table.
     *
     * @param what {@code node} or {@code edge}, for names
     * @param labelNames names of labels, where they are known
     */
    static FeatureTable of(Attributes attributes, Labels labels, String what, Map<Integer, String> labelNames) {
        FeatureTable table =
                new FeatureTable(attributes, labels.columns(), labels.values().clone());
        for (int c = 0; c < attributes.columns(); c++) {
            table.names.add(what + " attribute " + c);
        }
        for (int c = 0; c < labels.columns(); c++) {
            String prefix = what + (labels.columns() == 1 ? " label " : " label " + c + " is ");
            int[] values = table.oneHot(c);
            if (values.length > MOST_COLUMNS) {
                throw new InvalidRequestException("the " + what + " labels take " + values.length
                        + " different values, too many for one-hot features (at most " + MOST_COLUMNS
                        + "); they look like numbers rather than categories: give them as attributes, or choose"
                        + " features=degree or constant");
            }
            for (int value : values) {
                table.names.add(
                        labels.columns() == 1 ? labelNames.getOrDefault(value, prefix + value) : prefix + value);
            }
        }
        return table;
    }

    /** One-hot degrees. */
    static FeatureTable ofDegrees(int[] degrees) {
        int most = IntStream.of(degrees).max().orElse(0);
        if (most >= MOST_COLUMNS) {
            throw new InvalidRequestException("a node has degree " + most + ", too many for one-hot degrees (at most "
                    + (MOST_COLUMNS - 1) + "); choose features=auto or constant");
        }
        FeatureTable table = new FeatureTable(Attributes.NONE, 1, degrees.clone());
        IntStream.rangeClosed(0, most).forEach(degree -> table.names.add("degree " + degree));
        return table;
    }

    /** The same for all. */
    static FeatureTable constant(int rows) {
        FeatureTable table = new FeatureTable(Attributes.NONE, 1, new int[rows]);
        table.names.add("constant");
        return table;
    }

    /** Replaces the labels of a column by their places in the table; returns what each place stands for. */
    private int[] oneHot(int column) {
        int rows = ones.length / labelColumns;
        int[] values = IntStream.range(0, rows)
                .map(row -> ones[row * labelColumns + column])
                .toArray();
        int[] sorted = values.clone();
        Arrays.sort(sorted);
        int[] distinct = sorted.length == 0 || (long) sorted[sorted.length - 1] - sorted[0] >= WIDEST_RANGE
                ? Arrays.stream(sorted).distinct().toArray()
                : IntStream.rangeClosed(sorted[0], sorted[sorted.length - 1]).toArray();
        int first = names.size();
        for (int row = 0; row < rows; row++) {
            ones[row * labelColumns + column] = first + Arrays.binarySearch(distinct, values[row]);
        }
        return distinct;
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    List<String> names() {
        return names;
    }

    /** Takes rows. */
    Features select(int[] rows) {
        boolean dense = names.size() <= DENSE_COLUMNS || 2 * attributes.columns() >= names.size();
        return dense ? dense(rows) : sparse(rows);
    }

    private DenseFeatures dense(int[] rows) {
        int columns = names.size();
        float[] values = new float[Math.multiplyExact(rows.length, columns)];
        for (int i = 0; i < rows.length; i++) {
            int numbers = attributes.columns();
            System.arraycopy(attributes.values(), rows[i] * numbers, values, i * columns, numbers);
            for (int c = 0; c < labelColumns; c++) {
                values[i * columns + ones[rows[i] * labelColumns + c]] = 1;
            }
        }
        return new DenseFeatures(rows.length, columns, FloatBuffer.wrap(values));
    }

    private SparseFeatures sparse(int[] rows) {
        int numbers = attributes.columns();
        int stored = numbers + labelColumns; // of each row
        int[] offsets = IntStream.rangeClosed(0, rows.length)
                .map(row -> Math.multiplyExact(row, stored))
                .toArray();
        int[] indices = new int[offsets[rows.length]];
        float[] values = new float[indices.length];
        Arrays.fill(values, 1);
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < numbers; c++) {
                indices[i * stored + c] = c;
                values[i * stored + c] = attributes.values()[rows[i] * numbers + c];
            }
            System.arraycopy(ones, rows[i] * labelColumns, indices, i * stored + numbers, labelColumns);
        }
        return new SparseFeatures(names.size(), offsets, indices, values);
    }
}
