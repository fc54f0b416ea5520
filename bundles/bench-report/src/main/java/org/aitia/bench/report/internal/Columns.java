package org.aitia.bench.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aitia.api.bench.Suite;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Score;
import org.aitia.api.metric.MetricInfo.Better;
import org.aitia.api.metric.Metrics;

/** What the columns of a comparison are for. */
final class Columns {
    private static final String THRESHOLD = "threshold";
    private static final String FRACTION = "fraction:";
    private static final Set<String> COST = Set.of(Column.SECONDS, Column.CALLS, Column.MEMORY);

    private Columns() {}

    static Optional<Column> find(Comparison comparison, String name) {
        return comparison.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst();
    }

    static boolean isCost(Column column) {
        return COST.contains(column.name());
    }

    /** How much is kept at a point of a curve of the study; empty for other columns. */
    static Optional<Double> fraction(Suite.Study study, Column column) {
        String threshold = column.options().getOrDefault(THRESHOLD, "");
        if (study.curves().isEmpty() || !threshold.startsWith(FRACTION) || isMetric(study, column)) {
            return Optional.empty();
        }
        try {
            double fraction = Double.parseDouble(threshold.substring(FRACTION.length()));
            boolean asked = study.curves().get().metrics().stream().anyMatch(metric -> isOf(metric, column));
            return asked ? Optional.of(fraction) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty(); // a threshold of another kind that begins alike
        }
    }

    private static boolean isMetric(Suite.Study study, Column column) {
        return study.metrics().stream()
                .anyMatch(metric -> metric.metric().equals(column.metric())
                        && metric.options().equals(column.options()));
    }

    /** Whether a column is a point of the curve of a metric. */
    static boolean isOf(Metrics.Selection metric, Column column) {
        return metric.metric().equals(column.metric())
                && withoutThreshold(metric.options()).equals(withoutThreshold(column.options()));
    }

    private static Map<String, String> withoutThreshold(Map<String, String> options) {
        Map<String, String> others = new TreeMap<>(options);
        others.remove(THRESHOLD);
        return others;
    }

    /** Neither cost nor point of a curve. */
    static List<Column> metrics(Suite.Study study, Comparison comparison) {
        return comparison.columns().stream()
                .filter(column -> !isCost(column) && fraction(study, column).isEmpty())
                .toList();
    }

    /** The title without options, with an arrow that says what is better. */
    static String title(Column column) {
        return shortTitle(column) + arrow(column);
    }

    private static String arrow(Column column) {
        if (isCost(column)) {
            return "";
        }
        return switch (column.better()) {
            case HIGHER -> " ↑";
            case LOWER -> " ↓";
            case NEITHER -> "";
        };
    }

    /** The title without options; of costs without their unit, which stands with the numbers. */
    static String shortTitle(Column column) {
        return switch (column.name()) {
            case Column.SECONDS -> "time";
            case Column.CALLS -> "calls";
            case Column.MEMORY -> "peak memory";
            default -> withoutOptions(column.title());
        };
    }

    private static String withoutOptions(String title) {
        int options = title.indexOf(" [");
        return options > 0 ? title.substring(0, options) : title;
    }

    /** Titles that tell columns apart: of equal ones with those options in which they differ. */
    static List<String> titles(List<Column> columns) {
        return columns.stream()
                .map(column -> {
                    List<Column> alike = columns.stream()
                            .filter(other -> shortTitle(other).equals(shortTitle(column)))
                            .toList();
                    String options = column.options().entrySet().stream()
                            .filter(option -> alike.stream()
                                    .anyMatch(other -> !option.getValue()
                                            .equals(other.options().get(option.getKey()))))
                            .map(option -> alike.stream()
                                            .allMatch(other -> other.options().containsKey(option.getKey()))
                                    ? option.getValue()
                                    : option.getKey() + "=" + option.getValue())
                            .collect(Collectors.joining(", "));
                    return shortTitle(column) + (options.isEmpty() ? "" : " (" + options + ")") + arrow(column);
                })
                .toList();
    }

    /** What short titles stand for, in Markdown; only those that do not say it themselves. */
    static String legend(List<Column> columns) {
        List<String> titles = titles(columns);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            Column column = columns.get(i);
            if (!column.options().isEmpty()) {
                parts.add(Sheet.escape(titles.get(i).replaceAll(" [↑↓]$", "")) + " is " + Sheet.code(column.name()));
            }
        }
        return parts.isEmpty() ? "" : "Here " + String.join("; ", parts) + ".";
    }

    static Optional<Row> row(Comparison comparison, String label) {
        return comparison.rows().stream()
                .filter(row -> row.label().equals(label) && row.role() != Row.Role.RANDOMISED)
                .findFirst();
    }

    static Optional<Score> score(Comparison comparison, String label, String column) {
        return row(comparison, label)
                .flatMap(row -> row.scores().stream()
                        .filter(score -> score.column().equals(column))
                        .findFirst());
    }

    /** The mean over seeds; {@link Estimate#NONE} if it was not measured. */
    static Estimate seeds(Comparison comparison, String label, String column) {
        return score(comparison, label, column).map(Score::overSeeds).orElse(Estimate.NONE);
    }

    static double mean(Comparison comparison, String label, String column) {
        return seeds(comparison, label, column).mean();
    }

    /** 1 if more is better, -1 if less is, 0 if it only describes. */
    static int sign(Column column) {
        return column.better() == Better.HIGHER ? 1 : column.better() == Better.LOWER ? -1 : 0;
    }
}
