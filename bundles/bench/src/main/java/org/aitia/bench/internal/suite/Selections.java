package org.aitia.bench.internal.suite;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.metric.Metrics.Selection;

/** Metrics as they are typed, {@code fidelity-plus:elements=edges:threshold=top-k:6}, and the columns they make. */
public final class Selections {
    private static final String THRESHOLD = "threshold";

    private Selections() {}

    /** Reads a metric; the notation is that of the command line. */
    static Selection parse(String text) {
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
            if (options.put(last, parts[i].substring(equals + 1).strip()) != null) {
                throw new InvalidRequestException("'" + text + "' gives option '" + last + "' twice; give it once");
            }
        }
        return new Selection(parts[0].strip(), options);
    }

    /**
     * Returns the column that a metric makes.
     *
     * @param selection metric and options
     * @return for example {@code fidelity-plus[elements=edges]}
     */
    public static String column(Selection selection) {
        return selection.options().isEmpty()
                ? selection.metric()
                : new TreeMap<>(selection.options())
                        .entrySet().stream()
                                .map(option -> option.getKey() + "=" + option.getValue())
                                .collect(Collectors.joining(",", selection.metric() + "[", "]"));
    }

    /**
     * Returns one point of a curve.
     *
     * @param selection metric and options
     * @param fraction share of elements that are kept
     * @return the metric with the option {@code threshold=fraction:F}
     */
    public static Selection at(Selection selection, double fraction) {
        Map<String, String> options = new TreeMap<>(selection.options());
        options.put(
                THRESHOLD,
                "fraction:"
                        + java.math.BigDecimal.valueOf(fraction)
                                .stripTrailingZeros()
                                .toPlainString());
        return new Selection(selection.metric(), options);
    }

    static boolean hasThreshold(Selection selection) {
        return selection.options().containsKey(THRESHOLD);
    }
}
