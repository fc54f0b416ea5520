package org.aitia.models.internal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.StoredModel;
import org.aitia.api.option.OptionSchema;
import org.aitia.models.internal.feed.BatchPlan;
import org.aitia.models.internal.feed.Feeds;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training in mini-batches, of links, by folds, and with logs. */
class MiniBatchTest {
    @TempDir
    Path root;

    private StoredModel train(String dataset, String... options) {
        return ResumeTest.trainer(root).train(TrainingData.request(dataset, 2, options), TaskMonitor.NONE);
    }

    private List<Parameter> weights(Dataset data, Optional<BatchPlan> plan, String... options) {
        Map<String, String> given = new java.util.HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        TrainerOptions parsed = OptionSchema.of(TrainerOptions.class).parse(given);
        try (DeviceLease lease =
                Workbench.devices().acquire(LeaseRequest.of("test").on("cpu"), TaskMonitor.NONE)) {
            ModelShape shape = new ModelShape(data.info().task(), data.featureCount(), data.classCount());
            GnnModel model = Workbench.architecture("gcn").create(shape, Map.of("dropout", "0"), 1);
            Subject subject = new Subject(data, data.split(), 1, false);
            try (Training training = new Training(lease, model, subject, parsed, plan, TaskMonitor.NONE);
                    Recorder none = Recorder.open(parsed, root, 0)) {
                return training.run(Optional.empty(), parsed.epochs(), none, Training.Listener.NONE, TaskMonitor.NONE)
                        .model()
                        .parameters();
            }
        }
    }

    @Test
    void oneBatchOfAllReceptiveFieldsTrainsAsTheWholeGraph() {
        for (Dataset data : List.of(TrainingData.nodes(), TrainingData.links())) {
            List<Parameter> whole = weights(data, Optional.empty(), "epochs", "10");
            List<Parameter> fields = weights(data, Optional.empty(), "epochs", "10", "batchNodes", "1000");
            for (int p = 0; p < whole.size(); p++) {
                assertThat(fields.get(p).values()).containsExactly(whole.get(p).values(), within(1e-3f));
            }
        }
    }

    @Test
    void miniBatchesAndSamplesLearnAndRepeatToTheLastBit() {
        double whole = train("nodes", "epochs", "60", "dropout", "0").metrics().get("trainLoss");
        for (String fanouts : List.of("", "3,3")) {
            String[] options = {"epochs", "60", "batchNodes", "50", "fanouts", fanouts, "dropout", "0"};
            StoredModel model = train("nodes", options);
            // four steps per epoch instead of one
            assertThat(model.metrics().get("trainLoss")).isLessThan(whole);
            assertThat(train("nodes", options).weightsDigest()).isEqualTo(model.weightsDigest());
            assertThat(model.trainingOptions())
                    .containsEntry("batchNodes", "50")
                    .containsEntry("fanouts", fanouts);
        }
    }

    @Test
    void linksAreLearnt() {
        StoredModel model = train("links", "epochs", "150", "dropout", "0", "weightDecay", "0", "hidden", "32");
        assertThat(model.metrics().get("trainAccuracy")).isGreaterThan(0.75);
        assertThat(model.metrics()).containsKeys("testRocAuc", "valMacroF1");
    }

    @Test
    void whatDoesNotFitIsTrainedInBatchesAndTheUserIsTold() {
        Dataset data = TrainingData.nodes();
        ModelShape shape = new ModelShape(data.info().task(), data.featureCount(), data.classCount());
        GnnModel model = Workbench.architecture("gcn").create(shape, Map.of(), 1);
        long whole;
        try (DeviceLease lease =
                        Workbench.devices().acquire(LeaseRequest.of("test").on("cpu"), TaskMonitor.NONE);
                ModelSession session = model.open(lease);
                Feeds feeds = new Feeds(lease, session, data)) {
            whole = feeds.wholeBytes();
        }
        for (long share : new long[] {2, 200}) {
            List<String> messages = new ArrayList<>();
            TaskMonitor listening = new TaskMonitor() {
                @Override
                public void progress(String stage, long done, long total) {
                    // not what is tested
                }

                @Override
                public boolean isCancelled() {
                    return false;
                }

                @Override
                public void message(String text) {
                    messages.add(text);
                }
            };
            TrainerOptions options = OptionSchema.of(TrainerOptions.class).parse(Map.of("epochs", "2"));
            Subject subject = new Subject(data, data.split(), 1, false);
            try (DeviceLease lease = Workbench.devices()
                            .acquire(LeaseRequest.of("test").on("cpu").withMemory(whole / share), TaskMonitor.NONE);
                    Training training = new Training(lease, model, subject, options, Optional.empty(), listening);
                    Recorder none = Recorder.open(options, root, 0)) {
                Training.Result result =
                        training.run(Optional.empty(), 2, none, Training.Listener.NONE, TaskMonitor.NONE);
                assertThat(result.plan().size()).isBetween(1, 512);
                assertThat(result.plan().isSampled()).isEqualTo(share == 200);
                assertThat(result.metrics()).containsKeys("trainAccuracy", "testAccuracy");
            }
            assertThat(messages)
                    .anyMatch(m -> m.matches("the whole graph needs about \\d+\\.\\d\\d GiB, cpu has \\d+\\.\\d\\d:"
                            + " training on \\d+ at a time( with at most \\[10, 10] in-edges)?"
                            + " \\(options batchNodes and fanouts\\)"));
        }
    }

    @Test
    void aCrossValidationTellsMeanAndDeviationAndKeepsAModelOfEverything() {
        StoredModel model =
                train("graphs", "folds", "4", "epochs", "12", "batchSize", "16", "dropout", "0", "pooling", "max-sum");
        assertThat(model.metrics())
                .containsKeys("fold1TestAccuracy", "fold4TestAccuracy", "cvLastAccuracySd", "trainAccuracy")
                .doesNotContainKeys("testAccuracy", "fold5TestAccuracy");
        double mean = 0;
        for (int f = 1; f <= 4; f++) {
            mean += model.metrics().get("fold" + f + "TestAccuracy") / 4;
        }
        assertThat(model.metrics().get("cvAccuracyMean")).isCloseTo(mean, within(1e-12));
        assertThat(model.metrics().get("cvAccuracyMean"))
                .isGreaterThanOrEqualTo(model.metrics().get("cvLastAccuracyMean"));
        assertThat(model.metrics().get("epochs")).isEqualTo(model.metrics().get("cvEpoch"));
    }

    @Test
    void logsHoldEveryEpochAndDoNotChangeTheModel() throws IOException {
        for (String dataset : List.of("nodes", "graphs", "links")) {
            String[] options = {"epochs", "12", "batchNorm", "true"};
            StoredModel plain = train(dataset, options);
            StoredModel logged =
                    train(dataset, "epochs", "12", "batchNorm", "true", "log", "both", "histogramEvery", "5");
            assertThat(logged.weightsDigest()).isEqualTo(plain.weightsDigest());
            Path logs = root.resolve("logs").resolve(dataset + "-gcn");
            List<String> lines = Files.readAllLines(logs.resolve("metrics.csv"));
            assertThat(lines).hasSize(13);
            String[] last = lines.get(12).split(",");
            assertThat(Double.parseDouble(last[2])).isEqualTo(plain.metrics().get("trainAccuracy"));
            assertThat(Double.parseDouble(last[6])).isEqualTo(plain.metrics().get("valAccuracy"));
            try (Stream<Path> files = Files.list(logs)) {
                assertThat(files.map(f -> f.getFileName().toString()))
                        .filteredOn(n -> n.startsWith("events.out.tfevents."))
                        .hasSize(1);
            }
            int instances = Map.of("nodes", 400, "graphs", 60, "links", 160).get(dataset);
            assertThat(Files.readAllLines(logs.resolve("tensors.tsv"))).hasSize(instances);
            assertThat(Files.readAllLines(logs.resolve("metadata.tsv"))).hasSize(instances + 1);
        }
    }

    @Test
    void theFolderOfLogsCanBeChosen() {
        Path folder = root.resolve("elsewhere");
        train("nodes", "epochs", "2", "log", "csv", "logDir", folder.toString());
        assertThat(folder.resolve("metrics.csv")).exists();
        assertThat(root.resolve("logs")).doesNotExist();
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        Map<String[], String> refused = Map.of(
                new String[] {"nodes", "fanouts", "10"},
                "option 'fanouts' needs one number for each of the model's 2 message-passing layers, as in 10,10, not 1",
                new String[] {"nodes", "fanouts", "10,0"},
                "option 'fanouts' takes numbers of in-edges of at least 1, or -1 for all, with commas between them, not"
                        + " '0'",
                new String[] {"links", "fanouts", "10,10"},
                "option 'fanouts' draws in-edges for node tasks; leave it out for link tasks",
                new String[] {"graphs", "batchNodes", "10"},
                "option 'batchNodes' is for node and link tasks; batches of graphs are set with batchSize",
                new String[] {"nodes", "folds", "3"},
                "cross-validation is for graph tasks, data set 'nodes' is about a node task; leave out folds",
                new String[] {"graphs", "folds", "3", "patience", "2"},
                "cross-validation has no validation instances for early stopping and best weights; leave out patience"
                        + " and restoreBest, or folds");
        refused.forEach((request, message) -> {
            String[] options = java.util.Arrays.copyOfRange(request, 1, request.length);
            assertThatThrownBy(() -> train(request[0], options))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage(message);
        });
        assertThat(Workbench.devices().leases()).isEmpty();
    }
}
