package org.aitia.comparison.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.compare.Axis;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Contestant;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Sweep;
import org.aitia.api.compare.SweepRequest;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.Explanations;
import org.aitia.api.metric.MetricInfo.Better;
import org.aitia.api.metric.Metrics;
import org.aitia.api.option.OptionSpec;

/** One sweep: combination by combination, seed by seed. Used by one thread. */
final class SweepWork {
    private static final int MOST_RUNS = 10_000;
    private static final List<String> USUAL_GOALS = List.of("fidelity-minus", Column.EDGE_SMALL, Column.FEATURE_SMALL);

    private final Explanations explanations;
    private final SweepRequest request;
    private final ExplanationInput input;
    private final MetricColumns measured;
    private final List<Column> own;
    private final Runs runs;
    private final RunMonitor monitor;

    SweepWork(
            Explanations explanations,
            Metrics metrics,
            SweepRequest request,
            ExplanationInput input,
            TaskMonitor outer) {
        this.explanations = explanations;
        this.request = request;
        this.input = input;
        this.measured = request.metrics().isEmpty()
                ? MetricColumns.usual(
                        metrics,
                        UsualMetrics.OF_SWEEPS,
                        input.dataset().info().task(),
                        input.dataset().groundTruth().isPresent(),
                        UsualMetrics.OPTIONS_OF_SWEEPS)
                : MetricColumns.of(metrics, request.metrics());
        List<Column> all = new ArrayList<>(RunColumns.sizes());
        all.addAll(RunColumns.cost());
        this.own = Columns.without(all, measured.columns());
        this.runs = new Runs(metrics, own);
        checkOptions();
        request.goals().forEach(this::goal);
        this.monitor = new RunMonitor(outer, runCount(), System::nanoTime);
    }

    private int runCount() {
        long count = request.seeds().size();
        for (Axis axis : request.axes()) {
            count *= axis.values().size();
            if (count > MOST_RUNS) {
                throw new InvalidRequestException(
                        "the sweep needs more than " + MOST_RUNS + " runs: try fewer values, options or seeds at once");
            }
        }
        return (int) count;
    }

    private void checkOptions() {
        List<OptionSpec> specs = explanations.explainer(request.explainer()).options();
        Set<String> known = specs.stream()
                .flatMap(spec -> Stream.concat(Stream.of(spec.name()), spec.aliases().stream()))
                .collect(Collectors.toSet());
        Stream.concat(request.axes().stream().map(Axis::option), request.options().keySet().stream())
                .filter(option -> !known.contains(option))
                .findFirst()
                .ifPresent(option -> {
                    throw NotFoundException.of(
                            "option of explainer " + request.explainer(),
                            option,
                            specs.stream().map(OptionSpec::name).toList());
                });
    }

    /** Returns the column of a goal: by its name, or by that of its metric. */
    private Column goal(String name) {
        List<Column> columns = candidates();
        Column column = columns.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .or(() -> columns.stream()
                        .filter(known -> known.metric().equals(name))
                        .findFirst())
                .orElseThrow(() -> NotFoundException.of(
                        "goal", name, columns.stream().map(Column::name).toList()));
        if (column.better() == Better.NEITHER) {
            throw new InvalidRequestException(
                    "'" + name + "' cannot be a goal: neither more nor less of it is better; choose another column");
        }
        return column;
    }

    private List<Column> candidates() {
        List<Column> columns = new ArrayList<>(measured.columns());
        columns.addAll(own);
        columns.addAll(Columns.without(RunColumns.agreement(), measured.columns()));
        return columns;
    }

    Sweep run() {
        Instant started = Instant.now();
        long start = System.nanoTime();
        List<RowRun> rows = new ArrayList<>();
        for (Map<String, String> tried : combinations()) {
            rows.add(runRow(tried));
        }
        if (rows.stream().noneMatch(RowRun::succeeded)) {
            rows.stream().flatMap(row -> row.failure().stream()).findFirst().ifPresent(failure -> {
                throw failure;
            });
        }
        List<Column> columns =
                Columns.shown(measured.columns(), own, rows, !request.metrics().isEmpty());
        Summary summary = new Summary(rows, List.of(), Map.of(), request.confidence());
        List<Row> finished = summary.rows(columns);
        List<Column> goals = goals(columns);
        return new Sweep(
                Settings.of(input, request.subject(), request.seeds(), request.confidence(), rows, started),
                request.explainer(),
                request.axes(),
                columns,
                finished,
                goals.stream().map(Column::name).toList(),
                best(finished, goals),
                summary.cells(),
                notes(rows, goals, columns),
                (System.nanoTime() - start) / 1e9);
    }

    /** Every combination, the last axis changing fastest. */
    private List<Map<String, String>> combinations() {
        List<Map<String, String>> combinations = List.of(Map.of());
        for (Axis axis : request.axes()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> combination : combinations) {
                for (String value : axis.values()) {
                    Map<String, String> extended = new LinkedHashMap<>(combination);
                    extended.put(axis.option(), value);
                    longer.add(extended);
                }
            }
            combinations = longer;
        }
        return combinations;
    }

    private RowRun runRow(Map<String, String> tried) {
        String label = tried.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining(" "));
        Map<String, String> options = new LinkedHashMap<>(request.options());
        options.putAll(tried);
        Contestant contestant = new Contestant(label, request.explainer(), options, java.util.Optional.empty());
        RowRun row = new RowRun(label, contestant, Row.Role.CONTESTANT);
        for (long seed : request.seeds()) {
            ExplanationRequest about = request.subject().request(contestant, seed);
            monitor.begin(label + ", seed " + seed);
            row.add(runs.run(
                    label,
                    seed,
                    () -> explanations.explain(about, input, monitor),
                    Runs.Origin.of(about, input),
                    measured.selections(),
                    monitor));
            monitor.end();
        }
        return row;
    }

    /** What was asked for; else of the usual ones those that were measured. */
    private List<Column> goals(List<Column> shown) {
        return request.goals().isEmpty()
                ? shown.stream()
                        .filter(column -> USUAL_GOALS.contains(column.metric()))
                        .toList()
                : request.goals().stream().map(this::goal).distinct().toList();
    }

    private List<String> notes(List<RowRun> rows, List<Column> goals, List<Column> shown) {
        List<String> notes = new ArrayList<>(Notes.of(request.seeds().size(), rows));
        goals.stream()
                .filter(goal -> !shown.contains(goal))
                .forEach(goal ->
                        notes.add("No row is marked as best: the goal '" + goal.name() + "' could not be measured"
                                + (RunColumns.agreement().contains(goal) ? " with one seed." : ".")));
        return notes;
    }

    private static List<String> best(List<Row> rows, List<Column> goals) {
        if (goals.isEmpty()) {
            return List.of();
        }
        double[][] values = rows.stream()
                .map(row -> goals.stream().mapToDouble(goal -> mean(row, goal)).toArray())
                .toArray(double[][]::new);
        boolean[] higher = new boolean[goals.size()];
        for (int i = 0; i < higher.length; i++) {
            higher[i] = goals.get(i).better() == Better.HIGHER;
        }
        boolean[] best = ParetoFront.best(values, higher);
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < best.length; i++) {
            if (best[i]) {
                labels.add(rows.get(i).label());
            }
        }
        return labels;
    }

    private static double mean(Row row, Column goal) {
        return row.scores().stream()
                .filter(score -> score.column().equals(goal.name()))
                .mapToDouble(score -> score.overSeeds().mean())
                .findFirst()
                .orElse(Double.NaN);
    }
}
