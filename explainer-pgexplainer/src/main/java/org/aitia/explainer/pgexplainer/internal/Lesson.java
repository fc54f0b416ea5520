package org.aitia.explainer.pgexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.nio.FloatBuffer;
import java.util.List;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplainerTraining;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.model.Masks;

/** Some targets on the device, to learn from. */
final class Lesson implements AutoCloseable {
    private final ExplainerTraining.Work work;
    private final ExplanationBatch batch;
    private final PgExplainerOptions options;
    private final EdgeTable edges;
    private final EdgeInputs inputs;
    private final Penalties penalties;
    private final NDArray expected; // int64 [B, 1] classes; of a regression model float32 [B, 1] outputs
    private final boolean regression;

    Lesson(ExplainerTraining.Work work, PgExplainerOptions options) {
        this.work = work;
        this.batch = work.batch();
        this.options = options;
        this.regression = batch.session().model().info().isRegression();
        boolean subgraph = options.regularized() == PgExplainerOptions.Regularized.SUBGRAPH;
        this.edges = new EdgeTable(batch.graphs(), subgraph, options.undirected());
        this.inputs = EdgeInputs.of(batch, edges, options.embeddings());
        try (GradientMode off = batch.engine().gradientMode(false);
                TensorScope scope = batch.engine().openScope()) {
            HostArrays host = new HostArrays(scope, batch.manager());
            this.penalties = new Penalties(host, batch.engine().kernels(), edges, options);
            this.expected = expected(host);
        }
    }

    private NDArray expected(HostArrays host) {
        List<ExplanationTarget> targets = batch.targets();
        if (regression) {
            float[] outputs = new float[targets.size()];
            for (int b = 0; b < outputs.length; b++) {
                outputs[b] = targets.get(b).probabilities()[0];
            }
            return host.floats(outputs, outputs.length, 1);
        }
        int[] classes =
                targets.stream().mapToInt(ExplanationTarget::explainedClass).toArray();
        return host.longs(classes, classes.length, 1);
    }

    /**
     * One pass of all targets.
     *
     * @param logits scores of edges before noise, [E]
     * @param mask what was drawn of them, [E]
     * @param losses how far each masked prediction is from what is explained, [B, 1]
     * @param loss their sum and the penalties
     */
    record Pass(NDArray logits, NDArray mask, NDArray losses, NDArray loss) {}

    /** Whether there is nothing to mask. */
    boolean isEmpty() {
        return edges.inBatch() == 0;
    }

    ExplanationBatch batch() {
        return batch;
    }

    EdgeTable edges() {
        return edges;
    }

    EdgeInputs inputs() {
        return inputs;
    }

    /** Draws masks and computes the loss, within the current scope. */
    Pass pass(Mlp mlp, Noise noise, int epoch) {
        NDArray logits = mlp.logits(inputs);
        NDArray gates = options.isNoisy() ? logits.add(noise(noise, epoch)) : logits;
        NDArray mask = Activation.sigmoid(gates.div(options.temperature(epoch))); // Luo et al., equation 6
        NDArray predictions = batch.session().forward(batch.prepared(), Masks.ofEdges(inBatch(mask))); // [B, C]
        NDArray losses = regression
                ? predictions.sub(expected).square()
                : predictions.logSoftmax(1).gather(expected, 1).neg();
        return new Pass(logits, mask, losses, penalties.addTo(losses.sum(), mask));
    }

    private NDArray inBatch(NDArray mask) {
        NDArray tied = inputs.tied(batch, mask);
        return edges.size() == edges.inBatch() ? tied : tied.get(new NDIndex().addSliceDim(0, edges.inBatch()));
    }

    private NDArray noise(Noise noise, int epoch) {
        float[] values = new float[edges.size()];
        for (int b = 0; b < batch.targets().size(); b++) {
            double[] uniform = noise.uniform(batch.targets().get(b), epoch, edges.originals(b));
            Noise.logits(uniform, options.bias(), values, edges.places(b));
        }
        return batch.manager().create(FloatBuffer.wrap(values), new Shape(values.length));
    }

    @Override
    public void close() {
        work.close();
    }
}
