package org.aitia.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** There is nothing of the given name. The message suggests the nearest names that exist. */
public class NotFoundException extends AitiaException {
    private static final long serialVersionUID = 1L;

    private static final int SUGGESTIONS = 3;
    private static final int MOST_LISTED = 40;
    private static final double SIMILAR = 0.75;

    /**
     * Creates an exception.
     *
     * @param message one line for the user
     */
    public NotFoundException(String message) {
        super(message);
    }

    /**
     * Creates the exception for an unknown name.
     *
     * @param kind what was looked for, for example {@code "dataset"}
     * @param name the name that is not known
     * @param known the names that are
     * @return an exception whose message suggests the nearest known names, or lists what there is
     */
    public static NotFoundException of(String kind, String name, Collection<String> known) {
        return new NotFoundException("unknown " + kind + " '" + name + "'" + suggestion(name, known));
    }

    /**
     * Phrases the nearest known names as the end of a sentence.
     *
     * @param name the name that is not known
     * @param known the names that are
     * @return for example {@code "; did you mean 'cora'?"}, or the list of what there is when nothing is near
     */
    public static String suggestion(String name, Collection<String> known) {
        if (known.isEmpty()) {
            return "; there are none";
        }
        List<String> near = nearest(name, known);
        if (near.isEmpty()) {
            List<String> all = List.copyOf(new TreeSet<>(known));
            int listed = Math.min(all.size(), MOST_LISTED);
            String more = listed == all.size() ? "" : " and " + (all.size() - listed) + " more";
            return "; there are: " + String.join(", ", all.subList(0, listed)) + more;
        }
        return near.stream().map(n -> "'" + n + "'").collect(Collectors.joining(" or ", "; did you mean ", "?"));
    }

    private static List<String> nearest(String name, Collection<String> known) {
        JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
        String wanted = name.toLowerCase(Locale.ROOT);
        Map<Double, List<String>> bySimilarity = new TreeMap<>(Comparator.reverseOrder());
        for (String candidate : new TreeSet<>(known)) {
            double s = similarity.apply(wanted, candidate.toLowerCase(Locale.ROOT));
            if (s >= SIMILAR) {
                bySimilarity.computeIfAbsent(s, k -> new ArrayList<>()).add(candidate);
            }
        }
        return bySimilarity.values().stream()
                .flatMap(List::stream)
                .limit(SUGGESTIONS)
                .toList();
    }
}
