package org.aitia.comparison.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.TaskMonitor;
import org.aitia.api.compare.Axis;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.CompareRequest;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Comparisons.Entry;
import org.aitia.api.compare.Comparisons.ScoringRequest;
import org.aitia.api.compare.Contestant;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.SanityCheck;
import org.aitia.api.compare.Score;
import org.aitia.api.compare.Subject;
import org.aitia.api.compare.Sweep;
import org.aitia.api.compare.SweepRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.metric.Metrics.Selection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the explainers, metrics and engine of the product instead of doubles. */
class RealServicesTest {
    private static final Subject SUBJECT =
            Subject.of("model", IntStream.range(0, 12).boxed().toList());
    private static final Contestant GNN = Contestant.of("gnnexplainer", Map.of("epochs", "15"));

    private RealServices services;

    @BeforeEach
    void wire(@TempDir Path directory) {
        services = new RealServices(directory);
    }

    private Comparison compare(CompareRequest request) {
        return services.comparisons().compare(request, services.input, TaskMonitor.NONE);
    }

    @Test
    void explainersAreMeasuredAgainstTheModel() {
        Comparison comparison = compare(CompareRequest.of(SUBJECT, List.of(GNN, Contestant.of("degree")))
                .withSeeds(CompareRequest.seeds(0, 2))
                .withRandomised(true));

        assertThat(comparison.rows())
                .allSatisfy(row -> assertThat(row.failure()).isEmpty());
        assertThat(comparison.columns())
                .extracting(Column::name)
                .startsWith(
                        "fidelity-plus[measure=probability,threshold=fraction:0.2]",
                        "fidelity-minus[measure=probability,threshold=fraction:0.2]",
                        "sparsity");
        assertThat(comparison.rows()).allSatisfy(row -> {
            Score score = row.score("fidelity-minus[measure=probability,threshold=fraction:0.2]");
            assertThat(score.overSeeds().count()).isEqualTo(2);
            assertThat(score.overTargets().orElseThrow().count()).isEqualTo(12);
        });
        assertThat(comparison
                        .row(GNN.label())
                        .score("sparsity")
                        .lift("random")
                        .difference()
                        .hasInterval())
                .isTrue();
        assertThat(comparison.tests()).isNotEmpty();
        // degrees do not change with the weights
        SanityCheck degree = comparison.checks().get(1);
        assertThat(degree.label()).isEqualTo("degree");
        assertThat(degree.edges().mean()).isEqualTo(1);
        assertThat(comparison.checks().get(0).edges().mean()).isLessThan(1);
    }

    @Test
    void nativeMemoryIsAColumnWhereItWasMeasured() {
        Subject measured = new Subject(
                SUBJECT.model(),
                SUBJECT.dataset(),
                Map.of(),
                SUBJECT.targets(),
                SUBJECT.type(),
                0,
                1,
                SUBJECT.deviceId(),
                true);
        CompareRequest request =
                CompareRequest.of(measured, List.of(GNN)).withSeeds(List.of(0L)).withBaselines(List.of());

        Score memory = compare(request).row(GNN.label()).score(Column.MEMORY);

        assertThat(memory.overSeeds().mean()).isBetween(0.001, 100.0); // mebibytes
        assertThat(compare(CompareRequest.of(SUBJECT, List.of(GNN)).withSeeds(List.of(0L)))
                        .columns())
                .extracting(Column::name)
                .doesNotContain(Column.MEMORY);
    }

    @Test
    void theSameSeedsGiveTheSameCells() {
        CompareRequest request = CompareRequest.of(SUBJECT, List.of(GNN))
                .withSeeds(List.of(3L))
                .withRandomised(true)
                .withMetrics(List.of(new Selection("fidelity-plus", Map.of()), new Selection("stability", Map.of())));

        List<Cell> first = compare(request).cells();
        List<Cell> second = compare(request).cells();

        assertThat(second).hasSameSizeAs(first);
        for (int i = 0; i < first.size(); i++) {
            assertThat(metrics(second.get(i))).isEqualTo(metrics(first.get(i)));
        }
    }

    private static List<String> metrics(Cell cell) {
        return cell.values().stream()
                .filter(value -> !value.column().equals(Column.SECONDS))
                .map(value -> value.column() + " " + value.value() + " " + java.util.Arrays.toString(value.perTarget())
                        + " " + value.reason())
                .toList();
    }

    @Test
    void explanationsInFilesScoreAsTheyDidWhenTheyWereMade() {
        Selection sparsity = new Selection("sparsity", Map.of("elements", "edges"));
        CompareRequest request = CompareRequest.of(SUBJECT, List.of(GNN))
                .withSeeds(List.of(0L, 1L))
                .withBaselines(List.of())
                .withMetrics(List.of(sparsity));
        List<Entry> entries = request.seeds().stream()
                .map(seed -> new Entry(GNN.label(), explain(seed)))
                .toList();

        Row compared = compare(request).row(GNN.label());
        Row scored = new ScoringWork(
                        services.metricsOnInput(),
                        new ScoringRequest(entries, List.of(sparsity), 0, List.of(), 0.95),
                        TaskMonitor.NONE)
                .run()
                .row(GNN.label());

        assertThat(scored.score("sparsity[elements=edges]")).isEqualTo(compared.score("sparsity[elements=edges]"));
    }

    private ExplanationResult explain(long seed) {
        return services.explanations.explain(SUBJECT.request(GNN, seed), services.input, TaskMonitor.NONE);
    }

    @Test
    void sweepsShowThatOnlyExactMethodsReachZeros() {
        SweepRequest usual = SweepRequest.of(SUBJECT, "gnnexplainer", List.of(Axis.parse("sparsity=none,l1")));
        SweepRequest request = new SweepRequest(
                usual.subject(),
                usual.explainer(),
                Map.of("epochs", "60"),
                usual.axes(),
                List.of(0L, 1L),
                usual.metrics(),
                usual.goals(),
                usual.confidence());

        Sweep sweep = services.sweeps().sweep(request, services.input, TaskMonitor.NONE);

        assertThat(sweep.rows()).allSatisfy(row -> assertThat(row.failure()).isEmpty());
        assertThat(sweep.rows().get(0).score(Column.FEATURE_ZEROS).shown().mean())
                .isZero();
        assertThat(sweep.rows().get(1).score(Column.FEATURE_ZEROS).shown().mean())
                .isPositive();
        assertThat(sweep.goals())
                .containsExactly("fidelity-minus[measure=probability]", Column.EDGE_SMALL, Column.FEATURE_SMALL);
        assertThat(sweep.best()).isNotEmpty();
    }
}
