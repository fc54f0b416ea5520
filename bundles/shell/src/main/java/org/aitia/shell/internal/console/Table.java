package org.aitia.shell.internal.console;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A table with aligned columns. The last column is wrapped at the width of the console; where too little is left for it,
 * it stands below each row instead. Used by one thread.
 */
public final class Table {
    private static final int MIN_LAST_COLUMN = 44;
    private static final String GAP = "  ";
    private static final String BELOW = "    ";

    private final List<String> headers;
    private final BitSet right = new BitSet();
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Starts a table.
     *
     * @param headers one per column
     */
    public Table(String... headers) {
        this.headers = List.of(headers);
    }

    /**
     * Aligns columns at their right side.
     *
     * @param columns from 0
     * @return this
     */
    public Table right(int... columns) {
        Arrays.stream(columns).forEach(right::set);
        return this;
    }

    /**
     * Adds a row.
     *
     * @param cells one per column
     * @return this
     */
    public Table row(String... cells) {
        if (cells.length != headers.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + headers.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /**
     * Prints the headers and all rows.
     *
     * @param console where to
     */
    public void print(Console console) {
        print(console.out(), console.width(), "");
    }

    /**
     * Prints the headers and all rows.
     *
     * @param out where to
     * @param width columns of the terminal
     * @param indent before every line
     */
    public void print(PrintStream out, int width, String indent) {
        int[] widths = new int[headers.size()];
        List<List<String>> all = new ArrayList<>(rows);
        all.add(0, headers);
        for (List<String> row : all) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], Text.width(row.get(c)));
            }
        }
        int last = widths.length - 1;
        int before = indent.length() + Arrays.stream(widths, 0, last).sum() + last * GAP.length();
        int left = right.get(last) ? widths[last] : width - before;
        boolean below = widths[last] > left && left < MIN_LAST_COLUMN;
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder(indent);
            for (int c = 0; c < last; c++) {
                line.append(cell(row.get(c), c, widths[c])).append(GAP);
            }
            if (below) {
                out.println(line.toString().stripTrailing());
                if (row == headers) {
                    continue;
                }
                Text.wrap(row.get(last), width - indent.length() - BELOW.length())
                        .forEach(text -> out.println((indent + BELOW + text).stripTrailing()));
            } else {
                List<String> wrapped = Text.wrap(row.get(last), left);
                out.println((line + cell(wrapped.get(0), last, widths[last])).stripTrailing());
                wrapped.stream().skip(1).forEach(text -> out.println(" ".repeat(before) + text));
            }
        }
    }

    private String cell(String text, int column, int width) {
        return right.get(column) ? " ".repeat(Math.max(0, width - Text.width(text))) + text : Text.pad(text, width);
    }
}
