package org.aitia.models.internal.layers;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aitia.api.Task;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.PreparedBatch;
import org.aitia.api.model.TrainingSession;
import org.aitia.models.internal.batch.DeviceFeatures;
import org.aitia.models.internal.batch.Dropout;
import org.aitia.models.internal.batch.FeatureView;

/** A stack of convolutions that learns. */
final class LayeredTrainingSession extends LayeredSession implements TrainingSession {
    /** Weight of the newest of many batches in the running statistics, as in PyTorch. */
    private static final double BATCH_NORM_MOMENTUM = 0.1;

    LayeredTrainingSession(LayeredModel model, DeviceLease lease) {
        super(model, lease, true);
    }

    @Override
    public List<NDArray> variables() {
        return weights.variables();
    }

    @Override
    public NDArray forwardTraining(PreparedBatch batch, RandomGenerator random) {
        LayeredBatch own = own(batch);
        try (TensorScope scope = engine.openScope()) {
            return scope.keep(logits(own, Masks.NONE, new Training(random, seesEverything(own))));
        }
    }

    @Override
    public GnnModel snapshot() {
        return model.with(weights.download(model.parameters()));
    }

    @Override
    public void restore(List<Parameter> parameters) {
        weights.set(design.check(model.architecture(), parameters));
    }

    /** Whether a batch is all there is: the whole graph of a node or link task. */
    private boolean seesEverything(LayeredBatch batch) {
        return design.shape().task() != Task.GRAPH
                && batch.batch().blocks().size() == 1
                && batch.batch().blocks().get(0).isWhole();
    }

    private final class Training implements Pass {
        private final RandomGenerator random;
        private final boolean exact;

        /**
         * For one pass.
         *
         * @param exact whether the batch's statistics are those of all data: older ones are then only out of date
         */
        Training(RandomGenerator random, boolean exact) {
            this.random = random;
            this.exact = exact;
        }

        @Override
        public FeatureView features(DeviceFeatures features, double rate) {
            return features.dropped(rate, random);
        }

        @Override
        public NDArray dropout(NDArray x, double rate) {
            return Dropout.apply(x, rate, random);
        }

        @Override
        public Optional<Statistics> statistics(String norm, NDArray x) {
            long rows = x.getShape().get(0);
            if (rows < 2) {
                return Optional.empty(); // one row has no variance
            }
            NDArray mean = x.mean(new int[] {0});
            NDArray variance = x.sub(mean).square().mean(new int[] {0});
            try (GradientMode off = engine.gradientMode(false)) {
                // of a sample, the running variance is the unbiased estimate, as in PyTorch
                follow(norm + ".running_mean", engine.detach(mean), 1);
                follow(norm + ".running_var", engine.detach(variance), exact ? 1 : rows / (rows - 1.0));
            }
            return Optional.of(new Statistics(mean, variance));
        }

        private void follow(String name, NDArray value, double factor) {
            double momentum = exact ? 1 : BATCH_NORM_MOMENTUM;
            weights.get(name).muli(1 - momentum).addi(value.mul(momentum * factor));
        }
    }
}
