package org.aitia.api.compare;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aitia.api.InvalidRequestException;

/**
 * An explainer with its options, as one row of a comparison.
 *
 * @param label what the row is called; the explainer with its options if empty
 * @param explainer name of an explainer
 * @param options of the explainer, as typed
 * @param trained name of a trained explainer to use
 */
public record Contestant(String label, String explainer, Map<String, String> options, Optional<String> trained) {
    /** Copies the options and makes a label where there is none. */
    public Contestant {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        if (explainer.isBlank()) {
            throw new InvalidRequestException("an explainer to compare has no name");
        }
        if (label.isBlank()) {
            label = explainer
                    + written(options)
                    + trained.map(name -> "@" + name).orElse("");
        }
    }

    /**
     * An explainer with its defaults.
     *
     * @param explainer name of an explainer
     * @return labelled with its name
     */
    public static Contestant of(String explainer) {
        return of(explainer, Map.of());
    }

    /**
     * An explainer with options.
     *
     * @param explainer name of an explainer
     * @param options as typed
     * @return labelled with its name and options, for example {@code gnnexplainer[epochs=50]}
     */
    public static Contestant of(String explainer, Map<String, String> options) {
        return new Contestant("", explainer, options, Optional.empty());
    }

    private static String written(Map<String, String> options) {
        return options.isEmpty()
                ? ""
                : options.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(",", "[", "]"));
    }
}
