package org.aitia.models.internal.batch;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.graph.GraphBatch;

/**
 * The messages of a batch on a device, hop by hop. Most layers reach one hop, some several. Hop k of L computes the first {@code nodesWithin(L - k)} rows
 * from the first {@code nodesWithin(L - k + 1)}, so that nothing outside the receptive field is ever touched.
 */
public final class Messages {
    private final List<Adjacency> structures; // of hops 1..L; equal ones are shared
    private final List<NDArray> weights; // of hops 1..L, [M_k], a prefix of those of hop 1
    private final int edges;
    private final Optional<MaskPlaces> places;
    private final int[] hostOffsets;
    private final int[] hostSources;
    private final int[] hostEdges;

    private Messages(
            List<Adjacency> structures,
            List<NDArray> weights,
            int edges,
            Optional<MaskPlaces> places,
            MessageList list) {
        this.hostOffsets = list.offsets;
        this.hostSources = list.sources;
        this.hostEdges = list.edges;
        this.structures = structures;
        this.weights = weights;
        this.edges = edges;
        this.places = places;
    }

    /**
     * Where a mask enters: {@code weight_i = factor_i * mask[index_i] + constant_i}, for the messages of hop 1.
     *
     * @param index int64 [M_1]; 0 for self-loops
     * @param factors [M_1]: the weight of a message along an edge, 0 for self-loops
     * @param constants [M_1]: the weight of a self-loop, 0 for messages along edges
     */
    private record MaskPlaces(NDArray index, NDArray factors, NDArray constants) {}

    /**
     * Puts the messages of a batch on a device.
     *
     * @param keeper what owns the arrays
     * @param batch the batch
     * @param hops number of hops L
     * @param rule which messages there are and what they weigh
     * @return the messages
     */
    public static Messages of(Keeper keeper, GraphBatch batch, int hops, MessageRule rule) {
        int columns = batch.nodesWithin(hops);
        MessageList list = MessageList.of(batch, batch.nodesWithin(hops - 1), columns, rule);
        List<Adjacency> structures = new ArrayList<>();
        List<NDArray> weights = new ArrayList<>();
        for (int k = 1; k <= hops; k++) {
            int rows = batch.nodesWithin(hops - k);
            if (k > 1
                    && rows == batch.nodesWithin(hops - k + 1)
                    && rows == structures.get(k - 2).columns()) {
                structures.add(structures.get(k - 2));
                weights.add(weights.get(k - 2));
                continue;
            }
            structures.add(keeper.adjacency(
                    Arrays.copyOf(list.offsets, rows + 1), list.sources, batch.nodesWithin(hops - k + 1)));
            weights.add(keeper.floats(Arrays.copyOf(list.weights, list.offsets[rows])));
        }
        return new Messages(
                List.copyOf(structures), List.copyOf(weights), batch.edgeCount(), places(keeper, list), list);
    }

    private static Optional<MaskPlaces> places(Keeper keeper, MessageList list) {
        if (list.isEdges()) {
            return Optional.empty();
        }
        int count = list.edges.length;
        long[] index = new long[count];
        float[] factors = new float[count];
        float[] constants = new float[count];
        for (int i = 0; i < count; i++) {
            if (list.edges[i] == MessageList.SELF_LOOP) {
                constants[i] = list.weights[i];
            } else {
                index[i] = list.edges[i];
                factors[i] = list.weights[i];
            }
        }
        return Optional.of(new MaskPlaces(keeper.longs(index), keeper.floats(factors), keeper.floats(constants)));
    }

    /**
     * Returns the structure of a hop.
     *
     * @param hop from 1 on
     * @return targets and sources of its messages
     */
    public Adjacency structure(int hop) {
        return structures.get(hop - 1);
    }

    /**
     * Returns where the messages into each row begin.
     *
     * @return on the host, for the rows that hop 1 computes, [R + 1]; not to be changed
     */
    public int[] hostOffsets() {
        return hostOffsets;
    }

    /**
     * Returns where messages come from.
     *
     * @return on the host, rows, for the messages of hop 1, [M]; not to be changed
     */
    public int[] hostSources() {
        return hostSources;
    }

    /**
     * Returns the edge of each message.
     *
     * @return on the host, batch edges, or -1 for self-loops, which no mask touches; for the messages of hop 1, [M]; not
     *     to be changed
     */
    public int[] hostEdges() {
        return hostEdges;
    }

    /**
     * Returns the weights of all messages under an edge mask.
     *
     * @param kernels what gathers
     * @param mask [E] in the batch's edge order, or empty for all ones
     * @return per hop, [M_k]
     */
    public List<NDArray> weights(GraphKernels kernels, Optional<NDArray> mask) {
        if (mask.isEmpty() || edges == 0) {
            return weights;
        }
        NDArray first = masked(kernels, mask.get());
        List<NDArray> masked = new ArrayList<>();
        masked.add(first);
        for (int k = 2; k <= weights.size(); k++) {
            long count = structure(k).edges();
            masked.add(count == structure(k - 1).edges() ? masked.get(k - 2) : LeadingRows.of(first, count));
        }
        return masked;
    }

    private NDArray masked(GraphKernels kernels, NDArray mask) {
        if (places.isPresent()) {
            MaskPlaces at = places.get();
            return kernels.gather(mask, at.index()).mul(at.factors()).add(at.constants());
        }
        NDArray factors = weights.get(0);
        long count = structure(1).edges();
        return LeadingRows.of(mask, count).mul(factors);
    }
}
