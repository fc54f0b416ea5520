package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.List;
import java.util.Optional;
import org.aitia.api.engine.AdamOptimizer;
import org.aitia.api.engine.AdamOptions;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;

/**
 * The mask of the paper: the sigmoid of what is learnt with Adam, penalised by size and entropy.
 *
 * <p>The first axis of the mask is divided among blocks. A mean over "the mask of a block" becomes a weighted sum over
 * all elements with weights 1 / (number of regularised elements of the block).
 */
final class SigmoidMask implements LearntMask {
    private final TensorEngine engine;
    private final NDManager manager;
    private final MaskLayout layout;
    private final NDArray parameter; // [M] or [M, W]
    private final NDArray blockIndex; // [M]
    private final Optional<NDArray> places;
    private final int blocks;
    private final Penalties penalties;
    private final AdamOptimizer adam;
    private NDArray learnt; // sigmoid of the parameter, in the current step
    private NDArray values; // the same as the model takes it
    private NDArray hard; // 1 where regularised, else 0; null before the first step is done
    private NDArray hardValues; // of the shape of values
    private NDArray sizeWeights; // coefficient of each element in the size term
    private NDArray entropyWeights; // and in the entropy term

    SigmoidMask(
            TensorEngine engine,
            NDManager manager,
            MaskLayout layout,
            int blocks,
            Penalties penalties,
            double learningRate) {
        this.engine = engine;
        this.manager = manager;
        this.layout = layout;
        try (NDArray initial = layout.initial(manager)) {
            this.parameter = engine.variable(initial);
        }
        this.blockIndex = layout.blockIndex(manager);
        this.places = layout.placeIndex(manager);
        this.blocks = blocks;
        this.penalties = penalties;
        this.adam = engine.adam(AdamOptions.withLearningRate(learningRate), List.of(parameter));
    }

    @Override
    public NDArray variable() {
        return parameter;
    }

    @Override
    public void activate() {
        learnt = Activation.sigmoid(parameter);
        values = places.map(index -> engine.kernels().gather(learnt, index)).orElse(learnt);
    }

    @Override
    public NDArray values() {
        return values;
    }

    @Override
    public NDArray relevantValues() {
        return hard == null ? values : values.mul(hardValues);
    }

    @Override
    public void update(NDArray gradient, TensorScope step) {
        adam.step(List.of(gradient));
        if (hard == null) {
            regularize(gradient, step);
        }
    }

    /** Decides from the first gradient which elements count, and weighs them. */
    private void regularize(NDArray gradient, TensorScope step) {
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

    @Override
    public Optional<NDArray> penalty() {
        return hard == null ? Optional.empty() : Optional.of(penalties().sum());
    }

    @Override
    public float[] penaltyPerBlock() {
        if (hard == null) {
            return new float[blocks];
        }
        NDArray each = penalties();
        NDArray perRow = each.getShape().dimension() > 1 ? each.sum(new int[] {1}) : each;
        return engine.kernels().scatterSum(perRow, blockIndex, blocks).toFloatArray();
    }

    private NDArray penalties() {
        NDArray complement = learnt.neg().add(1);
        NDArray entropy = learnt.mul(learnt.add(penalties.eps()).log())
                .add(complement.mul(complement.add(penalties.eps()).log()))
                .neg();
        return learnt.mul(sizeWeights).add(entropy.mul(entropyWeights));
    }

    @Override
    public float[] result() {
        NDArray mask = Activation.sigmoid(parameter);
        return (hard == null ? mask : mask.mul(hard)).toFloatArray();
    }

    @Override
    public void close() {
        adam.close();
        parameter.close();
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
