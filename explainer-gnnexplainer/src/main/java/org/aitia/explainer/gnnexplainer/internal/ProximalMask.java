package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.aitia.api.engine.TensorEngine;

/**
 * {@code sparsity=l1}: the mask m itself is learnt, and the price lambda of its L1 norm is paid by a proximal step.
 *
 * <p>Minimises {@code loss(m) + lambda * sum(m)} over m in [0, 1]. Each step takes Adam's direction and then the proximal
 * operator of {@code lambda |m|} and of the box [0, 1], in the metric of Adam's preconditioner
 * {@code d = sqrt(vhat) + eps} (ProxGen: Yun, Lozano, Yang 2021; ISTA: Daubechies et al. 2004, where d is constant):
 *
 * <pre>
 * m = clip(m - lr * mhat / d  -  lr * lambda / d,  0,  1)
 * </pre>
 *
 * The second difference is the soft threshold, one-sided as m is never negative. The clip makes 0 exact, and 0 is left
 * again only by an element whose loss falls by more than lambda per unit of m: the fixed points are those of the problem,
 * whatever d is. (A constant threshold behind Adam's step would not do: Adam moves each element by about lr, however
 * small its gradient, so that it would weigh nothing against the threshold.)
 */
final class ProximalMask extends SparseMask {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double learningRate;
    private final NDArray first; // moments
    private final NDArray second;
    private int steps;

    /** Begins from a layout whose initial values lie in [0, 1]. */
    ProximalMask(
            TensorEngine engine, NDManager manager, MaskLayout layout, int blocks, double price, double learningRate) {
        super(engine, manager, layout, blocks, price);
        this.learningRate = learningRate;
        this.first = zeros();
        this.second = zeros();
    }

    @Override
    void write() {
        // the leaf is what is learnt
    }

    @Override
    void learn(NDArray gradient, NDArray relevant) {
        steps++;
        first.muli(BETA1).addi(gradient.mul(1 - BETA1));
        second.muli(BETA2).addi(gradient.square().mul(1 - BETA2));
        NDArray metric = second.div(1 - Math.pow(BETA2, steps)).sqrt().add(EPSILON);
        NDArray slope = first.div(1 - Math.pow(BETA1, steps)).add(prices);
        NDArray moved = mask.sub(slope.div(metric).mul(learningRate)).clip(0, 1);
        engine.assign(mask, moved.mul(relevant));
    }

    @Override
    NDArray charged() {
        return mask;
    }

    @Override
    NDArray finished() {
        return mask;
    }

    @Override
    public void close() {
        super.close();
        first.close();
        second.close();
    }
}
