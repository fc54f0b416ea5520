package org.aitia.api.compare;

import java.util.List;
import org.aitia.api.NotFoundException;

/**
 * Explainers side by side. Immutable.
 *
 * @param setting what rows have in common
 * @param columns what was measured
 * @param rows contestants in the order of the request, then baselines that are not among them, then contestants on
 *     randomised weights
 * @param tests pairs of contestants, and of a contestant and a baseline, column by column; only of columns that have
 *     values per target
 * @param checks one per contestant, if randomised weights were asked for
 * @param cells every run
 * @param notes what a reader should know, in sentences
 * @param seconds wall-clock time of all
 */
public record Comparison(
        Setting setting,
        List<Column> columns,
        List<Row> rows,
        List<PairedTest> tests,
        List<SanityCheck> checks,
        List<Cell> cells,
        List<String> notes,
        double seconds) {
    /** Copies the lists. */
    public Comparison {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        tests = List.copyOf(tests);
        checks = List.copyOf(checks);
        cells = List.copyOf(cells);
        notes = List.copyOf(notes);
    }

    /**
     * Returns one row.
     *
     * @param label of the row
     * @return the row
     * @throws NotFoundException if there is no such row
     */
    public Row row(String label) {
        return rows.stream()
                .filter(row -> row.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("no row '" + label + "' in the comparison"));
    }
}
