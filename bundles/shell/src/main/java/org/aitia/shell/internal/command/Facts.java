package org.aitia.shell.internal.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Text;

/** Names and values in two columns. */
final class Facts {
    private static final String GAP = "  ";
    private static final int MIN_VALUE_COLUMNS = 24;

    private final Map<String, String> facts = new LinkedHashMap<>();

    /** Adds a fact; one without a value is left out. */
    Facts add(String name, String value) {
        if (!value.isEmpty()) {
            facts.put(name, value);
        }
        return this;
    }

    void print(Console console) {
        int names = facts.keySet().stream().mapToInt(Text::width).max().orElse(0);
        int before = names + 2 * GAP.length();
        facts.forEach((name, value) -> {
            List<String> lines = Text.wrap(value, Math.max(MIN_VALUE_COLUMNS, console.width() - before));
            console.println(GAP + Text.pad(name, names) + GAP + lines.get(0));
            lines.stream().skip(1).forEach(line -> console.println(" ".repeat(before) + line));
        });
    }
}
