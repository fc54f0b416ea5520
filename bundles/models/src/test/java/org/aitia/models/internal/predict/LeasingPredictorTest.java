package org.aitia.models.internal.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
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
import org.aitia.api.model.Evaluation;
import org.aitia.api.model.PredictionRequest;
import org.aitia.api.model.Predictions;
import org.aitia.api.model.StoredModel;
import org.aitia.models.internal.Architectures;
import org.aitia.models.internal.gcn.GcnArchitecture;
import org.aitia.models.internal.store.DirectoryModelStore;
import org.aitia.models.internal.train.LeasingTrainer;
import org.aitia.models.internal.train.MemoryDatasets;
import org.aitia.models.internal.train.TrainingData;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions of stored models. */
class LeasingPredictorTest {
    @TempDir
    Path root;

    private LeasingTrainer trainer;
    private LeasingPredictor predictor;

    @BeforeEach
    void open() {
        Architectures architectures = Architectures.of(new GcnArchitecture());
        DirectoryModelStore store = new DirectoryModelStore(root.resolve("models"), architectures);
        Dataset wider = Dataset.builder(new DatasetInfo("wider", "wider", "", Task.NODE, "", "", "", true))
                .graph(TestGraphs.directed(20, 30, 9, 2, 5))
                .classes(2)
                .build();
        Dataset unsplit = Dataset.builder(new DatasetInfo("unsplit", "unsplit", "", Task.NODE, "", "", "", true))
                .graph(TestGraphs.directed(50, 80, 8, 3, 6))
                .classes(3)
                .build();
        MemoryDatasets datasets =
                new MemoryDatasets(TrainingData.nodes(), TrainingData.graphs(), TrainingData.links(), wider, unsplit);
        trainer = new LeasingTrainer(architectures, datasets, Workbench.devices(), store, "0.1.0", root);
        predictor = new LeasingPredictor(datasets, Workbench.devices(), store);
    }

    private StoredModel train(String dataset, String... options) {
        List<String> all = new ArrayList<>(List.of("epochs", "15"));
        all.addAll(List.of(options));
        return trainer.train(TrainingData.request(dataset, 3, all.toArray(String[]::new)), TaskMonitor.NONE);
    }

    private static PredictionRequest on(String model, Optional<String> dataset, int... instances) {
        return new PredictionRequest(
                model,
                dataset,
                Map.of(),
                instances.length == 0 ? Optional.empty() : Optional.of(instances),
                Optional.of("cpu"));
    }

    private static PredictionRequest own(String model, int... instances) {
        return on(model, Optional.empty(), instances);
    }

    @Test
    void someInstancesArePredictedAsAmongAllInTheOrderAskedFor() {
        for (String dataset : List.of("nodes", "graphs", "links")) {
            train(dataset);
            Predictions all = predictor.predict(own(dataset + "-gcn"), TaskMonitor.NONE);
            assertThat(all.instances())
                    .containsExactly(
                            IntStream.range(0, all.dataset().instanceCount()).toArray());
            int[] some = {7, 2, 7, 31};
            Predictions few = predictor.predict(own(dataset + "-gcn", some), TaskMonitor.NONE);
            assertThat(few.instances()).containsExactly(some);
            for (int i = 0; i < some.length; i++) {
                assertThat(few.logits()[i]).as(dataset).containsExactly(all.logits()[some[i]], within(1e-5f));
            }
        }
    }

    @Test
    void evaluationOfTheTrainedSplitIsWhatTrainingReported() {
        for (String dataset : List.of("nodes", "graphs", "links")) {
            StoredModel model = train(dataset);
            Map<String, Evaluation> parts =
                    predictor.evaluate(own(dataset + "-gcn"), Optional.empty(), TaskMonitor.NONE);
            assertThat(parts).containsOnlyKeys("train", "validation", "test");
            Map<String, String> prefixes = Map.of("train", "train", "validation", "val", "test", "test");
            prefixes.forEach((part, prefix) -> {
                Evaluation found = parts.get(part);
                assertThat(model.metrics())
                        .containsEntry(prefix + "Accuracy", found.accuracy())
                        .containsEntry(prefix + "MacroF1", found.macroF1())
                        .containsEntry(prefix + "RocAuc", found.rocAuc());
                long confused = 0;
                for (long[] row : found.confusion()) {
                    confused += java.util.stream.LongStream.of(row).sum();
                }
                assertThat(confused).isEqualTo(found.instances());
            });
            assertThat(parts.get("train").loss()).isCloseTo(model.metrics().get("trainLoss"), within(1e-6));
        }
    }

    @Test
    void onlyTheInstancesAskedForAreEvaluated() {
        train("nodes");
        Map<String, Evaluation> parts =
                predictor.evaluate(own("nodes-gcn", 1, 2, 199, 200), Optional.empty(), TaskMonitor.NONE);
        assertThat(parts.get("train").instances()).isEqualTo(3);
        assertThat(parts.get("validation").instances()).isEqualTo(1);
        assertThat(parts).doesNotContainKey("test");
    }

    @Test
    void dataWithoutSplitAndModelsOfACrossValidationAreEvaluatedOnAll() {
        train("nodes");
        assertThat(predictor.evaluate(on("nodes-gcn", Optional.of("unsplit")), Optional.empty(), TaskMonitor.NONE))
                .containsOnlyKeys("all")
                .hasEntrySatisfying("all", e -> assertThat(e.instances()).isEqualTo(50));
        train("graphs", "folds", "3", "epochs", "3");
        assertThat(predictor.evaluate(own("graphs-gcn"), Optional.empty(), TaskMonitor.NONE))
                .containsOnlyKeys("all");
    }

    @Test
    void whatDoesNotFitIsRefusedInOneLine() {
        train("nodes");
        Map<PredictionRequest, String> refused = Map.of(
                on("nodes-gcn", Optional.of("wider")),
                "model 'nodes-gcn' takes 8 features per node, data set 'wider' has 9; choose a data set with the features"
                        + " that it was trained on",
                on("nodes-gcn", Optional.of("graphs")),
                "model 'nodes-gcn' is for node tasks, data set 'graphs' is about a graph task; choose a data set of the"
                        + " model's task",
                own("nodes-gcn", 400),
                "data set 'nodes' has no node 400; it has nodes 0..399");
        refused.forEach((request, message) -> assertThatThrownBy(() -> predictor.predict(request, TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message));
        train("links");
        assertThatThrownBy(() -> predictor.predict(own("links-gcn", -1), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("data set 'links' has no candidate link -1; it has candidate links 0..159");
        assertThatThrownBy(() -> predictor.evaluate(own("nodes-gcn"), Optional.of("defualt"), TaskMonitor.NONE))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("data set 'nodes' has no split 'defualt'; did you mean 'default'?");
        assertThatThrownBy(() -> predictor.predict(own("nodes-gnc"), TaskMonitor.NONE))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void cancellingFreesTheLane() {
        train("nodes");
        TaskMonitor cancelled = new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                // nobody listens
            }

            @Override
            public boolean isCancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> predictor.predict(own("nodes-gcn"), cancelled)).isInstanceOf(CancelledException.class);
        assertThat(Workbench.devices().leases()).isEmpty();
    }
}
