package org.aitia.models.internal.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aitia.api.CancelledException;
import org.aitia.api.Seeds;
import org.aitia.api.StorageException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.TrainingSession;
import org.aitia.models.internal.feed.BatchPlan;
import org.aitia.models.internal.feed.Feed;
import org.aitia.models.internal.feed.Feeds;
import org.aitia.models.internal.predict.Inference;
import org.aitia.models.internal.predict.Scores;

/** One training: cross-entropy on the training instances, minimised with Adam. Used by one thread. */
final class Training implements AutoCloseable {
    private static final long DROPOUT_STREAM = 1;
    private static final long ORDER_STREAM = 2;
    private static final long SETTLING_STREAM = 3;
    private static final double NANOS_PER_SECOND = 1e9;
    /** How many lines a training reports, about. */
    private static final int REPORTS = 10;

    private final DeviceLease lease;
    private final TensorEngine engine;
    private final TrainerOptions options;
    private final Subject subject;
    private final TrainingSession session;
    private final Feeds feeds;
    private final BatchPlan plan;
    private final Feed train;
    private final Loss loss;
    private final Inference inference;
    private final Map<Part, Feed> evaluations = new EnumMap<>(Part.class);
    private final Best best;
    private final Schedule schedule;
    private final boolean hasStatistics;
    private List<Double> curve = new ArrayList<>();

    /** What is said after training, and who wants to know of it in between. */
    interface Listener {
        /** Nobody. */
        Listener NONE = (state, epoch) -> {};

        /**
         * Called after an epoch.
         *
         * @param state makes a copy of the state
         * @param epoch how many are done
         */
        void after(Supplier<TrainingState> state, int epoch);

        /**
         * Called when training was cancelled between two epochs.
         *
         * @param state its state
         */
        default void cancelled(TrainingState state) {
            // nobody wants to go on from there
        }
    }

    /**
     * A trained model.
     *
     * @param model with the weights to keep
     * @param metrics measures on each part of the split that has instances, epochs, training loss
     * @param curve accuracy on the test instances after each epoch, if that was followed
     * @param plan how the instances were brought to the device
     */
    record Result(GnnModel model, Map<String, Double> metrics, List<Double> curve, BatchPlan plan) {}

    /**
     * Brings everything to the device.
     *
     * @param planned how to go through the graph, if that was decided on before
     */
    Training(
            DeviceLease lease,
            GnnModel untrained,
            Subject subject,
            TrainerOptions options,
            Optional<BatchPlan> planned,
            TaskMonitor monitor) {
        this.lease = lease;
        this.engine = lease.engine();
        this.options = options;
        this.subject = subject;
        this.best = new Best(options);
        this.schedule = new Schedule(options);
        this.hasStatistics = !untrained.parameters().stream().allMatch(Parameter::isTrainable);
        int[] instances = subject.instances(Part.TRAIN);
        int classes = untrained.info().shape().classes();
        float[] classWeights = ClassWeights.of(
                options.classWeights(),
                classes,
                IntStream.of(instances).map(subject.dataset()::label).toArray());
        session = untrained.openForTraining(lease);
        try {
            feeds = new Feeds(lease, session, subject.dataset());
            long order = Seeds.derive(subject.seed(), ORDER_STREAM);
            plan = planned.isPresent()
                    ? planned.get()
                    : Planner.plan(
                            lease, feeds, subject, options, untrained.info().hops(), order, monitor);
            train = feeds.training(instances, options.batchSize(), plan, order);
            loss = new Loss(
                    engine.kernels(), lease.manager(), subject.dataset(), classWeights, options.labelSmoothing());
            inference = new Inference(lease, session);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    BatchPlan plan() {
        return plan;
    }

    /**
     * Trains.
     *
     * @param from what to go on from
     * @param last the epoch to stop after
     * @param recorder what writes down the course
     * @param listener told of every epoch
     * @param monitor told of every epoch
     */
    Result run(Optional<TrainingState> from, int last, Recorder recorder, Listener listener, TaskMonitor monitor) {
        int epoch = 0;
        long start = System.nanoTime();
        double before = 0;
        int[] steps = {0};
        try (Optimizer optimizer = new Optimizer(engine, session, options)) {
            if (from.isPresent()) {
                TrainingState state = from.get();
                epoch = state.epoch();
                before = state.seconds();
                restore(state, optimizer);
            }
            int reportEvery = Math.max(1, last / REPORTS);
            while (epoch < last && !best.isOld(epoch)) {
                int done = epoch;
                double earlier = before;
                steps[0] = 0;
                try {
                    monitor.checkCancelled();
                    lease.checkValid();
                    double rate = schedule.rate(epoch);
                    optimizer.setRate(rate);
                    boolean reports = (epoch + 1) % reportEvery == 0 || epoch + 1 == last;
                    double lost = epoch(epoch, optimizer, reports || schedule.needsLoss(), steps, monitor);
                    epoch++;
                    Optional<Scores> validation = validate(epoch, monitor);
                    if (schedule.needsLoss()) {
                        schedule.observe(validation.map(Scores::loss).orElse(lost));
                    }
                    follow(monitor);
                    if (recorder.isOn()) {
                        record(epoch, epoch == last, recorder, rate, before + seconds(start), validation, monitor);
                    }
                    if (reports) {
                        report(epoch, last, lost, validation, monitor);
                    }
                    int reached = epoch;
                    listener.after(() -> state(reached, earlier + seconds(start), optimizer), reached);
                    monitor.progress("epoch", epoch, last);
                } catch (CancelledException e) {
                    if (steps[0] == 0 && epoch == done) {
                        try {
                            listener.cancelled(state(done, before + seconds(start), optimizer));
                        } catch (StorageException unsaved) {
                            e.addSuppressed(unsaved); // that it was cancelled is what the caller waits for
                        }
                    }
                    throw e;
                }
            }
        }
        if (!options.validates()) {
            settle(monitor);
        }
        if (options.validates() && best.state().epoch() > 0) {
            session.restore(best.state().weights());
        }
        recorder.projector()
                .ifPresent(directory -> new EmbeddingExport(lease, session, feeds, subject).write(directory, monitor));
        return new Result(session.snapshot(), metrics(epoch, monitor), List.copyOf(curve), plan);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / NANOS_PER_SECOND;
    }

    private TrainingState state(int epoch, double seconds, Optimizer optimizer) {
        return new TrainingState(
                epoch,
                seconds,
                session.snapshot().parameters(),
                optimizer.states(),
                best.state(),
                schedule.state(),
                curve);
    }

    private void restore(TrainingState state, Optimizer optimizer) {
        session.restore(state.weights());
        optimizer.restore(state.moments());
        best.restore(state.best());
        schedule.restore(state.schedule());
        curve = new ArrayList<>(state.curve());
    }

    /** Sees all training instances once; returns their mean loss, if that is wanted. */
    private double epoch(int epoch, Optimizer optimizer, boolean wantsLoss, int[] steps, TaskMonitor monitor) {
        RandomGenerator dropout = Seeds.generator(Seeds.derive(Seeds.derive(subject.seed(), DROPOUT_STREAM), epoch));
        double[] sum = {0};
        int[] seen = {0};
        train.forEach(epoch, portion -> {
            monitor.checkCancelled();
            if (seen[0] > 0) {
                monitor.progress("instances of epoch " + (epoch + 1), seen[0], train.count());
            }
            seen[0] += portion.instances().length;
            try (TensorScope step = engine.openStep()) {
                Loss.Targets targets = loss.targets(portion);
                try (GradientMode recording = engine.gradientMode(true)) {
                    NDArray value = loss.of(session.forwardTraining(portion.batch(), dropout), targets);
                    steps[0]++;
                    optimizer.step(engine, value);
                    sum[0] += wantsLoss ? value.getFloat() * portion.instances().length : 0;
                }
            }
        });
        return sum[0] / train.count();
    }

    private Optional<Scores> validate(int epoch, TaskMonitor monitor) {
        if (!options.validates() && !(schedule.needsLoss() && subject.instances(Part.VALIDATION).length > 0)) {
            return Optional.empty();
        }
        Optional<Scores> scores = options.validates()
                ? Optional.of(settledScores(Part.VALIDATION, monitor))
                : Optional.of(passing(() -> scores(Part.VALIDATION, monitor), monitor));
        if (options.validates()) {
            best.offer(epoch, scores.get(), () -> session.snapshot().parameters());
        }
        return scores;
    }

    private Scores settledScores(Part part, TaskMonitor monitor) {
        settle(monitor);
        return scores(part, monitor);
    }

    /** Evaluates as after the end of training, without leaving a trace in what is trained. */
    private <T> T passing(Supplier<T> work, TaskMonitor monitor) {
        if (!hasStatistics) {
            return work.get();
        }
        List<Parameter> weights = session.snapshot().parameters();
        settle(monitor);
        T result = work.get();
        session.restore(weights);
        return result;
    }

    private void follow(TaskMonitor monitor) {
        if (subject.followsTest()) {
            curve.add(passing(() -> scores(Part.TEST, monitor).accuracy(), monitor));
        }
    }

    private void record(
            int epoch,
            boolean last,
            Recorder recorder,
            double rate,
            double seconds,
            Optional<Scores> validated,
            TaskMonitor monitor) {
        passing(
                () -> {
                    Optional<Scores> validation =
                            validated.isPresent() || subject.instances(Part.VALIDATION).length == 0
                                    ? validated
                                    : Optional.of(scores(Part.VALIDATION, monitor));
                    recorder.record(epoch, scores(Part.TRAIN, monitor), validation, rate, seconds);
                    return epoch;
                },
                monitor);
        recorder.weights(epoch, last, () -> session.snapshot().parameters());
    }

    private static void report(int epoch, int last, double lost, Optional<Scores> validation, TaskMonitor monitor) {
        String line = String.format(Locale.ROOT, "epoch %d of %d: training loss %.4f", epoch, last, lost);
        monitor.message(line
                + validation
                        .map(v -> String.format(
                                Locale.ROOT, ", validation loss %.4f, accuracy %.4f", v.loss(), v.accuracy()))
                        .orElse(""));
    }

    /**
     * Lets statistics that a model keeps of its activations (batch normalisation) catch up with its present weights.
     * They lag by a step otherwise, which is much where a unit hardly varies among nodes and is scaled up for it.
     */
    private void settle(TaskMonitor monitor) {
        if (!hasStatistics) {
            return;
        }
        RandomGenerator random = Seeds.generator(Seeds.derive(subject.seed(), SETTLING_STREAM));
        try (GradientMode off = engine.gradientMode(false)) {
            train.forEach(0, portion -> {
                monitor.checkCancelled();
                try (TensorScope scope = engine.openScope()) {
                    session.forwardTraining(portion.batch(), random);
                }
            });
        }
    }

    private Scores scores(Part part, TaskMonitor monitor) {
        int[] instances = subject.instances(part);
        Feed feed = evaluations.computeIfAbsent(part, p -> feeds.evaluation(instances));
        return inference.scores(feed, instances, subject.dataset(), quiet(monitor));
    }

    /** Epochs are the only progress that is told. */
    private static TaskMonitor quiet(TaskMonitor monitor) {
        return new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                // of a part of an epoch
            }

            @Override
            public boolean isCancelled() {
                return monitor.isCancelled();
            }
        };
    }

    private Map<String, Double> metrics(int epochs, TaskMonitor monitor) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            if (subject.instances(part).length > 0) {
                Scores scores = scores(part, monitor);
                put(metrics, part.prefix() + "Accuracy", scores.accuracy());
                put(metrics, part.prefix() + "MacroF1", scores.macroF1());
                put(metrics, part.prefix() + "RocAuc", scores.rocAuc());
                if (part == Part.TRAIN) {
                    put(metrics, "trainLoss", scores.loss());
                }
            }
        }
        metrics.put("epochs", (double) epochs);
        if (best.state().epoch() > 0) {
            metrics.put("bestEpoch", (double) best.state().epoch());
        }
        return metrics;
    }

    private static void put(Map<String, Double> metrics, String name, double value) {
        if (Double.isFinite(value)) {
            metrics.put(name, value);
        }
    }

    @Override
    public void close() {
        evaluations.values().forEach(Feed::close);
        train.close();
        feeds.close();
        session.close();
    }
}
