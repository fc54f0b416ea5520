package org.aitia.comparison.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.CancelledException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.CompareRequest;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Contestant;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.PairedTest;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.SanityCheck;
import org.aitia.api.compare.Score;
import org.aitia.api.compare.Subject;
import org.aitia.api.metric.Metrics.Selection;
import org.junit.jupiter.api.Test;

class ComparisonServiceTest {
    private static final Subject SUBJECT = Subject.of("m", World.TARGETS);

    private final World world = new World();
    private final ComparisonService service = new ComparisonService(world, world, List.of(World.ARCHITECTURE));

    private static CompareRequest request(String... explainers) {
        return CompareRequest.of(
                        SUBJECT, Arrays.stream(explainers).map(Contestant::of).toList())
                .withSeeds(CompareRequest.seeds(0, 3));
    }

    private static Selection metric(String name) {
        return new Selection(name, Map.of());
    }

    private Comparison compare(CompareRequest request) {
        return service.compare(request, TaskMonitor.NONE);
    }

    @Test
    void everyExplainerRunsWithEverySeed() {
        Comparison comparison = compare(request("learner", "steady"));

        assertThat(comparison.rows()).extracting(Row::label).containsExactly("learner", "steady", "random");
        assertThat(comparison.row("random").role()).isEqualTo(Row.Role.BASELINE);
        assertThat(comparison.cells()).hasSize(9).allSatisfy(cell -> {
            assertThat(cell.targets()).isEqualTo(World.TARGETS);
            assertThat(cell.failure()).isEmpty();
        });
        assertThat(comparison.cells().stream()
                        .filter(cell -> cell.row().equals("learner"))
                        .map(Cell::seed))
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void metricsChosenByDefaultAreThoseThatModelAndDataAllow() {
        Comparison comparison = compare(request("learner"));

        // no ground truth here, and 'sparsity' is not installed
        assertThat(comparison.columns())
                .extracting(Column::name)
                .containsExactly(
                        "fidelity-plus",
                        "fidelity-minus",
                        Column.EDGE_AGREEMENT,
                        Column.FEATURE_AGREEMENT,
                        Column.SECONDS,
                        Column.CALLS);
        assertThat(world.scored)
                .allSatisfy(scored -> assertThat(scored.metrics())
                        .extracting(Selection::metric)
                        .doesNotContain("roc-auc", "stability"));
    }

    @Test
    void scoresAreMeansOverSeedsWithIntervalsOverTargets() {
        Comparison comparison = compare(request("learner"));
        Score score = comparison.row("learner").score("fidelity-plus");

        double[] bySeed = comparison.cells().stream()
                .filter(cell -> cell.row().equals("learner"))
                .mapToDouble(cell -> cell.values().get(0).value())
                .toArray();
        assertThat(score.overSeeds()).isEqualTo(Statistics.estimate(bySeed, 0.95));
        assertThat(score.overTargets().orElseThrow().count()).isEqualTo(World.TARGETS.size());
        assertThat(score.basis()).isEqualTo(Score.Basis.TARGETS);
        assertThat(score.shown().mean()).isCloseTo(score.overSeeds().mean(), within(1e-9));
    }

    @Test
    void valuesPerTargetAreMeansOverSeedsBeforeAnythingElse() {
        Comparison comparison = compare(request("learner"));

        double[] means = new double[World.TARGETS.size()];
        List<double[]> runs = comparison.cells().stream()
                .filter(cell -> cell.row().equals("learner"))
                .map(cell -> cell.values().get(0).perTarget())
                .toList();
        for (int i = 0; i < means.length; i++) {
            int target = i;
            means[i] = runs.stream().mapToDouble(run -> run[target]).sum() / runs.size();
        }
        Estimate expected = Statistics.estimate(means, 0.95);
        Estimate targets =
                comparison.row("learner").score("fidelity-plus").overTargets().orElseThrow();
        assertThat(targets.mean()).isCloseTo(expected.mean(), within(1e-12));
        assertThat(targets.deviation()).isCloseTo(expected.deviation(), within(1e-12));
    }

    @Test
    void pooledScoresHaveIntervalsOverSeeds() {
        Score score = compare(request("learner").withMetrics(List.of(metric("pooled"))))
                .row("learner")
                .score("pooled");

        assertThat(score.overTargets()).isEmpty();
        assertThat(score.basis()).isEqualTo(Score.Basis.SEEDS);
        assertThat(score.shown().count()).isEqualTo(3);
    }

    @Test
    void timeAndForwardPassesAreColumns() {
        Row row = compare(request("learner")).row("learner");

        assertThat(row.score(Column.SECONDS).shown().mean()).isCloseTo(0.7, within(1e-12));
        // 20 passes, of which 10 recorded: those count three
        assertThat(row.score(Column.CALLS).shown().mean()).isEqualTo(40);
    }

    @Test
    void liftIsTheDifferenceByTarget() {
        Comparison comparison = compare(request("learner"));
        Score.Lift lift = comparison.row("learner").score("fidelity-plus").lift("random");

        assertThat(lift.basis()).isEqualTo(Score.Basis.TARGETS);
        assertThat(lift.difference().mean())
                .isCloseTo(
                        comparison
                                        .row("learner")
                                        .score("fidelity-plus")
                                        .overSeeds()
                                        .mean()
                                - comparison
                                        .row("random")
                                        .score("fidelity-plus")
                                        .overSeeds()
                                        .mean(),
                        within(1e-12));
        assertThat(lift.difference().low()).isPositive();
        assertThat(comparison.row("random").score("fidelity-plus").lifts()).isEmpty();
    }

    @Test
    void aContestantCanBeTheBaseline() {
        Comparison comparison = compare(request("learner", "steady").withBaselines(List.of("steady")));

        assertThat(comparison.rows()).extracting(Row::label).containsExactly("learner", "steady");
        assertThat(comparison
                        .row("learner")
                        .score("fidelity-plus")
                        .lift("steady")
                        .difference()
                        .isPresent())
                .isTrue();
    }

    @Test
    void liftOfPooledScoresIsPairedBySeed() {
        Score.Lift lift = compare(request("learner").withMetrics(List.of(metric("pooled"))))
                .row("learner")
                .score("pooled")
                .lift("random");

        assertThat(lift.basis()).isEqualTo(Score.Basis.SEEDS);
        assertThat(lift.difference().count()).isEqualTo(3);
    }

    @Test
    void rowsAreTestedPairByPairWithHolmsCorrection() {
        Comparison comparison = compare(request("learner", "steady").withMetrics(List.of(metric("fidelity-plus"))));

        List<PairedTest> tests = comparison.tests();
        assertThat(tests)
                .extracting(test -> test.first() + "/" + test.second())
                .containsExactly("learner/steady", "learner/random", "steady/random");
        assertThat(tests).allSatisfy(test -> {
            assertThat(test.method()).isEqualTo(PairedTest.Method.WILCOXON);
            // seven targets, all differences of one sign: 2 / 2^7, times at most three pairs
            assertThat(test.p()).isEqualTo(0.015625);
            assertThat(test.adjusted()).isCloseTo(0.046875, within(1e-12));
        });
    }

    @Test
    void rowsWithoutValuesPerTargetAreNotTested() {
        assertThat(compare(request("learner").withMetrics(List.of(metric("pooled"))))
                        .tests())
                .isEmpty();
    }

    @Test
    void aFailingExplainerDoesNotStopTheOthers() {
        Comparison comparison = compare(request("broken", "defective", "steady"));

        assertThat(comparison.row("broken").failure())
                .isEqualTo("model 'm' lacks what 'broken' needs: choose another explainer");
        assertThat(comparison.row("defective").failure())
                .isEqualTo("run of 'defective' with seed 0 failed with java.lang.IllegalStateException: unexpected;"
                        + " the log has the details");
        assertThat(comparison.row("broken").score("fidelity-plus").overSeeds()).isEqualTo(Estimate.NONE);
        assertThat(comparison.row("broken").score("fidelity-plus").reason())
                .isEqualTo("model 'm' lacks what 'broken' needs: choose another explainer");
        assertThat(comparison.row("steady").failure()).isEmpty();
        assertThat(comparison.row("steady").score("fidelity-plus").overSeeds().count())
                .isEqualTo(3);
    }

    @Test
    void aRunThatFailsLeavesTheOtherSeeds() {
        Score score = compare(request("moody")).row("moody").score("fidelity-plus");

        assertThat(score.overSeeds().count()).isEqualTo(2);
        assertThat(score.reason()).isEqualTo("seed 1 does not converge (in 1 of 3 runs)");
    }

    @Test
    void aFailingMetricDoesNotStopTheOthers() {
        Row row = compare(request("steady").withMetrics(List.of(metric("failing"), metric("fidelity-plus"))))
                .row("steady");

        assertThat(row.score("failing").reason())
                .isEqualTo("metric 'failing' failed with java.lang.IllegalStateException: not written for this;"
                        + " the log has the details");
        assertThat(row.score("fidelity-plus").overSeeds().mean()).isCloseTo(0.69, within(0.02));
    }

    @Test
    void whatCannotBeMeasuredSaysWhy() {
        Score score = compare(request("steady").withMetrics(List.of(metric("roc-auc"))))
                .row("steady")
                .score("roc-auc");

        assertThat(score.overSeeds().isPresent()).isFalse();
        assertThat(score.reason()).isEqualTo("data set 'ring' has no ground truth");
    }

    @Test
    void whereNothingRanTheFirstReasonIsTheError() {
        assertThatThrownBy(() -> compare(request("broken", "defective")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("model 'm' lacks what 'broken' needs: choose another explainer");
    }

    @Test
    void misspeltNamesAreRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> compare(request("steady", "lerner")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("lerner");
        assertThatThrownBy(() -> compare(request("steady").withMetrics(List.of(metric("fidelity-pluss")))))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("fidelity-pluss");
        assertThatThrownBy(() -> compare(
                        request("steady").withMetrics(List.of(new Selection("fidelity-plus", Map.of("scael", "1"))))))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("option of metric fidelity-plus")
                .hasMessageContaining("scael");
        assertThat(world.explained).isEmpty();
    }

    @Test
    void wrongOptionsOfMetricsAreRefusedAfterOneRun() {
        assertThatThrownBy(() -> compare(
                        request("steady").withMetrics(List.of(new Selection("fidelity-plus", Map.of("scale", "-1"))))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option scale must be > 0, not -1");
        assertThat(world.explained).hasSize(1);
    }

    @Test
    void aBaselineThatIsNotInstalledLeavesAReason() {
        Comparison comparison = compare(request("steady").withBaselines(List.of("degree")));

        assertThat(comparison.row("degree").failure()).contains("degree");
        assertThat(comparison
                        .row("steady")
                        .score("fidelity-plus")
                        .lift("degree")
                        .difference())
                .isEqualTo(Estimate.NONE);
    }

    @Test
    void oneMetricWithTwoOptionsIsTwoColumns() {
        Comparison comparison = compare(request("steady")
                .withMetrics(List.of(metric("fidelity-plus"), new Selection("fidelity-plus", Map.of("scale", "2")))));

        assertThat(comparison.columns()).extracting(Column::name).contains("fidelity-plus", "fidelity-plus[scale=2]");
        assertThat(comparison
                        .row("steady")
                        .score("fidelity-plus[scale=2]")
                        .overSeeds()
                        .mean())
                .isCloseTo(
                        2
                                * comparison
                                        .row("steady")
                                        .score("fidelity-plus")
                                        .overSeeds()
                                        .mean(),
                        within(1e-12));
    }

    @Test
    void agreementBetweenSeedsTellsSteadyExplainersFromRandomOnes() {
        Comparison comparison = compare(request("steady"));

        assertThat(comparison.row("steady").score(Column.EDGE_AGREEMENT).shown().mean())
                .isEqualTo(1);
        assertThat(comparison.row("random").score(Column.EDGE_AGREEMENT).shown().mean())
                .isBetween(-0.3, 0.3);
        // two pairs of consecutive seeds
        assertThat(comparison
                        .row("random")
                        .score(Column.EDGE_AGREEMENT)
                        .overSeeds()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void theSameRequestGivesTheSameButForTimes() {
        CompareRequest request = request("learner", "steady").withRandomised(true);

        Comparison first = compare(request);
        Comparison second = compare(request);

        assertThat(withoutTimes(second)).usingRecursiveComparison().isEqualTo(withoutTimes(first));
    }

    private static Comparison withoutTimes(Comparison comparison) {
        var setting = comparison.setting();
        return new Comparison(
                new org.aitia.api.compare.Setting(
                        setting.model(),
                        setting.architecture(),
                        setting.modelDigest(),
                        setting.task(),
                        setting.dataset(),
                        setting.datasetOptions(),
                        setting.datasetDigest(),
                        setting.type(),
                        setting.targets(),
                        setting.seeds(),
                        setting.confidence(),
                        setting.device(),
                        setting.libraries(),
                        Instant.EPOCH),
                comparison.columns(),
                comparison.rows(),
                comparison.tests(),
                comparison.checks(),
                comparison.cells(),
                comparison.notes(),
                0);
    }

    @Test
    void explainersThatIgnoreTheModelFailTheCheckAgainstRandomisedWeights() {
        Comparison comparison = compare(request("learner", "steady").withRandomised(true));

        assertThat(comparison.checks()).extracting(SanityCheck::label).containsExactly("learner", "steady");
        SanityCheck learner = comparison.checks().get(0);
        SanityCheck steady = comparison.checks().get(1);
        assertThat(steady.edges().mean()).isEqualTo(1);
        assertThat(steady.topEdges().mean()).isEqualTo(1);
        assertThat(learner.edges().mean()).isLessThan(0.9);
        assertThat(learner.edges().count()).isEqualTo(World.TARGETS.size());
        assertThat(steady.edgesAcrossSeeds().mean()).isEqualTo(1);
    }

    @Test
    void masksOfRandomisedWeightsAreMeasuredOnTheModelItselfAndAreABaseline() {
        Comparison comparison = compare(request("learner", "steady")
                .withRandomised(true)
                .withMetrics(List.of(metric("fidelity-plus"), metric("stability"))));

        Row randomised = comparison.row("learner (randomised)");
        assertThat(randomised.role()).isEqualTo(Row.Role.RANDOMISED);
        assertThat(randomised.score("fidelity-plus").overSeeds().isPresent()).isTrue();
        // to run the explainer again would ask it about the model, not about that with randomised weights
        assertThat(randomised.score("stability").overSeeds().isPresent()).isFalse();
        assertThat(comparison.row("learner").score("fidelity-plus").lifts())
                .extracting(Score.Lift::baseline)
                .containsExactly("random", "learner (randomised)");
        assertThat(comparison
                        .row("steady")
                        .score("fidelity-plus")
                        .lift("steady (randomised)")
                        .difference()
                        .mean())
                .isZero();
        assertThat(comparison.tests()).noneMatch(test -> (test.first() + test.second()).contains("randomised"));
        assertThat(world.scored)
                .allSatisfy(scored ->
                        assertThat(scored.result().provenance().modelDigest()).isEqualTo("sha256:m"));
    }

    @Test
    void withoutItsArchitectureAModelHasNoRandomisedWeights() {
        ComparisonService without = new ComparisonService(world, world, List.of());

        Comparison comparison = without.compare(request("steady").withRandomised(true), TaskMonitor.NONE);

        assertThat(comparison.checks().get(0).reason()).contains("gcn");
        assertThat(comparison.row("steady").failure()).isEmpty();
    }

    @Test
    void cancellationEndsAComparison() {
        TaskMonitor impatient = new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                // nobody looks
            }

            @Override
            public boolean isCancelled() {
                return world.explained.size() == 2;
            }
        };

        assertThatThrownBy(() -> service.compare(request("learner"), impatient)).isInstanceOf(CancelledException.class);
        assertThat(world.explained).hasSize(2);
    }

    @Test
    void trainedExplainersAndOptionsReachTheRequest() {
        CompareRequest request = CompareRequest.of(
                        SUBJECT,
                        List.of(new Contestant("mine", "learner", Map.of("strength", "0.3"), Optional.of("stored"))))
                .withSeeds(List.of(5L))
                .withBaselines(List.of());

        Comparison comparison = compare(request);

        assertThat(world.explained).singleElement().satisfies(explained -> {
            assertThat(explained.trained()).contains("stored");
            assertThat(explained.options()).containsEntry("strength", "0.3");
            assertThat(explained.seed()).isEqualTo(5);
        });
        assertThat(comparison.row("mine").explainer()).isEqualTo("learner");
        assertThat(comparison.notes()).anyMatch(note -> note.startsWith("With one seed"));
    }
}
