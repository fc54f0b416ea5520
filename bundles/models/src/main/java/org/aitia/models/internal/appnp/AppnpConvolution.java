package org.aitia.models.internal.appnp;

import ai.djl.ndarray.NDArray;
import org.aitia.models.internal.layers.Convolution;
import org.aitia.models.internal.layers.LayerCall;

/** Gasteiger et al. 2019, equation 5: Z0 = MLP(x), then K times Z = (1 - alpha) A Z + alpha Z0. */
record AppnpConvolution(AppnpOptions options) implements Convolution {

    static String linear(int index) {
        return "lin" + index;
    }

    @Override
    public NDArray apply(LayerCall call) {
        NDArray start = plusBias(call, call.x().times(weight(call, 1)), 1);
        for (int i = 2; i <= options.mlpLayers(); i++) {
            NDArray h = call.dropout(call.activation(options.activation(), start), options.dropout());
            start = plusBias(call, h.matMul(weight(call, i)), i);
        }
        NDArray returned = start.mul(call.constant((float) options.alpha()));
        NDArray kept = call.constant((float) (1 - options.alpha()));
        NDArray z = start;
        for (int hop = 1; hop <= options.k(); hop++) {
            z = call.propagate(hop, z).mul(kept).add(call.first(returned, call.rows(options.k() - hop)));
        }
        return z;
    }

    private static NDArray weight(LayerCall call, int index) {
        return call.parameter(linear(index) + ".weight").orElseThrow();
    }

    private static NDArray plusBias(LayerCall call, NDArray y, int index) {
        return call.parameter(linear(index) + ".bias").map(y::add).orElse(y);
    }
}
