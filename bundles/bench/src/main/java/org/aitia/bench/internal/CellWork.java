package org.aitia.bench.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.aitia.api.AitiaException;
import org.aitia.api.CancelledException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.StorageException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.bench.BenchCell;
import org.aitia.api.bench.BenchRequest;
import org.aitia.api.bench.Suite.Study;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Comparisons.Entry;
import org.aitia.api.compare.Comparisons.ScoringRequest;
import org.aitia.api.compare.Setting;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.metric.Metrics.Selection;
import org.aitia.api.model.StoredModel;
import org.aitia.bench.internal.suite.Selections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures cells, each once, unless an earlier run has measured it. Safe for several threads. */
final class CellWork {
    static final String EXAMPLES = "examples";

    private static final Logger log = LoggerFactory.getLogger(CellWork.class);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int MARK_LENGTH = 12;

    private final Services services;
    private final BenchRequest request;
    private final Journal journal;
    private final TaskMonitor monitor;
    private final Consumer<String> listener;
    private final Set<String> different = ConcurrentHashMap.newKeySet(); // what was told
    // studies may share cells; whoever comes second waits for the first
    private final ConcurrentMap<String, FutureTask<Outcome>> begun = new ConcurrentHashMap<>();

    /**
     * Creates it.
     *
     * @param services what it asks
     * @param request what is run
     * @param journal knows what earlier runs have measured
     * @param monitor asked for cancellation
     * @param listener told what is different from earlier runs
     */
    CellWork(Services services, BenchRequest request, Journal journal, TaskMonitor monitor, Consumer<String> listener) {
        this.listener = listener;
        this.services = services;
        this.request = request;
        this.journal = journal;
        this.monitor = monitor;
    }

    /**
     * What a cell is about.
     *
     * @param cell the cell
     * @param study that it belongs to
     * @param explainer name of the explainer
     * @param options of the explainer, all that are given or chosen
     * @param data what is explained
     * @param model the model, which is in the store
     * @param recipe digest of the recipe of the model
     */
    record Task(
            BenchCell cell,
            Study study,
            String explainer,
            Map<String, String> options,
            Prepared data,
            StoredModel model,
            String recipe) {
        List<Integer> targets() {
            return cell.tried() ? data.validation() : data.targets();
        }

        boolean isFirst() {
            return !cell.tried() && cell.seed() == 0;
        }
    }

    /** Measures one cell. */
    Outcome measure(Task task) {
        String key = key(task);
        FutureTask<Outcome> mine = new FutureTask<>(() -> once(task, key));
        FutureTask<Outcome> first = begun.putIfAbsent(key, mine);
        if (first == null) {
            mine.run();
            first = mine;
        }
        try {
            return first.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("cancelled", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause(); // once() declares no other
        }
    }

    private Outcome once(Task task, String key) {
        monitor.checkCancelled();
        Optional<Path> example = task.isFirst() ? Optional.of(example(task, key)) : Optional.empty();
        Optional<Journal.Entry> known = journal.find(key)
                .filter(entry -> isOf(entry.comparison().setting(), task))
                .filter(entry -> example.isEmpty() || Files.exists(example.get()));
        if (known.isPresent()) {
            return new Outcome(
                    Optional.of(known.get().comparison()),
                    "",
                    false,
                    true,
                    known.get().seconds(),
                    key,
                    example);
        }
        long start = System.nanoTime();
        try {
            Comparison comparison = compute(task, example);
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            journal.keep(key, task.cell(), new Journal.Entry(comparison, seconds));
            return new Outcome(Optional.of(comparison), "", false, false, seconds, key, example);
        } catch (StorageException e) {
            throw e; // it would be the same with the next cell
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            monitor.checkCancelled();
            String reason = reason(task.cell().toString(), e);
            journal.keepFailure(key, task.cell(), reason);
            return Outcome.failed(reason, (System.nanoTime() - start) / NANOS_PER_SECOND, key);
        }
    }

    /** Makes one line of what went wrong; a defect of a plugin also goes to the log. */
    static String reason(String what, Throwable e) {
        if (e instanceof AitiaException) {
            return e.getMessage();
        }
        log.warn("{} failed", what, e);
        return "failed with " + e + "; the log has the details";
    }

    /** Results of another model or other data do not count, though they came of the same recipe. */
    private boolean isOf(Setting setting, Task task) {
        boolean data = setting.datasetDigest().equals(task.data().digest());
        boolean model = setting.modelDigest().equals(task.model().weightsDigest());
        if (data && model) {
            return true;
        }
        String what = data
                ? "with another model '" + task.model().name() + "'"
                : "on other data of data set '" + task.data().data().dataset() + "'";
        if (different.add(what)) {
            listener.accept("note: results in " + request.directory() + " were measured " + what
                    + " than there is now; they are measured again");
        }
        return false;
    }

    private Comparison compute(Task task, Optional<Path> example) {
        BenchCell cell = task.cell();
        ExplanationResult result = services.explanations()
                .explain(
                        new ExplanationRequest(
                                        task.model().name(),
                                        task.explainer(),
                                        task.targets(),
                                        cell.type(),
                                        task.options(),
                                        cell.seed(),
                                        0,
                                        1,
                                        request.deviceId())
                                .measuringMemory(task.isFirst()),
                        monitor);
        if (!result.provenance().modelDigest().equals(task.model().weightsDigest())) {
            throw new InvalidRequestException("model '" + task.model().name()
                    + "' was replaced while the suite ran: leave it alone, and run again with --resume");
        }
        example.ifPresent(file ->
                services.explanationFiles().write(only(result, task.data().examples()), file));
        return services.comparisons()
                .score(
                        new ScoringRequest(
                                List.of(new Entry(cell.explainer(), result)),
                                metrics(task),
                                cell.seed(),
                                List.of(),
                                request.suite().confidence()),
                        monitor);
    }

    private static ExplanationResult only(ExplanationResult result, List<Integer> examples) {
        Set<Integer> drawn = new HashSet<>(examples);
        List<Explanation> kept = result.explanations().stream()
                .filter(explanation -> drawn.contains(explanation.target().id()))
                .toList();
        return result.withExplanations(kept);
    }

    private Path example(Task task, String key) {
        String name = task.data().data().dataset() + "-" + task.explainer() + "-"
                + Plan.name(task.cell().type()) + "-"
                + Digests.of(key, task.data().examples()).substring(0, MARK_LENGTH) + ".json";
        return request.directory().resolve(EXAMPLES).resolve(name);
    }

    /** What is measured of a cell; of a trial, only what it is chosen by. */
    private static List<Selection> metrics(Task task) {
        Map<String, Selection> columns = columns(task.study(), task.cell().seed());
        if (task.cell().tried()) {
            String chosenBy = task.study().rankBy();
            return List.of(columns(task.study(), 0).get(chosenBy));
        }
        return List.copyOf(columns.values());
    }

    private static Map<String, Selection> columns(Study study, long seed) {
        Map<String, Selection> columns = new LinkedHashMap<>();
        study.metrics().forEach(metric -> columns.put(Selections.column(metric), metric));
        study.curves()
                .filter(curves -> seed < curves.seeds())
                .ifPresent(curves -> curves.metrics()
                        .forEach(metric -> curves.fractions().forEach(fraction -> {
                            Selection point = Selections.at(metric, fraction);
                            columns.putIfAbsent(Selections.column(point), point);
                        })));
        return columns;
    }

    /** The identity of all that decides on a result; which study asks for it does not. */
    private String key(Task task) {
        List<Object> measured = new ArrayList<>();
        for (Selection metric : metrics(task)) {
            measured.add(List.of(
                    metric.metric(),
                    Digests.effective(
                            metric.options(),
                            services.metrics().metric(metric.metric()).options())));
        }
        return Digests.of(
                task.recipe(),
                Plan.name(task.cell().type()),
                task.explainer(),
                Digests.effective(
                        task.options(),
                        services.explanations().explainer(task.explainer()).options()),
                task.cell().seed(),
                task.targets(),
                measured,
                task.isFirst());
    }
}
