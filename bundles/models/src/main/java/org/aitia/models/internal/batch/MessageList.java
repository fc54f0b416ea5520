package org.aitia.models.internal.batch;

import java.util.Arrays;
import java.util.List;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;

/**
 * The messages of a batch, on the host: its edges and one self-loop for each row that needs one, by target row.
 *
 * <p>Weights are those of PyG's {@code gcn_norm}: degrees are weighted in-degrees of the full graph, self-loops
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
     * @param symmetric whether weights are divided by the roots of both degrees
     * @param addSelfLoops whether rows without a self-loop get one
     */
    static MessageList of(GraphBatch batch, int rows, int columns, boolean symmetric, boolean addSelfLoops) {
        List<ComputationGraph> blocks = batch.blocks();
        int[] rowBlocks = batch.rowBlocks();
        int[] rowNodes = batch.rowNodes();
        double[] scales = new double[columns]; // D^-1/2
        if (symmetric) {
            for (int r = 0; r < columns; r++) {
                ComputationGraph block = blocks.get(rowBlocks[r]);
                double degree = degree(block.graph(), block.node(rowNodes[r]), addSelfLoops);
                scales[r] = degree > 0 ? 1 / Math.sqrt(degree) : 0;
            }
        } else {
            Arrays.fill(scales, 1);
        }
        int[] inOffsets = batch.inOffsets(rows);
        int[] inSources = batch.sources(inOffsets[rows]);
        int capacity = Math.addExact(inSources.length, addSelfLoops ? rows : 0);
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
            for (int e = inOffsets[r]; e < inOffsets[r + 1]; e++) {
                int source = inSources[e];
                double weight = graph.isWeighted() ? graph.edgeWeight(block.edge(firstLocal + e - inOffsets[r])) : 1;
                looped |= source == r;
                sources[count] = source;
                edges[count] = source == r ? SELF_LOOP : e;
                weights[count++] = (float) (scales[source] * weight * scales[r]);
            }
            if (addSelfLoops && !looped) {
                sources[count] = r;
                edges[count] = SELF_LOOP;
                weights[count++] = (float) (scales[r] * scales[r]);
            }
            offsets[r + 1] = count;
        }
        return new MessageList(
                offsets, Arrays.copyOf(sources, count), Arrays.copyOf(edges, count), Arrays.copyOf(weights, count));
    }

    private static double degree(Graph graph, int node, boolean addSelfLoops) {
        double degree = addSelfLoops && graph.edge(node, node) < 0 ? 1 : 0;
        if (!graph.isWeighted()) {
            return degree + graph.inDegree(node);
        }
        for (int e = graph.inOffset(node); e < graph.inOffset(node + 1); e++) {
            degree += graph.edgeWeight(e);
        }
        return degree;
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
