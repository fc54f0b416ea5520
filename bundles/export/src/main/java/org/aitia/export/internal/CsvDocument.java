package org.aitia.export.internal;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jgrapht.nio.Attribute;

/** A table as comma-separated values (RFC 4180, lines end with a line feed). Used by one thread. */
final class CsvDocument {
    private final Writer out;
    private final CsvWriter csv;
    private final List<String> columns;

    CsvDocument(OutputStream stream, Collection<String> columns) {
        this.out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
        this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
        this.columns = List.copyOf(columns);
        csv.writeRecord(this.columns);
    }

    /** Writes what there is of a row; the rest stays empty. */
    void row(Map<String, Attribute> values) {
        List<String> fields = new ArrayList<>(columns.size());
        for (String column : columns) {
            fields.add(values.containsKey(column) ? values.get(column).getValue() : "");
        }
        csv.writeRecord(fields);
    }

    /** Writes what is not yet written; the stream stays open. */
    void finish() throws IOException {
        try {
            csv.flush();
            out.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
