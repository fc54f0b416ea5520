package org.aitia.models.internal.layers;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.ModelSession;
import org.aitia.models.internal.batch.Keeper;
import org.aitia.models.internal.batch.Messages;

/** What one layer of an architecture computes. Without state; what it needs of a batch it {@link #prepare prepares}. */
public interface Convolution {

    /**
     * Puts what the layers need of a batch, besides messages and features, on the device.
     *
     * @param keeper what owns the arrays
     * @param batch the batch
     * @param messages its messages
     * @return to be had from {@link LayerCall#prepared}
     */
    default Object prepare(Keeper keeper, GraphBatch batch, Messages messages) {
        return List.of();
    }

    /**
     * Multiplies the features of edges by a mask. Asked only of designs that look at some.
     *
     * @param engine what computes
     * @param prepared what {@link #prepare} made of the batch
     * @param mask [E, D] in the batch's edge order
     * @return to be had from {@link LayerCall#maskedEdgeFeatures}
     */
    default NDArray maskEdgeFeatures(TensorEngine engine, Object prepared, NDArray mask) {
        throw new IllegalStateException("the design looks at features of edges, which its convolution cannot mask");
    }

    /**
     * Computes a layer, without what follows it: normalisation and activation.
     *
     * @param call which layer, of what
     * @return [{@link LayerCall#rows()}, outputs of the layer]
     */
    NDArray apply(LayerCall call);

    /**
     * Computes the attention coefficients of a layer.
     *
     * @param call which layer, of what
     * @return none unless overridden
     */
    default List<ModelSession.Attention> attention(LayerCall call) {
        return List.of();
    }
}
