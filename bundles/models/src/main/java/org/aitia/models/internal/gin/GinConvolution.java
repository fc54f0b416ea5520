package org.aitia.models.internal.gin;

import ai.djl.ndarray.NDArray;
import org.aitia.models.internal.layers.Convolution;
import org.aitia.models.internal.layers.LayerCall;

/**
 * Xu et al. 2019, equation 4.1: MLP((1 + eps) x + sum of the neighbours' x). The first linear layer is applied before
 * the sum, which is the same, keeps sparse features sparse and makes messages as narrow as the hidden layer.
 */
record GinConvolution(GinOptions options) implements Convolution {

    @Override
    public NDArray apply(LayerCall call) {
        NDArray h = call.x().times(call.weight(GinDesign.linear(options, 0) + ".weight")); // [C, H]
        NDArray own = call.first(h, call.rows()).mul(call.weight("eps").add(1));
        NDArray y = call.plus(call.propagate(1, h).add(own), GinDesign.linear(options, 0) + ".bias");
        for (int i = 1; i < options.mlpLayers(); i++) {
            if (options.batchNorm()) {
                y = call.batchNorm(GinDesign.norm(i - 1), y);
            }
            y = call.activation(options.activation(), y);
            String linear = GinDesign.linear(options, i);
            y = call.plus(y.matMul(call.weight(linear + ".weight")), linear + ".bias");
        }
        return y;
    }
}
