package org.aitia.explainer.pgexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.engine.AdamOptimizer;
import org.aitia.api.engine.AdamOptions;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.PreparedBatch;
import org.aitia.api.model.TrainingSession;
import org.aitia.testkit.tck.Workbench;

/**
 * The GCN that the authors explain: three layers of 20 on the raw adjacency, of unit length, batch normalisation, outputs
 * concatenated, then linear. Adam 1e-3, 1000 epochs, gradients of norm 2 at most.
 */
final class PaperModel {
    private static final int EPOCHS = 1000;
    private static final Map<String, String> OPTIONS = Map.of(
            "layers",
            "3",
            "hidden",
            "20",
            "dropout",
            "0",
            "concat",
            "true",
            "l2Normalize",
            "true",
            "normalization",
            "none",
            "batchNorm",
            "true");

    private PaperModel() {}

    static GnnModel train(Workbench workbench, Dataset data, long seed) {
        ModelShape shape = new ModelShape(Task.NODE, data.featureCount(), data.classCount());
        GnnModel model = Workbench.architecture("gcn").create(shape, OPTIONS, seed);
        TensorEngine engine = workbench.lease().engine();
        RandomGenerator random = Seeds.generator(seed);
        int[] nodes = data.split().train();
        try (TrainingSession session = model.openForTraining(workbench.lease());
                PreparedBatch batch = session.prepare(GraphBatch.whole(data.graph()));
                NDManager manager = workbench.lease().manager().newSubManager();
                NDArray index =
                        manager.create(IntStream.of(nodes).asLongStream().toArray());
                NDArray classes = manager.create(
                        IntStream.of(nodes).mapToLong(data::label).toArray(), new Shape(nodes.length, 1));
                GradientMode recording = engine.gradientMode(true);
                AdamOptimizer adam = engine.adam(AdamOptions.withLearningRate(1e-3), session.variables())) {
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                try (TensorScope step = engine.openStep()) {
                    NDArray logits = engine.kernels().gather(session.forwardTraining(batch, random), index);
                    NDArray loss = logits.logSoftmax(1).gather(classes, 1).neg().mean();
                    adam.step(clipped(engine.gradients(loss, session.variables())));
                }
            }
            return session.snapshot();
        }
    }

    private static List<NDArray> clipped(List<NDArray> gradients) {
        double squares =
                gradients.stream().mapToDouble(g -> g.square().sum().getFloat()).sum();
        double scale = 2 / (Math.sqrt(squares) + 1e-6);
        return scale >= 1
                ? gradients
                : gradients.stream().map(g -> g.mul(scale)).toList();
    }
}
