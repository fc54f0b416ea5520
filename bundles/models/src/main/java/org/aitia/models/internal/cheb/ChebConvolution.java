package org.aitia.models.internal.cheb;

import ai.djl.ndarray.NDArray;
import org.aitia.models.internal.layers.Convolution;
import org.aitia.models.internal.layers.LayerCall;

/**
 * Defferrard et al. 2016, equation 4: the sum of T_j(L) x W_j with Chebyshev polynomials T_j of the Laplacian, scaled
 * with lambda_max = 2 to L = -D^-1/2 A D^-1/2. Summed up by Clenshaw's recurrence, which multiplies with W_j first, so
 * that all messages are as narrow as the result:
 * b_j = x W_j + 2 L b_(j+1) - b_(j+2), and the result is x W_0 + L b_1 - b_2.
 */
final class ChebConvolution implements Convolution {

    @Override
    public NDArray apply(LayerCall call) {
        int degree = call.hops();
        NDArray next = term(call, degree); // b_(j+1)
        NDArray afterNext = next; // b_(j+2), once there is one
        boolean hasAfterNext = false;
        for (int j = degree - 1; j >= 0; j--) {
            NDArray sent = call.propagate(degree - j, next); // -L b_(j+1)
            NDArray b = term(call, j).sub(j == 0 ? sent : sent.mul(call.constant(2)));
            if (hasAfterNext) {
                b = b.sub(call.first(afterNext, call.rows(j)));
            }
            afterNext = next;
            hasAfterNext = true;
            next = b;
        }
        return call.plus(next, "bias");
    }

    /** x W_j for the rows that are still needed. */
    private static NDArray term(LayerCall call, int j) {
        return call.x().times(call.weight("lins." + j + ".weight"), call.rows(j));
    }
}
