package org.aitia.models.internal.torchscript;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.engine.TorchScriptModule;

/** Calls a module's forward with what its arguments mean. */
record ModuleCall(TorchScriptModule module, List<ForwardSignature.Role> roles) {

    /**
     * Calls forward.
     *
     * @param x [N, F]
     * @param weights [E]
     * @param mask [E]
     * @return what it returns, the first tensor of several
     * @throws InvalidRequestException if it fails or returns no tensor
     */
    NDArray run(Part part, NDArray x, NDArray weights, NDArray mask) {
        List<Object> arguments = new ArrayList<>();
        for (ForwardSignature.Role role : roles) {
            arguments.add(
                    switch (role) {
                        case X -> x;
                        case EDGE_INDEX -> part.edgeIndex();
                        case EDGE_WEIGHT -> weights;
                        case EDGE_MASK -> mask;
                        case BATCH -> part.graphs();
                        case EDGE_LABEL_INDEX -> part.links();
                    });
        }
        List<NDArray> results = module.call("forward", arguments.toArray());
        if (results.isEmpty()) {
            throw new InvalidRequestException("forward returns no tensor; make it return the logits");
        }
        return results.get(0);
    }
}
