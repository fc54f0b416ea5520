package org.aitia.comparison.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Comparisons.Entry;
import org.aitia.api.compare.Comparisons.ScoringRequest;
import org.aitia.api.compare.Contestant;
import org.aitia.api.compare.PairedTest;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Score;
import org.aitia.api.compare.Subject;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.metric.Metrics.Selection;
import org.junit.jupiter.api.Test;

class ScoringTest {
    private final World world = new World();
    private final ComparisonService service = new ComparisonService(world, world, List.of());

    private Entry entry(String label, String explainer, long seed, List<Integer> targets) {
        return new Entry(label, explain(explainer, seed, targets, world.input()));
    }

    private ExplanationResult explain(String explainer, long seed, List<Integer> targets, ExplanationInput input) {
        return world.explain(Subject.of("m", targets).request(Contestant.of(explainer), seed), input, TaskMonitor.NONE);
    }

    private Comparison score(List<Entry> entries, List<String> baselines, String... metrics) {
        List<Selection> selections = List.of(metrics).stream()
                .map(name -> new Selection(name, Map.of()))
                .toList();
        return service.score(new ScoringRequest(entries, selections, 7, baselines, 0.95), TaskMonitor.NONE);
    }

    @Test
    void filesOfOneLabelAreRunsOfOneRow() {
        Comparison comparison = score(
                List.of(
                        entry("a", "learner", 0, World.TARGETS),
                        entry("a", "learner", 1, World.TARGETS),
                        entry("b", "random", 0, World.TARGETS)),
                List.of("b"));

        assertThat(comparison.rows()).extracting(Row::label).containsExactly("a", "b");
        assertThat(comparison.row("a").score("fidelity-plus").overSeeds().count())
                .isEqualTo(2);
        assertThat(comparison.row("b").role()).isEqualTo(Row.Role.BASELINE);
        assertThat(comparison
                        .row("a")
                        .score("fidelity-plus")
                        .lift("b")
                        .difference()
                        .count())
                .isEqualTo(World.TARGETS.size());
        assertThat(comparison.tests()).extracting(PairedTest::column).contains("fidelity-plus");
        assertThat(comparison.setting().seeds()).containsExactly(0L, 1L);
        assertThat(world.scored).allSatisfy(scored -> {
            assertThat(scored.seed()).isEqualTo(7);
            assertThat(scored.request()).isEmpty();
        });
    }

    @Test
    void ofMetricsThatNobodyAskedForThoseThatCannotBeMeasuredAreLeftOut() {
        Comparison comparison = score(List.of(entry("a", "steady", 0, World.TARGETS)), List.of());

        assertThat(comparison.columns())
                .extracting(Column::name)
                .containsExactly("fidelity-plus", "fidelity-minus", Column.SECONDS, Column.CALLS);
    }

    @Test
    void rowsAreComparedOnTheTargetsThatBothHave() {
        Comparison comparison = score(
                List.of(entry("a", "learner", 0, List.of(0, 3, 6, 9)), entry("b", "steady", 0, List.of(6, 9, 12))),
                List.of("b"),
                "fidelity-plus");

        assertThat(comparison.tests())
                .singleElement()
                .satisfies(test -> assertThat(test.difference().count()).isEqualTo(2));
        assertThat(comparison.notes())
                .containsExactly(
                        "The explanations are of different targets; tests and lifts by target are over those that both rows have.");
    }

    @Test
    void explanationsOfDifferentModelsAreNotTestedAgainstEachOther() {
        ExplanationInput other = new ExplanationInput(
                new RandomisedModels(List.of(World.ARCHITECTURE), world.input())
                        .of(3)
                        .description(),
                world.input().model(),
                world.dataset);

        Comparison comparison = score(
                List.of(
                        entry("a", "learner", 0, World.TARGETS),
                        new Entry("b", explain("learner", 0, World.TARGETS, other))),
                List.of("b"),
                "fidelity-plus");

        assertThat(comparison.tests()).isEmpty();
        assertThat(comparison.row("a").score("fidelity-plus").lifts()).isEmpty();
        assertThat(comparison.notes())
                .containsExactly("The explanations are of different models, so that rows are neither"
                        + " tested against each other nor compared with baselines.");
    }

    @Test
    void differencesOfPooledScoresWithOtherSeedsHaveNoInterval() {
        Comparison comparison = score(
                List.of(entry("a", "learner", 0, World.TARGETS), entry("b", "steady", 1, World.TARGETS)),
                List.of("b"),
                "pooled");

        Score.Lift lift = comparison.row("a").score("pooled").lift("b");
        assertThat(lift.difference().isPresent()).isTrue();
        assertThat(lift.difference().hasInterval()).isFalse();
    }

    @Test
    void equalLabelsWithEqualSeedsAreRefused() {
        assertThatThrownBy(() -> score(
                        List.of(entry("a", "learner", 4, World.TARGETS), entry("a", "steady", 4, World.TARGETS)),
                        List.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "two explanations have the label 'a' and the seed 4: explanations of one label are runs with"
                                + " different seeds, so give each its own label");
    }

    @Test
    void nothingAndUnknownBaselinesAreRefused() {
        assertThatThrownBy(() -> score(List.of(), List.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("there are no explanations to score: give at least one");
        assertThatThrownBy(() -> score(List.of(entry("a", "learner", 4, World.TARGETS)), List.of("random")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("random");
    }

    @Test
    void wrongOptionsAreTheErrorWhereNothingCouldBeMeasured() {
        ScoringRequest request = new ScoringRequest(
                List.of(entry("a", "learner", 4, World.TARGETS)),
                List.of(new Selection("fidelity-plus", Map.of("scale", "-2"))),
                0,
                List.of(),
                0.95);

        assertThatThrownBy(() -> service.score(request, TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option scale must be > 0, not -2");
    }
}
