package org.aitia.dataset.usergraph.internal;

import java.util.List;
import java.util.Optional;
import org.aitia.api.DataFormatException;
import org.aitia.api.TaskMonitor;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;
import org.aitia.formats.text.CsvTable;
import org.aitia.formats.text.TextLine;
import org.aitia.formats.text.TextLines;

/** Rows of named columns that can be read repeatedly, so that none has to be kept. */
interface Table {
    /** What messages call it. */
    String name();

    /** The names of its columns, all different. */
    List<String> columns();

    /**
     * Reads all rows. What the reader refuses is added to the faults, and reading goes on with the next row; where a
     * row itself cannot be read, it ends there.
     */
    void read(Faults faults, TaskMonitor monitor, Reader reader);

    /** Takes rows. */
    interface Reader {
        /**
         * Takes the next row.
         *
         * @throws DataFormatException if something is wrong with it
         */
        void accept(Row row);
    }

    /** The position of a column that was asked for. */
    default int require(String column) {
        int at = columns().indexOf(column);
        if (at < 0) {
            throw BadFormat.of(
                    name(),
                    "line 1",
                    "a column " + BadFormat.quote(column),
                    "the columns " + BadFormat.quote(String.join(", ", columns())),
                    "add or rename the column, or name the right one in the descriptor");
        }
        return at;
    }

    /** The position of a column: the one that the descriptor names, or the first of the customary names that is there. */
    default Optional<Integer> find(Optional<String> declared, String... customary) {
        if (declared.isPresent()) {
            return Optional.of(require(declared.get()));
        }
        for (String name : customary) {
            for (int i = 0; i < columns().size(); i++) {
                if (columns().get(i).equalsIgnoreCase(name)) {
                    return Optional.of(i);
                }
            }
        }
        return Optional.empty();
    }

    /** A table of values separated by commas or, where the header has none, by semicolons or tabs. */
    static Table csv(ByteSource source) {
        char separator = separator(source);
        List<String> columns;
        try (CsvTable header = CsvTable.open(source, separator)) {
            columns = List.copyOf(header.columns());
        }
        if (columns.stream().allMatch(column -> Row.number(column).isPresent())) {
            throw BadFormat.of(
                    source.name(),
                    "line 1",
                    "a header with the names of columns",
                    "the numbers " + BadFormat.quote(String.join(", ", columns)),
                    "add a line such as id,x or source,target above");
        }
        return new Table() {
            @Override
            public String name() {
                return source.name();
            }

            @Override
            public List<String> columns() {
                return columns;
            }

            @Override
            public void read(Faults faults, TaskMonitor monitor, Reader reader) {
                try (CsvTable rows = CsvTable.open(source, separator)) {
                    if (!rows.columns().equals(columns)) {
                        throw BadFormat.of(name(), "line 1", "the same header as before", "another", "load it again");
                    }
                    RowCount count = new RowCount(this, monitor);
                    Optional<CsvTable.Row> row = rows.next();
                    while (row.isPresent()) {
                        CsvTable.Row fields = row.get();
                        count.accept(faults, reader, new Row(this, fields.line(), fields::text));
                        row = rows.next();
                    }
                } catch (DataFormatException e) {
                    faults.add(e);
                }
            }
        };
    }

    private static char separator(ByteSource source) {
        try (TextLines lines = TextLines.open(source)) {
            String header = lines.nextFilled().map(TextLine::text).orElse("");
            return header.indexOf(',') >= 0
                    ? ','
                    : header.indexOf(';') >= 0 ? ';' : header.indexOf('\t') >= 0 ? '\t' : ',';
        }
    }

    /** A table in memory; each row is the number of its line and its fields. */
    static Table of(String name, List<String> columns, List<Line> rows) {
        return new Table() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<String> columns() {
                return columns;
            }

            @Override
            public void read(Faults faults, TaskMonitor monitor, Reader reader) {
                RowCount count = new RowCount(this, monitor);
                for (Line row : rows) {
                    count.accept(faults, reader, new Row(this, row.number(), row.fields()::get));
                }
            }
        };
    }

    /** A row of a table in memory. */
    record Line(long number, List<String> fields) {}

    /** Hands rows on, and looks now and then whether anybody still wants them. */
    final class RowCount {
        private static final int STEP = 4096;

        private final Table table;
        private final TaskMonitor monitor;
        private long rows;

        RowCount(Table table, TaskMonitor monitor) {
            this.table = table;
            this.monitor = monitor;
        }

        void accept(Faults faults, Reader reader, Row row) {
            if (rows++ % STEP == 0) {
                monitor.checkCancelled();
                if (rows > 1) {
                    monitor.progress("reading " + table.name(), rows, -1);
                }
            }
            try {
                reader.accept(row);
            } catch (DataFormatException e) {
                faults.add(e);
            }
        }
    }
}
