package org.aitia.api.compare;

import java.util.List;

/**
 * An explainer with every combination of some options. Immutable.
 *
 * @param setting what rows have in common
 * @param explainer name of the explainer
 * @param axes what was tried
 * @param columns what was measured
 * @param rows one per combination, the last axis changing fastest; {@link Row#options} has fixed and tried options
 * @param goals names of the columns that count for the best rows
 * @param best labels of the rows that no other row beats: none is at least as good for every goal and better for one
 * @param cells every run
 * @param notes what a reader should know, in sentences
 * @param seconds wall-clock time of all
 */
public record Sweep(
        Setting setting,
        String explainer,
        List<Axis> axes,
        List<Column> columns,
        List<Row> rows,
        List<String> goals,
        List<String> best,
        List<Cell> cells,
        List<String> notes,
        double seconds) {
    /** Copies the lists. */
    public Sweep {
        axes = List.copyOf(axes);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        goals = List.copyOf(goals);
        best = List.copyOf(best);
        cells = List.copyOf(cells);
        notes = List.copyOf(notes);
    }
}
