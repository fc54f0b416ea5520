package org.aitia.bench.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.aitia.api.AitiaException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.StorageException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.bench.BenchCell;
import org.aitia.api.bench.BenchRequest;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.BenchResult.Choice;
import org.aitia.api.bench.BenchResult.Failure;
import org.aitia.api.bench.BenchResult.Trained;
import org.aitia.api.bench.Suite;
import org.aitia.api.bench.Suite.Contender;
import org.aitia.api.bench.Suite.Data;
import org.aitia.api.bench.Suite.Recipe;
import org.aitia.api.device.DeviceInfo;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.model.StoredModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a suite: what there is to do, in which order, and what came of it. Used by one thread. */
final class BenchRun {
    private static final Logger log = LoggerFactory.getLogger(BenchRun.class);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double TRIAL = 1; // others wait for it
    private static final double RUN = 0;

    private final Services services;
    private final BenchRequest request;
    private final TaskMonitor outer;
    private final Suite suite;
    private final Plan plan;
    private final Map<String, Prepared> data = new LinkedHashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>(); // reasons, by label of the data set
    private final Map<List<String>, ModelSlot> models = new LinkedHashMap<>(); // by labels of data set and model
    private final Map<BenchCell, Outcome> outcomes = new ConcurrentHashMap<>();
    private final Schedule schedule = new Schedule();

    BenchRun(Services services, BenchRequest request, TaskMonitor outer) {
        this.services = services;
        this.request = request;
        this.outer = outer;
        this.suite = request.suite();
        this.plan = Plan.of(request);
    }

    /** A model that is or will be in the store. */
    private static final class ModelSlot {
        private final String digest;
        private final String what;
        private final List<Schedule.Task> training = new ArrayList<>();
        // written by the thread that trains, read by those that wait for it
        private volatile Optional<StoredModel> stored = Optional.empty();
        private volatile String failure = "";

        ModelSlot(String digest, String what) {
            this.digest = digest;
            this.what = what;
        }
    }

    BenchResult run() {
        Instant started = Instant.now();
        long start = System.nanoTime();
        new Names(services).check(suite, plan);
        DeviceInfo device = device();
        int lanes = request.lanes() == 0 ? device.lanes() : Math.min(request.lanes(), device.lanes());
        Map<String, String> libraries = libraries();
        try (Journal journal = Journal.open(request, services.comparisonFiles(), libraries, outer)) {
            createExamples();
            loadData();
            Pace pace = new Pace(outer, lanes, System::nanoTime);
            TaskMonitor monitor = new Inner();
            addTasks(new Trainings(services.trainer(), services.models(), libraries), journal, pace, monitor);
            schedule.run(lanes, outer);
        }
        return result(started, (System.nanoTime() - start) / NANOS_PER_SECOND, device, lanes, libraries);
    }

    /** What tasks ask and tell. What they tell is of one of many: it goes to the log. */
    private final class Inner implements TaskMonitor {
        @Override
        public void progress(String stage, long done, long total) {
            // cells are the progress of a run
        }

        @Override
        public boolean isCancelled() {
            return schedule.isStopped() || outer.isCancelled();
        }

        @Override
        public void message(String text) {
            log.debug("{}", text);
        }
    }

    private DeviceInfo device() {
        if (request.lanes() < 0) {
            throw new InvalidRequestException("the number of lanes must be 0 (all) or more, not " + request.lanes());
        }
        List<DeviceInfo> devices = services.devices().devices();
        return devices.stream()
                .filter(device -> request.deviceId().map(device.id()::equals).orElse(true))
                .findFirst()
                .orElseThrow(() -> NotFoundException.of(
                        "device",
                        request.deviceId().orElse(""),
                        devices.stream().map(DeviceInfo::id).toList()));
    }

    /** Versions of Aitia and of what computes, as models and explanations record them. */
    private Map<String, String> libraries() {
        LeaseRequest wanted = LeaseRequest.of("bench " + suite.name());
        try (DeviceLease lease =
                services.devices().acquire(request.deviceId().map(wanted::on).orElse(wanted), outer)) {
            Map<String, String> libraries = new LinkedHashMap<>();
            libraries.put("aitia", services.version());
            libraries.putAll(lease.engine().versions());
            return Collections.unmodifiableMap(libraries);
        }
    }

    private void createExamples() {
        Path examples = request.directory().resolve(CellWork.EXAMPLES);
        try {
            Files.createDirectories(examples);
        } catch (IOException e) {
            throw new StorageException("cannot create " + examples + ": " + e + "; check the directory above it", e);
        }
    }

    private void loadData() {
        for (Plan.Table table : plan.tables()) {
            String label = table.dataset();
            if (data.containsKey(label) || missing.containsKey(label)) {
                continue;
            }
            outer.checkCancelled();
            outer.progress("data set " + label, 0, -1);
            Data wanted = suite.dataset(label);
            try {
                data.put(
                        label,
                        Prepared.of(
                                wanted, services.datasets().load(wanted.dataset(), wanted.options(), outer), outer));
            } catch (RuntimeException | LinkageError e) {
                outer.checkCancelled();
                missing.put(label, CellWork.reason("data set '" + label + "'", e));
                outer.message("failed: data set '" + label + "': " + missing.get(label));
            }
        }
    }

    private void addTasks(Trainings trainings, Journal journal, Pace pace, TaskMonitor monitor) {
        for (Plan.Table table : plan.tables()) {
            if (data.containsKey(table.dataset())) {
                addModel(table.dataset(), table.model(), trainings, pace, monitor);
            }
        }
        CellWork work = new CellWork(services, request, journal, monitor, outer::message);
        for (Plan.Table table : plan.tables()) {
            for (Plan.Row row : table.rows()) {
                addRow(table, row, work, pace);
            }
        }
    }

    /** Adds a training, unless another label has the same recipe, or the model is in the store. */
    private void addModel(String dataset, String model, Trainings trainings, Pace pace, TaskMonitor monitor) {
        Data about = suite.dataset(dataset);
        Recipe recipe = suite.model(model).recipe(dataset);
        String digest = trainings.digest(about, recipe);
        List<String> labels = List.of(dataset, model);
        Optional<ModelSlot> same = models.values().stream()
                .filter(slot -> slot.digest.equals(digest))
                .findFirst();
        if (same.isPresent()) {
            models.put(labels, same.get());
            return;
        }
        String name = suite.name() + "-" + dataset + "-" + model;
        ModelSlot slot = new ModelSlot(digest, "model '" + name + "'");
        // a-b with c and a with b-c; and the store may be on a disk that knows no capitals
        boolean taken = models.values().stream().anyMatch(other -> other.what.equalsIgnoreCase(slot.what));
        models.put(labels, slot);
        if (taken) {
            fail(slot, "labels of another data set and model make the same name: rename one of them");
            return;
        }
        try {
            slot.stored = trainings.find(name, digest, data.get(dataset).digest());
        } catch (AitiaException e) {
            fail(slot, e.getMessage());
        }
        if (slot.stored.isPresent() || !slot.failure.isEmpty()) {
            return;
        }
        Pace.Kind kind = new Pace.Kind("training", dataset);
        pace.expect(kind, false);
        double length = data.get(dataset).size() * epochs(recipe);
        slot.training.add(schedule.add(TRIAL + length, List.of(), () -> {
            pace.begin("training " + name);
            long start = System.nanoTime();
            try {
                slot.stored = Optional.of(trainings.train(name, about, recipe, request.deviceId(), monitor));
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                monitor.checkCancelled();
                fail(slot, CellWork.reason("training of '" + name + "'", e));
            }
            pace.ended(kind, false, (System.nanoTime() - start) / NANOS_PER_SECOND);
        }));
    }

    private void fail(ModelSlot slot, String reason) {
        slot.failure = reason;
        outer.message("failed: " + slot.what + ": " + reason);
    }

    private double epochs(Recipe recipe) {
        String epochs = Digests.effective(recipe.options(), services.trainer().options())
                .getOrDefault("epochs", "1");
        return epochs.matches("\\d{1,9}") ? Double.parseDouble(epochs) : 1;
    }

    private void addRow(Plan.Table table, Plan.Row row, CellWork work, Pace pace) {
        Contender contender = row.contender();
        List<Schedule.Task> first = data.containsKey(table.dataset())
                ? models.get(List.of(table.dataset(), table.model())).training
                : List.of();
        List<Schedule.Task> trials = new ArrayList<>();
        Pace.Kind trial = new Pace.Kind(contender.explainer(), table.dataset() + ", validation");
        row.trials().stream()
                .flatMap(List::stream)
                .forEach(cell -> trials.add(add(
                        TRIAL, first, trial, cell, pace, () -> measure(table, cell, contender, cell.tuning(), work))));
        List<Schedule.Task> before = new ArrayList<>(first);
        before.addAll(trials);
        Pace.Kind kind = new Pace.Kind(contender.explainer(), table.dataset());
        for (BenchCell cell : row.runs()) {
            add(RUN, before, kind, cell, pace, () -> {
                if (row.trials().isEmpty()) {
                    return measure(table, cell, contender, Map.of(), work);
                }
                Choice choice = tables().choice(table, row);
                return choice.chosen() < 0
                        ? Outcome.inherited("no setting of it could be tried on the validation instances: "
                                + choice.trials().get(0).failure())
                        : measure(
                                table,
                                cell,
                                contender,
                                choice.trials().get(choice.chosen()).options(),
                                work);
            });
        }
    }

    private interface Measuring {
        Outcome measure();
    }

    private Schedule.Task add(
            double urgency,
            List<Schedule.Task> before,
            Pace.Kind kind,
            BenchCell cell,
            Pace pace,
            Measuring measuring) {
        pace.expect(kind, true);
        return schedule.add(urgency, before, () -> {
            pace.begin(cell.dataset() + ", " + cell.model() + ", " + cell.explainer());
            long start = System.nanoTime();
            Outcome outcome = measuring.measure();
            outcomes.put(cell, outcome);
            if (outcome.reused() || outcome.inherited()) {
                pace.skipped(kind, true);
            } else {
                pace.ended(kind, true, (System.nanoTime() - start) / NANOS_PER_SECOND);
            }
            if (!outcome.failure().isEmpty() && !outcome.inherited()) {
                outer.message("failed: " + cell + ": " + outcome.failure());
            }
        });
    }

    private Outcome measure(
            Plan.Table table, BenchCell cell, Contender contender, Map<String, String> chosen, CellWork work) {
        if (missing.containsKey(table.dataset())) {
            return Outcome.inherited("its data set is not there: " + missing.get(table.dataset()));
        }
        ModelSlot slot = models.get(List.of(table.dataset(), table.model()));
        if (slot.stored.isEmpty()) {
            return Outcome.inherited("its model is not there: " + slot.failure);
        }
        Map<String, String> options = new LinkedHashMap<>(contender.options(table.dataset(), table.model()));
        options.putAll(chosen);
        return work.measure(new CellWork.Task(
                cell,
                table.study(),
                contender.explainer(),
                options,
                data.get(table.dataset()),
                slot.stored.get(),
                slot.digest));
    }

    private Tables tables() {
        return new Tables(services.comparisons(), suite, data, this::stored, outcomes);
    }

    private Optional<StoredModel> stored(String dataset, String model) {
        return Optional.ofNullable(models.get(List.of(dataset, model))).flatMap(slot -> slot.stored);
    }

    private BenchResult result(
            Instant started, double seconds, DeviceInfo device, int lanes, Map<String, String> libraries) {
        Tables tables = tables();
        List<BenchResult.Table> made = plan.tables().stream().map(tables::table).toList();
        List<Choice> choices = new ArrayList<>();
        for (Plan.Table table : plan.tables()) {
            table.rows().stream()
                    .filter(row -> !row.trials().isEmpty())
                    .forEach(row -> choices.add(tables.choice(table, row)));
        }
        List<Trained> trained = plan.tables().stream()
                .map(table -> Map.entry(table.dataset(), table.model()))
                .distinct()
                .flatMap(pair -> stored(pair.getKey(), pair.getValue()).stream()
                        .map(stored -> new Trained(pair.getKey(), pair.getValue(), stored)))
                .toList();
        List<Suite.Study> studies =
                plan.tables().stream().map(Plan.Table::study).distinct().toList();
        List<BenchCell> cells = plan.cells();
        return new BenchResult(
                request,
                made,
                trained,
                choices,
                Goals.reached(studies, made),
                failures(cells),
                cells.size(),
                (int) cells.stream().filter(cell -> outcomes.get(cell).reused()).count(),
                seconds,
                computed(cells, trained),
                started,
                device.id() + " (" + device.description() + ")",
                lanes,
                libraries,
                List.of(request.directory().resolve(Journal.FILE)));
    }

    private List<Failure> failures(List<BenchCell> cells) {
        List<Failure> failures = new ArrayList<>();
        missing.forEach((label, reason) -> failures.add(new Failure("data set '" + label + "'", reason)));
        models.values().stream()
                .distinct()
                .filter(slot -> !slot.failure.isEmpty())
                .forEach(slot -> failures.add(new Failure(slot.what, slot.failure)));
        for (BenchCell cell : cells) {
            Outcome outcome = outcomes.get(cell);
            if (!outcome.failure().isEmpty() && !outcome.inherited()) {
                failures.add(new Failure(cell.toString(), outcome.failure()));
            }
        }
        return failures;
    }

    private double computed(List<BenchCell> cells, List<Trained> trained) {
        double seconds = 0;
        Set<String> counted = new HashSet<>();
        for (BenchCell cell : cells) {
            Outcome outcome = outcomes.get(cell);
            if (!outcome.key().isEmpty() && counted.add(outcome.key())) {
                seconds += outcome.seconds();
            }
        }
        for (Trained model : trained) {
            if (counted.add(model.stored().name())) {
                seconds += model.stored().metrics().getOrDefault("seconds", 0.0);
            }
        }
        return seconds;
    }
}
