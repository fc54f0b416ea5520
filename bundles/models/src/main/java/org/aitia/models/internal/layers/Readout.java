package org.aitia.models.internal.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.engine.GraphKernels;

/** Turns the outputs of layers into logits. */
final class Readout {
    private final Design design;
    private final GraphKernels kernels;
    private final DeviceWeights weights;

    Readout(Design design, GraphKernels kernels, DeviceWeights weights) {
        this.design = design;
        this.kernels = kernels;
        this.weights = weights;
    }

    NDArray apply(LayeredBatch batch, List<NDArray> outputs, Pass pass) {
        NDArray last = outputs.get(outputs.size() - 1);
        if (!design.hasHead()) {
            return last;
        }
        NDArray h = last;
        if (design.options().concat() && outputs.size() > 1) {
            long rows = last.getShape().get(0);
            NDList parts = new NDList();
            for (NDArray output : outputs) {
                // earlier layers computed more rows than the last one needs
                parts.add(LayerInput.first(output, rows));
            }
            h = NDArrays.concat(parts, 1);
        }
        if (design.shape().task() == Task.GRAPH) {
            h = design.options().pooling().apply(kernels, h, batch.graphOffsets());
        } else if (design.shape().task() == Task.LINK) {
            h = join(batch.ends(), h);
        }
        if (!design.hasLinear()) {
            return h;
        }
        NDArray logits = pass.dropout(h, design.options().dropout()).matMul(weights.get("lin.weight"));
        return weights.find("lin.bias").map(logits::add).orElse(logits);
    }

    private NDArray join(LayeredBatch.Ends ends, NDArray h) {
        if (ends.sources().getShape().get(0) == 0) {
            throw new InvalidRequestException(
                    "the model predicts links, and the batch names none; give it links or a whole graph with links");
        }
        return design.options().decoder().join(kernels.gather(h, ends.sources()), kernels.gather(h, ends.targets()));
    }
}
