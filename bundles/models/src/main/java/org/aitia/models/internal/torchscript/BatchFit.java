package org.aitia.models.internal.torchscript;

import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.GraphBatch;

/** Refuses batches that an imported model cannot predict anything for. */
final class BatchFit {
    private BatchFit() {}

    static void check(TorchScriptModel model, GraphBatch batch) {
        int expected = model.shape().inputFeatures();
        Task task = model.shape().task();
        for (ComputationGraph block : batch.blocks()) {
            int found = block.graph().features().columns();
            if (found != expected) {
                throw new InvalidRequestException("the model takes " + expected + " features per node, the graph has "
                        + found + "; use the data set that the model was trained on");
            }
            if (block.isWhole()) {
                continue;
            }
            if (task == Task.GRAPH) {
                throw new InvalidRequestException(
                        "the model classifies graphs, not node " + block.target() + "; give it whole graphs");
            }
            if (task == Task.LINK != block.isLink()) {
                throw new InvalidRequestException("the model is for " + (task == Task.LINK ? "links" : "nodes")
                        + ", not for " + (block.isLink() ? "link " : "node ") + block.target());
            }
            if (block.hops() < model.options().hops()) {
                throw new InvalidRequestException(
                        "the model looks " + model.options().hops() + " hops far, the computation graph of node "
                                + block.target() + " has only " + block.hops());
            }
        }
        if (task == Task.LINK && batch.linkSources().length == 0) {
            throw new InvalidRequestException(
                    "the model predicts links, and the batch names none; give it links or a whole graph with links");
        }
    }
}
