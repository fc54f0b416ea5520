package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import java.util.List;
import org.aitia.api.engine.AdamOptimizer;
import org.aitia.api.engine.AdamOptions;
import org.aitia.api.engine.TensorEngine;

/**
 * {@code sparsity=l0}: hard-concrete gates (Louizos, Welling, Kingma: Learning Sparse Neural Networks through L0
 * Regularization, ICLR 2018).
 *
 * <p>What is learnt is log(alpha) of each gate z (their equations 10 to 13):
 *
 * <pre>
 * s = sigmoid((log u - log(1 - u) + log alpha) / beta),  z = min(1, max(0, s (zeta - gamma) + gamma))
 * P(z != 0) = sigmoid(log alpha - beta log(-gamma / zeta))
 * </pre>
 *
 * with gamma = -stretch, zeta = 1 + stretch. Minimises {@code E[loss(z)] + lambda * sum(P(z != 0))}; the result is z with
 * {@code s = sigmoid(log alpha)}, without noise.
 *
 * <p>The noise of step t is {@code u_t = frac(u_0 + t / golden ratio)} with u_0 drawn for each element: each u_t is
 * uniform, those of one step are independent, and those of successive steps fill [0, 1] more evenly than independent
 * ones (a Kronecker sequence, randomised by Cranley and Patterson 1976), so that fewer steps do. Nothing is drawn on the
 * way, so that targets in a batch do not see each other.
 *
 * <p>The first step has no noise, {@code z = sigmoid(log alpha)}, and changes nothing: closed gates would hide what can
 * influence the prediction, which its gradient decides.
 */
final class GateMask extends SparseMask {
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final double FARTHEST = 1e-6; // from 0 and 1, for the logarithms

    /**
     * How gates are learnt.
     *
     * @param temperature beta
     * @param stretch beyond 0 and 1
     * @param learningRate of log(alpha)
     */
    record Settings(double temperature, double stretch, double learningRate) {
        double shift() {
            return temperature * Math.log(stretch / (1 + stretch));
        }
    }

    private final Settings settings;
    private final NDArray logAlpha;
    private final NDArray start; // u_0
    private final AdamOptimizer adam;
    private NDArray concrete; // s of this step
    private NDArray stretched; // of this step, before it is cut
    private int steps;

    GateMask(
            TensorEngine engine,
            NDManager manager,
            MaskLayout layout,
            float[] noise,
            int blocks,
            double price,
            Settings settings) {
        super(engine, manager, layout, blocks, price);
        this.settings = settings;
        try (NDArray initial = layout.initial(manager)) {
            this.logAlpha = engine.variable(initial);
        }
        this.start = layout.with(noise).initial(manager);
        this.adam = engine.adam(AdamOptions.withLearningRate(settings.learningRate()), List.of(logAlpha));
    }

    @Override
    void write() {
        if (isFirstStep()) {
            engine.assign(mask, Activation.sigmoid(logAlpha));
            return;
        }
        double shift = steps * GOLDEN;
        NDArray u = start.add(shift - Math.floor(shift));
        u = u.sub(u.floor()).clip(FARTHEST, 1 - FARTHEST);
        NDArray logistic = u.log().sub(u.neg().add(1).log());
        concrete = Activation.sigmoid(logistic.add(logAlpha).div(settings.temperature()));
        stretched = stretched(concrete);
        engine.assign(mask, relevant(stretched.clip(0, 1)));
    }

    private NDArray stretched(NDArray s) {
        return s.mul(1 + 2 * settings.stretch()).sub(settings.stretch());
    }

    @Override
    void learn(NDArray gradient, NDArray relevant) {
        if (steps++ == 0) {
            return;
        }
        NDArray between = stretched.gt(0).logicalAnd(stretched.lt(1)).toType(DataType.FLOAT32, false);
        NDArray slope = concrete.mul(concrete.neg().add(1))
                .mul(between)
                .mul((1 + 2 * settings.stretch()) / settings.temperature());
        NDArray open = charged();
        NDArray charge = open.mul(open.neg().add(1)).mul(prices);
        adam.step(List.of(gradient.mul(slope).add(charge)));
    }

    @Override
    NDArray charged() {
        return relevant(Activation.sigmoid(logAlpha.sub(settings.shift())));
    }

    @Override
    NDArray finished() {
        return stretched(Activation.sigmoid(logAlpha)).clip(0, 1);
    }

    @Override
    public void close() {
        super.close();
        adam.close();
        logAlpha.close();
        start.close();
    }
}
