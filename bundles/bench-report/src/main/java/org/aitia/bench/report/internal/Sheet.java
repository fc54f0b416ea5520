package org.aitia.bench.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A Markdown document that grows from top to bottom. Used by one thread. */
final class Sheet {
    private static final String SPECIAL = "\\`*[]<~&";

    private final List<String> lines = new ArrayList<>();

    /** Text from anywhere, such that it stays text. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean inside = i > 0
                    && i + 1 < text.length()
                    && Character.isLetterOrDigit(text.charAt(i - 1))
                    && Character.isLetterOrDigit(text.charAt(i + 1));
            // an underscore inside a word is one
            if (SPECIAL.indexOf(c) >= 0 || c == '_' && !inside) {
                escaped.append('\\');
            }
            escaped.append(Character.isISOControl(c) ? ' ' : c);
        }
        return escaped.toString();
    }

    /** Text in the typeface of a command. */
    static String code(String text) {
        if (text.isEmpty()) {
            return "";
        }
        String fence = "`";
        while (text.contains(fence)) {
            fence += "`";
        }
        String pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
        return fence + pad + text.replace('\n', ' ') + pad + fence;
    }

    static String bold(String markdown) {
        return "**" + markdown + "**";
    }

    static String italic(String markdown) {
        return "*" + markdown + "*";
    }

    /** A link; the text is Markdown already. */
    static String link(String markdown, String destination) {
        return "[" + markdown + "](" + destination + ")";
    }

    /** The anchor that GitHub gives a heading. */
    static String anchor(String heading) {
        StringBuilder anchor = new StringBuilder();
        heading.toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || c == '_' || c == '-') {
                anchor.appendCodePoint(c);
            } else if (c == ' ') {
                anchor.append('-');
            }
        });
        return anchor.toString();
    }

    /** A heading of plain text. */
    Sheet heading(int level, String text) {
        return block(List.of("#".repeat(level) + " " + escape(text)));
    }

    Sheet paragraph(String markdown) {
        return markdown.isBlank() ? this : block(List.of(markdown));
    }

    /** Markdown of the suite's author. */
    Sheet text(String markdown) {
        return markdown.isBlank() ? this : block(markdown.strip().lines().toList());
    }

    Sheet bullets(List<String> markdown) {
        return markdown.isEmpty()
                ? this
                : block(markdown.stream().map(item -> "- " + item).toList());
    }

    Sheet table(Grid grid) {
        return grid.isEmpty() ? this : block(grid.markdown());
    }

    Sheet fenced(String language, String text) {
        List<String> block = new ArrayList<>(List.of("```" + language));
        text.strip().lines().forEach(block::add);
        block.add("```");
        return block(block);
    }

    private Sheet block(List<String> block) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.addAll(block);
        return this;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Adds all of another sheet. */
    Sheet add(Sheet other) {
        return other.isEmpty() ? this : block(other.lines);
    }

    String markdown() {
        return String.join("\n", lines) + "\n";
    }
}
