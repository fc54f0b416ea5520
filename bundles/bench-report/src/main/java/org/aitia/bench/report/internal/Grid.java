package org.aitia.bench.report.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of Markdown texts: columns from a given one on are numbers and stand to the right. */
final class Grid {
    private final int leftColumns;
    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    Grid(int leftColumns, List<String> header) {
        this.leftColumns = leftColumns;
        this.header = List.copyOf(header);
    }

    Grid add(String... cells) {
        return add(Arrays.asList(cells));
    }

    Grid add(List<String> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + header.size() + " columns");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Without the columns in which no row says anything. */
    Grid withoutEmptyColumns() {
        List<Integer> kept = IntStream.range(0, header.size())
                .filter(c -> c < leftColumns
                        || rows.stream()
                                .map(row -> row.get(c))
                                .anyMatch(cell -> !cell.isEmpty() && !cell.equals(Digits.MISSING)))
                .boxed()
                .toList();
        Grid grid = new Grid(leftColumns, kept.stream().map(header::get).toList());
        rows.forEach(row -> grid.add(kept.stream().map(row::get).toList()));
        return grid;
    }

    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(line(header));
        lines.add(IntStream.range(0, header.size())
                .mapToObj(column -> column < leftColumns ? "---" : "---:")
                .collect(Collectors.joining(" | ", "| ", " |")));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|").replace('\n', ' '))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}
