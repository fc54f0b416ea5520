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
        // a mask of nodes multiplies scores and messages instead of values: fewer numbers, and values stay constant
        NDArray values = call.x().unscaledTimes(call.weight("lin.weight")); // [C, H * F]
        Optional<NDArray> mask = call.x().rowFactors();
        NDArray sources = scores(call, "att_src", values, mask); // [C, H]
        NDArray targets = scores(
                call, "att_dst", call.first(values, call.rows()), mask.map(m -> call.first(m, call.rows()))); // [R, H]
        NDArray sums = kernels.edgeSums(call.structure(1), sources, targets); // [M, H]
        Optional<NDArray> edges = edgeFeatures(call);
        if (edges.isPresent()) {
            // X (W a) instead of (X W) a: H columns instead of H * F
            NDArray weights = kernels.headSums(
                    call.weight("lin_edge.weight").mul(call.weight("att_edge").reshape(-1)), heads); // [D, H]
            sums = sums.add(edges.get().matMul(weights));
        }
        return new Projection(values, mask, Activation.leakyRelu(sums, (float)
                design.choices().negativeSlope()));
    }

    private NDArray scores(LayerCall call, String attention, NDArray values, Optional<NDArray> mask) {
        NDArray products = values.mul(call.weight(attention).reshape(-1)); // [N, H * F]
        NDArray scores = call.kernels().headSums(products, design.heads(call.layer()));
        return mask.map(m -> scores.mul(m.reshape(-1, 1))).orElse(scores);
    }
}
