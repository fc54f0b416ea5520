package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.Objective;
import org.aitia.api.explain.ObjectiveState;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.Masks;
import org.aitia.api.model.PreparedBatch;

/**
 * The Laplacian term of the authors' code: {@code y^T L y / n^2} over a computation graph of n nodes, L being the
 * Laplacian of the masked adjacency and y the predicted classes of its nodes. It is the sum of the masks of edges between
 * nodes of different predicted classes, each undirected edge counted once.
 *
 * <p>The authors use the number of the class as y, so that an edge between classes 0 and 3 costs nine times as much as one
 * between 0 and 1. Here classes are indicators: every pair of different classes costs 1. For two classes both are the
 * same.
 */
final class LaplacianObjective implements Objective {
    private static final int NODES_AT_ONCE = 1024;

    @Override
    public String name() {
        return "laplacian";
    }

    @Override
    public String description() {
        return "Punishes edges between nodes of different predicted classes (code of Ying et al. 2019).";
    }

    @Override
    public NDArray loss(ObjectiveState state) {
        int blocks = state.batch().graphs().blocks().size();
        if (state.edgeMask().isEmpty()) {
            return state.batch().manager().zeros(new Shape(blocks)); // a batch without edges
        }
        NDArray weights = state.constants().get("weights", LaplacianObjective::weights);
        NDArray index = state.constants().get("blocks", EdgeIndex::blocks);
        return state.batch()
                .engine()
                .kernels()
                .scatterSum(state.edgeMask().get().mul(weights), index, blocks);
    }

    /** Half of 1 / n^2 for each direction of an edge between different classes, else 0. */
    private static NDArray weights(ExplanationBatch batch) {
        GraphBatch graphs = batch.graphs();
        float[][] weights = new float[graphs.blocks().size()][];
        Map<Graph, Map<Integer, Integer>> predictions = predictions(batch);
        for (int b = 0; b < weights.length; b++) {
            ComputationGraph graph = graphs.blocks().get(b);
            Map<Integer, Integer> classes = predictions.get(graph.graph());
            double pairs = (double) graph.nodeCount() * graph.nodeCount();
            weights[b] = new float[graph.edgeCount()];
            for (int v = 0; v < graph.nodeCount(); v++) {
                for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
                    boolean same = classes.get(graph.node(graph.source(e))).equals(classes.get(graph.node(v)));
                    weights[b][e] = same ? 0 : (float) (0.5 / pairs);
                }
            }
        }
        return batch.manager().create(graphs.joinEdges(weights));
    }

    /** The predicted class of every node of the batch, each in its own receptive field. */
    private static Map<Graph, Map<Integer, Integer>> predictions(ExplanationBatch batch) {
        Map<Graph, Map<Integer, Integer>> predictions = new HashMap<>();
        for (ComputationGraph block : batch.graphs().blocks()) {
            Map<Integer, Integer> classes = predictions.computeIfAbsent(block.graph(), graph -> new HashMap<>());
            for (int node : block.nodes()) {
                classes.put(node, -1);
            }
        }
        predictions.forEach((graph, classes) -> {
            int[] nodes = classes.keySet().stream()
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
            for (int from = 0; from < nodes.length; from += NODES_AT_ONCE) {
                batch.monitor().checkCancelled();
                int[] part = Arrays.copyOfRange(nodes, from, Math.min(nodes.length, from + NODES_AT_ONCE));
                int[] predicted = predict(batch, graph, part);
                for (int i = 0; i < part.length; i++) {
                    classes.put(part[i], predicted[i]);
                }
            }
        });
        return predictions;
    }

    private static int[] predict(ExplanationBatch batch, Graph graph, int[] nodes) {
        int hops = batch.session().model().info().hops();
        GraphBatch fields = GraphBatch.of(List.of(ComputationGraph.of(graph, nodes, hops)));
        try (PreparedBatch prepared = batch.session().prepare(fields);
                TensorScope scope = batch.engine().openScope()) {
            NDArray logits = batch.session().forward(prepared, Masks.NONE);
            if (logits.getShape().get(1) < 2) {
                throw new InvalidRequestException(
                        "laplacian compares predicted classes, and this model predicts a number; give laplacian=0");
            }
            return Arrays.stream(logits.argMax(1).toLongArray())
                    .mapToInt(Math::toIntExact)
                    .toArray();
        }
    }
}
