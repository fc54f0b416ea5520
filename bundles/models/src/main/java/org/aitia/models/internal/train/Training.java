package org.aitia.models.internal.train;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Split;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.PreparedBatch;
import org.aitia.api.model.TrainingSession;

/** One training: cross-entropy on the training instances, minimised with Adam. */
final class Training implements AutoCloseable {
    private static final long DROPOUT_STREAM = 1;
    private static final long ORDER_STREAM = 2;
    private static final long SETTLING_STREAM = 3;

    private final TensorEngine engine;
    private final GraphKernels kernels;
    private final DeviceLease lease;
    private final TrainerOptions options;
    private final GnnModel untrained;
    private final TrainingSession session;
    private final Optional<PreparedBatch> shared; // the whole graph, for node tasks
    private final Feed train;
    private final Feed trainEvaluation;
    private final Feed validation;
    private final Feed test;
    private final long seed;

    /**
     * What a part of the split says of the present weights.
     *
     * @param loss mean cross-entropy
     * @param accuracy in [0, 1]
     */
    private record Score(double loss, double accuracy) {}

    /**
     * A trained model.
     *
     * @param model with the weights to keep
     * @param metrics accuracy on each part of the split that has instances, epochs, training loss
     */
    record Result(GnnModel model, Map<String, Double> metrics) {}

    Training(DeviceLease lease, GnnModel untrained, Dataset dataset, Split split, TrainerOptions options, long seed) {
        this.lease = lease;
        this.engine = lease.engine();
        this.kernels = engine.kernels();
        this.options = options;
        this.untrained = untrained;
        this.seed = seed;
        int[] trainInstances = Instances.labelled(dataset, split.train());
        if (trainInstances.length == 0) {
            throw new InvalidRequestException("the split of data set '"
                    + dataset.info().name() + "' has no labelled training instance; choose another split or data set");
        }
        int[] validationInstances = Instances.labelled(dataset, split.validation());
        int[] testInstances = Instances.labelled(dataset, split.test());
        if (options.validates() && validationInstances.length == 0) {
            throw new InvalidRequestException("early stopping and best weights need validation instances; the split of"
                    + " data set '" + dataset.info().name() + "' has none");
        }
        session = untrained.openForTraining(lease);
        if (dataset.info().task() == Task.GRAPH) {
            shared = Optional.empty();
            train = Feed.Graphs.training(
                    engine,
                    lease.manager(),
                    session,
                    dataset,
                    trainInstances,
                    options.batchSize(),
                    Seeds.derive(seed, ORDER_STREAM));
            trainEvaluation = Feed.Graphs.evaluation(engine, lease.manager(), session, dataset, trainInstances);
            validation = Feed.Graphs.evaluation(engine, lease.manager(), session, dataset, validationInstances);
            test = Feed.Graphs.evaluation(engine, lease.manager(), session, dataset, testInstances);
        } else {
            PreparedBatch whole = session.prepare(GraphBatch.whole(dataset.graph()));
            shared = Optional.of(whole);
            train = Feed.nodes(engine, lease.manager(), whole, dataset, trainInstances);
            trainEvaluation = train;
            validation = Feed.nodes(engine, lease.manager(), whole, dataset, validationInstances);
            test = Feed.nodes(engine, lease.manager(), whole, dataset, testInstances);
        }
    }

    Result run(TaskMonitor monitor) {
        RandomGenerator dropout = Seeds.generator(Seeds.derive(seed, DROPOUT_STREAM));
        Best best = new Best();
        int epoch = 0;
        try (Optimizer optimizer = new Optimizer(engine, session, options)) {
            while (epoch < options.epochs() && !best.isOld(epoch)) {
                monitor.checkCancelled();
                lease.checkValid();
                train.forEach(epoch, portion -> step(optimizer, portion, dropout, monitor));
                epoch++;
                if (options.validates()) {
                    settle(monitor);
                    best.offer(epoch, evaluate(validation, monitor));
                }
                monitor.progress("epoch", epoch, options.epochs());
            }
        }
        if (!options.validates()) {
            settle(monitor);
        }
        best.restore();
        Map<String, Double> metrics = new LinkedHashMap<>();
        Score trained = evaluate(trainEvaluation, monitor);
        metrics.put("trainAccuracy", trained.accuracy());
        if (validation.count() > 0) {
            metrics.put("valAccuracy", evaluate(validation, monitor).accuracy());
        }
        if (test.count() > 0) {
            metrics.put("testAccuracy", evaluate(test, monitor).accuracy());
        }
        metrics.put("trainLoss", trained.loss());
        metrics.put("epochs", (double) epoch);
        return new Result(session.snapshot(), metrics);
    }

    private void step(Optimizer optimizer, Feed.Portion portion, RandomGenerator dropout, TaskMonitor monitor) {
        monitor.checkCancelled();
        try (GradientMode recording = engine.gradientMode(true);
                TensorScope step = engine.openStep()) {
            NDArray logits = session.forwardTraining(portion.batch(), dropout);
            optimizer.step(engine, portion.instances().loss(kernels, logits));
        }
    }

    /**
     * Lets statistics that a model keeps of its activations (batch normalisation) catch up with its present weights.
     * They lag by a step otherwise, which is much where a unit hardly varies among nodes and is scaled up for it.
     */
    private void settle(TaskMonitor monitor) {
        if (untrained.parameters().stream().allMatch(Parameter::isTrainable)) {
            return;
        }
        RandomGenerator random = Seeds.generator(Seeds.derive(seed, SETTLING_STREAM));
        try (GradientMode off = engine.gradientMode(false)) {
            train.forEach(0, portion -> {
                monitor.checkCancelled();
                try (TensorScope scope = engine.openScope()) {
                    session.forwardTraining(portion.batch(), random);
                }
            });
        }
    }

    private Score evaluate(Feed feed, TaskMonitor monitor) {
        double[] sums = new double[2]; // loss, correct
        try (GradientMode off = engine.gradientMode(false)) {
            feed.forEach(0, portion -> {
                monitor.checkCancelled();
                try (TensorScope scope = engine.openScope()) {
                    Instances instances = portion.instances();
                    NDArray logits = session.forward(portion.batch(), Masks.NONE);
                    sums[0] += instances.loss(kernels, logits).getFloat() * instances.count();
                    sums[1] += instances.correct(kernels, logits);
                }
            });
        }
        int count = Math.max(1, feed.count());
        return new Score(sums[0] / count, sums[1] / count);
    }

    /** Remembers the weights that did best on the validation instances. */
    private final class Best {
        private double value = Double.POSITIVE_INFINITY;
        private int epoch;
        private List<Parameter> weights = List.of();

        void offer(int now, Score score) {
            double offered = options.criterion() == TrainerOptions.Criterion.LOSS ? score.loss() : -score.accuracy();
            if (offered < value) {
                value = offered;
                epoch = now;
                weights = session.snapshot().parameters();
            }
        }

        boolean isOld(int now) {
            return options.patience() > 0 && now - epoch >= options.patience();
        }

        void restore() {
            if (!weights.isEmpty()) {
                session.restore(weights);
            }
        }
    }

    @Override
    public void close() {
        train.close();
        if (trainEvaluation != train) {
            trainEvaluation.close();
        }
        validation.close();
        test.close();
        shared.ifPresent(PreparedBatch::close);
        session.close();
    }
}
