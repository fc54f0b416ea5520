package org.aitia.explanations.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.aitia.api.DeviceMemoryException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.device.DeviceInfo;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.Cost;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.Masks;
import org.aitia.api.model.PreparedBatch;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run does beside calling the explainer. */
class ExplanationRunTest {
    private final TestExplainer explainer = new TestExplainer("random-edges", Task.NODE, Task.GRAPH);
    private final InMemory memory = new InMemory();

    @TempDir
    Path directory;

    private ExplanationService service;

    @BeforeEach
    void createService() {
        service = new ExplanationService(
                memory, memory.datasets(), Workbench.devices(), new TrainedStore(directory), "1.2.3");
        service.add(explainer, "test.bundle 1.0.0");
    }

    private static ExplanationRequest request(Integer... targets) {
        return ExplanationRequest.of("nodes-gcn", "random-edges", List.of(targets), 11);
    }

    private static ExplanationRequest narrow(int batchSize, int lanes) {
        return new ExplanationRequest(
                "nodes-gcn",
                "random-edges",
                List.of(),
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

    // model and data in memory

    @Test
    void explainsWhatWasLoadedAsWhatIsStored() {
        ExplanationInput input = service.load(request(), TaskMonitor.NONE);
        assertThat(input.description().name()).isEqualTo("nodes-gcn");
        assertThat(input.dataset().info().name()).isEqualTo("nodes");
        ExplanationResult stored = explain(request(1, 2));
        ExplanationResult loaded = service.explain(request(1, 2), input, TaskMonitor.NONE);
        assertThat(masks(loaded)).usingElementComparator(Arrays::compare).containsExactlyElementsOf(masks(stored));
        assertThat(loaded.provenance())
                .usingRecursiveComparison()
                .ignoringFields("started")
                .isEqualTo(stored.provenance());
    }

    @Test
    void explainsDataThatIsNowhereStored() {
        ExplanationInput input = service.load(request(), TaskMonitor.NONE);
        Dataset perturbed = Dataset.builder(input.dataset().info())
                .graph(TestGraphs.undirected(30, 40, 5, InMemory.CLASSES, 77))
                .classes(InMemory.CLASSES)
                .build();
        ExplanationResult result = service.explain(
                request(3).withOptions(Map.of("scale", "0.5")),
                new ExplanationInput(input.description(), input.model(), perturbed),
                TaskMonitor.NONE);
        assertThat(result.explanations().get(0).nodes())
                .isEqualTo(ComputationGraph.of(perturbed.graph(), 3, 2).nodes());
        assertThat(result.provenance().datasetDigest())
                .isEqualTo(perturbed.digest())
                .isNotEqualTo(input.dataset().digest());
        assertThat(result.provenance().modelDigest())
                .isEqualTo(input.description().weightsDigest());
        assertThat(result.provenance().options()).containsEntry("scale", "0.5");
    }

    @Test
    void checksWhatIsInMemoryLikeWhatIsStored() {
        ExplanationInput nodes = service.load(request(), TaskMonitor.NONE);
        ExplanationInput graphs =
                service.load(ExplanationRequest.of("graphs-gcn", "random-edges", List.of(), 0), TaskMonitor.NONE);
        assertThatThrownBy(() -> service.explain(request(30), nodes, TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("node 30 is out of range; data set 'nodes' has 0..29");
        ExplanationInput mixed = new ExplanationInput(nodes.description(), nodes.model(), graphs.dataset());
        assertThatThrownBy(() -> service.explain(request(1), mixed, TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "model 'nodes-gcn' is for node tasks, data set 'graphs' is about a graph task; choose a data"
                                + " set of the model's task");
        assertThatThrownBy(() -> service.explain(request(1).withExplainer("none"), nodes, TaskMonitor.NONE))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void aResultIsRepeatedFromWhatItSaysOfItself() {
        ExplanationResult first = explain(request(4, 9).withOptions(Map.of("scale", "0.25")));
        ExplanationRequest again = ExplanationRequest.of(first);
        assertThat(again.targets()).containsExactly(4, 9);
        assertThat(masks(explain(again)))
                .usingElementComparator(Arrays::compare)
                .containsExactlyElementsOf(masks(first));
    }

    // cost

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "7, 1"})
    void countsForwardPassesPerTarget(int batchSize, int lanes) {
        explainer.asksTheModel = batch -> {
            plainPass(batch, batch.prepared());
            recordedPass(batch);
        };
        Cost cost = explain(narrow(batchSize, lanes)).cost();
        assertThat(cost.oracleCalls()).isEqualTo(60);
        assertThat(cost.recordedCalls()).isEqualTo(30);
        assertThat(cost.forwardEquivalents()).isEqualTo(120);
        assertThat(cost.trainingCalls()).isZero();
        assertThat(cost.peakNativeBytes()).isZero();
    }

    @Test
    void countsTheBlocksOfBatchesThatTheExplainerMakes() {
        explainer.asksTheModel = batch -> {
            GraphBatch twice =
                    GraphBatch.of(Collections.nCopies(5, batch.graphs().blocks().get(0)));
            try (PreparedBatch prepared = batch.session().prepare(twice)) {
                plainPass(batch, prepared);
            }
        };
        assertThat(explain(request(3)).cost().oracleCalls()).isEqualTo(5);
    }

    private static void plainPass(ExplanationBatch batch, PreparedBatch prepared) {
        try (TensorScope scope = batch.engine().openScope()) {
            batch.session().forward(prepared, Masks.NONE);
        }
    }

    private static void recordedPass(ExplanationBatch batch) {
        try (TensorScope scope = batch.engine().openScope();
                GradientMode recording = batch.engine().gradientMode(true)) {
            NDArray mask = batch.manager().ones(new Shape(batch.graphs().edgeCount()));
            batch.session().embeddings(batch.prepared(), Masks.ofEdges(mask));
        }
    }

    @Test
    void measuresMemoryWhenAsked() {
        explainer.asksTheModel = batch -> batch.manager().zeros(new Shape(1 << 20));
        long peak = explain(request(3).measuringMemory(true)).cost().peakNativeBytes();
        assertThat(peak).isBetween(4L << 20, 8L << 20);
    }

    // initial masks

    @Test
    void beginsWithTheMasksOfTheRequest() {
        ExplanationResult first = explain(request(3, 4));
        assertThat(first.provenance().initialDigest()).isEmpty();
        explainer.initial.clear();
        ExplanationResult second = explain(request(9, 4).beginningWith(first.explanations()));
        assertThat(explainer.initial)
                .containsExactly(
                        Optional.empty(),
                        Optional.of(first.explanations().get(1).masks()));
        assertThat(second.provenance().initialDigest()).get().asString().startsWith("sha256:");
    }

    @Test
    void refusesInitialMasksOfAnotherComputationGraph() {
        Explanation made = explain(request(3)).explanations().get(0);
        int[] sources = made.edgeSources().clone();
        sources[1] = 29;
        Explanation other = new Explanation(made.target(), made.nodes(), sources, made.edgeTargets(), made.masks());
        assertThatThrownBy(() -> explain(request(3).beginningWith(List.of(other))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the initial mask of node 3 does not fit model 'nodes-gcn' and data set 'nodes': edge 1 of"
                        + " its computation graph is 29 -> " + made.edgeTargets()[1] + ", not "
                        + made.edgeSources()[1] + " -> " + made.edgeTargets()[1]
                        + "; make it with them, or leave it out");
        Explanation smaller = new Explanation(
                made.target(),
                Arrays.copyOf(made.nodes(), 2),
                new int[0],
                new int[0],
                new MaskValues(new float[0], FeatureMaskType.NODE, new float[0], Map.of()));
        assertThatThrownBy(() -> explain(request(3).beginningWith(List.of(smaller))))
                .hasMessageContaining("its computation graph has 2 nodes, not " + made.nodes().length + ";");
    }

    @Test
    void refusesInitialMasksOfOtherFeatures() {
        Explanation made = explain(request(3)).explanations().get(0);
        Explanation wide =
                made.withMasks(new MaskValues(made.edgeMask(), FeatureMaskType.FEATURE, new float[6], Map.of()));
        assertThatThrownBy(() -> explain(request(3).beginningWith(List.of(wide))))
                .hasMessageContaining(": its mask on features has 6 values, not 5;");
        float[] spoilt = made.edgeMask().clone();
        spoilt[0] = Float.NaN;
        Explanation broken = made.withMasks(new MaskValues(spoilt, FeatureMaskType.NODE, new float[0], Map.of()));
        assertThatThrownBy(() -> explain(request(3).beginningWith(List.of(broken))))
                .hasMessageContaining(": it holds NaN;");
    }

    @Test
    void refusesInitialMasksOfOtherTargetsOnly() {
        List<Explanation> others = explain(request(3, 4)).explanations();
        assertThatThrownBy(() -> explain(request(5).beginningWith(others)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the initial masks are of node 3 and others, none of which the request explains; name their"
                        + " targets, or leave the initial masks out");
    }

    // regression

    @Test
    void aModelOfOneOutputIsExplainedByIt() {
        ExplanationResult result = explain(ExplanationRequest.of("numbers-gcn", "random-edges", List.of(1, 2), 0));
        float[][] logits;
        try (Workbench bench = Workbench.open()) {
            GraphBatch graphs = GraphBatch.of(IntStream.of(1, 2)
                    .mapToObj(v -> ComputationGraph.of(
                            memory.datasets()
                                    .load("numbers", Map.of(), TaskMonitor.NONE)
                                    .graph(),
                            v,
                            2))
                    .toList());
            logits = bench.logits(memory.load("numbers-gcn"), graphs);
        }
        for (int i = 0; i < 2; i++) {
            assertThat(result.explanations().get(i).target().probabilities()).isEqualTo(logits[i]);
            assertThat(result.explanations().get(i).target().predictedClass()).isZero();
            assertThat(result.explanations().get(i).target().explainedClass()).isZero();
        }
    }

    @Test
    void aNumberIsNoPhenomenon() {
        ExplanationRequest request = ExplanationRequest.of("numbers-gcn", "random-edges", List.of(1), 0)
                .withType(ExplanationType.PHENOMENON);
        assertThatThrownBy(() -> explain(request))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "model 'numbers-gcn' predicts a number, so there is no class of the data to explain; ask for"
                                + " type model");
    }

    // memory and waiting

    @Test
    void halvesBatchesThatDoNotFitOnTheHeap() {
        explainer.largestOnTheHeap = 4;
        ExplanationResult result = explain(narrow(30, 1));
        assertThat(explainer.batchSizes).allMatch(size -> size <= 4);
        assertThat(result.explanations()).hasSize(30);
        explainer.largestOnTheHeap = 0;
        assertThatThrownBy(() -> explain(request(3)))
                .isInstanceOf(DeviceMemoryException.class)
                .hasMessageStartingWith("target 3 alone needs more memory than Java's heap has (")
                .hasCauseInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void saysThatItWaitsForADevice() throws Exception {
        List<String> stages = Collections.synchronizedList(new ArrayList<>());
        TaskMonitor monitor = new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                stages.add(stage);
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        };
        List<DeviceLease> all = new ArrayList<>();
        try {
            for (int i = cpu().lanesInUse(); i < cpu().lanes(); i++) {
                all.add(Workbench.devices().acquire(LeaseRequest.of("test").on("cpu"), TaskMonitor.NONE));
            }
            CompletableFuture<ExplanationResult> result = CompletableFuture.supplyAsync(
                    () -> service.explain(narrow(0, 1), monitor), work -> new Thread(work, "test").start());
            while (!stages.contains("waiting for cpu")) {
                Thread.onSpinWait();
            }
            all.forEach(DeviceLease::close);
            result.get(30, TimeUnit.SECONDS);
        } finally {
            all.forEach(DeviceLease::close);
        }
        assertThat(stages).containsSubsequence("explaining", "waiting for cpu", "explaining");
        assertThat(stages.get(stages.size() - 1)).isEqualTo("explaining");
    }

    private static DeviceInfo cpu() {
        return Workbench.devices().devices().stream()
                .filter(d -> d.id().equals("cpu"))
                .findFirst()
                .orElseThrow();
    }
}
