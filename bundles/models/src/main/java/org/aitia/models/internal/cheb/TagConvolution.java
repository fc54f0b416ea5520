package org.aitia.models.internal.cheb;

import ai.djl.ndarray.NDArray;
import org.aitia.models.internal.layers.Convolution;
import org.aitia.models.internal.layers.LayerCall;

/** Du et al. 2017, equation 2: the sum of A^j x W_j, by Horner's rule. */
final class TagConvolution implements Convolution {

    @Override
    public NDArray apply(LayerCall call) {
        int degree = call.hops();
        NDArray sum = term(call, degree);
        for (int j = degree - 1; j >= 0; j--) {
            sum = term(call, j).add(call.propagate(degree - j, sum));
        }
        return call.plus(sum, "bias");
    }

    /** x W_j for the rows that are still needed. */
    private static NDArray term(LayerCall call, int j) {
        return call.x().times(call.weight("lins." + j + ".weight"), call.rows(j));
    }
}
