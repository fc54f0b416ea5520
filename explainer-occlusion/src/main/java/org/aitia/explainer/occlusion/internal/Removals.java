package org.aitia.explainer.occlusion.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.Masks;
import org.aitia.api.model.PreparedBatch;

/** The removals of a batch of targets: each is one copy of a target's computation graph that lacks something. */
final class Removals {
    /** Nodes and edges of a batch beyond which it leaves the processor's caches. */
    private static final int MAX_ELEMENTS = 32_768;

    /** Share of the lease's memory that a batch is planned to fill; the rest is slack for the estimate. */
    private static final double MEMORY_SHARE = 0.5;

    private final ExplanationBatch batch;
    private final OcclusionOptions options;
    private final List<Removal> todo = new ArrayList<>();
    private final float[][] edges;
    private final float[][] nodes;
    private final double featuresPerNode; // stored ones
    private final int[] counts;
    private float[] before = {};

    /**
     * One copy.
     *
     * @param target index of the target in the batch
     * @param edges local edges that it lacks
     * @param node local node whose features it lacks, or -1
     */
    private record Removal(int target, int[] edges, int node) {}

    Removals(ExplanationBatch batch, OcclusionOptions options) {
        this.batch = batch;
        this.options = options;
        int targets = batch.targets().size();
        featuresPerNode = batch.graphs().blocks().stream()
                .mapToDouble(block -> featuresPerNode(block.graph()))
                .max()
                .orElse(0);
        edges = new float[targets][0];
        nodes = new float[targets][0];
        counts = new int[targets];
    }

    /** Lists what is to be removed for a target. */
    void plan(int target) {
        ComputationGraph block = batch.graphs().blocks().get(target);
        int first = todo.size();
        if (options.removesEdges()) {
            edges[target] = new float[block.edgeCount()];
            for (int[] group : groups(block)) {
                todo.add(new Removal(target, group, -1));
            }
        }
        if (options.removesNodes()) {
            nodes[target] = new float[block.nodeCount()];
            for (int v = 0; v < block.nodeCount(); v++) {
                todo.add(new Removal(target, new int[0], v));
            }
        }
        counts[target] = todo.size() - first;
    }

    /** The edges of a block, each alone or with its reverse. */
    private List<int[]> groups(ComputationGraph block) {
        List<int[]> groups = new ArrayList<>();
        Map<Long, Integer> seen = new HashMap<>(); // source, target -> group
        for (int v = 0; v < block.nodeCount(); v++) {
            for (int e = block.inOffset(v); e < block.inOffset(v + 1); e++) {
                int source = block.source(e);
                Integer reverse = options.undirected() ? seen.get(key(v, source)) : null;
                if (reverse == null) {
                    seen.put(key(source, v), groups.size());
                    groups.add(new int[] {e});
                } else {
                    groups.set(reverse, new int[] {groups.get(reverse)[0], e});
                }
            }
        }
        return groups;
    }

    private static long key(int source, int target) {
        return (long) source << Integer.SIZE | target;
    }

    /** Computes all predictions, as many at once as fit. */
    void run() {
        try (GradientMode off = batch.engine().gradientMode(false)) {
            before = scores(batch.prepared(), Masks.NONE, b -> b);
            int done = 0;
            while (done < todo.size()) {
                batch.monitor().checkCancelled();
                int end = done;
                long nodes = 0;
                long edges = 0;
                while (end < todo.size()) {
                    ComputationGraph block =
                            batch.graphs().blocks().get(todo.get(end).target());
                    nodes += block.nodeCount();
                    edges += block.edgeCount();
                    if (end > done && !fits(nodes, edges)) {
                        break;
                    }
                    end++;
                }
                compute(todo.subList(done, end));
                done = end;
                batch.monitor().progress("removals", done, todo.size());
            }
        }
    }

    private boolean fits(long nodes, long edges) {
        long features = (long) Math.ceil(featuresPerNode * nodes);
        return nodes + edges <= MAX_ELEMENTS
                && batch.session().workingSetBytes(nodes, edges, features)
                        <= MEMORY_SHARE * batch.lease().memoryBudget();
    }

    private static double featuresPerNode(Graph graph) {
        return graph.features().storedValues() / (double) Math.max(1, graph.nodeCount());
    }

    private void compute(List<Removal> removals) {
        List<ComputationGraph> copies = removals.stream()
                .map(removal -> batch.graphs().blocks().get(removal.target()).withoutEdges(removal.edges()))
                .toList();
        GraphBatch graphs = GraphBatch.of(copies);
        try (PreparedBatch prepared = batch.session().prepare(graphs);
                TensorScope scope = batch.engine().openScope()) {
            float[] scores = scores(
                    prepared, masks(removals, graphs), i -> removals.get(i).target());
            for (int i = 0; i < scores.length; i++) {
                note(removals.get(i), scores[i]);
            }
        }
    }

    private Masks masks(List<Removal> removals, GraphBatch graphs) {
        if (removals.stream().allMatch(removal -> removal.node() < 0)) {
            return Masks.NONE;
        }
        float[][] perBlock = new float[removals.size()][];
        for (int i = 0; i < perBlock.length; i++) {
            perBlock[i] = new float[graphs.blocks().get(i).nodeCount()];
            Arrays.fill(perBlock[i], 1);
            if (removals.get(i).node() >= 0) {
                perBlock[i][removals.get(i).node()] = 0;
            }
        }
        float[] mask = graphs.joinRows(perBlock, 1);
        return Masks.ofFeatures(batch.manager().create(mask, new Shape(mask.length, 1)), FeatureMaskType.NODE);
    }

    private void note(Removal removal, float score) {
        float importance = before[removal.target()] - score;
        for (int edge : removal.edges()) {
            edges[removal.target()][edge] = importance;
        }
        if (removal.node() >= 0) {
            nodes[removal.target()][removal.node()] = importance;
        }
    }

    /** The measure of the explained class, for each block of a batch. */
    private float[] scores(PreparedBatch prepared, Masks masks, IntUnaryOperator targetOf) {
        try (TensorScope scope = batch.engine().openScope()) {
            NDArray logits = batch.session().forward(prepared, masks);
            int classes = Math.toIntExact(logits.getShape().get(1));
            NDArray compared = options.measure() == OcclusionOptions.Measure.LOGIT ? logits : logits.softmax(1);
            float[] values = compared.toFloatArray();
            float[] scores = new float[values.length / classes];
            for (int i = 0; i < scores.length; i++) {
                int explained = batch.targets().get(targetOf.applyAsInt(i)).explainedClass();
                scores[i] = values[i * classes + explained];
            }
            return scores;
        }
    }

    /** How many copies a target took. */
    int count(int target) {
        return counts[target];
    }

    float[] edges(int target) {
        return edges[target];
    }

    float[] nodes(int target) {
        return nodes[target];
    }
}
