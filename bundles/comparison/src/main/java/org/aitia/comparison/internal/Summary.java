package org.aitia.comparison.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.PairedTest;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Score;

/** Rows, lifts and tests from runs. */
final class Summary {
    private final List<RowRun> runs;
    private final List<String> baselines;
    private final Map<String, String> randomisedOf;
    private final double confidence;

    /**
     * Creates a summary.
     *
     * @param runs of all rows
     * @param baselines labels of rows that all others are compared with
     * @param randomisedOf label of the row on randomised weights, by that of its contestant, which alone is compared
     *     with it
     * @param confidence level of the intervals
     */
    Summary(List<RowRun> runs, List<String> baselines, Map<String, String> randomisedOf, double confidence) {
        this.runs = List.copyOf(runs);
        this.baselines = List.copyOf(baselines);
        this.randomisedOf = Map.copyOf(randomisedOf);
        this.confidence = confidence;
    }

    List<Row> rows(List<Column> columns) {
        Map<String, Map<String, RowScores>> scores = scores(columns);
        return runs.stream()
                .map(run -> run.row(columns, confidence, column -> lifts(run, column, scores)))
                .toList();
    }

    private List<Score.Lift> lifts(RowRun run, Column column, Map<String, Map<String, RowScores>> scores) {
        List<String> over = new ArrayList<>(baselines);
        over.remove(run.label());
        if (randomisedOf.containsKey(run.label())) {
            over.add(randomisedOf.get(run.label()));
        }
        RowScores row = scores.get(run.label()).get(column.name());
        return over.stream()
                .map(baseline ->
                        RowScores.lift(baseline, row, scores.get(baseline).get(column.name()), confidence))
                .toList();
    }

    List<PairedTest> tests(List<Column> columns) {
        List<String> contestants = labels(Row.Role.CONTESTANT);
        return PairedTests.of(columns, contestants, labels(Row.Role.BASELINE), scores(columns), confidence);
    }

    private List<String> labels(Row.Role role) {
        return runs.stream()
                .filter(run -> run.role() == role)
                .map(RowRun::label)
                .toList();
    }

    private Map<String, Map<String, RowScores>> scores(List<Column> columns) {
        Map<String, Map<String, RowScores>> scores = new LinkedHashMap<>();
        runs.forEach(run -> scores.put(run.label(), run.scores(columns)));
        return scores;
    }

    List<Cell> cells() {
        return runs.stream().flatMap(run -> run.cells().stream()).toList();
    }
}
