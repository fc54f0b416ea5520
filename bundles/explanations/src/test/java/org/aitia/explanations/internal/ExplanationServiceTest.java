package org.aitia.explanations.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.aitia.api.AitiaException;
import org.aitia.api.CancelledException;
import org.aitia.api.DeviceException;
import org.aitia.api.DeviceMemoryException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.device.DeviceInfo;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationServiceTest {
    /** The common pool has one thread on a small machine, and two things must run at once here. */
    private static final Executor THREADS = work -> new Thread(work, "test").start();

    private final TestExplainer explainer = new TestExplainer("random-edges", Task.NODE, Task.GRAPH);
    private final InMemory memory = new InMemory();
    private ExplanationService service;

    @TempDir
    Path directory;

    @BeforeEach
    void createService() {
        service = new ExplanationService(
                memory, memory.datasets(), Workbench.devices(), new TrainedStore(directory), "1.2.3");
        service.add(explainer, "test.bundle 1.0.0");
    }

    private static ExplanationRequest request(List<Integer> targets, int batchSize, int lanes) {
        return new ExplanationRequest(
                "nodes-gcn",
                "random-edges",
                targets,
                ExplanationType.MODEL,
                Map.of(),
                11,
                batchSize,
                lanes,
                Optional.of("cpu"));
    }

    private ExplanationResult explain(ExplanationRequest request) {
        return service.explain(request, TaskMonitor.NONE);
    }

    private static List<float[]> masks(ExplanationResult result) {
        return result.explanations().stream().map(Explanation::edgeMask).toList();
    }

    @Test
    void answersInTheOrderOfTheRequest() {
        ExplanationResult result = explain(request(List.of(7, 3, 19), 0, 0));
        assertThat(result.explanations()).extracting(e -> e.target().id()).containsExactly(7, 3, 19);
        assertThat(result.explanations()).allSatisfy(e -> {
            assertThat(e.nodes()[0]).isEqualTo(e.target().id());
            assertThat(e.target().seed()).isEqualTo(Seeds.derive(11, e.target().id()));
            assertThat(e.target().explainedClass()).isEqualTo(e.target().predictedClass());
        });
    }

    @Test
    void explainsEveryInstanceWhenNoneIsNamed() {
        assertThat(explain(request(List.of(), 0, 0)).explanations())
                .extracting(e -> e.target().id())
                .containsExactlyElementsOf(IntStream.range(0, 30).boxed().toList());
    }

    @ParameterizedTest
    @CsvSource({"1,1", "7,1", "7,2", "1,2", "0,2"})
    void resultsDoNotDependOnBatchSizeAndLanes(int batchSize, int lanes) {
        List<float[]> expected = masks(explain(request(List.of(), 0, 1)));
        assertThat(masks(explain(request(List.of(), batchSize, lanes))))
                .usingElementComparator(java.util.Arrays::compare)
                .containsExactlyElementsOf(expected);
    }

    @Test
    void probabilitiesSumToOneAndNameThePrediction() {
        for (Explanation explanation : explain(request(List.of(0, 1, 2), 0, 0)).explanations()) {
            float sum = 0;
            float largest = 0;
            for (float probability : explanation.target().probabilities()) {
                sum += probability;
                largest = Math.max(largest, probability);
            }
            assertThat(sum).isBetween(0.9999f, 1.0001f);
            assertThat(explanation.target().probabilities()[explanation.target().predictedClass()])
                    .isEqualTo(largest);
        }
    }

    @Test
    void halvesBatchesThatDoNotFit() {
        explainer.largestBatch = 4;
        ExplanationResult result = explain(request(List.of(), 30, 1));
        assertThat(masks(result))
                .usingElementComparator(java.util.Arrays::compare)
                .containsExactlyElementsOf(masksOfSmallBatches());
        assertThat(explainer.batchSizes).allMatch(size -> size <= 4);
    }

    private List<float[]> masksOfSmallBatches() {
        return masks(explain(request(List.of(), 1, 1)));
    }

    @Test
    void saysSoWhenOneTargetAloneDoesNotFit() {
        explainer.largestBatch = 0;
        assertThatThrownBy(() -> explain(request(List.of(3), 0, 0)))
                .isInstanceOf(DeviceMemoryException.class)
                .hasMessageStartingWith("target 3 alone needs more memory than cpu has");
    }

    @Test
    void explainsGraphs() {
        ExplanationRequest graphs = ExplanationRequest.of("graphs-gcn", "random-edges", List.of(2, 5), 1);
        ExplanationResult result = explain(graphs);
        assertThat(result.explanations()).extracting(e -> e.nodes().length).containsExactly(10, 13);
        assertThat(result.provenance().task()).isEqualTo(Task.GRAPH);
    }

    @Test
    void phenomenonExplainsTheLabel() {
        ExplanationRequest phenomenon = new ExplanationRequest(
                "nodes-gcn",
                "random-edges",
                List.of(0, 1, 2, 3),
                ExplanationType.PHENOMENON,
                Map.of(),
                0,
                0,
                0,
                Optional.empty());
        assertThat(explain(phenomenon).explanations())
                .allSatisfy(e -> assertThat(e.target().explainedClass())
                        .isEqualTo(e.target().label()));
    }

    @Test
    void phenomenonNeedsALabel() {
        ExplanationRequest phenomenon = new ExplanationRequest(
                "nodes-gcn",
                "random-edges",
                List.of(InMemory.UNLABELLED),
                ExplanationType.PHENOMENON,
                Map.of(),
                0,
                0,
                0,
                Optional.empty());
        assertThatThrownBy(() -> explain(phenomenon))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("node 4 has no label, so there is no phenomenon to explain; ask for type model");
    }

    @Test
    void phenomenonNeedsALabelThatTheModelKnows() {
        ExplanationRequest phenomenon = new ExplanationRequest(
                        "nodes-gcn",
                        "random-edges",
                        List.of(),
                        ExplanationType.PHENOMENON,
                        Map.of(),
                        0,
                        0,
                        0,
                        Optional.empty())
                .onDataset("strange", Map.of());
        assertThatThrownBy(() -> explain(phenomenon))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageMatching("node \\d of data set 'strange' has class \\d+, model 'nodes-gcn' knows 0..2;"
                        + " ask for type model, or choose data of its classes");
    }

    @Test
    void provenanceTellsHowToRepeat() {
        ExplanationResult result = explain(request(List.of(1), 0, 0).withOptions(Map.of("scale", "0.5")));
        assertThat(result.provenance().explainerBundle()).isEqualTo("test.bundle 1.0.0");
        assertThat(result.provenance().options()).containsExactly(Map.entry("scale", "0.5"));
        assertThat(result.provenance().seed()).isEqualTo(11);
        assertThat(result.provenance().device()).isEqualTo("cpu");
        assertThat(result.provenance().libraries())
                .containsKeys("djl", "pytorch", "java")
                .containsEntry("aitia", "1.2.3");
        assertThat(result.provenance().datasetDigest()).startsWith("sha256:");
        assertThat(result.secondsPerTarget()).isEqualTo(result.seconds());
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> explain(request(List.of(30), 0, 0)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("node 30 is out of range; data set 'nodes' has 0..29");
        assertThatThrownBy(() -> explain(ExplanationRequest.of("nodes-gcn", "random-edge", List.of(), 0)))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("unknown explainer 'random-edge'; did you mean 'random-edges'?");
        assertThatThrownBy(() -> explain(ExplanationRequest.of("node-gcn", "random-edges", List.of(), 0)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith("unknown model 'node-gcn'; did you mean 'nodes-gcn'");
        assertThatThrownBy(() -> explain(request(List.of(1), 0, 0).withOptions(Map.of("scale", "2"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option 'scale' must be >= 0 and <= 1, not '2'");
    }

    @Test
    void refusesAnUnknownDeviceBeforeAnythingIsLoaded() {
        ExplanationRequest request = new ExplanationRequest(
                "no-such-model",
                "random-edges",
                List.of(1),
                ExplanationType.MODEL,
                Map.of(),
                0,
                0,
                0,
                Optional.of("gpu7"));
        assertThatThrownBy(() -> explain(request))
                .isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith("unknown device 'gpu7'");
    }

    @Test
    void refusesATaskThatTheExplainerDoesNotOffer() {
        service.add(new TestExplainer("graphs-only", Task.GRAPH), "test.bundle 1.0.0");
        assertThatThrownBy(() -> explain(ExplanationRequest.of("nodes-gcn", "graphs-only", List.of(1), 0)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("explainer 'graphs-only' explains graph tasks, not node tasks");
    }

    @Test
    void namesTheBundleOfAnExplainerThatFails() {
        explainer.spoil = results -> {
            throw new IllegalStateException("first line\nsecond line");
        };
        assertThatThrownBy(() -> explain(request(List.of(1), 0, 0)))
                .isInstanceOf(AitiaException.class)
                .hasMessage("explainer 'random-edges' of test.bundle 1.0.0 failed with"
                        + " java.lang.IllegalStateException: first line; the log has the details")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void namesTheBundleOfAnExplainerThatReturnsNonsense() {
        explainer.spoil = results -> List.of();
        assertThatThrownBy(() -> explain(request(List.of(1), 0, 0)))
                .hasMessage("explainer 'random-edges' of test.bundle 1.0.0 returned 0 results for 1 targets;"
                        + " this is a defect of that bundle");
        explainer.spoil =
                results -> List.of(new MaskValues(new float[1], FeatureMaskType.NODE, new float[0], Map.of()));
        assertThatThrownBy(() -> explain(request(List.of(1), 0, 0)))
                .hasMessageContaining("of test.bundle 1.0.0 returned an edge mask of 1 values for");
        explainer.spoil =
                results -> List.of(new MaskValues(new float[0], FeatureMaskType.FEATURE, new float[2], Map.of()));
        assertThatThrownBy(() -> explain(request(List.of(1), 0, 0)))
                .hasMessageContaining(
                        "of test.bundle 1.0.0 returned a feature mask of 2 values where there should be 5;");
        explainer.spoil = results -> {
            results.get(0).edges()[0] = Float.NaN;
            return results;
        };
        assertThatThrownBy(() -> explain(request(List.of(1), 0, 0)))
                .hasMessageContaining("of test.bundle 1.0.0 returned the importance NaN, which is no finite number;");
    }

    @Test
    void reportsProgressUpToTheEnd() {
        List<Long> reported = new ArrayList<>();
        service.explain(request(List.of(), 10, 1), new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                assertThat(total).isEqualTo(30);
                reported.add(done);
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        });
        assertThat(reported).first().isEqualTo(0L);
        assertThat(reported).last().isEqualTo(30L);
        assertThat(reported).isSorted();
    }

    @Test
    void cancelledRunEnds() throws Exception {
        explainer.entered = new CountDownLatch(1);
        explainer.mayFinish = new CountDownLatch(1);
        AtomicBoolean cancelled = new AtomicBoolean();
        TaskMonitor monitor = new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                // only cancellation matters here
            }

            @Override
            public boolean isCancelled() {
                return cancelled.get();
            }
        };
        CompletableFuture<ExplanationResult> run =
                CompletableFuture.supplyAsync(() -> service.explain(request(List.of(), 0, 1), monitor), THREADS);
        assertThat(explainer.entered.await(30, TimeUnit.SECONDS)).isTrue();
        cancelled.set(true);
        assertThatThrownBy(run::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CancelledException.class);
    }

    @Test
    void runFinishesOnTheExplainerItStartedWith() throws Exception {
        explainer.entered = new CountDownLatch(1);
        explainer.mayFinish = new CountDownLatch(1);
        CompletableFuture<ExplanationResult> run =
                CompletableFuture.supplyAsync(() -> explain(request(List.of(1, 2), 0, 1)), THREADS);
        assertThat(explainer.entered.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> removal = CompletableFuture.runAsync(() -> service.unbindExplainer(explainer), THREADS);
        // from now on new requests are refused, while the removal waits for the run
        assertThatThrownBy(() -> {
                    while (true) {
                        service.explainer("random-edges");
                        Thread.onSpinWait();
                    }
                })
                .isInstanceOf(NotFoundException.class);
        assertThat(removal).isNotDone();
        explainer.mayFinish.countDown();
        assertThat(run.get(30, TimeUnit.SECONDS).explanations()).hasSize(2);
        removal.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aRunThatWaitsForADeviceSaysSoWhenItsExplainerGoes() throws Exception {
        DeviceManager devices = Workbench.devices();
        List<DeviceLease> all = new ArrayList<>();
        try {
            for (int i = cpu().lanesInUse(); i < cpu().lanes(); i++) {
                all.add(devices.acquire(LeaseRequest.of("test").on("cpu"), TaskMonitor.NONE));
            }
            ExplainerRegistry registry = new ExplainerRegistry(Duration.ofMillis(1));
            registry.add(explainer, "test.bundle 1.0.0", 0, 1);
            ExplainerRegistry.Use use = registry.use("random-edges");
            ExplanationJob job = service.prepare(request(List.of(1), 0, 1), use, TaskMonitor.NONE);
            ExplanationRun run = new ExplanationRun(job, devices, "1.2.3", TaskMonitor.NONE);
            CompletableFuture<ExplanationResult> result = CompletableFuture.supplyAsync(run::execute, THREADS);
            while (cpu().queued() == 0) {
                Thread.onSpinWait();
            }
            registry.remove(explainer);
            assertThatThrownBy(result::get)
                    .cause()
                    .isInstanceOf(DeviceException.class)
                    .hasMessage("explainer 'random-edges' was stopped before this run finished; start its bundle and"
                            + " run again");
        } finally {
            all.forEach(DeviceLease::close);
        }
    }

    private static DeviceInfo cpu() {
        return Workbench.devices().devices().stream()
                .filter(d -> d.id().equals("cpu"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void goesOnWithFewerLanesWhenThereAreNoThreads() {
        ExplainerRegistry registry = new ExplainerRegistry(Duration.ofMillis(1));
        registry.add(explainer, "test.bundle 1.0.0", 0, 1);
        RunProgress progress = new RunProgress(TaskMonitor.NONE, registry.use("random-edges"), 1);
        AtomicInteger made = new AtomicInteger();
        AtomicInteger worked = new AtomicInteger();
        Lanes.run(4, progress, worked::incrementAndGet, work -> new Thread(work) {
            @Override
            public synchronized void start() {
                if (made.incrementAndGet() == 2) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                super.start();
            }
        });
        assertThat(worked).hasValue(2);
        assertThat(progress.isStopped()).isFalse();
    }

    @Test
    void lanesAndMemoryAreGivenBack() {
        long before = Workbench.devices().leases().size();
        explain(request(List.of(), 0, 2));
        explainer.largestBatch = 0;
        assertThatThrownBy(() -> explain(request(List.of(), 0, 2))).isInstanceOf(DeviceMemoryException.class);
        assertThat(Workbench.devices().leases()).hasSize((int) before);
    }
}
