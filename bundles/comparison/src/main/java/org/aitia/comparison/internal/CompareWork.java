package org.aitia.comparison.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.AitiaException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.CompareRequest;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Contestant;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.SanityCheck;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.Explanations;
import org.aitia.api.metric.Metrics;

/** One comparison: row by row, seed by seed. Used by one thread. */
final class CompareWork {
    private final Explanations explanations;
    private final CompareRequest request;
    private final ExplanationInput input;
    private final RandomisedModels randomised;
    private final MetricColumns measured;
    private final Runs runs;
    private final RunMonitor monitor;
    private final List<RowRun> rows = new ArrayList<>();
    private final List<RowRun> randomisedRows = new ArrayList<>();
    private final Map<String, String> randomisedOf = new LinkedHashMap<>();
    private final List<SanityCheck> checks = new ArrayList<>();

    CompareWork(
            Explanations explanations,
            Metrics metrics,
            CompareRequest request,
            ExplanationInput input,
            RandomisedModels randomised,
            TaskMonitor outer) {
        this.explanations = explanations;
        this.request = request;
        this.input = input;
        this.randomised = randomised;
        this.measured = request.metrics().isEmpty()
                ? MetricColumns.usual(
                        metrics,
                        UsualMetrics.OF_COMPARISONS,
                        input.dataset().info().task(),
                        input.dataset().groundTruth().isPresent(),
                        UsualMetrics.OPTIONS_OF_COMPARISONS)
                : MetricColumns.of(metrics, request.metrics());
        this.runs = new Runs(metrics, Columns.without(RunColumns.cost(), measured.columns()));
        // a misspelt name is told at once, not after the others have run for an hour
        request.contestants().forEach(contestant -> explanations.explainer(contestant.explainer()));
        int perSeed = request.contestants().size() * (request.randomised() ? 2 : 1)
                + baselineRows().size();
        this.monitor = new RunMonitor(outer, perSeed * request.seeds().size(), System::nanoTime);
    }

    Comparison run() {
        Instant started = Instant.now();
        long start = System.nanoTime();
        request.contestants().forEach(this::runContestant);
        baselineRows().forEach(this::runBaseline);
        refuseIfNothingRan();
        List<RowRun> all = new ArrayList<>(rows);
        all.addAll(randomisedRows);
        Summary summary = new Summary(all, request.baselines(), randomisedOf, request.confidence());
        List<Column> columns = Columns.shown(
                measured.columns(), RunColumns.cost(), all, !request.metrics().isEmpty());
        return new Comparison(
                Settings.of(input, request.subject(), request.seeds(), request.confidence(), all, started),
                columns,
                summary.rows(columns),
                summary.tests(columns),
                checks,
                summary.cells(),
                Notes.of(request.seeds().size(), all),
                (System.nanoTime() - start) / 1e9);
    }

    /** Baselines that are not contestants; as explainers with their defaults. */
    private List<Contestant> baselineRows() {
        return request.baselines().stream()
                .filter(name -> request.contestants().stream()
                        .noneMatch(contestant -> contestant.label().equals(name)))
                .map(Contestant::of)
                .toList();
    }

    private void runBaseline(Contestant contestant) {
        RowRun row = new RowRun(contestant.label(), contestant, Row.Role.BASELINE);
        rows.add(row);
        for (long seed : request.seeds()) {
            explain(row, contestant, seed);
        }
    }

    private void runContestant(Contestant contestant) {
        RowRun row = new RowRun(contestant.label(), contestant, Row.Role.CONTESTANT);
        rows.add(row);
        if (!request.randomised()) {
            for (long seed : request.seeds()) {
                explain(row, contestant, seed);
            }
            return;
        }
        String label = contestant.label() + " (randomised)";
        RowRun other = new RowRun(label, contestant, Row.Role.RANDOMISED);
        randomisedRows.add(other);
        randomisedOf.put(row.label(), label);
        RandomisedCheck check = new RandomisedCheck();
        for (long seed : request.seeds()) {
            Runs.Run run = explain(row, contestant, seed);
            explainRandomised(other, contestant, seed, run.result(), check);
        }
        checks.add(check.check(row, other, request.confidence()));
    }

    private Runs.Run explain(RowRun row, Contestant contestant, long seed) {
        ExplanationRequest about = request.subject().request(contestant, seed);
        monitor.begin(row.label() + ", seed " + seed);
        Runs.Run run = runs.run(
                row.label(),
                seed,
                () -> explanations.explain(about, input, monitor),
                Runs.Origin.of(about, input),
                measured.selections(),
                monitor);
        row.add(run);
        monitor.end();
        return run;
    }

    private void explainRandomised(
            RowRun row, Contestant contestant, long seed, Optional<ExplanationResult> original, RandomisedCheck check) {
        ExplanationRequest about = request.subject().request(contestant, seed);
        monitor.begin(row.label() + ", seed " + seed);
        Runs.Run run = runs.run(
                row.label(),
                seed,
                () -> {
                    ExplanationResult real = original.orElseThrow(() -> new AitiaException(
                            "the explainer failed on the model itself, with which it would be compared"));
                    ExplanationResult other = explanations.explain(
                            about.withSeed(RandomisedModels.otherSeed(seed)), randomised.of(seed), monitor);
                    ExplanationResult transplanted = RandomisedCheck.transplanted(real, other);
                    check.add(real, transplanted);
                    return transplanted;
                },
                Runs.Origin.of(about, input),
                measured.withoutExplainer(),
                monitor);
        row.add(run);
        monitor.end();
    }

    private void refuseIfNothingRan() {
        List<RowRun> contestants =
                rows.stream().filter(row -> row.role() == Row.Role.CONTESTANT).toList();
        if (contestants.stream().noneMatch(RowRun::succeeded)) {
            contestants.stream()
                    .flatMap(row -> row.failure().stream())
                    .findFirst()
                    .ifPresent(failure -> {
                        throw failure;
                    });
        }
    }
}
