package org.aitia.dataset.usergraph.internal;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aitia.api.DataFormatException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.formats.BadFormat;

/** Which columns of a table become which features: studied in a first reading, written in a second. */
final class FeaturePlan {
    private static final int SPARSE_FROM = 32; // columns
    private static final double SPARSE_BELOW = 0.25; // of a row
    private static final long MOST_DENSE = 1L << 29; // values on the heap: 2 GiB

    private final Table table;
    private final List<ColumnStudy> studies = new ArrayList<>();
    private final List<FeatureColumn> columns = new ArrayList<>();

    /**
     * Begins.
     *
     * @param table the table
     * @param taken columns that are something else
     * @param rules what the descriptor says
     */
    FeaturePlan(Table table, BitSet taken, Descriptor.TableRules rules) {
        this.table = table;
        for (String column : rules.rules().keySet()) {
            if (taken.get(table.require(column))) {
                throw BadFormat.of(
                        table.name(),
                        "column " + BadFormat.quote(column),
                        "a column of features",
                        "one that is the id, label, split, weight or the like",
                        "take it out of \"columns\"");
            }
        }
        for (int i = 0; i < table.columns().size(); i++) {
            if (!taken.get(i)) {
                studies.add(new ColumnStudy(table, i, rules.rule(table.columns().get(i))));
            }
        }
    }

    /** First reading: looks at a row. */
    void look(Row row) {
        for (ColumnStudy study : studies) {
            study.look(row);
        }
    }

    /** Ends the first reading. */
    void decide(Faults faults) {
        for (ColumnStudy study : studies) {
            try {
                study.decide().ifPresent(columns::add);
            } catch (DataFormatException e) {
                faults.add(e);
            }
        }
    }

    List<String> names() {
        return columns.stream().flatMap(column -> column.names().stream()).toList();
    }

    Optional<String> summary() {
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(columns.stream().map(FeatureColumn::summary).collect(Collectors.joining(", ")));
    }

    /**
     * Second reading: writes the features.
     *
     * @param rows how many there were in the first reading
     * @param normalization what to do to them
     * @param monitor told of progress
     * @return [rows, width]
     */
    Features features(int rows, Descriptor.Normalization normalization, TaskMonitor monitor) {
        int width = columns.stream().mapToInt(FeatureColumn::width).sum();
        int nonZeros = columns.stream().mapToInt(FeatureColumn::nonZeros).sum();
        boolean sparse = width >= SPARSE_FROM
                && nonZeros < SPARSE_BELOW * width
                && normalization != Descriptor.Normalization.STANDARD;
        if (width == 0) {
            return new DenseFeatures(rows, 0, FloatBuffer.allocate(0));
        }
        if ((long) rows * (sparse ? nonZeros : width) > MOST_DENSE) {
            throw BadFormat.of(
                    table.name(),
                    "",
                    "at most " + MOST_DENSE + " values of features",
                    rows + " rows of " + width + " features",
                    "ignore columns of many categories, or bring the graph as .npz");
        }
        return sparse
                ? sparse(rows, width, nonZeros, normalization, monitor)
                : dense(rows, width, normalization, monitor);
    }

    private Features dense(int rows, int width, Descriptor.Normalization normalization, TaskMonitor monitor) {
        float[] values = new float[Math.multiplyExact(rows, width)];
        each(rows, monitor, (row, index) -> write(row, values, index * width));
        Normalizer.apply(normalization, values, width);
        return new DenseFeatures(rows, width, FloatBuffer.wrap(values));
    }

    private Features sparse(
            int rows, int width, int nonZeros, Descriptor.Normalization normalization, TaskMonitor monitor) {
        int[] offsets = new int[rows + 1];
        int[] indices = new int[Math.multiplyExact(rows, nonZeros)];
        float[] values = new float[indices.length];
        float[] one = new float[width];
        each(rows, monitor, (row, index) -> {
            Arrays.fill(one, 0);
            write(row, one, 0);
            Normalizer.apply(normalization, one, width);
            int at = offsets[index];
            for (int c = 0; c < width; c++) {
                if (one[c] != 0) {
                    indices[at] = c;
                    values[at++] = one[c];
                }
            }
            offsets[index + 1] = at;
        });
        return new SparseFeatures(
                width, offsets, Arrays.copyOf(indices, offsets[rows]), Arrays.copyOf(values, offsets[rows]));
    }

    private interface Writer {
        void write(Row row, int index);
    }

    private void each(int rows, TaskMonitor monitor, Writer writer) {
        Faults faults = new Faults();
        int[] index = {0};
        table.read(faults, monitor, row -> {
            if (index[0] < rows) {
                writer.write(row, index[0]);
            }
            index[0]++;
        });
        faults.throwIfAny();
        if (index[0] != rows) {
            throw BadFormat.of(
                    table.name(), "", "the " + rows + " rows of a moment ago", index[0] + " rows", "load it again");
        }
    }

    private void write(Row row, float[] target, int offset) {
        int at = offset;
        for (FeatureColumn column : columns) {
            column.write(row.text(column.position()), target, at);
            at += column.width();
        }
    }
}
