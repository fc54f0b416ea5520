package org.aitia.bench.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.Suite;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Score;
import org.aitia.api.explain.ExplanationType;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final List<String> EXPLAINERS = List.of("a", "b", "c", "d");

    private static BenchResult.Table table(String dataset, double... values) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            Estimate estimate = new Estimate(values[i], 0.01, values[i] - 0.01, values[i] + 0.01, 3);
            Score score = new Score(Samples.AUC.name(), estimate, Optional.empty(), List.of(), "");
            String label = EXPLAINERS.get(i);
            rows.add(new Row(label, label, Map.of(), Row.Role.CONTESTANT, List.of(score), ""));
        }
        Comparison any = Samples.small().tables().get(0).comparison();
        return new BenchResult.Table(
                "main",
                dataset,
                "m",
                ExplanationType.MODEL,
                new Comparison(
                        any.setting(), List.of(Samples.AUC), rows, List.of(), List.of(), List.of(), List.of(), 1),
                List.of());
    }

    private static String verdict(BenchResult.Table... tables) {
        List<String> datasets = IntStream.range(0, tables.length)
                .mapToObj(i -> tables[i].dataset())
                .toList();
        Suite.Study study = Samples.study(
                "main",
                "Main",
                datasets,
                List.of("m"),
                List.of(ExplanationType.MODEL),
                EXPLAINERS,
                List.of(),
                3,
                false);
        Suite suite = Samples.suite(List.of(), List.of(), List.of(), List.of(study));
        return new Verdict(
                        study, List.of(new Board(study, "m", ExplanationType.MODEL, List.of(tables))), new Names(suite))
                .text();
    }

    @Test
    void whoIsFirstInMostTablesIsNamedFirst() {
        assertThat(verdict(table("x", 0.9, 0.8), table("y", 0.7, 0.8), table("z", 0.7, 0.8)))
                .startsWith("By ROC-AUC, of 3 tables (3 data sets) b is first in 2 and a in 1. ");
        assertThat(verdict(table("x", 0.9, 0.8))).isEqualTo("By ROC-AUC, a is first.");
    }

    @Test
    void equalOnesAreAllFirst() {
        assertThat(verdict(table("x", 0.9, 0.9), table("y", 0.7, 0.8)))
                .startsWith("By ROC-AUC, of 2 tables (2 data sets) b is first in 2 and a in 1, equal ones being counted"
                        + " each. ");
        assertThat(verdict(table("x", 0.9, 0.9, 0.9, 0.9), table("y", 0.7, 0.8, 0.7, 0.7)))
                .startsWith("By ROC-AUC, of 2 tables (2 data sets) b is first in 2, a in 1, c in 1, and 1 other"
                        + " elsewhere, equal ones being counted each. ");
        assertThat(verdict(table("x", 0.9, 0.9, 0.7))).isEqualTo("By ROC-AUC, a and b share the first place.");
    }
}
