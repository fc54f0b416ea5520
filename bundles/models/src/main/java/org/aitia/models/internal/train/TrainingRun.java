package org.aitia.models.internal.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Split;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.model.GnnModel;
import org.aitia.models.internal.feed.BatchPlan;

/** What a request asks for: one training, or one per fold and one on everything; with checkpoints and logs. */
final class TrainingRun {
    private static final long DIVISION_STREAM = 4;
    private static final long FOLD_STREAM = 5;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Dataset dataset;
    private final Optional<Split> split;
    private final TrainerOptions options;
    private final LongFunction<GnnModel> untrained;
    private final long seed;
    private final Places places;
    private final Map<String, String> request;

    /**
     * Where things are written besides the model.
     *
     * @param checkpoint the checkpoint
     * @param logs folder of the logs
     */
    record Places(CheckpointFile checkpoint, Path logs) {}

    /**
     * For a request.
     *
     * @param split empty for a cross-validation
     * @param untrained makes a model with fresh weights from a seed
     * @param request all that decides on the result, by name
     */
    TrainingRun(
            Dataset dataset,
            Optional<Split> split,
            TrainerOptions options,
            LongFunction<GnnModel> untrained,
            long seed,
            Places places,
            Map<String, String> request) {
        this.dataset = dataset;
        this.split = split;
        this.options = options;
        this.untrained = untrained;
        this.seed = seed;
        this.places = places;
        this.request = request;
    }

    /** Refuses what makes no sense before anything is computed. */
    static void check(TrainerOptions options, Dataset dataset, Optional<Split> split) {
        String data = "data set '" + dataset.info().name() + "'";
        if (options.folds() > 0) {
            if (dataset.info().task() != Task.GRAPH) {
                throw new InvalidRequestException("cross-validation is for graph tasks, " + data + " is about a "
                        + dataset.info().task().name().toLowerCase(Locale.ROOT) + " task; leave out folds");
            }
            if (options.validates()) {
                throw new InvalidRequestException("cross-validation has no validation instances for early stopping and"
                        + " best weights; leave out patience and restoreBest, or folds");
            }
        } else if (options.validates()
                && Subject.labelled(dataset, split.orElseThrow().validation()).length == 0) {
            throw new InvalidRequestException(
                    "early stopping and best weights need validation instances; the split of " + data + " has none");
        } else if (options.validates()
                && options.criterion() == TrainerOptions.Criterion.ROC_AUC
                && IntStream.of(split.orElseThrow().validation())
                                .map(dataset::label)
                                .filter(label -> label >= 0)
                                .distinct()
                                .count()
                        < 2) {
            throw new InvalidRequestException("ROC-AUC needs validation instances of two classes, the split of " + data
                    + " has one; choose another criterion");
        }
    }

    Training.Result run(DeviceLease lease, TaskMonitor monitor) {
        Optional<Checkpoint> earlier = options.resume() ? places.checkpoint().read(request) : Optional.empty();
        if (earlier.isPresent()) {
            monitor.message("going on from the checkpoint after epoch "
                    + earlier.get().state().epoch()
                    + (options.folds() > 0
                            ? " of fold " + (earlier.get().finished().size() + 1)
                            : ""));
        } else if (options.resume()) {
            monitor.message("there is no checkpoint to go on from; training begins at the first epoch");
        }
        return options.folds() > 0 ? validateFolds(lease, earlier, monitor) : train(lease, earlier, monitor);
    }

    private Training.Result train(DeviceLease lease, Optional<Checkpoint> earlier, TaskMonitor monitor) {
        Subject subject = new Subject(dataset, split.orElseThrow(), seed, false);
        return one(lease, subject, untrained.apply(seed), earlier, List.of(), options.epochs(), places.logs(), monitor);
    }

    /**
     * Trains without each fold and once on everything, for as many epochs as were best on average. That last model is
     * the one to keep; what is said of its accuracy is the mean over the folds.
     */
    private Training.Result validateFolds(DeviceLease lease, Optional<Checkpoint> earlier, TaskMonitor monitor) {
        Folds folds = Folds.stratified(dataset, options.folds(), Seeds.derive(seed, DIVISION_STREAM));
        List<List<Double>> curves =
                new ArrayList<>(earlier.map(Checkpoint::finished).orElse(List.of()));
        Optional<Checkpoint> from = earlier;
        while (curves.size() < options.folds()) {
            int fold = curves.size();
            Subject subject = new Subject(
                    dataset, folds.without(fold), Seeds.derive(Seeds.derive(seed, FOLD_STREAM), fold), true);
            Training.Result result = one(
                    lease,
                    subject,
                    untrained.apply(subject.seed()),
                    from,
                    List.copyOf(curves),
                    options.epochs(),
                    places.logs().resolve("fold" + (fold + 1)),
                    new FoldMonitor(monitor, fold, options));
            curves.add(result.curve());
            from = Optional.empty();
        }
        FoldScores scores = new FoldScores(curves);
        Map<String, Double> metrics = scores.metrics();
        monitor.message(String.format(
                Locale.ROOT,
                "%d folds: accuracy %.4f +- %.4f after epoch %d; training on everything for as long",
                options.folds(),
                metrics.get("cvAccuracyMean"),
                metrics.get("cvAccuracySd"),
                scores.epoch()));
        Training.Result last = one(
                lease,
                new Subject(dataset, folds.all(), seed, false),
                untrained.apply(seed),
                from,
                curves,
                scores.epoch(),
                places.logs().resolve("all"),
                new FoldMonitor(monitor, options.folds(), options));
        Map<String, Double> all = new LinkedHashMap<>(last.metrics());
        all.putAll(metrics);
        return new Training.Result(last.model(), all, last.curve(), last.plan());
    }

    private Training.Result one(
            DeviceLease lease,
            Subject subject,
            GnnModel model,
            Optional<Checkpoint> from,
            List<List<Double>> finished,
            int last,
            Path logs,
            TaskMonitor monitor) {
        Optional<TrainingState> state = from.map(Checkpoint::state);
        try (Training training = new Training(lease, model, subject, options, from.map(Checkpoint::plan), monitor);
                Recorder recorder = Recorder.open(
                        options, logs, state.map(TrainingState::epoch).orElse(0))) {
            return training.run(state, last, recorder, new Saver(training.plan(), finished), monitor);
        }
    }

    /** Writes checkpoints when they are due. */
    private final class Saver implements Training.Listener {
        private final BatchPlan plan;
        private final List<List<Double>> finished;
        private long written = System.nanoTime();

        Saver(BatchPlan plan, List<List<Double>> finished) {
            this.plan = plan;
            this.finished = finished;
        }

        @Override
        public void after(Supplier<TrainingState> state, int epoch) {
            boolean epochs = options.checkpointEvery() > 0 && epoch % options.checkpointEvery() == 0;
            boolean seconds = options.checkpointSeconds() > 0
                    && (System.nanoTime() - written) / NANOS_PER_SECOND >= options.checkpointSeconds();
            if (epochs || seconds) {
                write(state.get());
            }
        }

        @Override
        public void cancelled(TrainingState state) {
            if (options.savesCheckpoints()) {
                write(state);
            }
        }

        private void write(TrainingState state) {
            places.checkpoint().write(new Checkpoint(request, plan, finished, state));
            written = System.nanoTime();
        }
    }

    /** Counts the epochs of all folds together. */
    private record FoldMonitor(TaskMonitor monitor, int fold, TrainerOptions options) implements TaskMonitor {
        @Override
        public void progress(String stage, long done, long total) {
            // within an epoch, a fold's own count says enough
            if (stage.equals("epoch")) {
                monitor.progress(
                        stage, (long) fold * options.epochs() + done, (options.folds() + 1L) * options.epochs());
            }
        }

        @Override
        public boolean isCancelled() {
            return monitor.isCancelled();
        }

        @Override
        public void message(String text) {
            monitor.message((fold < options.folds() ? "fold " + (fold + 1) : "everything") + ": " + text);
        }
    }
}
