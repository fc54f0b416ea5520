package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import java.util.List;
import java.util.Optional;
import org.aitia.api.engine.AdamOptimizer;
import org.aitia.api.engine.AdamOptions;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;

/** The mask of the paper: the sigmoid of what is learnt with Adam, penalised by size and entropy. */
final class SigmoidMask implements LearntMask {
    private final NDArray parameter; // [M] or [M, W]
    private final Regularizers regularizers;
    private final AdamOptimizer adam;
    private NDArray learnt; // sigmoid of the parameter, in the current step
    private NDArray values; // the same as the model takes it

    SigmoidMask(
            TensorEngine engine,
            NDManager manager,
            MaskLayout layout,
            int blocks,
            Penalties penalties,
            double learningRate) {
        try (NDArray initial = layout.initial(manager)) {
            this.parameter = engine.variable(initial);
        }
        this.regularizers = new Regularizers(engine, manager, layout, blocks, penalties);
        this.adam = engine.adam(AdamOptions.withLearningRate(learningRate), List.of(parameter));
    }

    @Override
    public NDArray variable() {
        return parameter;
    }

    @Override
    public void activate() {
        learnt = Activation.sigmoid(parameter);
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
        return regularizers.areKnown() ? Optional.of(regularizers.of(learnt).sum()) : Optional.empty();
    }

    @Override
    public float[] penaltyPerBlock() {
        return regularizers.perBlock(learnt);
    }

    @Override
    public void update(NDArray gradient, TensorScope step) {
        adam.step(List.of(gradient));
        if (!regularizers.areKnown()) {
            regularizers.decide(gradient, step);
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
