package org.aitia.models.internal.batch;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Optional;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.SparseFeatures;

/**
 * The column-wise maximum of the sparse features that messages carry into each row, as sparse features. Only non-zeros
 * are visited: one entry per message and non-zero of its source, grouped by row and column, and a 0 where not all
 * messages of the row have the column.
 */
public final class SparseMaximum {
    private final Adjacency matrix; // rows are targets, columns features; one value per group
    private final NDArray groups; // int64 [G + 1]: first entry of each group
    private final NDArray values; // int64 [entries]: place of the entry's value; behind the last for 0
    private final NDArray messages; // int64 [entries]: the message that carries it
    private final NDArray zero; // [1]

    private SparseMaximum(Adjacency matrix, NDArray groups, NDArray values, NDArray messages, NDArray zero) {
        this.matrix = matrix;
        this.groups = groups;
        this.values = values;
        this.messages = messages;
        this.zero = zero;
    }

    /**
     * Plans the maximum over the messages of the first hop.
     *
     * @param keeper what owns the arrays
     * @param batch the batch
     * @param list its messages
     * @param rows sources of the first hop
     * @param columns features
     * @return the plan, or empty for dense features
     */
    public static Optional<SparseMaximum> of(Keeper keeper, GraphBatch batch, Messages list, int rows, int columns) {
        FeatureRows source = new FeatureRows(batch, rows, columns);
        return source.isSparse() ? Optional.of(new Plan(source, list).run(keeper)) : Optional.empty();
    }

    /**
     * Computes the maximum.
     *
     * @param kernels what computes
     * @param x the features that enter the layer
     * @param weights [M], what messages are multiplied by
     * @return [R, F]
     */
    public FeatureView apply(GraphKernels kernels, FeatureView.Sparse x, NDArray weights) {
        if (messages.isEmpty()) {
            return new FeatureView.Sparse(matrix, x.values().get("0:0"));
        }
        NDArray sent = kernels.gather(x.values().concat(zero), values).mul(kernels.gather(weights, messages));
        return new FeatureView.Sparse(matrix, kernels.segmentMax(sent, groups));
    }

    /** Lists entries row by row, sorted by column. */
    private static final class Plan {
        private final FeatureRows source;
        private final int[] offsets;
        private final int[] sources;
        private final int[] firsts; // place of each source's first value
        private long[] keys = new long[64]; // of one row: column, then its place in the row's values and messages
        private int count;

        Plan(FeatureRows source, Messages list) {
            this.source = source;
            this.offsets = list.hostOffsets();
            this.sources = list.hostSources();
            this.firsts = new int[source.rows + 1];
            for (int r = 0; r < source.rows; r++) {
                SparseFeatures features = (SparseFeatures) source.features(r);
                int node = source.node(r);
                firsts[r + 1] = firsts[r]
                        + features.offsets().get(node + 1)
                        - features.offsets().get(node);
            }
        }

        SparseMaximum run(Keeper keeper) {
            int rows = offsets.length - 1;
            Longs values = new Longs();
            Longs messages = new Longs();
            Longs groups = new Longs();
            int[] rowOffsets = new int[rows + 1];
            int[] columns = new int[64];
            int groupCount = 0;
            for (int r = 0; r < rows; r++) {
                int[] entries = entriesOf(r);
                int degree = offsets[r + 1] - offsets[r];
                for (int from = 0; from < count; ) {
                    int to = from;
                    long column = keys[from] >>> 32;
                    groups.add(values.size);
                    for (; to < count && keys[to] >>> 32 == column; to++) {
                        int entry = (int) keys[to];
                        values.add(entries[2 * entry]);
                        messages.add(entries[2 * entry + 1]);
                    }
                    if (to - from < degree) {
                        values.add(firsts[source.rows]);
                        messages.add(offsets[r]);
                    }
                    columns = groupCount < columns.length ? columns : Arrays.copyOf(columns, 2 * columns.length);
                    columns[groupCount++] = (int) column;
                    from = to;
                }
                rowOffsets[r + 1] = groupCount;
            }
            groups.add(values.size);
            return new SparseMaximum(
                    keeper.adjacency(rowOffsets, Arrays.copyOf(columns, groupCount), source.columns),
                    keeper.longs(groups.toArray()),
                    keeper.longs(values.toArray()),
                    keeper.longs(messages.toArray()),
                    keeper.constant(0));
        }

        /** Fills {@link #keys} for one row; returns place of value and message per entry. */
        private int[] entriesOf(int row) {
            count = 0;
            int size = 0;
            for (int m = offsets[row]; m < offsets[row + 1]; m++) {
                size = Math.addExact(size, firsts[sources[m] + 1] - firsts[sources[m]]);
            }
            int[] entries = new int[Math.multiplyExact(2, size)];
            keys = keys.length >= size ? keys : new long[size];
            for (int m = offsets[row]; m < offsets[row + 1]; m++) {
                int from = sources[m];
                SparseFeatures features = (SparseFeatures) source.features(from);
                int first = features.offsets().get(source.node(from));
                for (int i = 0; i < firsts[from + 1] - firsts[from]; i++) {
                    entries[2 * count] = firsts[from] + i;
                    entries[2 * count + 1] = m;
                    keys[count] = (long) features.indices().get(first + i) << 32 | count;
                    count++;
                }
            }
            Arrays.sort(keys, 0, count);
            return entries;
        }
    }

    /** A list of numbers that grows. */
    private static final class Longs {
        private long[] values = new long[64];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, Math.multiplyExact(2, size));
            }
            values[size++] = value;
        }

        long[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
