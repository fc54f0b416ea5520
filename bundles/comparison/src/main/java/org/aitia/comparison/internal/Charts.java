package org.aitia.comparison.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Sweep;
import org.aitia.api.metric.MetricInfo.Better;
import org.aitia.api.render.Chart;

/** Comparisons and sweeps as charts. */
final class Charts {
    private Charts() {}

    /** An overview of the scores that share a scale, then a chart of each column. */
    static List<Chart> of(Comparison comparison) {
        List<Chart> charts = new ArrayList<>();
        List<Column> shares = comparison.columns().stream()
                .filter(column -> comparison.rows().stream().allMatch(row -> isShare(row, column)))
                .filter(column -> comparison.rows().stream().anyMatch(row -> isMeasured(row, column)))
                .toList();
        if (!shares.isEmpty()) {
            charts.add(overview(comparison, shares));
        }
        comparison.columns().stream()
                .filter(column -> comparison.rows().stream().anyMatch(row -> isMeasured(row, column)))
                .forEach(column -> charts.add(bars(comparison, column)));
        return charts;
    }

    private static boolean isMeasured(Row row, Column column) {
        return row.score(column.name()).shown().isPresent();
    }

    private static boolean isShare(Row row, Column column) {
        return !isMeasured(row, column)
                || !isCost(column) && Math.abs(row.score(column.name()).shown().mean()) <= 1;
    }

    private static boolean isCost(Column column) {
        return column.name().equals(Column.SECONDS) || column.name().equals(Column.CALLS);
    }

    private static Chart overview(Comparison comparison, List<Column> columns) {
        List<Chart.Series> series = comparison.rows().stream()
                .map(row -> new Chart.Series(
                        row.label(),
                        columns.stream()
                                .filter(column -> isMeasured(row, column))
                                .map(column -> point(row.score(column.name()).shown(), name(column, columns)))
                                .toList()))
                .filter(one -> !one.points().isEmpty())
                .toList();
        return new Chart(
                Chart.Kind.BAR,
                "Explainers on " + comparison.setting().model(),
                "Scores of each explainer with confidence intervals; of those with an arrow upwards more is better.",
                Chart.Axis.linear(""),
                Chart.Axis.linear("score"),
                series);
    }

    /** What fits below a group of bars: the title, without options where the metric comes once. */
    private static String name(Column column, List<Column> columns) {
        boolean once = columns.stream()
                        .filter(other -> other.metric().equals(column.metric()))
                        .count()
                == 1;
        int options = column.title().indexOf(" [");
        String title = once && options > 0 ? column.title().substring(0, options) : column.title();
        return switch (column.better()) {
            case HIGHER -> title + " ↑";
            case LOWER -> title + " ↓";
            case NEITHER -> title;
        };
    }

    private static Chart bars(Comparison comparison, Column column) {
        List<Chart.Point> points = comparison.rows().stream()
                .filter(row -> isMeasured(row, column))
                .map(row -> point(row.score(column.name()).shown(), row.label()))
                .toList();
        return new Chart(
                Chart.Kind.BAR,
                title(column),
                column.description(),
                Chart.Axis.linear(""),
                Chart.Axis.linear(column.title()),
                List.of(new Chart.Series(column.title(), points)));
    }

    private static Chart.Point point(Estimate estimate, String label) {
        Chart.Point bar = Chart.Point.bar(label, estimate.mean());
        return estimate.hasInterval() ? bar.withError(estimate.halfWidth()) : bar;
    }

    private static String title(Column column) {
        return column.better() == Better.LOWER
                ? column.title() + " (less is better)"
                : column.better() == Better.HIGHER ? column.title() + " (more is better)" : column.title();
    }

    /** Each goal against the first one, with the best rows marked; none with fewer than two goals. */
    static List<Chart> of(Sweep sweep) {
        List<Column> goals = sweep.goals().stream()
                .flatMap(goal ->
                        sweep.columns().stream().filter(column -> column.name().equals(goal)))
                .toList();
        List<Chart> charts = new ArrayList<>();
        for (int i = 1; i < goals.size(); i++) {
            scatter(sweep, goals.get(i), goals.get(0)).ifPresent(charts::add);
        }
        return charts;
    }

    private static Optional<Chart> scatter(Sweep sweep, Column x, Column y) {
        List<Chart.Point> best = new ArrayList<>();
        List<Chart.Point> others = new ArrayList<>();
        for (Row row : sweep.rows()) {
            Estimate across = row.score(x.name()).shown();
            Estimate up = row.score(y.name()).shown();
            if (across.isPresent() && up.isPresent()) {
                Chart.Point point =
                        new Chart.Point(across.mean(), up.mean(), up.hasInterval() ? up.halfWidth() : 0, row.label());
                (sweep.best().contains(row.label()) ? best : others).add(point);
            }
        }
        List<Chart.Series> series = Stream.of(new Chart.Series("best", best), new Chart.Series("others", others))
                .filter(one -> !one.points().isEmpty())
                .toList();
        if (series.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Chart(
                Chart.Kind.SCATTER,
                "Settings of " + sweep.explainer() + " on " + sweep.setting().model(),
                "Every setting by " + x.title() + " and " + y.title()
                        + "; of the best ones no other is at least as good for every goal and better for one.",
                Chart.Axis.linear(title(x)),
                Chart.Axis.linear(title(y)),
                series));
    }
}
