package org.aitia.models.internal.gat;

import java.util.Arrays;
import org.aitia.api.graph.GraphBatch;
import org.aitia.models.internal.batch.Messages;

/** Which message belongs to which edge or self-loop of a batch. */
record MessagePlaces(GraphBatch batch, Messages messages) {

    /**
     * Finds the messages of the self-loops of the first rows.
     *
     * @param rows how many
     * @return messages; -1 where a row has no self-loop
     */
    long[] selfLoops(int rows) {
        int[] offsets = messages.hostOffsets();
        int[] sources = messages.hostSources();
        long[] places = new long[rows];
        Arrays.fill(places, -1);
        for (int r = 0; r < rows; r++) {
            for (int m = offsets[r]; m < offsets[r + 1]; m++) {
                if (sources[m] == r) {
                    places[r] = m;
                }
            }
        }
        return places;
    }

    /**
     * Finds the messages of the edges that end in the first rows.
     *
     * @param rows how many
     * @return one message for each edge, in the batch's order; for a self-loop of the graph that of the row's self-loop
     */
    long[] edges(int rows) {
        int[] offsets = messages.hostOffsets();
        int[] edges = messages.hostEdges();
        int[] batchOffsets = batch.inOffsets(rows);
        int[] batchSources = batch.sources(batchOffsets[rows]);
        long[] selfLoops = selfLoops(rows);
        long[] places = new long[batchOffsets[rows]];
        for (int r = 0; r < rows; r++) {
            for (int m = offsets[r]; m < offsets[r + 1]; m++) {
                if (edges[m] >= 0) {
                    places[edges[m]] = m;
                }
            }
            for (int e = batchOffsets[r]; e < batchOffsets[r + 1]; e++) {
                if (batchSources[e] == r) {
                    places[e] = selfLoops[r];
                }
            }
        }
        return places;
    }
}
