package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Optional;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;

/**
 * A mask that reaches 0 exactly. The model's loss is differentiated by the mask itself; how the mask follows from what is
 * learnt is worked out by hand, since projections and closed gates have no useful derivative.
 *
 * <p>Each element has a price, which is no part of the differentiated loss.
 */
abstract class SparseMask implements LearntMask {
    final TensorEngine engine;
    final NDManager manager;
    final NDArray mask; // leaf, [M] or [M, W]
    final NDArray prices; // [M] or [M, 1]
    private final MaskLayout layout;
    private final NDArray blockIndex; // [M]
    private final Optional<NDArray> places;
    private final int blocks;
    private NDArray values; // as the model takes it
    private NDArray hard; // 1 where the first gradient was not 0; null before the first step is done

    SparseMask(TensorEngine engine, NDManager manager, MaskLayout layout, int blocks, double price) {
        this.engine = engine;
        this.manager = manager;
        this.layout = layout;
        this.blocks = blocks;
        try (NDArray initial = layout.initial(manager)) {
            this.mask = engine.variable(initial);
        }
        float[] each = layout.multiplicities().map(float[]::clone).orElseGet(() -> {
            float[] ones = new float[layout.blocks().length];
            Arrays.fill(ones, 1);
            return ones;
        });
        for (int i = 0; i < each.length; i++) {
            each[i] *= (float) price;
        }
        this.prices = layout.perRow(manager, each);
        this.blockIndex = layout.blockIndex(manager);
        this.places = layout.placeIndex(manager);
    }

    /** Writes the mask of this step into the leaf; called without recording. */
    abstract void write();

    /** Changes what is learnt; called without recording. */
    abstract void learn(NDArray gradient, NDArray relevant);

    /** What each element costs now, before the price is applied. */
    abstract NDArray charged();

    /** The mask after the last step. */
    abstract NDArray finished();

    @Override
    public final NDArray variable() {
        return mask;
    }

    @Override
    public final void activate() {
        try (GradientMode off = engine.gradientMode(false)) {
            write();
        }
        values = places.map(index -> engine.kernels().gather(mask, index)).orElse(mask);
    }

    @Override
    public final NDArray values() {
        return values;
    }

    @Override
    public final NDArray relevantValues() {
        return values; // the first step has made it 0 where it has no influence
    }

    @Override
    public final Optional<NDArray> penalty() {
        return Optional.empty();
    }

    @Override
    public final float[] penaltyPerBlock() {
        if (hard == null) {
            return new float[blocks];
        }
        NDArray each = charged().mul(prices);
        NDArray perRow = each.getShape().dimension() > 1 ? each.sum(new int[] {1}) : each;
        return engine.kernels().scatterSum(perRow, blockIndex, blocks).toFloatArray();
    }

    @Override
    public final void update(NDArray gradient, TensorScope step) {
        try (GradientMode off = engine.gradientMode(false)) {
            if (hard == null) {
                hard = step.keep(gradient.neq(0).toType(DataType.FLOAT32, false), manager);
            }
            learn(gradient, hard);
        }
    }

    @Override
    public final float[] result() {
        try (GradientMode off = engine.gradientMode(false)) {
            return (hard == null ? finished() : finished().mul(hard)).toFloatArray();
        }
    }

    final NDArray relevant(NDArray array) {
        return hard == null ? array : array.mul(hard);
    }

    final boolean isFirstStep() {
        return hard == null;
    }

    /** An array of zeros that outlives steps. */
    final NDArray zeros() {
        try (TensorScope scope = engine.openScope()) {
            return scope.keep(manager.zeros(layout.shape()), manager);
        }
    }

    @Override
    public void close() {
        mask.close();
        prices.close();
        blockIndex.close();
        places.ifPresent(NDArray::close);
        if (hard != null) {
            hard.close();
        }
    }
}
