package org.aitia.models.internal.gat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.models.internal.batch.Keeper;
import org.aitia.models.internal.batch.Messages;

/**
 * Features of edges, one row for each message of a batch. A self-loop that a layer adds has the mean of the features of
 * the node's in-edges in the full graph, those from itself left out (PyG {@code fill_value='mean'}, which also replaces
 * the self-loops of the graph); zeros where there are none.
 */
final class EdgeRows {
    private EdgeRows() {}

    /**
     * Puts features on the device.
     *
     * @param added whether self-loops are those that layers add
     * @return [M, D]
     */
    static NDArray of(Keeper keeper, GraphBatch batch, Messages messages, int width, boolean added) {
        int[] offsets = messages.hostOffsets();
        int[] edges = messages.hostEdges();
        int[] rowBlocks = batch.rowBlocks();
        int[] rowNodes = batch.rowNodes();
        int[] edgeLocals = batch.edgeLocals();
        float[] values = new float[Math.multiplyExact(edges.length, width)];
        float[] row = new float[width];
        for (int r = 0; r + 1 < offsets.length; r++) {
            ComputationGraph block = batch.blocks().get(rowBlocks[r]);
            Graph graph = block.graph();
            int node = block.node(rowNodes[r]);
            for (int m = offsets[r]; m < offsets[r + 1]; m++) {
                if (edges[m] >= 0) {
                    graph.edgeFeatures().copyRow(block.edge(edgeLocals[edges[m]]), values, m * width);
                } else if (added) {
                    addMean(graph, node, row, values, m * width);
                } else {
                    graph.edgeFeatures().copyRow(graph.edge(node, node), values, m * width);
                }
            }
        }
        NDManager owner = keeper.owner();
        // a copy: what is made of host values shares their memory, whose alignment is a matter of chance
        return keeper.keep(owner.create(values, new Shape(edges.length, width)).duplicate());
    }

    private static void addMean(Graph graph, int node, float[] row, float[] values, int at) {
        double[] sums = new double[row.length];
        int count = 0;
        for (int e = graph.inOffset(node); e < graph.inOffset(node + 1); e++) {
            if (graph.source(e) != node) {
                graph.edgeFeatures().copyRow(e, row, 0);
                for (int d = 0; d < row.length; d++) {
                    sums[d] += row[d];
                }
                count++;
            }
        }
        for (int d = 0; d < row.length; d++) {
            values[at + d] = (float) (sums[d] / Math.max(1, count));
        }
    }
}
