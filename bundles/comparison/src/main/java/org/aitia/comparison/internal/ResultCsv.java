package org.aitia.comparison.internal;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.PairedTest;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Score;
import org.aitia.api.compare.Sweep;

/**
 * Rows, tests and cells as comma-separated values, one number with its uncertainty per line. The column {@code level}
 * tells what a line is: {@code seeds} and {@code targets} are estimates over them, {@code lift} a difference to a
 * baseline, {@code test} a tested difference to another row, {@code run} the value of one seed, {@code target} that of one
 * seed and target.
 */
final class ResultCsv {
    static final List<String> HEADER = List.of(
            "level",
            "row",
            "role",
            "explainer",
            "options",
            "best",
            "column",
            "other",
            "basis",
            "seed",
            "target",
            "value",
            "deviation",
            "low",
            "high",
            "count",
            "test",
            "statistic",
            "p",
            "p_holm",
            "reason");

    private final CsvWriter csv;
    private final List<String> best;

    private ResultCsv(CsvWriter csv, List<String> best) {
        this.csv = csv;
        this.best = best;
    }

    static void write(Comparison comparison, OutputStream out) throws IOException {
        write(comparison.rows(), comparison.tests(), comparison.cells(), List.of(), out);
    }

    static void write(Sweep sweep, OutputStream out) throws IOException {
        write(sweep.rows(), List.of(), sweep.cells(), sweep.best(), out);
    }

    private static void write(
            List<Row> rows, List<PairedTest> tests, List<Cell> cells, List<String> best, OutputStream out)
            throws IOException {
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out, StandardCharsets.UTF_8);
        csv.writeRecord(HEADER);
        ResultCsv result = new ResultCsv(csv, best);
        rows.forEach(result::summary);
        for (Row row : rows) {
            tests.stream().filter(test -> test.first().equals(row.label())).forEach(test -> result.test(row, test));
        }
        for (Row row : rows) {
            cells.stream().filter(cell -> cell.row().equals(row.label())).forEach(cell -> result.run(row, cell));
        }
        csv.flush(); // out is the caller's, so that the writer is not closed
    }

    private void summary(Row row) {
        for (Score score : row.scores()) {
            Line seeds = line("seeds", row, score.column());
            seeds.with("basis", "seeds").with(score.overSeeds());
            seeds.with("reason", score.reason()).write();
            score.overTargets()
                    .ifPresent(targets -> line("targets", row, score.column())
                            .with("basis", "targets")
                            .with(targets)
                            .write());
            for (Score.Lift lift : score.lifts()) {
                line("lift", row, score.column())
                        .with("other", lift.baseline())
                        .with("basis", lift.basis().name().toLowerCase(Locale.ROOT))
                        .with(lift.difference())
                        .write();
            }
        }
    }

    private void test(Row row, PairedTest test) {
        line("test", row, test.column())
                .with("other", test.second())
                .with("basis", "targets")
                .with(test.difference())
                .with("test", test.method().name().toLowerCase(Locale.ROOT))
                .with("statistic", number(test.statistic()))
                .with("p", number(test.p()))
                .with("p_holm", number(test.adjusted()))
                .write();
    }

    private void run(Row row, Cell cell) {
        if (!cell.failure().isEmpty()) {
            run("run", row, "", cell).with("reason", cell.failure()).write();
        }
        for (Cell.Value value : cell.values()) {
            run("run", row, value.column(), cell)
                    .with("value", number(value.value()))
                    .with("reason", value.reason())
                    .write();
            for (int i = 0; i < value.perTarget().length; i++) {
                run("target", row, value.column(), cell)
                        .with("target", Integer.toString(cell.targets().get(i)))
                        .with("value", number(value.perTarget()[i]))
                        .write();
            }
        }
    }

    private Line run(String level, Row row, String column, Cell cell) {
        return line(level, row, column).with("seed", Long.toString(cell.seed()));
    }

    private Line line(String level, Row row, String column) {
        return new Line()
                .with("level", level)
                .with("row", row.label())
                .with("role", row.role().name().toLowerCase(Locale.ROOT))
                .with("explainer", row.explainer())
                .with("options", options(row.options()))
                .with("best", best.contains(row.label()) ? "1" : "0")
                .with("column", column);
    }

    /** Fields by name; what is not given stays empty. */
    private final class Line {
        private final Map<String, String> fields = new HashMap<>();

        Line with(String field, String value) {
            fields.put(field, value);
            return this;
        }

        Line with(Estimate estimate) {
            return with("value", number(estimate.mean()))
                    .with("deviation", number(estimate.deviation()))
                    .with("low", number(estimate.low()))
                    .with("high", number(estimate.high()))
                    .with("count", Integer.toString(estimate.count()));
        }

        void write() {
            csv.writeRecord(
                    HEADER.stream().map(field -> fields.getOrDefault(field, "")).toList());
        }
    }

    private static String options(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
