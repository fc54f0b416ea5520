package org.aitia.bench.report.internal;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.PairedTest;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Score;

/** Results as comma-separated values: the value of every run and column, and what follows from them. */
final class ResultCsv {
    static final String RUNS = "results.csv";
    static final String SUMMARY = "summary.csv";

    private static final double MEBI = 1 << 20;

    private ResultCsv() {}

    private static List<String> place(BenchResult.Table table, String explainer) {
        return List.of(
                table.study(),
                table.dataset(),
                table.model(),
                table.type().name().toLowerCase(Locale.ROOT),
                explainer);
    }

    /** One line per run and column; a failed run has one line, with its reason. */
    static String runs(BenchResult result) {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
        csv.writeRecord("study", "dataset", "model", "type", "explainer", "seed", "column", "value", "reason");
        for (BenchResult.Table table : result.tables()) {
            for (Cell cell : table.comparison().cells()) {
                if (!cell.failure().isEmpty()) {
                    run(csv, table, cell, "", "", cell.failure());
                }
                for (Cell.Value value : cell.values()) {
                    run(csv, table, cell, value.column(), Digits.exact(value.value()), value.reason());
                }
                if (cell.cost().trainingSeconds() > 0) {
                    run(
                            csv,
                            table,
                            cell,
                            "training-seconds",
                            Digits.exact(cell.cost().trainingSeconds()),
                            "");
                }
                boolean known =
                        cell.values().stream().anyMatch(value -> value.column().equals(Column.MEMORY));
                if (!known && cell.cost().peakNativeBytes() > 0) {
                    run(
                            csv,
                            table,
                            cell,
                            Column.MEMORY,
                            Digits.exact(cell.cost().peakNativeBytes() / MEBI),
                            "");
                }
            }
        }
        return finished(csv, text);
    }

    private static void run(
            CsvWriter csv, BenchResult.Table table, Cell cell, String column, String value, String reason) {
        List<String> line = new ArrayList<>(place(table, cell.row()));
        line.addAll(List.of(Long.toString(cell.seed()), column, value, reason));
        csv.writeRecord(line);
    }

    /** One line per row and column. */
    static String summary(BenchResult result) {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
        csv.writeRecord(
                "study",
                "dataset",
                "model",
                "type",
                "explainer",
                "column",
                "mean",
                "deviation",
                "low",
                "high",
                "seeds",
                "rank",
                "mean_over_targets",
                "low_over_targets",
                "high_over_targets",
                "baseline",
                "lift",
                "lift_low",
                "lift_high",
                "test_against_best",
                "p",
                "p_holm",
                "reason");
        for (BenchResult.Table table : result.tables()) {
            Comparison comparison = table.comparison();
            for (Row row : comparison.rows()) {
                for (Score score : row.scores()) {
                    summary(csv, table, row, score);
                }
            }
        }
        return finished(csv, text);
    }

    private static void summary(CsvWriter csv, BenchResult.Table table, Row row, Score score) {
        Optional<Ranking> ranking = Ranking.of(table.comparison(), score.column());
        Optional<PairedTest> test = ranking.flatMap(found -> found.test(row.label()));
        Optional<Score.Lift> lift = score.lifts().stream().findFirst();
        Estimate difference = lift.map(Score.Lift::difference).orElse(Estimate.NONE);
        Estimate targets = score.overTargets().orElse(Estimate.NONE);
        List<String> line = new ArrayList<>(place(table, row.label()));
        line.addAll(List.of(
                score.column(),
                Digits.exact(score.overSeeds().mean()),
                Digits.exact(score.overSeeds().deviation()),
                Digits.exact(score.overSeeds().low()),
                Digits.exact(score.overSeeds().high()),
                Integer.toString(score.overSeeds().count()),
                Digits.exact(ranking.map(found -> found.rank(row.label())).orElse(Double.NaN)),
                Digits.exact(targets.mean()),
                Digits.exact(targets.low()),
                Digits.exact(targets.high()),
                lift.map(Score.Lift::baseline).orElse(""),
                Digits.exact(difference.mean()),
                Digits.exact(difference.low()),
                Digits.exact(difference.high()),
                test.map(found -> found.method().name().toLowerCase(Locale.ROOT))
                        .orElse(""),
                Digits.exact(test.map(PairedTest::p).orElse(Double.NaN)),
                Digits.exact(test.map(PairedTest::adjusted).orElse(Double.NaN)),
                score.reason().isEmpty() ? row.failure() : score.reason()));
        csv.writeRecord(line);
    }

    /** The writer holds lines back. */
    private static String finished(CsvWriter csv, StringWriter text) {
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string does not fail
        }
        return text.toString();
    }
}
