package org.aitia.bench.report.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.Suite;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Estimate;
import org.aitia.api.metric.Metrics;
import org.aitia.api.render.Chart;

/** A study as charts: who leads where, what is kept at which sparsity, what it takes. */
final class StudyCharts {
    /** More bars or lines than this beside each other are a fence. */
    private static final int LEADING = 5;

    private final Suite.Study study;
    private final List<Board> boards;
    private final Names names;

    StudyCharts(Suite.Study study, List<Board> boards, Names names) {
        this.study = study;
        this.boards = boards;
        this.names = names;
    }

    /** A chart and the end of its file name. */
    record Named(String name, Chart chart) {}

    private String stem(Board board, String what) {
        return study.label() + "-" + board.model() + "-"
                + Names.type(board.type()).replace(' ', '-') + "-" + what;
    }

    /** The leading explainers and the first baseline, in the order of mean rank over all boards, so that colours stay. */
    private List<String> leading() {
        List<BenchResult.Table> tables =
                boards.stream().flatMap(board -> board.tables().stream()).toList();
        List<String> places = Board.places(tables, study, study.rankBy()).stream()
                .filter(place -> place.tables() > 0)
                .map(Board.Place::label)
                .toList();
        Stream<String> first = places.stream()
                .filter(label -> !study.baselines().contains(label))
                .limit(LEADING);
        Stream<String> baseline =
                study.baselines().stream().filter(places::contains).limit(1);
        return Stream.concat(first, baseline).toList();
    }

    /** Whether the charts leave explainers out. */
    boolean isSelected() {
        return leading().size()
                < boards.stream()
                        .flatMap(board -> board.labels().stream())
                        .distinct()
                        .count();
    }

    /** One chart per model and type: the column that ranks by data set; by explainer if there is one data set. */
    List<Named> bars() {
        List<Named> charts = new ArrayList<>();
        for (Board board : boards) {
            board.rankColumn().ifPresent(column -> {
                List<Chart.Series> series = board.tables().size() == 1 ? oneBarEach(board) : grouped(board);
                if (!series.isEmpty()) {
                    charts.add(new Named(
                            stem(board, column.metric()),
                            new Chart(
                                    Chart.Kind.BAR,
                                    Columns.shortTitle(column)
                                            + (board.tables().size() == 1
                                                    ? " on "
                                                            + names.dataset(board.datasets()
                                                                    .get(0))
                                                    : " by data set")
                                            + ": " + names.board(board),
                                    "Means over seeds with confidence intervals.",
                                    Chart.Axis.linear(""),
                                    Chart.Axis.linear(Columns.title(column)),
                                    series)));
                }
            });
        }
        return charts;
    }

    private List<Chart.Series> grouped(Board board) {
        List<Chart.Series> series = new ArrayList<>();
        for (String label : leading()) {
            List<Chart.Point> points = board.tables().stream()
                    .flatMap(table -> bar(table.comparison(), label, names.dataset(table.dataset())).stream())
                    .toList();
            if (!points.isEmpty()) {
                series.add(new Chart.Series(names.explainer(label), points));
            }
        }
        return series;
    }

    private List<Chart.Series> oneBarEach(Board board) {
        Comparison comparison = board.tables().get(0).comparison();
        List<Chart.Point> points = board.places().stream()
                .flatMap(place -> bar(comparison, place.label(), names.explainer(place.label())).stream())
                .toList();
        return points.isEmpty() ? List.of() : List.of(new Chart.Series(study.rankBy(), points));
    }

    private Optional<Chart.Point> bar(Comparison comparison, String label, String name) {
        Estimate estimate = Columns.seeds(comparison, label, study.rankBy());
        return Optional.of(estimate)
                .filter(Estimate::isPresent)
                .map(found -> Chart.Point.bar(name, found.mean()).withError(half(found)));
    }

    private static double half(Estimate estimate) {
        return estimate.hasInterval() ? estimate.halfWidth() : 0;
    }

    /** One list per metric of the curves, in it one chart per data set, of one board. */
    List<List<Named>> curves(Board board) {
        List<List<Named>> all = new ArrayList<>();
        for (Metrics.Selection metric :
                study.curves().map(Suite.Curves::metrics).orElse(List.of())) {
            List<Named> charts = new ArrayList<>();
            for (BenchResult.Table table : board.tables()) {
                curve(board, table, metric).ifPresent(charts::add);
            }
            if (!charts.isEmpty()) {
                all.add(charts);
            }
        }
        return all;
    }

    private Optional<Named> curve(Board board, BenchResult.Table table, Metrics.Selection metric) {
        Comparison comparison = table.comparison();
        List<Column> columns = comparison.columns().stream()
                .filter(column -> Columns.isOf(metric, column)
                        && Columns.fraction(study, column).isPresent())
                .sorted(Comparator.comparingDouble(
                        column -> Columns.fraction(study, column).orElse(0.0)))
                .toList();
        List<Chart.Series> series = new ArrayList<>();
        for (String label : leading()) {
            List<Chart.Point> points = new ArrayList<>();
            for (Column column : columns) {
                Estimate estimate = Columns.seeds(comparison, label, column.name());
                if (estimate.isPresent()) {
                    double sparsity = 1 - Columns.fraction(study, column).orElse(0.0);
                    points.add(Chart.Point.of(sparsity, estimate.mean()).withError(half(estimate)));
                }
            }
            if (!points.isEmpty()) {
                series.add(new Chart.Series(names.explainer(label), points));
            }
        }
        if (series.isEmpty()) {
            return Optional.empty();
        }
        String title = Columns.shortTitle(columns.get(0));
        return Optional.of(new Named(
                stem(board, table.dataset() + "-" + metric.metric()),
                new Chart(
                        Chart.Kind.LINE,
                        names.dataset(table.dataset()) + ": " + title,
                        "The score by the share of elements that is left out: " + names.board(board) + ".",
                        Chart.Axis.linear("sparsity (share left out)"),
                        Chart.Axis.linear(Columns.title(columns.get(0))),
                        series)));
    }

    /** Quality against time, each the mean over data sets. */
    Optional<Named> time(Board board) {
        List<Chart.Point> contestants = new ArrayList<>();
        List<Chart.Point> baselines = new ArrayList<>();
        for (Board.Place place : board.places()) {
            double seconds = geometric(board, table -> mean(table, place.label(), Column.SECONDS));
            double quality = board.tables().stream()
                    .mapToDouble(table -> mean(table, place.label(), study.rankBy()))
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN);
            if (seconds > 0
                    && Double.isFinite(quality)
                    && place.tables() == board.tables().size()) {
                (board.isBaseline(place.label()) ? baselines : contestants)
                        .add(new Chart.Point(1e3 * seconds, quality, 0, names.explainer(place.label())));
            }
        }
        List<Chart.Series> series = Stream.of(
                        new Chart.Series("explainers", contestants), new Chart.Series("baselines", baselines))
                .filter(one -> !one.points().isEmpty())
                .toList();
        if (contestants.size() < 2) {
            return Optional.empty();
        }
        Column column = board.rankColumn().orElseThrow();
        boolean several = board.tables().size() > 1;
        return Optional.of(new Named(
                stem(board, "time"),
                new Chart(
                        Chart.Kind.SCATTER,
                        Columns.shortTitle(column) + " against time: " + names.board(board),
                        several ? "Means over data sets, of times the geometric one." : "Means over seeds.",
                        Chart.Axis.logarithmic(
                                "milliseconds per explanation" + (several ? ", geometric mean over data sets" : "")),
                        Chart.Axis.linear(Columns.title(column) + (several ? ", mean over data sets" : "")),
                        series)));
    }

    private static double mean(BenchResult.Table table, String label, String column) {
        return Columns.mean(table.comparison(), label, column);
    }

    private static double geometric(Board board, ToDoubleFunction<BenchResult.Table> value) {
        return Math.exp(board.tables().stream()
                .mapToDouble(value)
                .filter(seconds -> seconds > 0)
                .map(Math::log)
                .average()
                .orElse(Double.NaN));
    }
}
