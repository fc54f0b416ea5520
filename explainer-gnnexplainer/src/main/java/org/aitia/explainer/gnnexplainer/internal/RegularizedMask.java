package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;

/**
 * One mask of a batch: its parameters, the sigmoid of them, and the size and entropy penalties.
 *
 * <p>The first axis of the mask is divided among blocks. A mean over "the mask of a block" becomes a weighted sum over
 * all elements with weights 1 / (number of regularised elements of the block).
 */
final class RegularizedMask implements AutoCloseable {
    private final TensorEngine engine;
    private final NDArray parameter; // [M] or [M, W]
    private final NDArray blockIndex; // [M]
    private final int blocks;
    private final Coefficients coefficients;
    private NDArray values; // sigmoid of the parameter, in the current step
    private NDArray hard; // 1 where regularised, else 0; null before the first step is done
    private NDArray sizeWeights; // coefficient of each element in the size term
    private NDArray entropyWeights; // and in the entropy term

    /**
     * What penalises a mask.
     *
     * @param size of the mask's size
     * @param reduction how the size is taken
     * @param entropy of the mean element-wise entropy
     * @param eps guard of the logarithms
     */
    record Coefficients(double size, GnnExplainerOptions.Reduction reduction, double entropy, double eps) {}

    RegularizedMask(TensorEngine engine, NDArray initial, NDArray blockIndex, int blocks, Coefficients coefficients) {
        this.engine = engine;
        this.parameter = engine.variable(initial);
        this.blockIndex = blockIndex;
        this.blocks = blocks;
        this.coefficients = coefficients;
        initial.close();
    }

    NDArray parameter() {
        return parameter;
    }

    /** Computes the mask for this step. */
    void activate() {
        values = Activation.sigmoid(parameter);
    }

    NDArray values() {
        return values;
    }

    boolean isRegularized() {
        return hard != null;
    }

    /** Decides from the first gradient which elements count, and weighs them. */
    void regularize(NDArray gradient, TensorScope scope, NDManager owner) {
        NDArray nonZero = gradient.neq(0).toType(DataType.FLOAT32, false);
        NDArray perRow = nonZero.getShape().dimension() > 1 ? nonZero.sum(new int[] {1}) : nonZero; // [M]
        NDArray perBlock = engine.kernels().scatterSum(perRow, blockIndex, blocks); // [B]
        NDArray inverse = perBlock.maximum(1).pow(-1);
        NDArray share = engine.kernels().gather(inverse, blockIndex); // [M]
        if (nonZero.getShape().dimension() > 1) {
            share = share.reshape(new Shape(-1, 1));
        }
        NDArray mean = nonZero.mul(share);
        boolean sum = coefficients.reduction() == GnnExplainerOptions.Reduction.SUM;
        hard = scope.keep(nonZero, owner);
        sizeWeights = scope.keep((sum ? nonZero : mean).mul(coefficients.size()), owner);
        entropyWeights = scope.keep(mean.mul(coefficients.entropy()), owner);
    }

    /** The sum of all blocks' penalties, a scalar. */
    NDArray penalty() {
        return penalties().sum();
    }

    /** The penalty of each block. */
    float[] penaltyPerBlock() {
        NDArray penalties = penalties();
        NDArray perRow = penalties.getShape().dimension() > 1 ? penalties.sum(new int[] {1}) : penalties;
        return engine.kernels().scatterSum(perRow, blockIndex, blocks).toFloatArray();
    }

    private NDArray penalties() {
        NDArray complement = values.neg().add(1);
        NDArray entropy = values.mul(values.add(coefficients.eps()).log())
                .add(complement.mul(complement.add(coefficients.eps()).log()))
                .neg();
        return values.mul(sizeWeights).add(entropy.mul(entropyWeights));
    }

    /** The mask after the last step; exactly 0 where it cannot influence the prediction. */
    float[] result() {
        NDArray mask = Activation.sigmoid(parameter);
        return (hard == null ? mask : mask.mul(hard)).toFloatArray();
    }

    @Override
    public void close() {
        parameter.close();
        blockIndex.close();
        if (hard != null) {
            hard.close();
            sizeWeights.close();
            entropyWeights.close();
        }
    }
}
