package org.aitia.comparison.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.Task;
import org.aitia.api.compare.Axis;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.PairedTest;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.SanityCheck;
import org.aitia.api.compare.Score;
import org.aitia.api.compare.Setting;
import org.aitia.api.compare.Sweep;
import org.aitia.api.explain.Cost;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.metric.MetricInfo.Better;

/** A small comparison and a small sweep, made by hand. */
final class Results {
    static final Column FIDELITY = new Column(
            "fidelity-minus[measure=probability]",
            "fidelity-minus",
            Map.of("measure", "probability"),
            "fidelity-",
            "What is lost.",
            Better.LOWER);
    static final Column SPARSITY =
            new Column("edge-small", "edge-small", Map.of(), "edges <= .01", "Share of edges.", Better.HIGHER);
    private static final Column SECONDS =
            new Column(Column.SECONDS, Column.SECONDS, Map.of(), "s/target", "Seconds per target.", Better.LOWER);

    private Results() {}

    static Setting setting() {
        return new Setting(
                "shapes",
                "gcn",
                "sha256:1",
                Task.NODE,
                "ba-shapes",
                Map.of("seed", "3"),
                "sha256:2",
                ExplanationType.MODEL,
                List.of(400, 410, 420),
                List.of(0L, 1L),
                0.95,
                "cpu",
                Map.of("aitia", "0.1"),
                Instant.parse("2026-11-21T10:15:30Z"));
    }

    private static Estimate estimate(double mean, double half, int count) {
        return new Estimate(mean, half / 2, mean - half, mean + half, count);
    }

    private static Score score(Column column, double mean, double half, Score.Lift... lifts) {
        return new Score(
                column.name(), estimate(mean, half / 10, 2), Optional.of(estimate(mean, half, 3)), List.of(lifts), "");
    }

    private static Score seconds(double mean) {
        return new Score(Column.SECONDS, estimate(mean, mean / 10, 2), Optional.empty(), List.of(), "");
    }

    private static Cell cell(String row, long seed, Column column, double... perTarget) {
        return new Cell(
                row,
                seed,
                List.of(400, 410, 420),
                0.3,
                new Cost(30, 10, 0, 0, 0),
                List.of(
                        new Cell.Value(column.name(), Statistics.mean(perTarget), perTarget, ""),
                        new Cell.Value(Column.SECONDS, 0.1, new double[0], "")),
                "");
    }

    static Comparison comparison() {
        Score.Lift lift = new Score.Lift("random", estimate(-0.25, 0.021, 3), Score.Basis.TARGETS);
        Score missing = new Score(
                FIDELITY.name(),
                Estimate.NONE,
                Optional.empty(),
                List.of(),
                "model 'shapes' has no gradients, \"sorry\"");
        return new Comparison(
                setting(),
                List.of(FIDELITY, SECONDS),
                List.of(
                        new Row(
                                "gnn",
                                "gnnexplainer",
                                Map.of("epochs", "50", "beta1", "0.1"),
                                Row.Role.CONTESTANT,
                                List.of(score(FIDELITY, 0.125, 0.0127, lift), seconds(0.1)),
                                ""),
                        new Row(
                                "ig",
                                "ig",
                                Map.of(),
                                Row.Role.CONTESTANT,
                                List.of(
                                        missing,
                                        new Score(Column.SECONDS, Estimate.NONE, Optional.empty(), List.of(), "")),
                                "model 'shapes' has no gradients, \"sorry\""),
                        new Row(
                                "random",
                                "random",
                                Map.of(),
                                Row.Role.BASELINE,
                                List.of(score(FIDELITY, 0.375, 0.05), seconds(0.0004)),
                                "")),
                List.of(new PairedTest(
                        FIDELITY.name(),
                        "gnn",
                        "random",
                        PairedTest.Method.T,
                        estimate(-0.25, 0.021, 3),
                        -12.5,
                        0.0004,
                        0.0012)),
                List.of(new SanityCheck(
                        "gnn",
                        estimate(0.31, 0.12, 3),
                        Estimate.NONE,
                        estimate(0.4, 0.2, 3),
                        estimate(0.95, 0.01, 3),
                        "")),
                List.of(
                        cell("gnn", 0, FIDELITY, 0.12, 0.13, 0.125),
                        cell("gnn", 1, FIDELITY, 0.12, Double.NaN, 0.13),
                        new Cell(
                                "ig",
                                0,
                                List.of(),
                                0,
                                Cost.UNKNOWN,
                                List.of(),
                                "model 'shapes' has no gradients, \"sorry\""),
                        cell("random", 0, FIDELITY, 0.3, 0.4, 0.425)),
                List.of("A note."),
                12.5);
    }

    /** The comparison with as many tests as it takes that not all are listed; the last one tells something. */
    static Comparison withManyTests() {
        Comparison few = comparison();
        List<PairedTest> tests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tests.add(test("gnn", i % 2 == 0 ? "ig" : "random", 0.5));
        }
        tests.add(test("gnn", "random", 0.001));
        tests.add(test("gnn", "ig", 0.002));
        return new Comparison(
                few.setting(), few.columns(), few.rows(), tests, few.checks(), few.cells(), few.notes(), few.seconds());
    }

    private static PairedTest test(String first, String second, double p) {
        return new PairedTest(
                FIDELITY.name(), first, second, PairedTest.Method.WILCOXON, estimate(-0.25, 0.021, 3), 3, p, p);
    }

    static Sweep sweep() {
        return new Sweep(
                setting(),
                "gnnexplainer",
                List.of(new Axis("beta1", List.of("0.1", "10"))),
                List.of(FIDELITY, SPARSITY, SECONDS),
                List.of(
                        row("beta1=0.1", "0.1", score(FIDELITY, 0.1, 0.02), score(SPARSITY, 0.25, 0.03)),
                        row("beta1=10", "10", score(FIDELITY, 0.2, 0.02), score(SPARSITY, 0.125, 0.03))),
                List.of(FIDELITY.name(), SPARSITY.name()),
                List.of("beta1=0.1"),
                List.of(cell("beta1=0.1", 0, SPARSITY, 0.25, 0.25, 0.25)),
                List.of(),
                3);
    }

    private static Row row(String label, String beta, Score... scores) {
        return new Row(
                label,
                "gnnexplainer",
                Map.of("beta1", beta, "epochs", "50"),
                Row.Role.CONTESTANT,
                List.of(scores[0], scores[1], seconds(0.1)),
                "");
    }
}
