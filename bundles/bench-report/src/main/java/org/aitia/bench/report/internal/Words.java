package org.aitia.bench.report.internal;

import java.util.List;
import java.util.Locale;

/** Numbers and lists in sentences. */
final class Words {
    private Words() {}

    static String count(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
    }

    static String list(List<String> words) {
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.get(words.size() - 1);
    }

    static String sentence(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() || stripped.matches("(?s).*[.!?:]") ? stripped : stripped + ".";
    }

    /** Short enough for a cell of a table or a bullet. */
    static String shorten(String text, int most) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= most ? line : line.substring(0, line.offsetByCodePoints(most - 1, 0)) + "…";
    }
}
