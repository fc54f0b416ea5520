package org.aitia.shell.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.metric.Metrics.Selection;

/** Metrics as they are typed: names with commas, or one with options, {@code fidelity-plus:removal=hard}. */
public final class MetricSelections {
    private MetricSelections() {}

    /**
     * Reads them.
     *
     * @param given what was typed, in order; may be null
     * @return what is selected
     * @throws InvalidRequestException if an option has no value
     */
    public static List<Selection> parse(List<String> given) {
        List<Selection> selections = new ArrayList<>();
        for (String text : given == null ? List.<String>of() : given) {
            if (text.contains(":")) {
                selections.add(withOptions(text));
            } else {
                for (String name : text.split(",", -1)) {
                    selections.add(new Selection(name.strip(), Map.of()));
                }
            }
        }
        return selections;
    }

    private static Selection withOptions(String text) {
        String[] parts = text.split(":", -1);
        Map<String, String> options = new LinkedHashMap<>();
        String last = "";
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 0 && !last.isEmpty()) {
                // a value with colons of its own, threshold=top-k:5
                options.merge(last, parts[i].strip(), (value, more) -> value + ":" + more);
                continue;
            }
            if (equals < 1) {
                throw new InvalidRequestException("'" + text + "' is no metric with options; write for example"
                        + " fidelity-plus:removal=hard:measure=label");
            }
            last = parts[i].substring(0, equals).strip();
            options.put(last, parts[i].substring(equals + 1).strip());
        }
        return new Selection(parts[0].strip(), options);
    }
}
