package org.aitia.models.internal.batch;

import java.util.Arrays;
import java.util.List;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;

/**
 * The messages of a batch, on the host: its edges and one self-loop for each row that needs one, by target row.
 *
 * <p>Symmetric weights are those of PyG's {@code gcn_norm}: degrees are weighted in-degrees of the full graph, self-loops
 * included; a node that has a self-loop in the graph keeps it with its weight, others get one of weight 1
 * ({@code add_remaining_self_loops}). A node of degree 0 or less has the factor 0.
 */
final class MessageList {
    /** Marks a message that no mask touches. */
    static final int SELF_LOOP = -1;

    final int[] offsets; // [rows + 1]
    final int[] sources; // [M]
    final int[] edges; // [M], batch edge or SELF_LOOP
    final float[] weights; // [M]

    private MessageList(int[] offsets, int[] sources, int[] edges, float[] weights) {
        this.offsets = offsets;
        this.sources = sources;
        this.edges = edges;
        this.weights = weights;
    }

    /**
     * Lists the messages that end in the first rows.
     *
     * @param batch the batch
     * @param rows targets
     * @param columns sources, at least as many
     * @param rule which they are and what they weigh
     */
    static MessageList of(GraphBatch batch, int rows, int columns, MessageRule rule) {
        List<ComputationGraph> blocks = batch.blocks();
        int[] rowBlocks = batch.rowBlocks();
        int[] rowNodes = batch.rowNodes();
        boolean symmetric = rule.scale() == MessageRule.Scale.SYMMETRIC;
        boolean mean = rule.scale() == MessageRule.Scale.MEAN;
        boolean estimates = symmetric || rule.scale() == MessageRule.Scale.SUM;
        boolean adds = rule.selfLoops() == MessageRule.SelfLoops.ADD;
        boolean removes = rule.selfLoops() == MessageRule.SelfLoops.REMOVE;
        double[] scales = new double[columns]; // D^-1/2
        if (symmetric) {
            for (int r = 0; r < columns; r++) {
                ComputationGraph block = blocks.get(rowBlocks[r]);
                double degree = block.isRecounted(rowNodes[r])
                        ? localDegree(block, rowNodes[r], rule)
                        : degree(block.graph(), block.node(rowNodes[r]), rule);
                scales[r] = degree > 0 ? 1 / Math.sqrt(degree) : 0;
            }
        } else {
            Arrays.fill(scales, 1);
        }
        int[] inOffsets = batch.inOffsets(rows);
        int[] inSources = batch.sources(inOffsets[rows]);
        int capacity = Math.addExact(inSources.length, adds ? rows : 0);
        int[] offsets = new int[rows + 1];
        int[] sources = new int[capacity];
        int[] edges = new int[capacity];
        float[] weights = new float[capacity];
        int count = 0;
        for (int r = 0; r < rows; r++) {
            ComputationGraph block = blocks.get(rowBlocks[r]);
            Graph graph = block.graph();
            int firstLocal = block.inOffset(rowNodes[r]);
            boolean looped = false;
            double scale = scales[r];
            if (estimates && block.isSampled()) {
                scale *= drawnFor(block, rowNodes[r], inOffsets[r + 1] - inOffsets[r]);
            }
            for (int e = inOffsets[r]; e < inOffsets[r + 1]; e++) {
                int source = inSources[e];
                if (removes && source == r) {
                    continue;
                }
                double weight = rule.edgeWeights() && graph.isWeighted()
                        ? graph.edgeWeight(block.edge(firstLocal + e - inOffsets[r]))
                        : 1;
                looped |= source == r;
                sources[count] = source;
                edges[count] = source == r ? SELF_LOOP : e;
                weights[count++] = (float) (scales[source] * weight * scale);
            }
            if (adds && !looped && !hasUndrawnLoop(block, rowNodes[r])) {
                sources[count] = r;
                edges[count] = SELF_LOOP;
                weights[count++] = (float) (scales[r] * scales[r]);
            }
            offsets[r + 1] = count;
            if (mean) {
                for (int i = offsets[r]; i < count; i++) {
                    weights[i] /= count - offsets[r];
                }
            }
        }
        boolean full = count == capacity; // then there is nothing to cut off, and much to copy for a large graph
        return new MessageList(
                offsets,
                full ? sources : Arrays.copyOf(sources, count),
                full ? edges : Arrays.copyOf(edges, count),
                full ? weights : Arrays.copyOf(weights, count));
    }

    /** Whether a node without a self-loop among its messages has one in the graph. */
    private static boolean hasUndrawnLoop(ComputationGraph block, int local) {
        int node = block.node(local);
        return block.isSampled() && block.graph().edge(node, node) >= 0;
    }

    /**
     * How many in-edges each one stands for: 1, but more where only some were drawn, so that sums over them estimate
     * those over all without bias.
     */
    private static double drawnFor(ComputationGraph block, int local, int drawn) {
        return block.isSampled() && drawn > 0 ? (double) block.graph().inDegree(block.node(local)) / drawn : 1;
    }

    private static double degree(Graph graph, int node, MessageRule rule) {
        int loop = rule.selfLoops() == MessageRule.SelfLoops.KEEP ? -1 : graph.edge(node, node);
        boolean weighted = rule.edgeWeights() && graph.isWeighted();
        double degree = rule.selfLoops() == MessageRule.SelfLoops.ADD && loop < 0 ? 1 : 0;
        if (!weighted) {
            degree += graph.inDegree(node);
        } else {
            for (int e = graph.inOffset(node); e < graph.inOffset(node + 1); e++) {
                degree += graph.edgeWeight(e);
            }
        }
        if (rule.selfLoops() == MessageRule.SelfLoops.REMOVE && loop >= 0) {
            degree -= weighted ? graph.edgeWeight(loop) : 1;
        }
        return degree;
    }

    /** The degree of a node whose in-edges here are all that it has, some having been removed. */
    private static double localDegree(ComputationGraph block, int local, MessageRule rule) {
        boolean weighted = rule.edgeWeights() && block.graph().isWeighted();
        boolean looped = false;
        double degree = 0;
        for (int e = block.inOffset(local); e < block.inOffset(local + 1); e++) {
            boolean loop = block.source(e) == local;
            looped |= loop;
            if (!loop || rule.selfLoops() != MessageRule.SelfLoops.REMOVE) {
                degree += weighted ? block.graph().edgeWeight(block.edge(e)) : 1;
            }
        }
        return degree + (rule.selfLoops() == MessageRule.SelfLoops.ADD && !looped ? 1 : 0);
    }

    /** Whether messages are the batch's edges, each at its own position. */
    boolean isEdges() {
        for (int i = 0; i < edges.length; i++) {
            if (edges[i] != i) {
                return false;
            }
        }
        return true;
    }
}
