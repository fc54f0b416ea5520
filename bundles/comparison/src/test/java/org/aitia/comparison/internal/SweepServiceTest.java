package org.aitia.comparison.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.compare.Axis;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.CompareRequest;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Subject;
import org.aitia.api.compare.Sweep;
import org.aitia.api.compare.SweepRequest;
import org.aitia.api.metric.Metrics.Selection;
import org.junit.jupiter.api.Test;

class SweepServiceTest {
    private static final Subject SUBJECT = Subject.of("m", World.TARGETS);

    private final World world = new World();
    private final SweepService service = new SweepService(world, world);

    private static SweepRequest request(String... axes) {
        return SweepRequest.of(
                SUBJECT, "learner", List.of(axes).stream().map(Axis::parse).toList());
    }

    private static SweepRequest withGoals(SweepRequest request, List<String> goals) {
        return new SweepRequest(
                request.subject(),
                request.explainer(),
                request.options(),
                request.axes(),
                request.seeds(),
                request.metrics(),
                goals,
                request.confidence());
    }

    private static SweepRequest withMetrics(SweepRequest request, Selection... metrics) {
        return new SweepRequest(
                request.subject(),
                request.explainer(),
                request.options(),
                request.axes(),
                request.seeds(),
                List.of(metrics),
                request.goals(),
                request.confidence());
    }

    private Sweep sweep(SweepRequest request) {
        return service.sweep(request, TaskMonitor.NONE);
    }

    @Test
    void everyCombinationIsARowTheLastAxisChangingFastest() {
        Sweep sweep = sweep(request("strength=0.2,0.6", "cut=0..0.5:0.25"));

        assertThat(sweep.rows())
                .extracting(Row::label)
                .containsExactly(
                        "strength=0.2 cut=0",
                        "strength=0.2 cut=0.25",
                        "strength=0.2 cut=0.5",
                        "strength=0.6 cut=0",
                        "strength=0.6 cut=0.25",
                        "strength=0.6 cut=0.5");
        assertThat(sweep.cells()).hasSize(6 * SweepRequest.DEFAULT_SEEDS);
        assertThat(sweep.rows().get(4).options()).isEqualTo(Map.of("strength", "0.6", "cut", "0.25"));
    }

    @Test
    void sizesOfMasksOfEdgesAndFeaturesAreColumns() {
        Sweep sweep = sweep(request("cut=0,0.5"));

        assertThat(sweep.columns())
                .extracting(Column::name)
                .containsExactly(
                        "fidelity-plus",
                        "fidelity-minus",
                        Column.EDGE_AGREEMENT,
                        Column.FEATURE_AGREEMENT,
                        Column.EDGE_ZEROS,
                        Column.EDGE_SMALL,
                        Column.EDGE_ENTROPY,
                        Column.FEATURE_ZEROS,
                        Column.FEATURE_SMALL,
                        Column.FEATURE_ENTROPY,
                        Column.SECONDS,
                        Column.CALLS);
        // a ring's two hops are nine nodes, of which five are set to 0
        assertThat(sweep.rows().get(1).score(Column.FEATURE_ZEROS).shown().mean())
                .isCloseTo(5 / 9.0, within(1e-12));
        assertThat(sweep.rows().get(0).score(Column.FEATURE_ZEROS).shown().mean())
                .isZero();
    }

    @Test
    void bestRowsAreFaithfulOrSparse() {
        Sweep sweep = sweep(request("strength=0.2,0.6", "cut=0,0.5"));

        // fidelity- falls with the strength, sparsity of features rises with the cut
        assertThat(sweep.goals()).containsExactly("fidelity-minus", Column.EDGE_SMALL, Column.FEATURE_SMALL);
        assertThat(sweep.best()).containsExactly("strength=0.6 cut=0.5");
    }

    @Test
    void goalsCanBeChosen() {
        Sweep sweep = sweep(withGoals(request("strength=0.2,0.6"), List.of(Column.SECONDS)));

        assertThat(sweep.goals()).containsExactly(Column.SECONDS);
        assertThat(sweep.best()).hasSize(2);
    }

    @Test
    void aGoalCanBeAMetricThatTheColumnMeasuresWithOptions() {
        Sweep sweep = sweep(withGoals(
                withMetrics(request("strength=0.2,0.6"), new Selection("fidelity-plus", Map.of("scale", "2"))),
                List.of("fidelity-plus")));

        assertThat(sweep.goals()).containsExactly("fidelity-plus[scale=2]");
        assertThat(sweep.best()).containsExactly("strength=0.6");
    }

    @Test
    void whatHasNoBetterDirectionIsNoGoal() {
        assertThatThrownBy(() -> sweep(withGoals(
                        withMetrics(request("strength=0.2"), new Selection("describes", Map.of())),
                        List.of("describes"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "'describes' cannot be a goal: neither more nor less of it is better; choose another column");
        assertThatThrownBy(() -> sweep(withGoals(request("strength=0.2"), List.of("fidelity"))))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("fidelity");
        assertThat(world.explained).isEmpty();
    }

    @Test
    void optionsThatTheExplainerLacksAreRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> sweep(request("strenght=1,2")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("option of explainer learner")
                .hasMessageContaining("strenght");
        assertThat(world.explained).isEmpty();
    }

    @Test
    void sweepsWithoutEndAreRefused() {
        assertThatThrownBy(() -> sweep(request("strength=1..1000", "cut=1..1000")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the sweep needs more than 10000 runs: try fewer values, options or seeds at once");
    }

    @Test
    void aFailingCombinationDoesNotStopTheOthers() {
        Sweep sweep = sweep(request("strength=often,0.5"));

        assertThat(sweep.rows().get(0).failure()).contains("NumberFormatException");
        assertThat(sweep.rows().get(1).failure()).isEmpty();
        assertThat(sweep.best()).containsExactly("strength=0.5");
    }

    @Test
    void theSameSweepGivesTheSame() {
        SweepRequest request = request("strength=0.2,0.6", "cut=0,0.5");

        Sweep first = sweep(request);
        Sweep second = sweep(request);

        assertThat(second.rows()).isEqualTo(first.rows());
        assertThat(second.best()).isEqualTo(first.best());
        assertThat(second.cells()).usingRecursiveComparison().isEqualTo(first.cells());
    }

    @Test
    void aGoalThatCannotBeMeasuredMarksNothingAndIsNamed() {
        SweepRequest all = request("strength=0.2,0.4");
        Sweep sweep = sweep(new SweepRequest(
                all.subject(),
                all.explainer(),
                all.options(),
                all.axes(),
                List.of(0L),
                all.metrics(),
                List.of(Column.EDGE_AGREEMENT),
                all.confidence()));

        assertThat(sweep.best()).isEmpty();
        assertThat(sweep.notes())
                .contains("No row is marked as best: the goal 'edge-agreement' could not be measured with one seed.");
    }

    @Test
    void oneSeedHasNoAgreement() {
        SweepRequest all = request("strength=0.2");
        Sweep sweep = sweep(new SweepRequest(
                all.subject(),
                all.explainer(),
                Map.of("cut", "0.5"),
                all.axes(),
                CompareRequest.seeds(9, 1),
                all.metrics(),
                all.goals(),
                all.confidence()));

        assertThat(sweep.columns()).extracting(Column::name).doesNotContain(Column.EDGE_AGREEMENT);
        assertThat(world.explained).allSatisfy(explained -> {
            assertThat(explained.seed()).isEqualTo(9);
            assertThat(explained.options()).containsEntry("cut", "0.5");
        });
    }
}
