package org.aitia.bench.report.internal;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Comparison;

/** What explaining takes. */
final class Cost {
    private static final double MEBI = 1 << 20;

    private Cost() {}

    /** A number of a column of costs, with its unit. */
    static String text(Column column, double value) {
        return switch (column.name()) {
            case Column.SECONDS -> Digits.seconds(value);
            case Column.MEMORY -> memory(value);
            default -> Digits.number(value, 3);
        };
    }

    /** Mebibytes. */
    static String memory(double value) {
        return value > 0 ? Digits.number(value, 3) + " MiB" : Digits.MISSING;
    }

    /** Medians over tables of time, calls, learning and memory. */
    static List<String> medians(List<BenchResult.Table> tables, String label) {
        return List.of(
                Digits.seconds(median(tables, table -> Columns.mean(table.comparison(), label, Column.SECONDS))),
                Digits.number(median(tables, table -> Columns.mean(table.comparison(), label, Column.CALLS)), 3),
                Digits.seconds(median(tables, table -> learning(table.comparison(), label))),
                memory(median(tables, table -> peak(table.comparison(), label))));
    }

    private static double median(List<BenchResult.Table> tables, ToDoubleFunction<BenchResult.Table> value) {
        double[] sorted = tables.stream()
                .mapToDouble(value)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    /** Mean seconds of learning before a run; NaN if nothing is learnt. */
    static double learning(Comparison comparison, String label) {
        return mean(comparison, label, cell -> cell.cost().trainingSeconds());
    }

    /** Peak of native memory in mebibytes; NaN if it was not measured. */
    static double peak(Comparison comparison, String label) {
        double measured = Columns.mean(comparison, label, Column.MEMORY);
        return Double.isFinite(measured)
                ? measured
                : mean(comparison, label, cell -> cell.cost().peakNativeBytes() / MEBI);
    }

    private static double mean(Comparison comparison, String label, ToDoubleFunction<Cell> value) {
        return Arrays.stream(comparison.cells().stream()
                        .filter(cell ->
                                cell.row().equals(label) && cell.failure().isEmpty())
                        .mapToDouble(value)
                        .filter(one -> one > 0)
                        .toArray())
                .average()
                .orElse(Double.NaN);
    }
}
