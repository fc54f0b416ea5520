package org.aitia.models.internal.layers;

import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.GraphBatch;

/** Refuses batches that a model cannot predict anything for. */
final class BatchCheck {
    private BatchCheck() {}

    static void check(Design design, GraphBatch batch) {
        int expected = design.shape().inputFeatures();
        for (ComputationGraph block : batch.blocks()) {
            int found = block.graph().features().columns();
            if (found != expected) {
                throw new InvalidRequestException("the model takes " + expected + " features per node, the graph has "
                        + found + "; use the data set that the model was trained on");
            }
            if (block.graph().edgeCount() > 0) {
                checkEdgeFeatures(design, block.graph().edgeFeatures());
            }
            if (block.isWhole()) {
                continue;
            }
            checkTask(design.shape().task(), block);
            if (block.hops() < design.hops()) {
                throw new InvalidRequestException("the model looks " + design.hops()
                        + " hops far, the computation graph of " + name(block) + " has only " + block.hops());
            }
        }
    }

    private static void checkEdgeFeatures(Design design, Features edges) {
        int expected = design.shape().edgeFeatures();
        if (expected > 0 && edges.columns() != expected) {
            throw new InvalidRequestException("the model takes " + expected + " features per edge, the graph has "
                    + edges.columns() + "; use the data set that the model was trained on");
        }
    }

    private static void checkTask(Task task, ComputationGraph block) {
        if (task == Task.GRAPH) {
            throw new InvalidRequestException(
                    "the model classifies graphs, not " + name(block) + "; give it whole graphs");
        }
        if (task == Task.NODE && block.isLink()) {
            throw new InvalidRequestException("the model classifies nodes, not " + name(block) + "; give it nodes");
        }
        if (task == Task.LINK && !block.isLink()) {
            throw new InvalidRequestException("the model predicts links, not " + name(block) + "; give it links");
        }
    }

    private static String name(ComputationGraph block) {
        int[] targets = block.targets();
        return block.isLink() ? "link " + targets[0] + "-" + targets[1] : "node " + block.target();
    }
}
