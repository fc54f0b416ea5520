package org.aitia.explainer.pgexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aitia.api.Task;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.graph.GraphBatch;

/**
 * What the network reads of one batch, on the device: it does not change in training.
 *
 * <p>The input of an edge is {@code [z_source, z_target]} for graph tasks; for node tasks the embedding of the target of
 * the explanation follows (Luo et al., equations 10 and 11). For link tasks, of which neither the paper nor a peer says
 * anything, those of both ends of the link follow, in its direction.
 *
 * @param embeddings [U, H]
 * @param adjacency edges from entries [U] to heads [R]
 * @param headEntries int64 [R]
 * @param headBlocks int64 [R]
 * @param contexts embeddings of targets, [B, H]: none for graph tasks, one for node tasks, two for link tasks
 * @param reverse int64 [E] if the directions of an edge are tied, else empty
 */
record EdgeInputs(
        NDArray embeddings,
        Adjacency adjacency,
        NDArray headEntries,
        NDArray headBlocks,
        List<NDArray> contexts,
        List<NDArray> reverse) {

    /** How many embeddings an input consists of. */
    static int parts(Task task) {
        return switch (task) {
            case GRAPH -> 2;
            case NODE -> 3;
            case LINK -> 4;
        };
    }

    /** Puts it on the device; owned by the batch's manager. */
    static EdgeInputs of(ExplanationBatch batch, EdgeTable edges, PgExplainerOptions.EmbeddingChoice choice) {
        NDManager owner = batch.manager();
        NodeTable nodes = NodeTable.of(batch.graphs());
        try (GradientMode off = batch.engine().gradientMode(false);
                TensorScope scope = batch.engine().openScope()) {
            HostArrays host = new HostArrays(scope, owner);
            NDArray embeddings = new Embeddings(batch, choice).of(nodes);
            int[] entries = nodes.rowEntries();
            int[] rowBlocks = batch.graphs().rowBlocks();
            int heads = edges.headRows().length;
            int[] sources =
                    IntStream.of(edges.sources()).map(row -> entries[row]).toArray();
            List<NDArray> contexts = new ArrayList<>();
            for (int[] rows : contextRows(batch)) {
                int[] at = IntStream.of(rows).map(row -> entries[row]).toArray();
                NDArray index = owner.create(Arrays.stream(at).asLongStream().toArray());
                contexts.add(host.keep(batch.engine().kernels().gather(embeddings, index)));
            }
            int[] reverse = edges.reverseOrEmpty();
            return new EdgeInputs(
                    embeddings,
                    host.adjacency(edges.offsets(), sources, nodes.size()),
                    host.longs(
                            IntStream.of(edges.headRows())
                                    .map(row -> entries[row])
                                    .toArray(),
                            heads),
                    host.longs(
                            IntStream.of(edges.headRows())
                                    .map(row -> rowBlocks[row])
                                    .toArray(),
                            heads),
                    contexts,
                    reverse.length == 0 ? List.of() : List.of(host.longs(reverse, reverse.length)));
        }
    }

    /** The rows of what every edge of a block is seen in relation to. */
    private static List<int[]> contextRows(ExplanationBatch batch) {
        GraphBatch graphs = batch.graphs();
        int blocks = graphs.blocks().size();
        return switch (batch.session().model().info().shape().task()) {
            case GRAPH -> List.of();
            case NODE -> List.of(IntStream.range(0, blocks).toArray());
            case LINK -> List.of(graphs.linkSources(), graphs.linkTargets());
        };
    }

    /** The mask that messages are multiplied with, of those that edges have by themselves. */
    NDArray tied(ExplanationBatch batch, NDArray mask) {
        return reverse.isEmpty()
                ? mask
                : mask.add(batch.engine().kernels().gather(mask, reverse.get(0)))
                        .mul(0.5f);
    }
}
