package org.aitia.explainer.pgexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;

/**
 * Embeddings as in the full graph. A pass over a receptive field computes the last layer for its target alone; the
 * network needs it for every node of the field. So these nodes become targets themselves, of one computation graph with
 * as many hops again, which costs the same however large the graph is.
 */
final class Embeddings {
    /** Share of the lease's memory that a pass is planned to fill. */
    private static final double MEMORY_SHARE = 0.5;

    private final ExplanationBatch batch;
    private final PgExplainerOptions.EmbeddingChoice choice;
    private final ModelSession session;
    private final Task task;

    Embeddings(ExplanationBatch batch, PgExplainerOptions.EmbeddingChoice choice) {
        this.batch = batch;
        this.choice = choice;
        this.session = batch.session();
        this.task = session.model().info().shape().task();
        if (choice == PgExplainerOptions.EmbeddingChoice.LOGITS && task != Task.NODE) {
            throw new InvalidRequestException("embeddings=logits needs a model with logits for every node; this one is"
                    + " for " + (task == Task.LINK ? "links" : "graphs") + ": use embeddings=last or all");
        }
    }

    /** Computes those of all entries of a table, [U, H]; owned by the batch's manager. */
    NDArray of(NodeTable nodes) {
        try (GradientMode off = batch.engine().gradientMode(false);
                TensorScope scope = batch.engine().openScope()) {
            if (nodes.parts().isEmpty()) {
                return scope.keep(rows(batch.prepared(), nodes.size()), batch.manager());
            }
            NDList parts = new NDList();
            for (NodeTable.Part part : nodes.parts()) {
                collect(part.graph(), part.nodes(), parts);
            }
            if (parts.size() == 1) {
                return parts.get(0);
            }
            NDArray all = scope.keep(NDArrays.concat(parts, 0), batch.manager());
            parts.close();
            return all;
        }
    }

    /** Appends those of some nodes, owned by the batch's manager: what a pass returns goes with its batch. */
    private void collect(Graph graph, int[] nodes, NDList parts) {
        GraphBatch graphs = batchOf(graph, nodes);
        boolean whole = graphs.blocks().get(0).isWhole();
        if (nodes.length > 2 && !fits(graphs, graph)) {
            // links come in pairs; so do the halves
            int middle = (nodes.length / 2 + 1) / 2 * 2;
            collect(graph, Arrays.copyOf(nodes, middle), parts);
            collect(graph, Arrays.copyOfRange(nodes, middle, nodes.length), parts);
            return;
        }
        try (PreparedBatch prepared = session.prepare(graphs);
                TensorScope scope = batch.engine().openScope()) {
            NDArray rows = rows(prepared, whole ? graph.nodeCount() : nodes.length);
            if (whole) {
                long[] wide = IntStream.of(nodes).asLongStream().toArray();
                rows = batch.engine().kernels().gather(rows, batch.manager().create(wide));
            }
            parts.add(scope.keep(rows, batch.manager()));
        }
    }

    private GraphBatch batchOf(Graph graph, int[] nodes) {
        int hops = batch.graphs().blocks().get(0).hops();
        if (task != Task.LINK) {
            return GraphBatch.of(List.of(ComputationGraph.of(graph, nodes, hops)));
        }
        // A model of links takes links: any two nodes make one. Their fields overlap but are computed apart, so the
        // whole graph may be less work.
        List<ComputationGraph> pairs = new ArrayList<>();
        long edges = 0;
        for (int i = 0; i < nodes.length; i += 2) {
            int other = i + 1 < nodes.length ? nodes[i + 1] : nodes[i] == 0 ? 1 : 0;
            ComputationGraph pair = ComputationGraph.ofLink(graph, nodes[i], other, hops);
            pairs.add(pair);
            edges += pair.edgeCount();
            if (edges > graph.edgeCount() && fits(GraphBatch.whole(graph), graph)) {
                return GraphBatch.whole(graph);
            }
        }
        return GraphBatch.of(pairs);
    }

    private boolean fits(GraphBatch graphs, Graph graph) {
        double stored = graph.features().storedValues() / (double) Math.max(1, graph.nodeCount()) * graphs.nodeCount();
        return session.workingSetBytes(graphs.nodeCount(), graphs.edgeCount(), (long) stored)
                <= MEMORY_SHARE * batch.lease().memoryBudget();
    }

    /** The first rows of what the network reads, [rows, H]. */
    private NDArray rows(PreparedBatch prepared, int rows) {
        return switch (choice) {
            case LOGITS -> first(session.forward(prepared, Masks.NONE), rows);
            case LAST -> {
                List<NDArray> layers = layers(prepared);
                yield first(layers.get(layers.size() - 1), rows);
            }
            case ALL -> {
                NDList layers = new NDList();
                layers(prepared).forEach(layer -> layers.add(first(layer, rows)));
                yield layers.size() == 1 ? layers.get(0) : NDArrays.concat(layers, 1);
            }
        };
    }

    private List<NDArray> layers(PreparedBatch prepared) {
        try {
            return session.embeddings(prepared, Masks.NONE);
        } catch (InvalidRequestException e) {
            if (task == Task.NODE) {
                throw new InvalidRequestException(
                        e.getMessage() + "; pgexplainer can read this model's logits instead: embeddings=logits", e);
            }
            throw e;
        }
    }

    private static NDArray first(NDArray layer, int rows) {
        return layer.getShape().get(0) == rows ? layer : layer.get(new NDIndex().addSliceDim(0, rows));
    }
}
