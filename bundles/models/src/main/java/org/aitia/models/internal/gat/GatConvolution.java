package org.aitia.models.internal.gat;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.Optional;
import org.aitia.api.engine.GraphKernels;
import org.aitia.models.internal.layers.LayerCall;

/**
 * Velickovic et al. 2018, equation 3: scores are {@code LeakyReLU(a_src . W x_source + a_dst . W x_target)}, and in PyG
 * {@code + a_edge . W_edge x_edge} within the LeakyReLU.
 */
final class GatConvolution extends AttentionConvolution {
    GatConvolution(GatDesign design) {
        super(design);
    }

    @Override
    Projection project(LayerCall call) {
        GraphKernels kernels = call.kernels();
        int heads = design.heads(call.layer());
        NDArray values = call.x().times(call.weight("lin.weight")); // [C, H * F]
        NDArray sources = kernels.headSums(values.mul(call.weight("att_src").reshape(-1)), heads); // [C, H]
        NDArray targets = kernels.headSums(
                call.first(values, call.rows()).mul(call.weight("att_dst").reshape(-1)), heads); // [R, H]
        NDArray sums = kernels.edgeSums(call.structure(1), sources, targets); // [M, H]
        Optional<NDArray> edges = edgeFeatures(call);
        if (edges.isPresent()) {
            // X (W a) instead of (X W) a: H columns instead of H * F
            NDArray weights = kernels.headSums(
                    call.weight("lin_edge.weight").mul(call.weight("att_edge").reshape(-1)), heads); // [D, H]
            sums = sums.add(edges.get().matMul(weights));
        }
        return new Projection(
                values, Activation.leakyRelu(sums, (float) design.choices().negativeSlope()));
    }
}
