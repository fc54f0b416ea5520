package org.aitia.comparison.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of texts: columns from a given one on are numbers and stand to the right. */
final class Table {
    private final int leftColumns;
    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    Table(int leftColumns, List<String> header) {
        this.leftColumns = leftColumns;
        this.header = List.copyOf(header);
    }

    void add(String... cells) {
        add(Arrays.asList(cells));
    }

    void add(List<String> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + header.size() + " columns");
        }
        rows.add(List.copyOf(cells));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /**
     * Columns aligned with spaces. A table that is too wide continues below itself, the columns to the left repeated.
     *
     * @param most columns of characters, as far as one column of the table fits
     */
    List<String> text(int most) {
        int[] widths = IntStream.range(0, header.size()).map(this::width).toArray();
        int left = IntStream.range(0, leftColumns)
                        .map(column -> widths[column] + 2)
                        .sum()
                - 2;
        List<String> lines = new ArrayList<>();
        int from = leftColumns;
        do {
            int to = from;
            int width = left;
            while (to < widths.length && (to == from || width + 2 + widths[to] <= most)) {
                width += 2 + widths[to];
                to++;
            }
            if (from > leftColumns) {
                lines.add("");
            }
            int[] columns = IntStream.concat(IntStream.range(0, leftColumns), IntStream.range(from, to))
                    .toArray();
            lines.add(line(header, columns, widths));
            rows.forEach(row -> lines.add(line(row, columns, widths)));
            from = to;
        } while (from < widths.length);
        return lines;
    }

    private int width(int column) {
        int width = length(header.get(column));
        for (List<String> row : rows) {
            width = Math.max(width, length(row.get(column)));
        }
        return width;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private String line(List<String> cells, int[] columns, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column : columns) {
            String padding = " ".repeat(widths[column] - length(cells.get(column)));
            line.append(column == columns[0] ? "" : "  ");
            line.append(column < leftColumns ? cells.get(column) + padding : padding + cells.get(column));
        }
        return line.toString().stripTrailing();
    }

    /** A table of GitHub's Markdown. */
    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(markdownLine(header));
        lines.add(IntStream.range(0, header.size())
                .mapToObj(column -> column < leftColumns ? "---" : "---:")
                .collect(Collectors.joining(" | ", "| ", " |")));
        rows.forEach(row -> lines.add(markdownLine(row)));
        return lines;
    }

    private static String markdownLine(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|").replace("<", "&lt;"))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}
