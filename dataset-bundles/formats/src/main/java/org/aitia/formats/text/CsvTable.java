package org.aitia.formats.text;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.aitia.api.DataFormatException;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;

/**
 * A table of comma-separated values in UTF-8 with a header, row by row. Fields may be quoted as RFC 4180 says; lines
 * end with LF, CRLF or CR; blank lines and a byte order mark are overlooked. Used by one thread.
 */
public final class CsvTable implements Closeable {
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final int LONGEST_FIELD = 1 << 24;

    private final String name;
    private final CsvReader<CsvRecord> reader;
    private final List<String> columns;
    private final Map<String, Integer> positions = new HashMap<>();
    private long line;

    private CsvTable(String name, CsvReader<CsvRecord> reader) {
        this.name = name;
        this.reader = reader;
        this.columns = record()
                .orElseThrow(() -> BadFormat.of(name, "line 1", "a header with the names of columns", "an empty file"))
                .getFields()
                .stream()
                .map(String::strip)
                .toList();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).isEmpty() || positions.put(columns.get(i), i) != null) {
                throw BadFormat.of(
                        name,
                        "line " + line,
                        "a header with a different name for each column",
                        "column " + (i + 1) + " named " + BadFormat.quote(columns.get(i)),
                        "name every column once");
            }
        }
    }

    /**
     * Opens a table and reads its header.
     *
     * @param source the file
     * @param separator between fields, normally a comma
     * @return to be closed
     * @throws DataFormatException if it cannot be read or has no header
     */
    public static CsvTable open(ByteSource source, char separator) {
        InputStream in;
        try {
            in = new BufferedInputStream(source.open(), 1 << 16);
            in.mark(MARK.length);
            if (!Arrays.equals(in.readNBytes(MARK.length), MARK)) {
                in.reset();
            }
        } catch (IOException e) {
            throw BadFormat.unreadable(source.name(), e);
        }
        CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .allowExtraFields(true) // told by rows, which know their line
                .allowMissingFields(true)
                .skipEmptyLines(true)
                .maxBufferSize(LONGEST_FIELD)
                .ofCsvRecord(new InputStreamReader(
                        in,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)));
        try {
            return new CsvTable(source.name(), reader);
        } catch (DataFormatException e) {
            try {
                reader.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    /**
     * Opens a table whose fields are separated by commas and reads its header.
     *
     * @param source the file
     * @return to be closed
     * @throws DataFormatException if it cannot be read or has no header
     */
    public static CsvTable open(ByteSource source) {
        return open(source, ',');
    }

    /**
     * Returns what messages call it.
     *
     * @return the name of the source
     */
    public String name() {
        return name;
    }

    /**
     * Returns the names of the columns.
     *
     * @return in their order, all different
     */
    public List<String> columns() {
        return columns;
    }

    /**
     * Returns the position of a column that has to be there.
     *
     * @param column its name
     * @return from 0
     * @throws DataFormatException if there is none
     */
    public int require(String column) {
        Integer position = positions.get(column);
        if (position == null) {
            throw BadFormat.of(
                    name,
                    "line 1",
                    "a column " + BadFormat.quote(column),
                    "only " + BadFormat.quote(String.join(", ", columns)),
                    "add or rename the column");
        }
        return position;
    }

    /**
     * Reads the next row.
     *
     * @return the row; empty after the last one
     * @throws DataFormatException if it has more or fewer fields than the header, or cannot be read
     */
    public Optional<Row> next() {
        return record().map(record -> {
            Row row = new Row(record);
            if (record.getFieldCount() != columns.size()) {
                throw row.wrong(
                        columns.size() + (columns.size() == 1 ? " field" : " fields") + " as in the header",
                        Integer.toString(record.getFieldCount()));
            }
            return row;
        });
    }

    private Optional<CsvRecord> record() {
        try {
            while (true) {
                CsvRecord record = reader.iterator().next();
                line = record.getStartingLineNumber();
                if (record.getFieldCount() > 1
                        || !record.getField(0).isBlank()
                        || columns != null && columns.size() == 1) {
                    return Optional.of(record);
                }
            }
        } catch (NoSuchElementException e) {
            return Optional.empty();
        } catch (CsvParseException e) {
            throw BadFormat.of(
                    name,
                    "line " + (line + 1) + " or after",
                    "comma-separated values",
                    BadFormat.oneLine(e.getCause() == null ? e : e.getCause()),
                    "look for a quote that does not end");
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw BadFormat.of(
                        name, "line " + (line + 1) + " or after", "text in UTF-8", "other bytes", "save it in UTF-8");
            }
            throw BadFormat.unreadable(name, e.getCause());
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw BadFormat.unreadable(name, e);
        }
    }

    /** A row. */
    public final class Row {
        private final CsvRecord record;

        Row(CsvRecord record) {
            this.record = record;
        }

        /**
         * Returns where it begins.
         *
         * @return the number of its line, from 1
         */
        public long line() {
            return record.getStartingLineNumber();
        }

        /**
         * Returns a field.
         *
         * @param column its position
         * @return without blanks around it; may be empty
         */
        public String text(int column) {
            return record.getField(column).strip();
        }

        /**
         * Returns a field.
         *
         * @param column the name of a column
         * @return without blanks around it; may be empty
         * @throws DataFormatException if there is no such column
         */
        public String text(String column) {
            return text(require(column));
        }

        /**
         * Returns whether a field has nothing in it.
         *
         * @param column its position
         * @return whether it is empty or blank
         */
        public boolean isBlank(int column) {
            return record.getField(column).isBlank();
        }

        /**
         * Returns a field.
         *
         * @param column its position
         * @return a whole number
         * @throws DataFormatException if it is something else
         */
        public long whole(int column) {
            return Numbers.whole(text(column)).orElseThrow(() -> wrong(column, "a whole number"));
        }

        /**
         * Returns a field.
         *
         * @param column its position
         * @param least the smallest value allowed
         * @param most the largest value allowed
         * @return a whole number between them
         * @throws DataFormatException if it is something else
         */
        public int whole(int column, int least, int most) {
            long value = whole(column);
            if (value < least || value > most) {
                throw wrong(column, "a whole number from " + least + " to " + most);
            }
            return (int) value;
        }

        /**
         * Returns a field.
         *
         * @param column its position
         * @return a finite number
         * @throws DataFormatException if it is something else
         */
        public double number(int column) {
            return Numbers.real(text(column)).orElseThrow(() -> wrong(column, "a number"));
        }

        /**
         * Creates the error for a field that is wrong.
         *
         * @param column its position
         * @param expected what should be there
         * @return to be thrown
         */
        public DataFormatException wrong(int column, String expected) {
            return wrong(
                    expected + " in column " + BadFormat.quote(columns.get(column)),
                    isBlank(column) ? "nothing" : BadFormat.quote(text(column)));
        }

        /**
         * Creates the error for something wrong in this row.
         *
         * @param expected what should be there
         * @param found what is there
         * @return to be thrown
         */
        public DataFormatException wrong(String expected, String found) {
            return BadFormat.of(name, "line " + line(), expected, found, "correct the line or fetch the file anew");
        }
    }
}
