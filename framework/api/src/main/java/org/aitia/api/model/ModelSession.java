package org.aitia.api.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.graph.GraphBatch;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A model on a leased device. Used by one thread at a time.
 *
 * <p>Normalisation uses the degrees of the full graph of each block, so that the logits of a target in its computation
 * graph equal those in the full graph to float rounding.
 */
@ConsumerType
public interface ModelSession extends AutoCloseable {
    /**
     * Returns the model.
     *
     * @return what was opened
     */
    GnnModel model();

    /**
     * Puts a batch on the device. The cost is that of the batch, whatever the size of the graph behind it.
     *
     * @param batch computation graphs of at least the model's hops, or whole graphs
     * @return the batch on the device; closed by the caller, at the latest with the lease
     * @throws org.aitia.api.InvalidRequestException if its features do not fit the model
     */
    PreparedBatch prepare(GraphBatch batch);

    /**
     * Computes the logits of the batch's outputs, in inference mode: no dropout, running statistics as trained.
     * Recorded for differentiation with respect to the masks, if the thread's gradient mode is on.
     *
     * @param batch of this session
     * @param masks what to mask
     * @return [T, C]: for computation graphs of nodes the targets of all blocks in order, row b being the target of block
     *     b where each has one; row v is node v for a whole graph of a node task; row b is graph b for graph tasks; row p
     *     is candidate link p of the batch for link tasks. Belongs to the current scope
     */
    NDArray forward(PreparedBatch batch, Masks masks);

    /**
     * Computes the embeddings of the batch's outputs, layer by layer, in inference mode.
     *
     * @param batch of this session
     * @param masks what to mask
     * @return for each message-passing layer its output after activation, [n_k, H_k], where n_k is the number of rows
     *     that layer k computes: {@code nodesWithin(h)} with h the number of hops that later layers reach, L - k where
     *     each of L layers reaches one
     */
    List<NDArray> embeddings(PreparedBatch batch, Masks masks);

    /**
     * Computes logits and the embeddings that they come from in one recorded pass, so that logits can be differentiated
     * with respect to the embeddings (Grad-CAM).
     *
     * @param batch of this session
     * @param masks what to mask
     * @return both, belonging to the current scope
     * @throws InvalidRequestException if the model does not show its embeddings, as an imported one
     */
    default Trace trace(PreparedBatch batch, Masks masks) {
        throw new InvalidRequestException("architecture '"
                + model().info().architecture()
                + "' does not show the embeddings inside; choose an explainer that needs only predictions");
    }

    /**
     * One forward pass.
     *
     * @param logits as {@link #forward} returns them
     * @param embeddings as {@link #embeddings} returns them
     */
    record Trace(NDArray logits, List<NDArray> embeddings) {}

    /**
     * Computes the attention coefficients of the batch, layer by layer, in inference mode.
     *
     * @param batch of this session
     * @param masks what to mask
     * @return one for each message-passing layer; empty for a model without attention
     */
    default List<Attention> attention(PreparedBatch batch, Masks masks) {
        return List.of();
    }

    /**
     * The attention coefficients of one layer: how much of each message a node takes. For each node and head they add
     * up to 1 over its in-edges and its self-loop.
     *
     * @param edges [E_k, heads]: the first E_k edges of the batch, where layer k of L computes the edges that end
     *     within L - k hops; a self-loop of the graph has the layer's self-loop coefficient
     * @param selfLoops [n_k, heads]: of the self-loops that the layer adds, for the first n_k rows; [0, heads] if it
     *     adds none
     */
    record Attention(NDArray edges, NDArray selfLoops) {}

    /**
     * Estimates the memory of forward and backward on a batch, for planning.
     *
     * @param nodes rows
     * @param edges edges
     * @param storedFeatures stored feature values of those rows
     * @return bytes
     */
    long workingSetBytes(long nodes, long edges, long storedFeatures);

    @Override
    void close();
}
