package org.aitia.dataset.usergraph.internal;

import java.util.OptionalDouble;
import java.util.function.IntFunction;
import org.aitia.api.DataFormatException;
import org.aitia.formats.BadFormat;

/** A row of a table, wherever it comes from. Valid until the next one is read. */
final class Row {
    private final Table table;
    private final long line;
    private final IntFunction<String> fields;

    /**
     * Creates a row.
     *
     * @param table what it belongs to
     * @param line where it begins, from 1
     * @param fields text of each column, without blanks around it
     */
    Row(Table table, long line, IntFunction<String> fields) {
        this.table = table;
        this.line = line;
        this.fields = fields;
    }

    long line() {
        return line;
    }

    String text(int column) {
        return fields.apply(column);
    }

    boolean isMissing(int column) {
        return isMissing(text(column));
    }

    /** What tables usually say where a value is not known. */
    static boolean isMissing(String text) {
        return switch (text) {
            case "", "?", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL" -> true;
            default -> false;
        };
    }

    /** A number that single precision can hold; Java's own spellings such as {@code 1f} and {@code 0x1p3} are none. */
    static OptionalDouble number(String text) {
        if (text.isEmpty() || text.length() > 400) {
            return OptionalDouble.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
                return OptionalDouble.empty();
            }
        }
        try {
            double value = Double.parseDouble(text);
            return Float.isFinite((float) value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** The error for a field. */
    DataFormatException fault(int column, String expected, String advice) {
        String text = text(column);
        return BadFormat.of(
                table.name(),
                "line " + line + ", column " + BadFormat.quote(table.columns().get(column)),
                expected,
                text.isEmpty() ? "nothing" : BadFormat.quote(text),
                advice);
    }
}
