package org.aitia.models.internal.gat;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.Optional;
import org.aitia.models.internal.layers.LayerCall;

/** Brody et al. 2022, equation 7: scores are {@code a . LeakyReLU(W_l x_source + W_r x_target + W_edge x_edge)}. */
final class GatV2Convolution extends AttentionConvolution {
    GatV2Convolution(GatDesign design) {
        super(design);
    }

    @Override
    Projection project(LayerCall call) {
        NDArray values = call.plus(call.x().times(call.weight("lin_l.weight")), "lin_l.bias"); // [C, H * F]
        NDArray targets = call.plus(call.x().times(call.weight("lin_r.weight"), call.rows()), "lin_r.bias");
        NDArray sums = call.kernels().edgeSums(call.structure(1), values, targets); // [M, H * F]
        Optional<NDArray> edges = edgeFeatures(call);
        if (edges.isPresent()) {
            sums = sums.add(edges.get().matMul(call.weight("lin_edge.weight")));
        }
        NDArray bent = Activation.leakyRelu(sums, (float) design.choices().negativeSlope());
        NDArray scores =
                call.kernels().headSums(bent.mul(call.weight("att").reshape(-1)), design.heads(call.layer())); // [M, H]
        return new Projection(values, Optional.empty(), scores);
    }
}
