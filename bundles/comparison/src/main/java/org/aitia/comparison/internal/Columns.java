package org.aitia.comparison.internal;

import java.util.ArrayList;
import java.util.List;
import org.aitia.api.compare.Column;

/** Which columns a comparison shows. */
final class Columns {
    private Columns() {}

    /** Columns whose names are not taken: a metric of the user's choice comes first. */
    static List<Column> without(List<Column> columns, List<Column> taken) {
        return columns.stream()
                .filter(column -> taken.stream().noneMatch(other -> other.name().equals(column.name())))
                .toList();
    }

    /**
     * Metrics, agreement between seeds, what runs tell by themselves. Of what nobody asked for, that which at least one
     * row could measure.
     *
     * @param metrics columns of metrics
     * @param own columns that runs tell by themselves
     * @param rows what was measured
     * @param chosen whether the user chose the metrics
     */
    static List<Column> shown(List<Column> metrics, List<Column> own, List<RowRun> rows, boolean chosen) {
        List<Column> others = new ArrayList<>(RunColumns.agreement());
        others.addAll(own);
        List<Column> shown = new ArrayList<>(metrics);
        if (!chosen) {
            shown.removeIf(column -> !isMeasured(column, rows));
        }
        without(others, metrics).stream()
                .filter(column -> isMeasured(column, rows))
                .forEach(shown::add);
        return shown;
    }

    private static boolean isMeasured(Column column, List<RowRun> rows) {
        return rows.stream()
                .anyMatch(row -> row.row(List.of(column), 0.5, any -> List.of())
                        .score(column.name())
                        .overSeeds()
                        .isPresent());
    }
}
