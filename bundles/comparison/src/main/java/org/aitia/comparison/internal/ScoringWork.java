package org.aitia.comparison.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aitia.api.AitiaException;
import org.aitia.api.CancelledException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Comparisons.Entry;
import org.aitia.api.compare.Comparisons.ScoringRequest;
import org.aitia.api.compare.Contestant;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Setting;
import org.aitia.api.explain.Provenance;
import org.aitia.api.metric.Metrics;

/** Measures explanations that are there already. Used by one thread. */
final class ScoringWork {
    private final Metrics metrics;
    private final ScoringRequest request;
    private final Runs runs;
    private final RunMonitor monitor;
    private final Map<String, RowRun> rows = new LinkedHashMap<>();
    private final List<Column> columns = new ArrayList<>();
    private Optional<AitiaException> failure = Optional.empty();

    ScoringWork(Metrics metrics, ScoringRequest request, TaskMonitor outer) {
        this.metrics = metrics;
        this.request = request;
        this.runs = new Runs(metrics, RunColumns.cost());
        this.monitor = new RunMonitor(outer, request.entries().size(), System::nanoTime);
        check();
    }

    private void check() {
        if (request.entries().isEmpty()) {
            throw new InvalidRequestException("there are no explanations to score: give at least one");
        }
        Set<String> labelsAndSeeds = new LinkedHashSet<>();
        for (Entry entry : request.entries()) {
            long seed = entry.result().provenance().seed();
            if (!labelsAndSeeds.add(entry.label() + "\n" + seed)) {
                throw new InvalidRequestException(
                        "two explanations have the label '" + entry.label() + "' and the seed " + seed
                                + ": explanations of one label are runs with different seeds, so give each its own label");
            }
        }
        List<String> labels =
                request.entries().stream().map(Entry::label).distinct().toList();
        for (String baseline : request.baselines()) {
            if (!labels.contains(baseline)) {
                throw NotFoundException.of("label to compare with", baseline, labels);
            }
        }
    }

    Comparison run() {
        Instant started = Instant.now();
        long start = System.nanoTime();
        request.entries().forEach(this::measure);
        if (rows.values().stream().noneMatch(RowRun::succeeded)) {
            failure.ifPresent(e -> {
                throw e;
            });
        }
        List<RowRun> all = List.copyOf(rows.values());
        List<Column> shown = Columns.shown(
                columns, RunColumns.cost(), all, !request.metrics().isEmpty());
        List<String> notes = new ArrayList<>();
        boolean comparable = areAboutTheSame(notes);
        Summary summary =
                new Summary(all, comparable ? request.baselines() : List.of(), Map.of(), request.confidence());
        return new Comparison(
                setting(started),
                shown,
                summary.rows(shown),
                comparable ? summary.tests(shown) : List.of(),
                List.of(),
                summary.cells(),
                notes,
                (System.nanoTime() - start) / 1e9);
    }

    private void measure(Entry entry) {
        Provenance from = entry.result().provenance();
        RowRun row = rows.computeIfAbsent(
                entry.label(),
                label -> new RowRun(
                        label,
                        new Contestant(label, from.explainer(), from.options(), Optional.empty()),
                        request.baselines().contains(label) ? Row.Role.BASELINE : Row.Role.CONTESTANT));
        monitor.begin(entry.label() + ", seed " + from.seed());
        MetricColumns measured = request.metrics().isEmpty()
                ? MetricColumns.usual(
                        metrics, UsualMetrics.OF_COMPARISONS, from.task(), true, UsualMetrics.OPTIONS_OF_COMPARISONS)
                : MetricColumns.of(metrics, request.metrics());
        measured.columns().stream().filter(column -> !columns.contains(column)).forEach(columns::add);
        try {
            row.add(measure(entry, measured));
        } catch (CancelledException e) {
            throw e;
        } catch (AitiaException e) {
            // the model or the data of this file is not there; those of others may be
            failure = failure.or(() -> Optional.of(e));
            row.add(new Runs.Run(
                    new Cell(
                            entry.label(),
                            from.seed(),
                            List.of(),
                            0,
                            entry.result().cost(),
                            List.of(),
                            e.getMessage()),
                    Optional.empty(),
                    Optional.of(e)));
        }
        monitor.end();
    }

    private Runs.Run measure(Entry entry, MetricColumns measured) {
        Runs.Run run = runs.run(
                entry.label(), request.seed(), entry::result, Runs.Origin.RECORDED, measured.selections(), monitor);
        Cell cell = run.cell();
        // metrics draw from the seed of the request; the run is that of the explainer
        return new Runs.Run(
                new Cell(
                        cell.row(),
                        entry.result().provenance().seed(),
                        cell.targets(),
                        cell.seconds(),
                        cell.cost(),
                        cell.values(),
                        cell.failure()),
                run.result(),
                run.failure());
    }

    private boolean areAboutTheSame(List<String> notes) {
        boolean models = differ(entry -> entry.modelDigest());
        boolean data = differ(entry -> entry.datasetDigest());
        if (models || data) {
            notes.add("The explanations are of different " + (models ? data ? "models and data" : "models" : "data")
                    + ", so that rows are neither tested against each other nor compared with baselines.");
        }
        if (differ(entry -> entry.type())) {
            notes.add("Some of the explanations are of the model and some of the phenomenon.");
        }
        if (request.entries().stream()
                        .map(entry -> entry.result().explanations().stream()
                                .map(explanation -> explanation.target().id())
                                .toList())
                        .distinct()
                        .count()
                > 1) {
            notes.add(
                    "The explanations are of different targets; tests and lifts by target are over those that both rows"
                            + " have.");
        }
        return !models && !data;
    }

    private boolean differ(java.util.function.Function<Provenance, Object> property) {
        return request.entries().stream()
                        .map(entry -> property.apply(entry.result().provenance()))
                        .distinct()
                        .count()
                > 1;
    }

    private Setting setting(Instant started) {
        Provenance from = request.entries().get(0).result().provenance();
        List<Integer> targets = request.entries().stream()
                .flatMap(entry -> entry.result().explanations().stream())
                .map(explanation -> explanation.target().id())
                .distinct()
                .toList();
        List<Long> seeds = request.entries().stream()
                .map(entry -> entry.result().provenance().seed())
                .distinct()
                .sorted()
                .toList();
        Task task = from.task();
        return new Setting(
                from.model(),
                from.architecture(),
                from.modelDigest(),
                task,
                from.dataset(),
                from.datasetOptions(),
                from.datasetDigest(),
                from.type(),
                targets,
                seeds,
                request.confidence(),
                from.device(),
                from.libraries(),
                started);
    }
}
