package org.aitia.comparison.internal;

import java.util.ArrayList;
import java.util.List;
import org.aitia.api.compare.Row;

/** What a reader of a comparison should know. */
final class Notes {
    private Notes() {}

    static List<String> of(int seeds, List<RowRun> rows) {
        List<String> notes = new ArrayList<>();
        if (seeds == 1) {
            notes.add(
                    "With one seed nothing is known of chance in the explainers: scores without values per target have"
                            + " no interval.");
        }
        if (rows.stream().anyMatch(row -> row.role() == Row.Role.RANDOMISED)) {
            notes.add("Rows marked (randomised) are masks that the explainer made of the model with randomised weights,"
                    + " measured on the model itself. Such a model predicts other classes, so that the explained class may"
                    + " differ; explanations of type phenomenon are about the label on both.");
        }
        return notes;
    }
}
