package org.aitia.bench.internal;

import java.util.List;
import java.util.Map;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Setting;
import org.aitia.api.explain.Cost;

/** Comparisons of one cell, to be joined. */
final class Parts {
    private Parts() {}

    /** Returns a comparison under another label: studies may share a cell and call its explainer differently. */
    static Comparison labelled(Comparison part, String label) {
        return new Comparison(
                part.setting(),
                part.columns(),
                part.rows().stream()
                        .map(row ->
                                new Row(label, row.explainer(), row.options(), row.role(), row.scores(), row.failure()))
                        .toList(),
                List.of(),
                List.of(),
                part.cells().stream()
                        .map(cell -> new Cell(
                                label,
                                cell.seed(),
                                cell.targets(),
                                cell.seconds(),
                                cell.cost(),
                                cell.values(),
                                cell.failure()))
                        .toList(),
                part.notes(),
                part.seconds());
    }

    /** Returns a run that failed. */
    static Comparison failed(
            Setting setting, String label, String explainer, Map<String, String> options, long seed, String reason) {
        return new Comparison(
                setting,
                List.of(),
                List.of(new Row(label, explainer, options, Row.Role.CONTESTANT, List.of(), reason)),
                List.of(),
                List.of(),
                List.of(new Cell(label, seed, List.of(), 0, Cost.UNKNOWN, List.of(), reason)),
                List.of(),
                0);
    }
}
