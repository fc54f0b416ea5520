package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;

/**
 * Size and entropy of a mask, for all blocks of a batch at once.
 *
 * <p>The first axis of the mask is divided among blocks. A mean over "the mask of a block" becomes a weighted sum over
 * all elements with weights 1 / (number of regularised elements of the block).
 */
final class Regularizers implements AutoCloseable {
    private final TensorEngine engine;
    private final NDManager manager;
    private final MaskLayout layout;
    private final NDArray blockIndex; // [M]
    private final Optional<NDArray> places;
    private final int blocks;
    private final Penalties penalties;
    private NDArray hard; // 1 where regularised, else 0; null before the first step is done
    private NDArray hardValues; // of the shape that the model takes
    private NDArray sizeWeights; // coefficient of each element in the size term
    private NDArray entropyWeights; // and in the entropy term

    Regularizers(TensorEngine engine, NDManager manager, MaskLayout layout, int blocks, Penalties penalties) {
        this.engine = engine;
        this.manager = manager;
        this.layout = layout;
        this.blockIndex = layout.blockIndex(manager);
        this.places = layout.placeIndex(manager);
        this.blocks = blocks;
        this.penalties = penalties;
    }

    /** What is learnt, as the model takes it. */
    NDArray expanded(NDArray learnt) {
        return places.map(index -> engine.kernels().gather(learnt, index)).orElse(learnt);
    }

    /** Values that the model takes, with zeros where they cannot influence the prediction. */
    NDArray relevant(NDArray values) {
        return hard == null ? values : values.mul(hardValues);
    }

    boolean areKnown() {
        return hard != null;
    }

    NDArray sizeWeights() {
        return sizeWeights;
    }

    NDArray entropyWeights() {
        return entropyWeights;
    }

    /** Decides from the first gradient which elements count, and weighs them. */
    void decide(NDArray gradient, TensorScope step) {
        NDArray nonZero = gradient.neq(0).toType(DataType.FLOAT32, false);
        NDArray counted = layout.multiplicities()
                .map(times -> nonZero.mul(layout.perRow(manager, times)))
                .orElse(nonZero);
        NDArray perRow = counted.getShape().dimension() > 1 ? counted.sum(new int[] {1}) : counted; // [M]
        NDArray perBlock = engine.kernels().scatterSum(perRow, blockIndex, blocks); // [B]
        NDArray mean = counted.mul(shares(perBlock));
        NDArray entropyMean = penalties
                .entropyCounts()
                .map(counts -> counted.mul(shares(manager.create(counts))))
                .orElse(mean);
        boolean sum = penalties.reduction() == GnnExplainerOptions.Reduction.SUM;
        hard = step.keep(nonZero, manager);
        hardValues = places.map(index -> step.keep(engine.kernels().gather(nonZero, index), manager))
                .orElse(hard);
        sizeWeights = step.keep((sum ? counted : mean).mul(penalties.size()), manager);
        entropyWeights = step.keep(entropyMean.mul(penalties.entropy()), manager);
    }

    /** Spreads 1 / count of each block over its elements. */
    private NDArray shares(NDArray perBlock) {
        NDArray share = engine.kernels().gather(perBlock.maximum(1).pow(-1), blockIndex); // [M]
        return layout.shape().dimension() > 1 ? share.reshape(new Shape(-1, 1)) : share;
    }

    /** The penalty of each element. */
    NDArray of(NDArray learnt) {
        NDArray complement = learnt.neg().add(1);
        NDArray entropy = learnt.mul(learnt.add(penalties.eps()).log())
                .add(complement.mul(complement.add(penalties.eps()).log()))
                .neg();
        return learnt.mul(sizeWeights).add(entropy.mul(entropyWeights));
    }

    /** The penalty of each block; zeros in the first step. */
    float[] perBlock(NDArray learnt) {
        if (hard == null) {
            return new float[blocks];
        }
        NDArray each = of(learnt);
        NDArray perRow = each.getShape().dimension() > 1 ? each.sum(new int[] {1}) : each;
        return engine.kernels().scatterSum(perRow, blockIndex, blocks).toFloatArray();
    }

    /** What is learnt, exactly 0 where it cannot influence the prediction. */
    float[] result(NDArray learnt) {
        return (hard == null ? learnt : learnt.mul(hard)).toFloatArray();
    }

    @Override
    public void close() {
        blockIndex.close();
        places.ifPresent(NDArray::close);
        if (hard != null) {
            hard.close();
            sizeWeights.close();
            entropyWeights.close();
            if (places.isPresent()) {
                hardValues.close();
            }
        }
    }
}
