package org.aitia.bench.report.internal;

import java.util.ArrayList;
import java.util.List;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Estimate;

/** Explainers by data sets: the column that ranks, mean rank, and how often chance is beaten. */
final class Leaderboard {
    /** Marks what is not significantly worse than the best. */
    static final String AS_GOOD = " ≈";

    private final Board board;
    private final Names names;

    private final String column;

    Leaderboard(Board board, Names names) {
        this(board, names, board.study().rankBy());
    }

    /** By another column than that which ranks. */
    Leaderboard(Board board, Names names, String column) {
        this.board = board;
        this.names = names;
        this.column = column;
    }

    Grid grid() {
        boolean ranked =
                board.column(column).filter(found -> Columns.sign(found) != 0).isPresent();
        boolean several = board.tables().size() > 1;
        List<String> baselines = board.study().baselines().stream()
                .filter(board.labels()::contains)
                .toList();
        List<String> header = new ArrayList<>(List.of("explainer"));
        board.datasets().forEach(dataset -> header.add(Sheet.escape(names.dataset(dataset))));
        if (ranked) {
            header.add(several ? "mean rank" : "rank");
            baselines.stream()
                    .limit(1)
                    .forEach(baseline -> header.add("above " + Sheet.escape(names.explainer(baseline))));
        }
        Grid grid = new Grid(1, header);
        for (Board.Place place : Board.places(board.tables(), board.study(), column)) {
            List<String> cells = new ArrayList<>(List.of(name(place.label())));
            board.tables().forEach(table -> cells.add(cell(table, place.label())));
            if (ranked) {
                cells.add(rank(place));
                baselines.stream().limit(1).forEach(baseline -> cells.add(above(place, baseline)));
            }
            grid.add(cells);
        }
        return grid;
    }

    private String name(String label) {
        String name = Sheet.escape(names.explainer(label));
        return board.isBaseline(label) ? Sheet.italic(name) : name;
    }

    private String rank(Board.Place place) {
        if (place.tables() == 0) {
            return Digits.MISSING;
        }
        String rank = Digits.rounded(place.meanRank(), place.meanRank() == Math.rint(place.meanRank()) ? 0 : 1);
        return place.tables() == board.tables().size()
                ? rank
                : rank + " (of " + place.tables() + ")"; // fewer tables than others have
    }

    private String above(Board.Place place, String baseline) {
        return place.label().equals(baseline) || place.tables() == 0
                ? ""
                : board.above(place.label(), baseline, column) + "/" + place.tables();
    }

    private String cell(BenchResult.Table table, String label) {
        Comparison comparison = table.comparison();
        Estimate estimate = Columns.seeds(comparison, label, column);
        if (!estimate.isPresent()) {
            boolean failed = Columns.row(comparison, label)
                    .filter(row -> !row.failure().isEmpty())
                    .isPresent();
            return failed ? "failed" : Digits.MISSING;
        }
        String text = Digits.score(estimate);
        return Ranking.of(comparison, column)
                .map(ranking ->
                        ranking.isBest(label) ? Sheet.bold(text) : ranking.isAsGood(label) ? text + AS_GOOD : text)
                .orElse(text);
    }

    /** What marks mean, for all leaderboards of a report. */
    static String legend(double confidence, boolean significance) {
        String level = Digits.number(100 * confidence) + " %";
        return "Mean over seeds ± half the " + level
                + " confidence interval over seeds (none for what leaves nothing to"
                + " chance and ran once). **Bold**: best in its column"
                + (significance
                        ? "; ≈: a paired test over targets, corrected for all pairs (Holm), does not find it worse than the best, and intervals over seeds touch"
                        : "")
                + ". *Italic*: baseline; \"above\" counts data sets where the paired difference to it is better than 0 by"
                + " more than its interval. Rows are sorted by mean rank.";
    }
}
