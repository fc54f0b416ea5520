package org.aitia.evaluation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.aitia.api.CancelledException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.graph.Graph;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.metric.Metrics.MetricEntry;
import org.aitia.api.metric.Metrics.Outcome;
import org.aitia.api.metric.Metrics.ScoreRequest;
import org.aitia.api.metric.Metrics.Selection;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricsServiceTest {
    private static final int CLASSES = 3;

    private static Graph graph() {
        return TestGraphs.undirected(24, 36, 5, CLASSES, 1);
    }

    private static Dataset.Builder data(Task task) {
        Dataset.Builder builder = TestWorld.dataset(task).classes(task == Task.LINK ? 2 : CLASSES);
        return switch (task) {
            case NODE -> builder.graph(graph());
            case LINK ->
                builder.graph(graph()).links(new int[] {0, 4, 9, 1}, new int[] {5, 2, 11, 7}, new int[] {0, 1, 0, 1});
            case GRAPH ->
                builder.graphs(
                        IntStream.range(0, 4)
                                .mapToObj(i -> TestGraphs.undirected(8 + i, 14, 5, CLASSES, i))
                                .toList(),
                        new int[] {0, 1, 2, 0});
        };
    }

    private static TestWorld world(Dataset dataset, int classes) {
        GnnModel model = Workbench.gcn(dataset.info().task(), dataset.graph(), classes, 2);
        return new TestWorld(model, dataset, new TestWorld.RandomExplainer(FeatureMaskType.NODE));
    }

    private static TestWorld world() {
        return world(data(Task.NODE).build(), CLASSES);
    }

    private static ScoreRequest request(ExplanationResult result, String... metrics) {
        List<Selection> selections =
                Arrays.stream(metrics).map(m -> new Selection(m, Map.of())).toList();
        return new ScoreRequest(result, Optional.empty(), Optional.empty(), selections, 5);
    }

    private static List<Outcome> score(TestWorld world, ScoreRequest request) {
        return world.metrics().score(request, TaskMonitor.NONE);
    }

    @Test
    void listsMetricsByNameWithTheirOptions() {
        List<MetricEntry> entries = world().metrics().metrics();
        assertThat(entries).hasSize(AllMetrics.each().size());
        assertThat(entries).extracting(e -> e.info().name()).isSorted().doesNotHaveDuplicates();
        MetricEntry fidelity = world().metrics().metric("fidelity-plus");
        assertThat(fidelity.bundle()).isEqualTo("org.aitia.evaluation 1.0.0");
        assertThat(fidelity.options())
                .extracting(o -> o.name())
                .containsExactly("measure", "removal", "threshold", "elements");
    }

    @Test
    void everyMetricSaysWhatItMeansAndWhatItsOptionsDo() {
        for (MetricEntry entry : world().metrics().metrics()) {
            assertThat(entry.info().name()).matches("[a-z][a-z0-9-]*");
            assertThat(entry.info().title())
                    .as(entry.info().name())
                    .isNotBlank()
                    .hasSizeLessThan(24);
            assertThat(entry.info().description()).as(entry.info().name()).endsWith(".");
            entry.options().forEach(o -> assertThat(o.description()).isNotBlank());
        }
    }

    @ParameterizedTest
    @EnumSource
    void measuresAllThatCanBeMeasuredAndSaysWhyTheRestCannot(Task task) {
        TestWorld world = world(data(task).build(), task == Task.LINK ? 2 : CLASSES);
        ExplanationResult result = world.explain(List.of(0, 1, 2, 3));
        List<Outcome> outcomes = score(world, request(result));
        assertThat(outcomes)
                .extracting(o -> o.selection().metric())
                .containsExactlyElementsOf(world.metrics().metrics().stream()
                        .map(e -> e.info().name())
                        .toList());
        Set<String> unmeasurable = Set.of(
                "average-precision",
                "ground-truth-f1",
                "ground-truth-jaccard",
                "ground-truth-precision",
                "ground-truth-recall",
                "roc-auc",
                "roc-auc-mean",
                "convergence-delta",
                "native-memory",
                "node-roc-auc",
                "oracle-calls");
        for (Outcome outcome : outcomes) {
            String name = outcome.selection().metric();
            if (outcome.score().isEmpty()) {
                assertThat(outcome.reason())
                        .as(name)
                        .startsWith("metric '" + name + "' ")
                        .doesNotContain("\n");
            } else {
                assertThat(outcome.reason()).as(name).isEmpty();
                assertThat(outcome.score().get().value()).as(name).isFinite();
                int found = outcome.score().get().perTarget().length;
                assertThat(found).as(name).isIn(0, 4);
            }
            if (!name.equals("consistency")) { // chance decides whether two classes are predicted
                assertThat(outcome.score().isEmpty()).as(name).isEqualTo(unmeasurable.contains(name));
            }
        }
    }

    @Test
    void regressionsAreMeasuredByOutput() {
        Dataset dataset = TestWorld.dataset(Task.NODE).graph(graph()).classes(1).build();
        TestWorld world = world(dataset, 1);
        ExplanationResult result = world.explain(List.of(0, 5, 9));
        for (String metric : List.of(
                "fidelity-plus",
                "fidelity-minus",
                "robust-fidelity-plus",
                "infidelity",
                "max-sensitivity",
                "stability")) {
            assertThat(score(world, request(result, metric)).get(0).score())
                    .as(metric)
                    .isPresent();
        }
        assertThat(score(world, request(result, "fidelity-plus"))
                        .get(0)
                        .score()
                        .get()
                        .value())
                .isPositive();
        assertThat(score(world, request(result, "characterization")).get(0).reason())
                .isEqualTo("metric 'characterization' needs a model that tells classes apart, and 'model' predicts a"
                        + " number; measure fidelity-plus and fidelity-minus");
    }

    @Test
    void aNamedMetricThatCannotBeMeasuredHasAReason() {
        TestWorld world = world();
        List<Outcome> outcomes = score(world, request(world.explain(List.of(0, 1)), "roc-auc", "sparsity"));
        assertThat(outcomes.get(0).score()).isEmpty();
        assertThat(outcomes.get(0).reason())
                .isEqualTo("metric 'roc-auc' needs ground truth, which data set 'sample' does not have; choose a metric"
                        + " without it or a data set with planted motifs");
        assertThat(outcomes.get(1).score()).isPresent();
    }

    @Test
    void withoutTheModelOnlyWhatNeedsItIsMissing() {
        TestWorld world = world();
        ExplanationResult result = world.explain(List.of(0, 1));
        world.modelIsThere = false;
        List<Outcome> outcomes = score(world, request(result, "fidelity-plus", "stability", "sparsity"));
        assertThat(outcomes.get(0).reason())
                .isEqualTo("the model 'model' is needed, but cannot be had: unknown model 'model'; there are none");
        assertThat(outcomes.get(1).score()).isEmpty();
        assertThat(outcomes.get(2).score()).isPresent();
    }

    @Test
    void refusesWhatIsWrongWithTheRequestBeforeAnythingIsMeasured() {
        TestWorld world = world();
        ExplanationResult result = world.explain(List.of(0, 1));
        assertThatThrownBy(() -> score(world, request(result, "fidelty-plus")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith("unknown metric 'fidelty-plus'; did you mean 'fidelity-plus'");
        ScoreRequest wrong = new ScoreRequest(
                result,
                Optional.empty(),
                Optional.empty(),
                List.of(new Selection("robust-fidelity-plus", Map.of("alpha", "2"))),
                0);
        assertThatThrownBy(() -> score(world, wrong))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("metric 'robust-fidelity-plus': ")
                .hasMessageContaining("> 0 and <= 1");
        ScoreRequest threshold = new ScoreRequest(
                result,
                Optional.empty(),
                Optional.empty(),
                List.of(new Selection("fidelity-plus", Map.of("threshold", "best:3"))),
                0);
        assertThatThrownBy(() -> score(world, threshold))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith(
                        "metric 'fidelity-plus': there is no threshold 'best:3'; allowed: none, hard:V");
        assertThatThrownBy(() -> score(world, request(result.withExplanations(List.of()))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("there are no explanations to be measured; explain at least one target");
    }

    @Test
    void refusesOtherDataAndAnotherModel() {
        TestWorld world = world();
        ExplanationResult result = world.explain(List.of(0, 1));
        Dataset other = TestWorld.dataset(Task.NODE)
                .graph(TestGraphs.undirected(24, 36, 5, CLASSES, 2))
                .classes(CLASSES)
                .build();
        ScoreRequest onOther = new ScoreRequest(
                result,
                Optional.empty(),
                Optional.of(new ExplanationInput(world.input.description(), world.input.model(), other)),
                List.of(),
                0);
        assertThatThrownBy(() -> score(world, onOther))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the explanations were made with data 'sample' ("
                        + world.input.dataset().digest() + "), but 'sample' here is another (" + other.digest()
                        + "); load the data with the same options, or explain again");

        var description = world.input.description();
        var changed = new org.aitia.api.model.StoredModel(
                description.name(),
                description.info(),
                description.dataset(),
                description.datasetOptions(),
                description.datasetDigest(),
                description.trainingOptions(),
                0,
                Map.of(),
                "sha256:1",
                description.created(),
                Map.of());
        ScoreRequest byOther = new ScoreRequest(
                result,
                Optional.empty(),
                Optional.of(new ExplanationInput(changed, world.input.model(), world.input.dataset())),
                List.of(),
                0);
        assertThatThrownBy(() -> score(world, byOther))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the explanations were made with model 'model' (sha256:0), but 'model' here is another"
                        + " (sha256:1); explain again with this model, or bring the former one back");
    }

    @Test
    void metricsComeAndGo() {
        MetricsService metrics = world().metrics();
        ExplanationMetric own = new Broken("own");
        metrics.add(own, "org.example.metrics 2.0.0");
        assertThat(metrics.metric("own").bundle()).isEqualTo("org.example.metrics 2.0.0");
        metrics.unbindMetric(own);
        assertThatThrownBy(() -> metrics.metric("own")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aMetricThatFailsLeavesTheOthersTheirScores() {
        TestWorld world = world();
        MetricsService metrics = world.metrics();
        metrics.add(new Broken("broken"), "org.example.metrics 2.0.0");
        List<Outcome> outcomes =
                metrics.score(request(world.explain(List.of(0, 1)), "broken", "sparsity"), TaskMonitor.NONE);
        assertThat(outcomes.get(0).reason())
                .isEqualTo("metric 'broken' of org.example.metrics 2.0.0 failed with java.lang.IllegalStateException:"
                        + " no good; the log has the details");
        assertThat(outcomes.get(1).score()).isPresent();
    }

    @Test
    void cancellationEndsTheWork() {
        TestWorld world = world();
        ExplanationResult result = world.explain(List.of(0, 1));
        TaskMonitor cancelled = new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                // not looked at
            }

            @Override
            public boolean isCancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> world.metrics().score(request(result), cancelled))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    void theSameRequestGivesTheSameScores() {
        TestWorld world = world();
        ExplanationResult result = world.explain(List.of(0, 3, 5));
        List<Outcome> first = score(world, request(result));
        List<Outcome> second = score(world, request(result));
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i).score().map(MetricScore::value))
                    .as(first.get(i).selection().metric())
                    .isEqualTo(first.get(i).score().map(MetricScore::value));
        }
    }

    @Test
    void leavesNoArraysBehind() {
        TestWorld world = world();
        ExplanationResult result = world.explain(List.of(0, 3, 5));
        score(world, request(result));
        long before = liveArrays();
        score(world, request(result));
        assertThat(liveArrays()).isEqualTo(before);
    }

    private static long liveArrays() {
        try (Workbench workbench = Workbench.open()) {
            return workbench.lease().engine().liveArrays();
        }
    }

    @Test
    void perturbedEdgesKeepDegreesOnAverageAndDirectionsTogether() {
        Graph graph = TestGraphs.undirected(200, 400, 3, 2, 1);
        BitSet protectedNodes = new BitSet();
        protectedNodes.set(3);
        Graph noisy = EdgeNoise.on(
                graph, 0.3, (s, t) -> protectedNodes.get(s) || protectedNodes.get(t), org.aitia.api.Seeds.generator(2));
        assertThat(noisy.isUndirected()).isTrue();
        assertThat(noisy.edgeCount()).isEqualTo(graph.edgeCount());
        int kept = 0;
        for (int e = 0; e < graph.edgeCount(); e++) {
            kept += noisy.edge(graph.source(e), graph.target(e)) >= 0 ? 1 : 0;
        }
        assertThat(kept / (double) graph.edgeCount()).isBetween(0.6, 0.8);
        for (int e = graph.inOffset(3); e < graph.inOffset(4); e++) {
            assertThat(noisy.edge(graph.source(e), 3)).isNotNegative();
        }
        assertThat(noisy.features()).isSameAs(graph.features());
        assertThat(noisy.label(7)).isEqualTo(graph.label(7));
    }

    /** Fails. */
    private record Broken(String name) implements ExplanationMetric {
        @Override
        public MetricInfo info() {
            return new MetricInfo(name, name, "Fails.", "", MetricInfo.Better.NEITHER, Set.of(), Set.of(Task.values()));
        }

        @Override
        public MetricScore score(MetricContext context, Map<String, String> options) {
            throw new IllegalStateException("no good");
        }
    }
}
