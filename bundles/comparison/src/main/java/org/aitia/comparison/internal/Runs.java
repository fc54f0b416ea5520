package org.aitia.comparison.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.aitia.api.AitiaException;
import org.aitia.api.CancelledException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Column;
import org.aitia.api.explain.Cost;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.metric.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes cells: explains, measures, and turns what fails into a reason. */
final class Runs {
    private static final Logger log = LoggerFactory.getLogger(Runs.class);

    private final Metrics metrics;
    private final List<Column> own;

    /**
     * Creates runs.
     *
     * @param metrics measures what is selected
     * @param own columns that every run tells by itself
     */
    Runs(Metrics metrics, List<Column> own) {
        this.metrics = metrics;
        this.own = own;
    }

    /**
     * A run.
     *
     * @param cell its values
     * @param result what was measured; empty if it failed
     * @param failure what stopped it; empty if nothing did
     */
    record Run(Cell cell, Optional<ExplanationResult> result, Optional<AitiaException> failure) {}

    /** Where explanations come from, so that metrics can ask there again. */
    record Origin(Optional<ExplanationRequest> request, Optional<ExplanationInput> input) {
        static final Origin RECORDED = new Origin(Optional.empty(), Optional.empty());

        static Origin of(ExplanationRequest request, ExplanationInput input) {
            return new Origin(Optional.of(request), Optional.of(input));
        }
    }

    /**
     * Explains and measures.
     *
     * @param row label of the row
     * @param seed of the run
     * @param explain gives the explanations
     * @param origin where they come from
     * @param selections metrics by column
     * @param monitor of the run
     * @throws InvalidRequestException if an option of a metric is wrong: it would be with every other run too
     */
    Run run(
            String row,
            long seed,
            Supplier<ExplanationResult> explain,
            Origin origin,
            Map<Column, Metrics.Selection> selections,
            TaskMonitor monitor) {
        ExplanationResult result;
        try {
            result = explain.get();
        } catch (CancelledException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            monitor.checkCancelled();
            AitiaException failure = failure("run of '" + row + "' with seed " + seed, e);
            Cell cell = new Cell(row, seed, List.of(), 0, Cost.UNKNOWN, List.of(), failure.getMessage());
            return new Run(cell, Optional.empty(), Optional.of(failure));
        }
        List<Cell.Value> values = new ArrayList<>(measured(result, seed, origin, selections, monitor));
        own.stream()
                .filter(column -> RunColumns.isTold(column, result))
                .forEach(column -> values.add(RunColumns.measure(column, result)));
        List<Integer> targets = result.explanations().stream()
                .map(explanation -> explanation.target().id())
                .toList();
        Cell cell = new Cell(row, seed, targets, result.seconds(), result.cost(), values, "");
        return new Run(cell, Optional.of(result), Optional.empty());
    }

    private List<Cell.Value> measured(
            ExplanationResult result,
            long seed,
            Origin origin,
            Map<Column, Metrics.Selection> selections,
            TaskMonitor monitor) {
        if (selections.isEmpty()) {
            return List.of(); // of Metrics, no selection asks for all there are
        }
        try {
            return values(selections, score(result, seed, origin, List.copyOf(selections.values()), monitor));
        } catch (CancelledException | InvalidRequestException | NotFoundException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            monitor.checkCancelled();
            log.debug("metrics failed together, measuring one by one: {}", e.toString());
        }
        // one of them is broken: the others still count
        List<Cell.Value> values = new ArrayList<>();
        selections.forEach((column, selection) -> {
            try {
                values.addAll(
                        values(Map.of(column, selection), score(result, seed, origin, List.of(selection), monitor)));
            } catch (CancelledException e) {
                throw e;
            } catch (RuntimeException | LinkageError e) {
                monitor.checkCancelled();
                values.add(missing(
                        column,
                        failure("metric '" + selection.metric() + "'", e).getMessage()));
            }
        });
        return values;
    }

    private List<Metrics.Outcome> score(
            ExplanationResult result,
            long seed,
            Origin origin,
            List<Metrics.Selection> selections,
            TaskMonitor monitor) {
        return metrics.score(
                new Metrics.ScoreRequest(result, origin.request(), origin.input(), selections, seed), monitor);
    }

    private static List<Cell.Value> values(Map<Column, Metrics.Selection> selections, List<Metrics.Outcome> outcomes) {
        List<Cell.Value> values = new ArrayList<>();
        int next = 0;
        for (Column column : selections.keySet()) {
            Metrics.Outcome outcome = outcomes.get(next++);
            values.add(outcome.score()
                    .map(score -> value(column, score))
                    .orElseGet(() -> missing(column, outcome.reason())));
        }
        return values;
    }

    private static Cell.Value value(Column column, MetricScore score) {
        String reason = Double.isNaN(score.value()) ? "the metric gives no number for these explanations" : "";
        return new Cell.Value(column.name(), score.value(), score.perTarget(), reason);
    }

    static Cell.Value missing(Column column, String reason) {
        return new Cell.Value(column.name(), Double.NaN, new double[0], reason);
    }

    /** Makes one line of what went wrong; a defect of a plugin also goes to the log. */
    private static AitiaException failure(String what, Throwable e) {
        if (e instanceof AitiaException known) {
            return known;
        }
        log.warn("{} failed", what, e);
        return new AitiaException(what + " failed with " + e + "; the log has the details", e);
    }
}
