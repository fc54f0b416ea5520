package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import java.util.List;
import java.util.Optional;
import org.aitia.api.engine.AdamOptimizer;
import org.aitia.api.engine.AdamOptions;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;

/**
 * What {@link SigmoidMask} computes, for masks with a number for each feature of each node: there the passes over memory
 * are what takes the time, and working out the derivatives by hand saves three of four.
 *
 * <p>With m = sigmoid(p), dH/dm = log((1 - m) / m) = -p, so the derivative of the loss by p is
 * {@code m (1 - m) (dloss/dm + size - entropy p)}. The guard of the logarithms plays no part in that; it must be so small
 * that it would not show.
 */
final class WideSigmoidMask implements LearntMask {
    /** Guards up to this do not show in float32. */
    static final double NO_GUARD = 1e-8;

    private final TensorEngine engine;
    private final NDArray parameter; // [M] or [M, W]
    private final Regularizers regularizers;
    private final AdamOptimizer adam;
    private NDArray learnt; // leaf: sigmoid of the parameter, in the current step
    private NDArray values; // the same as the model takes it

    WideSigmoidMask(
            TensorEngine engine,
            NDManager manager,
            MaskLayout layout,
            int blocks,
            Penalties penalties,
            double learningRate) {
        this.engine = engine;
        try (NDArray initial = layout.initial(manager)) {
            this.parameter = engine.variable(initial);
        }
        this.regularizers = new Regularizers(engine, manager, layout, blocks, penalties);
        this.adam = engine.adam(AdamOptions.withLearningRate(learningRate), List.of(parameter));
    }

    @Override
    public NDArray variable() {
        return learnt;
    }

    @Override
    public void activate() {
        try (GradientMode off = engine.gradientMode(false)) {
            learnt = Activation.sigmoid(parameter);
        }
        learnt.setRequiresGradient(true);
        values = regularizers.expanded(learnt);
    }

    @Override
    public NDArray values() {
        return values;
    }

    @Override
    public NDArray relevantValues() {
        return regularizers.relevant(values);
    }

    @Override
    public Optional<NDArray> penalty() {
        return Optional.empty(); // its derivative is added to the gradient
    }

    @Override
    public float[] penaltyPerBlock() {
        return regularizers.perBlock(learnt);
    }

    @Override
    public void update(NDArray gradient, TensorScope step) {
        try (GradientMode off = engine.gradientMode(false)) {
            NDArray slope = learnt.square().subi(learnt); // -m (1 - m): the other factor is negative too
            if (regularizers.areKnown()) {
                NDArray total = regularizers
                        .entropyWeights()
                        .mul(parameter)
                        .subi(regularizers.sizeWeights())
                        .subi(gradient);
                adam.step(List.of(slope.muli(total)));
            } else {
                NDArray first = slope.muli(gradient).negi();
                adam.step(List.of(first));
                regularizers.decide(first, step);
            }
        }
    }

    @Override
    public float[] result() {
        return regularizers.result(Activation.sigmoid(parameter));
    }

    @Override
    public void close() {
        adam.close();
        parameter.close();
        regularizers.close();
    }
}
