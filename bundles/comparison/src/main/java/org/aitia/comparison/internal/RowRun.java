package org.aitia.comparison.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aitia.api.AitiaException;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Contestant;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Score;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;

/** A row in the making: its runs as they come, then its scores. */
final class RowRun {
    private final String label;
    private final Contestant contestant;
    private final Row.Role role;
    private final List<Cell> cells = new ArrayList<>();
    private final Agreement edges = new Agreement(Explanation::edgeMask);
    private final Agreement features = new Agreement(Explanation::featureMask);
    private Optional<AitiaException> failure = Optional.empty();
    private Optional<ExplanationResult> first = Optional.empty();
    private boolean anySuccess;

    RowRun(String label, Contestant contestant, Row.Role role) {
        this.label = label;
        this.contestant = contestant;
        this.role = role;
    }

    void add(Runs.Run run) {
        cells.add(run.cell());
        run.result().ifPresent(result -> {
            anySuccess = true;
            edges.add(result);
            features.add(result);
            if (first.isEmpty()) {
                // only its provenance is wanted, and masks can be large
                first = Optional.of(result.withExplanations(List.of()));
            }
        });
        if (failure.isEmpty()) {
            failure = run.failure();
        }
    }

    /** Adds a run of which nothing is left but its values. */
    void add(Cell cell) {
        cells.add(cell);
        if (cell.failure().isEmpty()) {
            anySuccess = true;
        } else if (failure.isEmpty()) {
            failure = Optional.of(new AitiaException(cell.failure()));
        }
    }

    String label() {
        return label;
    }

    Row.Role role() {
        return role;
    }

    List<Cell> cells() {
        return cells;
    }

    Agreement edgeAgreement() {
        return edges;
    }

    boolean succeeded() {
        return anySuccess;
    }

    /** What stopped the first run that was stopped. */
    Optional<AitiaException> failure() {
        return failure;
    }

    /** The first result, without its explanations. */
    Optional<ExplanationResult> first() {
        return first;
    }

    /** What its runs say of each column. */
    Map<String, RowScores> scores(List<Column> columns) {
        Map<String, RowScores> scores = new LinkedHashMap<>();
        columns.forEach(column -> scores.put(column.name(), RowScores.of(column.name(), cells)));
        return scores;
    }

    /**
     * Makes the row.
     *
     * @param columns what was measured
     * @param confidence level of the intervals
     * @param lifts gives the lifts in a column
     */
    Row row(List<Column> columns, double confidence, Function<Column, List<Score.Lift>> lifts) {
        List<Score> scores =
                columns.stream().map(column -> score(column, confidence, lifts)).collect(Collectors.toList());
        return new Row(
                label,
                contestant.explainer(),
                contestant.options(),
                role,
                scores,
                anySuccess ? "" : failure.map(AitiaException::getMessage).orElse("it did not run"));
    }

    private Score score(Column column, double confidence, Function<Column, List<Score.Lift>> lifts) {
        if (column.name().equals(Column.EDGE_AGREEMENT)) {
            return edges.score(column.name(), confidence);
        }
        if (column.name().equals(Column.FEATURE_AGREEMENT)) {
            return features.score(column.name(), confidence);
        }
        Score score = RowScores.of(column.name(), cells).score(confidence);
        return new Score(score.column(), score.overSeeds(), score.overTargets(), lifts.apply(column), score.reason());
    }
}
