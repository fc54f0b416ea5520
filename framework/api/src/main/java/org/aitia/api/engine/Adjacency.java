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
 * @param rows number of targets R
 * @param columns number of sources
 */
public record Adjacency(NDArray offsets, NDArray sources, NDArray targets, long rows, long columns)
        implements AutoCloseable {

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
        long[] wideOffsets = new long[offsets.length];
        long[] wideSources = new long[edges];
        long[] targets = new long[edges];
        for (int r = 0; r < rows; r++) {
            wideOffsets[r + 1] = offsets[r + 1];
            for (int e = offsets[r]; e < offsets[r + 1]; e++) {
                wideSources[e] = sources[e];
                targets[e] = r;
            }
        }
        return new Adjacency(
                manager.create(LongBuffer.wrap(wideOffsets), new Shape(offsets.length)),
                manager.create(LongBuffer.wrap(wideSources), new Shape(edges)),
                manager.create(LongBuffer.wrap(targets), new Shape(edges)),
                rows,
                columns);
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
    }
}
