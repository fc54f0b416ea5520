package org.aitia.comparison.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.CompareRequest;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Comparisons.Entry;
import org.aitia.api.compare.Comparisons.ScoringRequest;
import org.aitia.api.compare.Contestant;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Score;
import org.aitia.api.compare.Subject;
import org.aitia.api.explain.Cost;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.metric.Metrics.Selection;
import org.junit.jupiter.api.Test;

/** What is joined of single runs is what comparing gives; equal to the last bit. */
class JoiningTest {
    private static final List<Selection> METRICS =
            List.of(new Selection("fidelity-plus", Map.of()), new Selection("pooled", Map.of()));
    private static final List<String> BASELINES = List.of("random");

    private final World world = new World();
    private final ComparisonService service = new ComparisonService(world, world, List.of());

    private Comparison one(String explainer, long seed) {
        return one(explainer, seed, Subject.of("m", World.TARGETS), METRICS);
    }

    private Comparison one(String explainer, long seed, Subject subject, List<Selection> metrics) {
        ExplanationResult result =
                world.explain(subject.request(Contestant.of(explainer), seed), world.input(), TaskMonitor.NONE);
        return service.score(
                new ScoringRequest(List.of(new Entry(explainer, result)), metrics, seed, List.of(), 0.5),
                TaskMonitor.NONE);
    }

    private List<Comparison> parts(List<String> explainers, List<Long> seeds) {
        List<Comparison> parts = new ArrayList<>();
        explainers.forEach(explainer -> seeds.forEach(seed -> parts.add(one(explainer, seed))));
        return parts;
    }

    @Test
    void runsMadeOneByOneJoinToTheComparisonOfAll() {
        List<Long> seeds = List.of(0L, 1L, 2L);
        Comparison whole = service.compare(
                CompareRequest.of(
                                Subject.of("m", World.TARGETS),
                                List.of(Contestant.of("learner"), Contestant.of("steady")))
                        .withSeeds(seeds)
                        .withMetrics(METRICS),
                world.input(),
                TaskMonitor.NONE);

        Comparison joined = service.join(parts(List.of("learner", "steady", "random"), seeds), BASELINES, 0.95);

        assertThat(joined.rows()).extracting(Row::label).containsExactly("learner", "steady", "random");
        assertThat(joined.rows())
                .extracting(Row::role)
                .isEqualTo(whole.rows().stream().map(Row::role).toList());
        for (String label : List.of("learner", "steady", "random")) {
            for (String column : List.of("fidelity-plus", "pooled")) {
                Score score = joined.row(label).score(column);
                assertThat(score).isEqualTo(whole.row(label).score(column));
            }
        }
        assertThat(joined.tests().stream().filter(test -> test.column().equals("fidelity-plus")))
                .hasSize(3)
                .containsExactlyElementsOf(whole.tests().stream()
                        .filter(test -> test.column().equals("fidelity-plus"))
                        .toList());
        assertThat(joined.setting().seeds()).isEqualTo(seeds);
        assertThat(joined.setting().targets()).isEqualTo(World.TARGETS);
        assertThat(joined.setting().confidence()).isEqualTo(0.95);
        assertThat(joined.cells()).hasSize(9);
    }

    @Test
    void whatRunsOnceIsComparedWithEveryRunOfABaseline() {
        List<Comparison> parts = parts(List.of("random"), List.of(0L, 1L, 2L));
        Comparison once = one("steady", 0);
        parts.add(once);

        Score.Lift lift = service.join(parts, BASELINES, 0.95)
                .row("steady")
                .score("pooled")
                .lift("random");
        assertThat(lift.difference().count()).isEqualTo(3);
        double steady = once.row("steady").score("pooled").overSeeds().mean();
        double random = service.join(parts, BASELINES, 0.95)
                .row("random")
                .score("pooled")
                .overSeeds()
                .mean();
        assertThat(lift.difference().mean()).isCloseTo(steady - random, within(1e-12));
    }

    @Test
    void columnsOfSomeRunsAreOverThose() {
        List<Selection> more = List.of(METRICS.get(0), METRICS.get(1), new Selection("describes", Map.of()));
        Comparison joined = service.join(
                List.of(
                        one("learner", 0, Subject.of("m", World.TARGETS), more),
                        one("learner", 1),
                        one("random", 0),
                        one("random", 1)),
                BASELINES,
                0.95);

        assertThat(joined.columns())
                .extracting(Column::name)
                .startsWith("fidelity-plus", "pooled", "describes")
                .contains(Column.SECONDS);
        Score described = joined.row("learner").score("describes");
        assertThat(described.overSeeds().count()).isEqualTo(1);
        assertThat(described.reason()).isEmpty();
        assertThat(joined.row("random").score("describes").reason()).isEqualTo("not measured");
        assertThat(joined.row("learner").score("pooled").overSeeds().count()).isEqualTo(2);
    }

    @Test
    void aRunThatFailedLeavesItsReason() {
        Comparison good = one("learner", 0);
        Comparison failed = new Comparison(
                good.setting(),
                List.of(),
                List.of(new Row("learner", "learner", Map.of(), Row.Role.CONTESTANT, List.of(), "no luck")),
                List.of(),
                List.of(),
                List.of(new Cell("learner", 1, List.of(), 0, Cost.UNKNOWN, List.of(), "no luck")),
                List.of(),
                0);

        Row row = service.join(List.of(failed, good), List.of(), 0.95).row("learner");
        assertThat(row.failure()).isEmpty();
        assertThat(row.score("pooled").overSeeds().count()).isEqualTo(1);
        assertThat(row.score("pooled").reason()).isEqualTo("no luck (in 1 of 2 runs)");
        assertThat(service.join(List.of(failed), List.of(), 0.95).row("learner").failure())
                .isEqualTo("no luck");
    }

    @Test
    void partsThatDoNotFitTogetherAreRefused() {
        assertThatThrownBy(() -> service.join(List.of(), List.of(), 0.95))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("there are no comparisons to join: give at least one");
        assertThatThrownBy(() -> service.join(List.of(one("learner", 3), one("learner", 3)), List.of(), 0.95))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the run of 'learner' with seed 3 is in two of the comparisons to join: leave one out");
        assertThatThrownBy(() -> service.join(
                        List.of(one("learner", 0), one("learner", 1, Subject.of("m", List.of(0, 3)), METRICS)),
                        List.of(),
                        0.95))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("comparisons of different targets cannot be joined: join those that are about the same"
                        + " predictions");
        assertThatThrownBy(() -> service.join(List.of(one("learner", 0)), BASELINES, 0.95))
                .isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith("unknown row to compare with 'random'");
        Subject phenomenon = Subject.of(Subject.of("m", World.TARGETS)
                .request(Contestant.of("learner"), 0)
                .withType(ExplanationType.PHENOMENON));
        assertThatThrownBy(() -> service.join(
                        List.of(one("learner", 0), one("learner", 1, phenomenon, METRICS)), List.of(), 0.95))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("comparisons of different types cannot be joined");
    }

    @Test
    void randomisedWeightsAreRefused() {
        Comparison randomised = service.compare(
                CompareRequest.of(Subject.of("m", World.TARGETS), List.of(Contestant.of("learner")))
                        .withSeeds(List.of(0L))
                        .withMetrics(METRICS),
                world.input(),
                TaskMonitor.NONE);
        Row row = randomised.row("learner");
        Comparison changed = new Comparison(
                randomised.setting(),
                randomised.columns(),
                List.of(new Row("learner (randomised)", "learner", Map.of(), Row.Role.RANDOMISED, row.scores(), "")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0);

        assertThatThrownBy(() -> service.join(List.of(changed), List.of(), 0.95))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("comparisons with randomised weights cannot be joined, as that with row"
                        + " 'learner (randomised)': compare without them");
    }
}
