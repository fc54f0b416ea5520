package org.aitia.bench.report.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.Suite;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Score;
import org.aitia.api.explain.ExplanationType;

/**
 * What a study found for one model and one type, data set by data set.
 *
 * @param study what was asked
 * @param model label of the model
 * @param type of what was explained
 * @param tables one per data set; at least one
 */
record Board(Suite.Study study, String model, ExplanationType type, List<BenchResult.Table> tables) {
    Board {
        tables = List.copyOf(tables);
    }

    /** The boards of a study, in the order of the suite; only those of which something was run. */
    static List<Board> of(BenchResult result, Suite.Study study) {
        List<Board> boards = new ArrayList<>();
        for (String model : study.models()) {
            for (ExplanationType type : study.types()) {
                List<BenchResult.Table> tables = result.tables().stream()
                        .filter(table -> table.study().equals(study.label())
                                && table.model().equals(model)
                                && table.type() == type)
                        .toList();
                if (!tables.isEmpty()) {
                    boards.add(new Board(study, model, type, tables));
                }
            }
        }
        return boards;
    }

    /** A place over several tables. */
    record Place(String label, double meanRank, int tables) {}

    List<String> datasets() {
        return tables.stream().map(BenchResult.Table::dataset).toList();
    }

    Optional<BenchResult.Table> table(String dataset) {
        return tables.stream().filter(table -> table.dataset().equals(dataset)).findFirst();
    }

    Optional<Column> column(String name) {
        return tables.stream()
                .flatMap(table -> Columns.find(table.comparison(), name).stream())
                .findFirst();
    }

    /** The column that ranks, if it was measured. */
    Optional<Column> rankColumn() {
        return column(study.rankBy());
    }

    /** Explainers in the order of the study, then others that have rows. */
    List<String> labels() {
        return labels(tables, study);
    }

    private static List<String> labels(List<BenchResult.Table> tables, Suite.Study study) {
        Set<String> present = new LinkedHashSet<>();
        tables.forEach(table -> table.comparison().rows().stream()
                .filter(row -> row.role() != Row.Role.RANDOMISED)
                .forEach(row -> present.add(row.label())));
        Set<String> ordered = new LinkedHashSet<>(study.explainers());
        ordered.retainAll(present);
        ordered.addAll(present);
        return List.copyOf(ordered);
    }

    /** The mean over data sets of the column that ranks; NaN unless it was measured on all of them. */
    double mean(String label) {
        return tables.stream()
                .mapToDouble(table -> Columns.mean(table.comparison(), label, study.rankBy()))
                .average()
                .orElse(Double.NaN);
    }

    boolean isBaseline(String label) {
        return study.baselines().contains(label);
    }

    /** Places by the column that ranks. */
    List<Place> places() {
        return places(tables, study, study.rankBy());
    }

    /** Places by mean rank over tables, the best first; what was not measured everywhere stands behind, the rest last. */
    static List<Place> places(List<BenchResult.Table> tables, Suite.Study study, String column) {
        List<Place> places = new ArrayList<>();
        for (String label : labels(tables, study)) {
            double[] ranks = tables.stream()
                    .flatMap(table -> Ranking.of(table.comparison(), column).stream())
                    .mapToDouble(ranking -> ranking.rank(label))
                    .filter(Double::isFinite)
                    .toArray();
            double mean = java.util.Arrays.stream(ranks).average().orElse(Double.NaN);
            places.add(new Place(label, mean, ranks.length));
        }
        int most = places.stream().mapToInt(Place::tables).max().orElse(0);
        // an explainer that was measured on one easy data set is no winner
        return places.stream()
                .sorted(Comparator.<Place>comparingInt(place -> place.tables() == most ? 0 : place.tables() > 0 ? 1 : 2)
                        .thenComparingDouble(Place::meanRank))
                .toList();
    }

    /** In how many tables an explainer is better than a baseline, beyond its interval. */
    long above(String label, String baseline) {
        return above(label, baseline, study.rankBy());
    }

    long above(String label, String baseline, String by) {
        return column(by).stream()
                .flatMap(column -> tables.stream()
                        .flatMap(table -> Columns.score(table.comparison(), label, column.name()).stream())
                        .flatMap(score -> score.lifts().stream())
                        .filter(lift -> lift.baseline().equals(baseline))
                        .map(Score.Lift::difference)
                        .filter(difference -> isAbove(difference, Columns.sign(column))))
                .count();
    }

    private static boolean isAbove(Estimate difference, int sign) {
        double least =
                difference.hasInterval() ? sign > 0 ? difference.low() : -difference.high() : sign * difference.mean();
        return difference.isPresent() && sign != 0 && least > 0;
    }
}
