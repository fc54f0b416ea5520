package org.aitia.dataset.usergraph.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aitia.formats.BadFormat;

/** Classes by their names, in an order that does not depend on that of rows. */
final class Labels {
    /** More than that are measurements or names rather than classes. */
    static final int MOST = 1000;

    private final boolean declared;
    private final Map<String, Integer> codes = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Ints labels = new Ints(); // per instance, in the order of first appearance, or -1

    /**
     * Creates an empty list.
     *
     * @param classes the classes that there are; empty if labels are to tell
     */
    Labels(List<String> classes) {
        declared = !classes.isEmpty();
        classes.forEach(this::code);
    }

    private int code(String name) {
        return codes.computeIfAbsent(name, n -> {
            names.add(n);
            return names.size() - 1;
        });
    }

    /** Adds the label of the next instance. */
    void add(Row row, int column) {
        String text = row.text(column);
        if (Row.isMissing(text)) {
            labels.add(-1);
        } else if (declared && !codes.containsKey(text)) {
            labels.add(-1);
            throw row.fault(
                    column,
                    "one of the declared classes " + BadFormat.quote(String.join(", ", names)),
                    "add it to \"classes\" or correct the line");
        } else if (names.size() == MOST && !codes.containsKey(text)) {
            labels.add(-1);
            throw row.fault(
                    column,
                    "at most " + MOST + " classes",
                    "name the column of classes in the descriptor; numbers to be predicted are no classes");
        } else {
            labels.add(code(text));
        }
    }

    /** Adds an instance of which nothing is said. */
    void addNone() {
        labels.add(-1);
    }

    boolean isLast(int expected) {
        return labels.size() == expected;
    }

    boolean any() {
        return !names.isEmpty();
    }

    /** Whether the last instance has a label. */
    boolean lastIsKnown() {
        return labels.get(labels.size() - 1) >= 0;
    }

    /** The classes: as declared, else by number if all are whole numbers, else by name. */
    List<String> classNames() {
        if (declared) {
            return List.copyOf(names);
        }
        boolean numbers = names.stream().allMatch(name -> name.matches("[+-]?\\d{1,18}"));
        Comparator<String> order = numbers
                ? Comparator.<String>comparingLong(Long::parseLong).thenComparing(Comparator.naturalOrder())
                : Comparator.naturalOrder();
        return names.stream().sorted(order).toList();
    }

    /** The class of each instance, -1 for none. */
    int[] toArray() {
        List<String> ordered = classNames();
        int[] places = new int[names.size()];
        for (int i = 0; i < ordered.size(); i++) {
            places[codes.get(ordered.get(i))] = i;
        }
        int[] classes = labels.toArray();
        for (int i = 0; i < classes.length; i++) {
            classes[i] = classes[i] < 0 ? -1 : places[classes[i]];
        }
        return classes;
    }
}
