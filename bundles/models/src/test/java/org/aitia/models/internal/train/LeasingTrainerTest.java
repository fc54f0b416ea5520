package org.aitia.models.internal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.CancelledException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.Split;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.PreparedBatch;
import org.aitia.api.model.StoredModel;
import org.aitia.api.model.TrainingRequest;
import org.aitia.models.internal.Architectures;
import org.aitia.models.internal.gcn.GcnArchitecture;
import org.aitia.models.internal.store.DirectoryModelStore;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training from the request to the stored model. */
class LeasingTrainerTest {
    private static final Map<String, String> QUICK = Map.of("epochs", "30", "hidden", "8");

    @TempDir
    Path root;

    private DirectoryModelStore store;
    private LeasingTrainer trainer;

    @BeforeEach
    void openStore() {
        store = new DirectoryModelStore(root.resolve("models"), Architectures.of(new GcnArchitecture()));
        trainer = trainer(tiny("tiny", true), graphs());
    }

    private LeasingTrainer trainer(Dataset... datasets) {
        return new LeasingTrainer(
                Architectures.of(new GcnArchitecture()),
                new MemoryDatasets(datasets),
                Workbench.devices(),
                store,
                "0.1.0",
                root.resolve("data"));
    }

    private static DatasetInfo info(String name, Task task) {
        return new DatasetInfo(name, name, "", task, "", "", "", true);
    }

    /** A graph whose nodes carry their class among their features. */
    private static Dataset tiny(String name, boolean validation) {
        Graph graph = TestGraphs.directed(60, 120, 8, 3, 5);
        return Dataset.builder(info(name, Task.NODE))
                .graph(graph)
                .classes(3)
                .split(
                        "default",
                        new Split(
                                IntStream.range(0, 40).toArray(),
                                validation ? IntStream.range(40, 50).toArray() : new int[0],
                                IntStream.range(50, 60).toArray()))
                .split("swapped", new Split(IntStream.range(40, 60).toArray(), new int[0], new int[0]))
                .split("empty", new Split(new int[0], new int[0], new int[0]))
                .build();
    }

    /** Graphs of two kinds that differ in density. */
    private static Dataset graphs() {
        List<Graph> graphs = new ArrayList<>();
        int[] labels = new int[60];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 2;
            graphs.add(TestGraphs.undirected(12, labels[i] == 0 ? 8 : 30, 4, 2, i));
        }
        return Dataset.builder(info("kinds", Task.GRAPH))
                .graphs(graphs, labels)
                .classes(2)
                .split(
                        "default",
                        new Split(
                                IntStream.range(0, 40).toArray(),
                                IntStream.range(40, 50).toArray(),
                                IntStream.range(50, 60).toArray()))
                .build();
    }

    private static TrainingRequest request(String dataset, Map<String, String> options, long seed) {
        return new TrainingRequest(dataset, Map.of(), "gcn", Optional.empty(), options, seed, Optional.of("cpu"));
    }

    private static Map<String, String> with(Map<String, String> options, String... more) {
        Map<String, String> all = new HashMap<>(options);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    // --- what training gives --------------------------------------------------------------------------------------

    @Test
    void theModelIsStoredWithWhereItComesFrom() {
        StoredModel model = trainer.train(request("tiny", QUICK, 3), TaskMonitor.NONE);
        assertThat(model.name()).isEqualTo("tiny-gcn");
        assertThat(store.find("tiny-gcn")).isEqualTo(model);
        assertThat(model.dataset()).isEqualTo("tiny");
        assertThat(model.datasetDigest()).isEqualTo(tiny("tiny", true).digest());
        assertThat(model.seed()).isEqualTo(3);
        assertThat(model.info().options()).containsEntry("hidden", "8").containsEntry("dropout", "0.5");
        assertThat(model.trainingOptions()).containsEntry("epochs", "30").containsEntry("lr", "0.01");
        assertThat(model.libraries()).containsEntry("aitia", "0.1.0").containsKey("pytorch");
        assertThat(model.metrics()).containsEntry("epochs", 30.0).containsKey("seconds");
        for (String metric : List.of("trainAccuracy", "valAccuracy", "testAccuracy")) {
            assertThat(model.metrics().get(metric)).isBetween(0.0, 1.0);
        }
    }

    @Test
    void theReportedAccuracyIsThatOfTheStoredModel() {
        StoredModel model = trainer.train(request("tiny", QUICK, 3), TaskMonitor.NONE);
        Dataset data = tiny("tiny", true);
        GnnModel loaded = store.load("tiny-gcn");
        try (Workbench bench = Workbench.open()) {
            float[][] logits = bench.logits(loaded, GraphBatch.whole(data.graph()));
            long correct = IntStream.of(data.split().test())
                    .filter(v -> argmax(logits[v]) == data.label(v))
                    .count();
            assertThat(model.metrics().get("testAccuracy")).isEqualTo(correct / 10.0, within(1e-12));
        }
    }

    private static int argmax(float[] row) {
        int best = 0;
        for (int c = 1; c < row.length; c++) {
            best = row[c] > row[best] ? c : best;
        }
        return best;
    }

    @Test
    void theSameSeedGivesTheSameWeightsToTheLastBit() {
        for (String dataset : List.of("tiny", "kinds")) {
            String first = trainer.train(request(dataset, with(QUICK, "batchSize", "16"), 3), TaskMonitor.NONE)
                    .weightsDigest();
            assertThat(trainer.train(request(dataset, with(QUICK, "batchSize", "16"), 3), TaskMonitor.NONE)
                            .weightsDigest())
                    .isEqualTo(first);
            assertThat(trainer.train(request(dataset, with(QUICK, "batchSize", "16"), 4), TaskMonitor.NONE)
                            .weightsDigest())
                    .isNotEqualTo(first);
        }
    }

    @Test
    void graphsAreLearntInMiniBatches() {
        Map<String, String> options =
                Map.of("epochs", "60", "batchSize", "7", "dropout", "0", "pooling", "max-sum", "normalization", "none");
        StoredModel model = trainer.train(request("kinds", options, 1), TaskMonitor.NONE);
        assertThat(model.metrics().get("trainAccuracy")).isGreaterThan(0.95);
        assertThat(model.metrics().get("testAccuracy")).isGreaterThan(0.8);
    }

    @Test
    void everyEpochIsReported() {
        List<String> reports = new ArrayList<>();
        trainer.train(request("tiny", QUICK, 1), new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                reports.add(stage + " " + done + "/" + total);
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        });
        assertThat(reports.stream().filter(r -> r.startsWith("epoch")).toList())
                .hasSize(30)
                .startsWith("epoch 1/30")
                .endsWith("epoch 30/30");
    }

    @Test
    void earlyStoppingKeepsTheBestWeights() {
        StoredModel stopped =
                trainer.train(request("tiny", with(QUICK, "epochs", "400", "patience", "5"), 1), TaskMonitor.NONE);
        int epochs = stopped.metrics().get("epochs").intValue();
        assertThat(epochs).isBetween(6, 399);
        // training for just as long as the best epoch took gives the same weights
        StoredModel best = trainer.train(
                request("tiny", with(QUICK, "epochs", Integer.toString(epochs - 5)), 1), TaskMonitor.NONE);
        assertThat(best.weightsDigest()).isEqualTo(stopped.weightsDigest());
    }

    @Test
    void weightDecayShrinksTheFirstLayerOnlyUnlessTold() {
        double none = sumOfSquares("conv2.lin.weight", "weightDecay", "0");
        double first = sumOfSquares("conv2.lin.weight", "weightDecay", "1");
        double all = sumOfSquares("conv2.lin.weight", "weightDecay", "1", "weightDecayOn", "all");
        assertThat(all).isLessThan(0.5 * none);
        assertThat(first).isGreaterThan(0.5 * none);
        assertThat(sumOfSquares("conv1.lin.weight", "weightDecay", "1"))
                .isLessThan(0.5 * sumOfSquares("conv1.lin.weight", "weightDecay", "0"));
    }

    private double sumOfSquares(String parameter, String... options) {
        trainer.train(request("tiny", with(with(QUICK, "epochs", "100"), options), 1), TaskMonitor.NONE);
        Parameter found = store.load("tiny-gcn").parameters().stream()
                .filter(p -> p.name().equals(parameter))
                .findFirst()
                .orElseThrow();
        double sum = 0;
        for (float value : found.values()) {
            sum += value * value;
        }
        return sum;
    }

    @Test
    void clippingBoundsWhatOneStepDoes() {
        // Adam's first step does not depend on the size of gradients; later ones do where sizes change
        StoredModel plain = trainer.train(request("tiny", with(QUICK, "epochs", "5"), 1), TaskMonitor.NONE);
        StoredModel loose =
                trainer.train(request("tiny", with(QUICK, "epochs", "5", "gradientClip", "1e6"), 1), TaskMonitor.NONE);
        StoredModel tight =
                trainer.train(request("tiny", with(QUICK, "epochs", "5", "gradientClip", "1e-9"), 1), TaskMonitor.NONE);
        assertThat(loose.weightsDigest()).isEqualTo(plain.weightsDigest());
        assertThat(tight.weightsDigest()).isNotEqualTo(plain.weightsDigest());
    }

    @Test
    void batchNormalisationPredictsAfterTrainingAsInIt() {
        Map<String, String> options =
                Map.of("epochs", "200", "batchNorm", "true", "dropout", "0", "weightDecay", "0", "layers", "3");
        StoredModel model = trainer.train(request("tiny", options, 1), TaskMonitor.NONE);
        assertThat(model.metrics().get("trainAccuracy")).isGreaterThan(0.95);
        GnnModel stored = store.load("tiny-gcn");
        Graph graph = tiny("tiny", true).graph();
        try (Workbench bench = Workbench.open();
                ModelSession running = stored.open(bench.lease());
                PreparedBatch one = running.prepare(GraphBatch.whole(graph));
                var batch = stored.openForTraining(bench.lease());
                PreparedBatch two = batch.prepare(GraphBatch.whole(graph))) {
            float[] trained =
                    batch.forwardTraining(two, org.aitia.api.Seeds.generator(0)).toFloatArray();
            float[] predicted = running.forward(one, Masks.NONE).toFloatArray();
            assertThat(predicted).containsExactly(trained, within(1e-3f));
        }
    }

    @Test
    void anotherSplitCanBeChosen() {
        StoredModel model = trainer.train(request("tiny", with(QUICK, "split", "swapped"), 1), TaskMonitor.NONE);
        assertThat(model.metrics()).containsKey("trainAccuracy").doesNotContainKeys("valAccuracy", "testAccuracy");
    }

    @Test
    void trainingLeavesNothingOnTheDevice() {
        trainer.train(request("tiny", QUICK, 1), TaskMonitor.NONE);
        try (Workbench bench = Workbench.open()) {
            TensorEngine engine = bench.lease().engine();
            long before = engine.liveArrays();
            trainer.train(request("tiny", QUICK, 1), TaskMonitor.NONE);
            trainer.train(request("kinds", QUICK, 1), TaskMonitor.NONE);
            assertThat(engine.liveArrays()).isEqualTo(before);
        }
    }

    // --- what is refused ------------------------------------------------------------------------------------------

    @Test
    void unknownOptionsAreSuggestedFromTrainerAndArchitecture() {
        assertThatThrownBy(() -> trainer.train(request("tiny", Map.of("epoch", "3"), 1), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("neither the trainer nor architecture 'gcn' has an option 'epoch'")
                .hasMessageContaining("'epochs'");
        assertThatThrownBy(() -> trainer.train(request("tiny", Map.of("hiden", "3"), 1), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'hidden'");
    }

    @Test
    void anUnknownDeviceIsRefusedBeforeDataIsLoaded() {
        TrainingRequest request = new TrainingRequest(
                "no-such-data", Map.of(), "gcn", Optional.empty(), Map.of(), 1, Optional.of("gpu7"));
        assertThatThrownBy(() -> trainer.train(request, TaskMonitor.NONE))
                .isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith("unknown device 'gpu7'");
    }

    @Test
    void wrongRequestsAreRefusedAndNothingIsStored() {
        assertThatThrownBy(() -> trainer.train(request("tiny", Map.of("epochs", "0"), 1), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option 'epochs' must be >= 1, not '0'");
        assertThatThrownBy(() -> trainer.train(request("tiny", Map.of("dropout", "1"), 1), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option 'dropout' must be >= 0 and < 1, not '1'");
        assertThatThrownBy(() -> trainer.train(request("tiny", Map.of("split", "swaped"), 1), TaskMonitor.NONE))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("data set 'tiny' has no split 'swaped'; did you mean 'swapped'?");
        assertThatThrownBy(() -> trainer.train(request("tiny", Map.of("split", "empty"), 1), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no labelled training instance");
        assertThatThrownBy(() -> trainer.train(
                        request("tiny", Map.of("split", "swapped", "patience", "3"), 1), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("validation instances");
        TrainingRequest other =
                new TrainingRequest("tiny", Map.of(), "gnc", Optional.empty(), Map.of(), 1, Optional.of("cpu"));
        assertThatThrownBy(() -> trainer.train(other, TaskMonitor.NONE))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("unknown architecture 'gnc'; there are: gcn");
        TrainingRequest badName =
                new TrainingRequest("tiny", Map.of(), "gcn", Optional.of("../x"), Map.of(), 1, Optional.of("cpu"));
        assertThatThrownBy(() -> trainer.train(badName, TaskMonitor.NONE)).isInstanceOf(InvalidRequestException.class);
        assertThat(store.list()).isEmpty();
    }

    @Test
    void cancellingStopsWithinAnEpochAndStoresNothing() {
        long[] epochs = {0};
        TaskMonitor cancelling = new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                epochs[0] = stage.equals("epoch") ? done : epochs[0];
            }

            @Override
            public boolean isCancelled() {
                return epochs[0] >= 3;
            }
        };
        assertThatThrownBy(() -> trainer.train(request("tiny", QUICK, 1), cancelling))
                .isInstanceOf(CancelledException.class);
        assertThat(epochs[0]).isEqualTo(3);
        assertThat(store.list()).isEmpty();
        assertThat(Workbench.devices().leases()).isEmpty();
    }

    // --- the numbers of the field ---------------------------------------------------------------------------------

    @Test
    void coraReachesTheAccuracyOfThePaper() {
        assumeTrue(MemoryDatasets.hasPlanetoid(), "skipped: there is no Cora in the shared folder");
        double sum = 0;
        for (int seed = 0; seed < 10; seed++) {
            sum += trainer.train(request("cora", Map.of(), seed), TaskMonitor.NONE)
                    .metrics()
                    .get("testAccuracy");
        }
        // the paper says 0.815; over 40 seeds it is 0.8146 here, with a standard error of 0.0018 for ten of them
        assertThat(sum / 10).isGreaterThanOrEqualTo(0.81);
    }

    @Test
    void everyTestNodeOfCoraIsPredictedAlikeInItsComputationGraph() {
        assumeTrue(MemoryDatasets.hasPlanetoid(), "skipped: there is no Cora in the shared folder");
        trainer.train(request("cora", Map.of(), 0), TaskMonitor.NONE);
        GnnModel model = store.load("cora-gcn");
        Dataset cora = new MemoryDatasets().load("cora", Map.of(), TaskMonitor.NONE);
        int[] nodes = cora.split().test();
        try (Workbench bench = Workbench.open()) {
            float[][] full = bench.logits(model, GraphBatch.whole(cora.graph()));
            float[][] local = bench.logits(
                    model,
                    GraphBatch.of(IntStream.of(nodes)
                            .mapToObj(v -> ComputationGraph.of(cora.graph(), v, 2))
                            .toList()));
            for (int b = 0; b < nodes.length; b++) {
                assertThat(local[b]).as("node %d", nodes[b]).containsExactly(full[nodes[b]], within(1e-5f));
            }
        }
    }

    @Test
    void baShapesIsLearntWithTheSettingsOfTheReadme() {
        Map<String, String> options = Map.of(
                "layers", "3",
                "hidden", "32",
                "epochs", "4000",
                "concat", "true",
                "dropout", "0",
                "weightDecayOn", "all",
                "gradientClip", "2");
        for (int seed = 0; seed < 3; seed++) {
            StoredModel model = trainer.train(request("ba-shapes", options, seed), TaskMonitor.NONE);
            assertThat(model.metrics().get("testAccuracy")).as("seed %d", seed).isGreaterThanOrEqualTo(0.95);
        }
    }
}
