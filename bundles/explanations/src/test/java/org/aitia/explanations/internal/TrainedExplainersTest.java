package org.aitia.explanations.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aitia.api.AitiaException;
import org.aitia.api.CancelledException;
import org.aitia.api.DataFormatException;
import org.aitia.api.DeviceException;
import org.aitia.api.DeviceMemoryException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.LearntWeights;
import org.aitia.api.explain.TrainedExplainer;
import org.aitia.api.model.Parameter;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainedExplainersTest {
    private static final Executor THREADS = work -> new Thread(work, "test").start();

    private final LearningExplainer learner = new LearningExplainer();
    private final InMemory memory = new InMemory();

    @TempDir
    Path directory;

    private ExplanationService service;
    private TrainedExplainerService trained;

    @BeforeEach
    void createServices() {
        TrainedStore store = new TrainedStore(directory.resolve("explainers"));
        service = new ExplanationService(memory, memory.datasets(), Workbench.devices(), store, "1.2.3");
        service.add(learner, "test.bundle 1.0.0");
        service.add(new TestExplainer("random-edges", Task.NODE), "test.bundle 1.0.0");
        trained = new TrainedExplainerService(service, store);
    }

    private static ExplanationRequest request(Integer... targets) {
        return ExplanationRequest.of("nodes-gcn", "learner", List.of(targets), 5);
    }

    private ExplanationResult explain(ExplanationRequest request) {
        return service.explain(request, TaskMonitor.NONE);
    }

    private TrainedExplainer train(String name, ExplanationRequest request) {
        return trained.train(name, request, TaskMonitor.NONE);
    }

    private static float mask(ExplanationResult result) {
        return result.explanations().get(0).edgeMask()[0];
    }

    // learning for one request

    @Test
    void learnsFromTheTargetsOfTheRequestWhenNoneIsNamed() {
        ExplanationResult result = explain(request(7, 3));
        assertThat(learner.seen).extracting(ExplanationTarget::id).containsExactly(7, 3);
        assertThat(learner.seen)
                .extracting(ExplanationTarget::seed)
                .containsExactly(Seeds.derive(5, 7), Seeds.derive(5, 3));
        assertThat(result.provenance().trained()).isEmpty();
        assertThat(result.provenance().trainedDigest()).get().asString().startsWith("sha256:");
    }

    @Test
    void seesThePredictionsThatAreExplainedLater() {
        ExplanationResult result = explain(request(7, 3));
        for (int i = 0; i < 2; i++) {
            assertThat(learner.seen.get(i))
                    .usingRecursiveComparison()
                    .isEqualTo(result.explanations().get(i).target());
        }
    }

    @Test
    void theSameRequestLearnsTheSame() {
        assertThat(mask(explain(request()))).isEqualTo(mask(explain(request())));
        assertThat(mask(explain(request().withSeed(6)))).isNotEqualTo(mask(explain(request())));
    }

    @Test
    void whatIsLearntDoesNotDependOnBatchSizeAndLanes() {
        ExplanationRequest plain = request(1, 2, 3, 4);
        ExplanationRequest narrow = new ExplanationRequest(
                "nodes-gcn",
                "learner",
                plain.targets(),
                ExplanationType.MODEL,
                Map.of(),
                5,
                1,
                2,
                java.util.Optional.of("cpu"));
        assertThat(explain(narrow).provenance().trainedDigest())
                .isEqualTo(explain(plain).provenance().trainedDigest());
    }

    @Test
    void learningHasAStageOfItsOwnAndIsCountedApart() {
        List<String> stages = new ArrayList<>();
        ExplanationResult result = service.explain(request(1, 2, 3), new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                stages.add(stage + " " + done + "/" + total);
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        });
        assertThat(stages).containsSubsequence("training 1/2", "training 2/2", "explaining 0/3", "explaining 3/3");
        assertThat(result.cost().trainingCalls()).isEqualTo(2 * 3);
        assertThat(result.cost().oracleCalls()).isZero();
        assertThat(result.cost().trainingSeconds()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"0, 30", "1, 1", "7, 7"})
    void dividesTargetsInOrderIntoBatchesOfAtMostSoMany(int most, int largest) {
        learner.targetsPerBatch = most;
        explain(request());
        List<List<Integer>> epoch = learner.opened.subList(0, learner.opened.size() / 2);
        assertThat(epoch.stream().flatMap(List::stream))
                .containsExactlyElementsOf(IntStream.range(0, 30).boxed().toList());
        assertThat(epoch.stream().mapToInt(List::size).max()).hasValue(largest);
    }

    @Test
    void beginsAgainWithSmallerBatchesWhenMemoryRunsOut() {
        learner.largestBatch = 4;
        ExplanationResult halved = explain(request());
        assertThat(learner.opened).allMatch(batch -> batch.size() <= 4);
        learner.largestBatch = Integer.MAX_VALUE;
        assertThat(mask(halved)).isEqualTo(mask(explain(request())));
    }

    @Test
    void saysSoWhenOneTargetPerBatchIsTooMuch() {
        learner.largestBatch = 0;
        assertThatThrownBy(() -> explain(request(1, 2)))
                .isInstanceOf(DeviceMemoryException.class)
                .hasMessageStartingWith(
                        "training explainer 'learner' needs more memory than cpu has even with one target per batch");
    }

    @Test
    void freesWhatTheExplainerLeavesOpen() {
        explain(request(1, 2));
        long before = Workbench.devices().leases().size();
        long arrays = liveArrays();
        learner.leavesWorkOpen = true;
        learner.largestBatch = 1; // fails on the way, too
        explain(request(1, 2));
        assertThat(Workbench.devices().leases()).hasSize((int) before);
        assertThat(liveArrays()).isEqualTo(arrays);
    }

    private static long liveArrays() {
        try (Workbench bench = Workbench.open()) {
            return bench.lease().engine().liveArrays();
        }
    }

    @Test
    void doesNotTrustWhatWasLearnt() {
        learner.spoil = learnt -> new LearntWeights(
                Map.of(), List.of(new Parameter("w", new long[] {1}, new float[] {Float.NaN}, true)), Map.of());
        assertThatThrownBy(() -> explain(request(1)))
                .isInstanceOf(AitiaException.class)
                .hasMessage("explainer 'learner' of test.bundle 1.0.0 returned weights of which 'w' holds NaN;"
                        + " this is a defect of that bundle");
        learner.spoil = learnt -> {
            throw new IllegalStateException("oops");
        };
        assertThatThrownBy(() -> explain(request(1)))
                .hasMessage("explainer 'learner' of test.bundle 1.0.0 failed with"
                        + " java.lang.IllegalStateException: oops; the log has the details");
    }

    @Test
    void learningIsCancelled() throws Exception {
        learner.entered = new CountDownLatch(1);
        learner.mayFinish = new CountDownLatch(1);
        var cancelled = new java.util.concurrent.atomic.AtomicBoolean();
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
        CompletableFuture<TrainedExplainer> run =
                CompletableFuture.supplyAsync(() -> trained.train("t", request(1), monitor), THREADS);
        assertThat(learner.entered.await(30, TimeUnit.SECONDS)).isTrue();
        cancelled.set(true);
        assertThatThrownBy(run::get).hasCauseInstanceOf(CancelledException.class);
        assertThat(trained.list()).isEmpty();
    }

    @Test
    void learningEndsWhenTheExplainersBundleStops() throws Exception {
        learner.entered = new CountDownLatch(1);
        learner.mayFinish = new CountDownLatch(1);
        ExplainerRegistry registry = new ExplainerRegistry(Duration.ofMillis(1));
        registry.add(learner, "test.bundle 1.0.0", 0, 1);
        ExplainerRegistry.Use use = registry.use("learner");
        ExplanationJob job = service.prepare(request(1), use, TaskMonitor.NONE);
        ExplanationRun run = new ExplanationRun(job, Workbench.devices(), "1.2.3", TaskMonitor.NONE);
        CompletableFuture<ExplanationResult> result = CompletableFuture.supplyAsync(
                () -> {
                    try (use) {
                        return run.execute();
                    }
                },
                THREADS);
        assertThat(learner.entered.await(30, TimeUnit.SECONDS)).isTrue();
        registry.remove(learner);
        assertThatThrownBy(result::get)
                .cause()
                .isInstanceOf(DeviceException.class)
                .hasMessage("explainer 'learner' was stopped before this run finished; start its bundle and run again");
    }

    // learning before

    @Test
    void storesWhatWasLearntForLaterRequests() {
        TrainedExplainer stored = train("mine", request(1, 2, 3));
        learner.seen.clear();
        ExplanationResult result = explain(request(20).withTrained("mine").withSeed(99));
        assertThat(learner.seen).isEmpty();
        assertThat(mask(result)).isEqualTo(mask(explain(request(1, 2, 3))));
        assertThat(result.provenance().trained()).contains("mine");
        assertThat(result.provenance().trainedDigest()).contains(stored.digest());
        assertThat(result.cost().trainingCalls()).isZero();
        assertThat(result.cost().trainingSeconds()).isZero();
    }

    @Test
    void readsBackWhatWasStored() {
        TrainedExplainer stored = train("mine", request(1, 2, 3).withOptions(Map.of("epochs", "3")));
        assertThat(trained.find("mine")).usingRecursiveComparison().isEqualTo(stored);
        assertThat(trained.list()).usingRecursiveFieldByFieldElementComparator().containsExactly(stored);
        assertThat(stored.learnt().options()).containsEntry("epochs", "3").containsKey("scale");
        assertThat(stored.modelDigest()).isEqualTo(memory.find("nodes-gcn").weightsDigest());
        assertThat(stored.datasetDigest()).startsWith("sha256:");
        assertThat(stored.libraries()).containsEntry("aitia", "1.2.3").containsKey("pytorch");
    }

    @Test
    void isCalledAfterModelAndExplainerUnlessNamed() {
        assertThat(train("", request(1)).name()).isEqualTo("nodes-gcn-learner");
        assertThat(directory.resolve("explainers")).isDirectoryContaining("glob:**nodes-gcn-learner.json");
    }

    @Test
    void replacesOneOfTheSameName() {
        train("mine", request(1));
        TrainedExplainer second = train("mine", request(2));
        assertThat(trained.list())
                .singleElement()
                .satisfies(found -> assertThat(found.digest()).isEqualTo(second.digest()));
    }

    @Test
    void removesWhatIsNoLongerWanted() throws IOException {
        train("mine", request(1));
        trained.remove("mine");
        try (Stream<Path> files = Files.list(directory.resolve("explainers"))) {
            assertThat(files).isEmpty();
        }
        assertThatThrownBy(() -> trained.remove("mine"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("unknown trained explainer 'mine'; there are none");
    }

    @Test
    void refusesNamesThatAreNoFiles() {
        assertThatThrownBy(() -> train("../x", request(1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("'../x' cannot be the name of a trained explainer; use up to 200 letters, digits, '.', '_'"
                        + " and '-', not beginning with '.' or '-'");
        assertThat(learner.seen).isEmpty();
    }

    @Test
    void refusesAnExplainerWithNothingToLearn() {
        ExplanationRequest request = ExplanationRequest.of("nodes-gcn", "random-edges", List.of(1), 0);
        assertThatThrownBy(() -> train("x", request))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("explainer 'random-edges' has nothing to learn, so there is nothing to train; explain with"
                        + " it as it is");
        assertThatThrownBy(() -> explain(request.withTrained("mine")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("explainer 'random-edges' has nothing to learn, so there is no trained one 'mine' of it;"
                        + " leave the trained explainer out");
        assertThatThrownBy(() -> train("x", request(1).withTrained("mine")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("training begins from nothing, not from trained explainer 'mine'; leave that out");
    }

    @Test
    void refusesWeightsOfAnotherModel() {
        train("mine", request(1));
        memory.replaceWeights("nodes-gcn", "sha256:" + "7".repeat(64));
        assertThatThrownBy(() -> explain(request(1).withTrained("mine")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("trained explainer 'mine' belongs to other weights of a model (it learnt from 'nodes-gcn',"
                        + " sha256:000000000000; 'nodes-gcn' is sha256:777777777777); train again:"
                        + " train-explainer -m nodes-gcn -x learner");
    }

    @Test
    void refusesAnotherTypeOfExplanation() {
        train("mine", request(1));
        assertThatThrownBy(() -> explain(request(1).withTrained("mine").withType(ExplanationType.PHENOMENON)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("trained explainer 'mine' was trained for type model, not phenomenon; ask for that type,"
                        + " or train again: train-explainer -m nodes-gcn -x learner --type phenomenon");
    }

    @Test
    void optionsOfTrainingComeFromTheTrainedExplainer() {
        train("mine", request(1).withOptions(Map.of("epochs", "3")));
        ExplanationResult result = explain(request(1).withTrained("mine").withOptions(Map.of("scale", "0.5")));
        assertThat(result.provenance().options()).containsExactly(Map.entry("epochs", "3"), Map.entry("scale", "0.5"));
        assertThat(mask(result)).isEqualTo(mask(explain(request(1).withTrained("mine"))) / 2);
        // said again is not contradicted
        explain(request(1).withTrained("mine").withOptions(Map.of("epochs", "3")));
        assertThatThrownBy(() -> explain(request(1).withTrained("mine").withOptions(Map.of("epochs", "2"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("trained explainer 'mine' was trained with epochs=3, the request says epochs=2; leave that"
                        + " option out, or train again with it: train-explainer -m nodes-gcn -x learner");
    }

    @Test
    void aResultIsRepeatedWithWhatItWasMadeWith() {
        train("mine", request(1, 2));
        ExplanationResult first = explain(request(4, 5).withTrained("mine").withOptions(Map.of("scale", "0.5")));
        ExplanationResult second = explain(ExplanationRequest.of(first));
        assertThat(mask(second)).isEqualTo(mask(first));
        assertThat(second.provenance().trainedDigest())
                .isEqualTo(first.provenance().trainedDigest());
    }

    // damage

    private Path stored() {
        train("mine", request(1));
        return directory.resolve("explainers").resolve("mine.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "nonsense", "{\"format\": \"other\"}"})
    void refusesOtherFiles(String content) throws IOException {
        Path file = Files.writeString(stored(), content);
        assertThatThrownBy(() -> trained.find("mine"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageEndingWith(
                        "; train it again under the same name, or remove it: remove-trained-explainer mine")
                .hasMessageNotContaining("\n");
    }

    @Test
    void namesFileAndPlaceOfDamage() throws IOException {
        Path file = stored();
        String whole = Files.readString(file);
        Files.writeString(file, whole.replace("\"seed\": 5", "\"seed\": \"many\""));
        assertThatThrownBy(() -> trained.find("mine"))
                .isInstanceOf(DataFormatException.class)
                .hasMessage(file + " is damaged at $.seed: there should be a whole number; train it again under the"
                        + " same name, or remove it: remove-trained-explainer mine");
        Files.writeString(file, whole.replaceAll("\"values\": \"..", "\"values\": \"AA"));
        assertThatThrownBy(() -> trained.find("mine"))
                .hasMessage(file + " is damaged at $.parameters: the weights do not have the digest that is recorded;"
                        + " train it again under the same name, or remove it: remove-trained-explainer mine");
        Files.writeString(file, whole.replaceAll("\"values\": \"[^\"]*", "\"values\": \"AAAA"));
        assertThatThrownBy(() -> trained.find("mine"))
                .hasMessageContaining(" is damaged at $.parameters[0].values: 0 values do not fill the shape");
    }

    @Test
    void refusesTruncatedFiles() throws IOException {
        Path file = stored();
        String whole = Files.readString(file).strip();
        for (int length = 0; length < whole.length(); length += 17) {
            Files.writeString(file, whole.substring(0, length));
            assertThatThrownBy(() -> trained.find("mine")).isInstanceOf(DataFormatException.class);
        }
    }

    @Test
    void listsWhatIsWholeOnly() throws IOException {
        Files.writeString(stored(), "{");
        train("other", request(1));
        assertThat(trained.list()).extracting(TrainedExplainer::name).containsExactly("other");
        trained.remove("mine");
        assertThat(trained.list()).hasSize(1);
    }
}
