package org.aitia.api.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.LongBuffer;

/**
 * The structure of a graph on a device: in-edges grouped by target.
 *
 * <p>Rows are targets, columns are sources; it may be rectangular (fewer targets than sources) when only a prefix of
 * the nodes is computed. It also describes a sparse matrix in compressed-row form.
 *
 * @param offsets int64 [R + 1]: edges {@code offsets[r]..offsets[r+1]-1} end in row r
 * @param sources int64 [E]: the row of x that edge e reads, in [0, {@code columns})
 * @param targets int64 [E]: the row that edge e ends in, ascending, in [0, {@code rows})
 * @param reverse the same edges grouped by source, along which derivatives travel
 * @param rows number of targets R
 * @param columns number of sources C
 */
public record Adjacency(NDArray offsets, NDArray sources, NDArray targets, Reverse reverse, long rows, long columns)
        implements AutoCloseable {

    /**
     * The edges of a graph grouped by source: the transposed matrix.
     *
     * @param offsets int64 [C + 1]: entries {@code offsets[c]..offsets[c+1]-1} start in column c
     * @param targets int64 [E]: the row that the entry's edge ends in
     * @param edges int64 [E]: the position of the entry's edge in {@link Adjacency#sources()}
     */
    public record Reverse(NDArray offsets, NDArray targets, NDArray edges) {}

    /**
     * Puts a structure on a device.
     *
     * @param manager what owns the arrays
     * @param offsets R + 1 ascending positions, the first 0, the last E
     * @param sources E source rows
     * @param columns number of sources
     * @return the structure; it owns its arrays until closed with the manager
     */
    public static Adjacency of(NDManager manager, int[] offsets, int[] sources, long columns) {
        int rows = offsets.length - 1;
        int edges = offsets[rows];
        int width = Math.toIntExact(columns);
        long[] wideOffsets = new long[offsets.length];
        long[] wideSources = new long[edges];
        long[] targets = new long[edges];
        long[] reverseOffsets = new long[width + 1];
        for (int r = 0; r < rows; r++) {
            wideOffsets[r + 1] = offsets[r + 1];
            for (int e = offsets[r]; e < offsets[r + 1]; e++) {
                wideSources[e] = sources[e];
                targets[e] = r;
                reverseOffsets[sources[e] + 1]++;
            }
        }
        for (int c = 0; c < width; c++) {
            reverseOffsets[c + 1] += reverseOffsets[c];
        }
        long[] reverseTargets = new long[edges];
        long[] reverseEdges = new long[edges];
        long[] next = reverseOffsets.clone();
        for (int e = 0; e < edges; e++) {
            int place = (int) next[sources[e]]++;
            reverseTargets[place] = targets[e];
            reverseEdges[place] = e;
        }
        return new Adjacency(
                create(manager, wideOffsets),
                create(manager, wideSources),
                create(manager, targets),
                new Reverse(
                        create(manager, reverseOffsets),
                        create(manager, reverseTargets),
                        create(manager, reverseEdges)),
                rows,
                columns);
    }

    private static NDArray create(NDManager manager, long[] values) {
        return manager.create(LongBuffer.wrap(values), new Shape(values.length));
    }

    /**
     * Returns the number of edges.
     *
     * @return E
     */
    public long edges() {
        return sources.getShape().get(0);
    }

    @Override
    public void close() {
        offsets.close();
        sources.close();
        targets.close();
        reverse.offsets().close();
        reverse.targets().close();
        reverse.edges().close();
    }
}
