package org.aitia.models.internal.torchscript;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * What one call of a module computes: all of a batch, or one graph.
 *
 * @param x [N, F]
 * @param edgeIndex int64 [2, E]: sources, targets
 * @param weights [E]: of the graph
 * @param graphs int64 [N]: graph of each row, for graph tasks; else all 0
 * @param links int64 [2, P]: both ends of candidate links, rows; [2, 0] if there are none
 * @param edgePlaces where the batch's edges are, to apply a mask; empty if they are all edges in order
 * @param rowPlaces where the batch's rows are; empty if they are all rows in order
 * @param rowBlocks int64 [N]: the block of each row, to apply a mask of features
 * @param outputs how many rows of the result count, for node tasks
 */
record Part(
        NDArray x,
        NDArray edgeIndex,
        NDArray weights,
        NDArray graphs,
        NDArray links,
        Optional<Places> edgePlaces,
        Optional<Places> rowPlaces,
        NDArray rowBlocks,
        Outputs outputs) {

    /**
     * Where mask values go: {@code factor = mask[index] * masked + unmasked}.
     *
     * @param index int64: which value of the mask, anything where none is meant
     * @param masked 1 where there is one, else 0
     * @param unmasked 0 where there is one, else 1
     */
    record Places(NDArray index, NDArray masked, NDArray unmasked) {}

    /**
     * Which rows of the result count.
     *
     * @param rows int64; empty for the first {@code count}
     * @param count how many
     */
    record Outputs(Optional<NDArray> rows, long count) {}
}
