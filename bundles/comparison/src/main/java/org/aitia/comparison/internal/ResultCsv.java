package org.aitia.comparison.internal;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Score;

/**
 * Rows and cells as comma-separated values, one number with its uncertainty per line. The column {@code level} tells what
 * a line is: {@code seeds} and {@code targets} are estimates over them, {@code lift} a difference to a baseline,
 * {@code run} the value of one seed, {@code target} that of one seed and target.
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
            "baseline",
            "basis",
            "seed",
            "target",
            "value",
            "deviation",
            "low",
            "high",
            "count",
            "reason");

    private final CsvWriter csv;
    private final List<String> best;

    private ResultCsv(CsvWriter csv, List<String> best) {
        this.csv = csv;
        this.best = best;
    }

    static void write(List<Row> rows, List<Cell> cells, List<String> best, OutputStream out) throws IOException {
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out, StandardCharsets.UTF_8);
        csv.writeRecord(HEADER);
        ResultCsv result = new ResultCsv(csv, best);
        rows.forEach(result::summary);
        for (Row row : rows) {
            cells.stream().filter(cell -> cell.row().equals(row.label())).forEach(cell -> result.run(row, cell));
        }
        csv.flush(); // out is the caller's, so that the writer is not closed
    }

    private void summary(Row row) {
        for (Score score : row.scores()) {
            estimate("seeds", row, score.column(), "", "seeds", score.overSeeds(), score.reason());
            score.overTargets()
                    .ifPresent(targets -> estimate("targets", row, score.column(), "", "targets", targets, ""));
            for (Score.Lift lift : score.lifts()) {
                estimate(
                        "lift",
                        row,
                        score.column(),
                        lift.baseline(),
                        lift.basis().name().toLowerCase(Locale.ROOT),
                        lift.difference(),
                        "");
            }
        }
    }

    private void estimate(
            String level, Row row, String column, String baseline, String basis, Estimate estimate, String reason) {
        line(
                level,
                row,
                List.of(column, baseline, basis, "", ""),
                List.of(
                        number(estimate.mean()),
                        number(estimate.deviation()),
                        number(estimate.low()),
                        number(estimate.high()),
                        Integer.toString(estimate.count()),
                        reason));
    }

    private void run(Row row, Cell cell) {
        String seed = Long.toString(cell.seed());
        if (!cell.failure().isEmpty()) {
            value("run", row, "", seed, "", Double.NaN, cell.failure());
        }
        for (Cell.Value value : cell.values()) {
            value("run", row, value.column(), seed, "", value.value(), value.reason());
            for (int i = 0; i < value.perTarget().length; i++) {
                String target = Integer.toString(cell.targets().get(i));
                value("target", row, value.column(), seed, target, value.perTarget()[i], "");
            }
        }
    }

    private void value(String level, Row row, String column, String seed, String target, double value, String reason) {
        line(
                level,
                row,
                List.of(column, "", "", seed, target),
                List.of(number(value), "", "", "", Double.isNaN(value) ? "0" : "1", reason));
    }

    private void line(String level, Row row, List<String> which, List<String> what) {
        List<String> fields = new ArrayList<>(List.of(
                level,
                row.label(),
                row.role().name().toLowerCase(Locale.ROOT),
                row.explainer(),
                options(row.options()),
                best.contains(row.label()) ? "1" : "0"));
        fields.addAll(which);
        fields.addAll(what);
        csv.writeRecord(fields);
    }

    private static String options(Map<String, String> options) {
        return new TreeMap<>(options)
                .entrySet().stream()
                        .map(option -> option.getKey() + "=" + option.getValue())
                        .collect(Collectors.joining(" "));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
