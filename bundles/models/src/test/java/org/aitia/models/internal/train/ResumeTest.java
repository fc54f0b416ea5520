package org.aitia.models.internal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aitia.api.CancelledException;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.model.StoredModel;
import org.aitia.api.model.TrainingRequest;
import org.aitia.models.internal.Architectures;
import org.aitia.models.internal.gcn.GcnArchitecture;
import org.aitia.models.internal.store.DirectoryModelStore;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A training that was cut off and goes on ends as one that was not. */
class ResumeTest {
    private static final long SEED = 11;

    @TempDir
    Path root;

    static LeasingTrainer trainer(Path root) {
        Architectures architectures = Architectures.of(new GcnArchitecture());
        return new LeasingTrainer(
                architectures,
                TrainingData.all(),
                Workbench.devices(),
                new DirectoryModelStore(root.resolve("models"), architectures),
                "0.1.0",
                root);
    }

    private Path checkpoint(String dataset) {
        return root.resolve("checkpoints").resolve(dataset + "-gcn.checkpoint");
    }

    private StoredModel uninterrupted(TrainingRequest request) {
        return trainer(root.resolve("uninterrupted")).train(request, TaskMonitor.NONE);
    }

    /** Cancels once an epoch is done. */
    private record CancelAfter(int epoch, long[] seen, List<String> messages) implements TaskMonitor {
        CancelAfter(int epoch) {
            this(epoch, new long[1], new ArrayList<>());
        }

        @Override
        public void progress(String stage, long done, long total) {
            seen[0] = stage.equals("epoch") ? done : seen[0];
        }

        @Override
        public boolean isCancelled() {
            return seen[0] >= epoch;
        }

        @Override
        public void message(String text) {
            messages.add(text);
        }
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("nodes", new String[] {"epochs", "40", "patience", "12"}),
                Arguments.of("nodes", new String[] {"epochs", "30", "schedule", "plateau", "schedulePatience", "1"}),
                Arguments.of("nodes", new String[] {
                    "epochs", "20", "batchNodes", "64", "fanouts", "2,2", "batchNorm", "true", "schedule", "cosine"
                }),
                Arguments.of("graphs", new String[] {
                    "epochs", "20", "batchSize", "7", "batchNorm", "true", "restoreBest", "true", "criterion", "roc-auc"
                }),
                Arguments.of(
                        "links", new String[] {"epochs", "20", "classWeights", "balanced", "weightDecayOn", "all"}),
                Arguments.of("graphs", new String[] {"epochs", "5", "folds", "3", "batchSize", "16"}));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aCancelledTrainingGoesOnToTheSameWeights(String dataset, String[] options) {
        StoredModel expected = uninterrupted(TrainingData.request(dataset, SEED, options));
        List<String> more = new ArrayList<>(List.of(options));
        more.addAll(List.of("checkpointEvery", "4", "resume", "true"));
        TrainingRequest request = TrainingData.request(dataset, SEED, more.toArray(String[]::new));
        for (int epoch : new int[] {1, 6, 7, 13}) {
            try {
                trainer(root).train(request, new CancelAfter(epoch));
            } catch (CancelledException e) {
                assertThat(checkpoint(dataset)).exists();
            }
        }
        CancelAfter last = new CancelAfter(Integer.MAX_VALUE);
        StoredModel resumed = trainer(root).train(request, last);
        assertThat(resumed.weightsDigest()).isEqualTo(expected.weightsDigest());
        assertThat(without(resumed.metrics(), "seconds")).isEqualTo(without(expected.metrics(), "seconds"));
        assertThat(resumed.trainingOptions()).isEqualTo(expected.trainingOptions());
        assertThat(last.messages()).anyMatch(m -> m.startsWith("going on from the checkpoint after epoch "));
        assertThat(checkpoint(dataset)).doesNotExist();
    }

    private static Map<String, Double> without(Map<String, Double> metrics, String name) {
        Map<String, Double> rest = new java.util.HashMap<>(metrics);
        rest.remove(name);
        return rest;
    }

    @Test
    void aKilledTrainingGoesOnToTheSameWeights() throws Exception {
        String[] options = {"epochs", "150", "checkpointEvery", "1", "resume", "true", "patience", "140", "log", "csv"};
        TrainingRequest request = TrainingData.request("nodes", SEED, options);
        StoredModel expected = uninterrupted(request);
        Random random = new Random(); // kills at a moment of its own in each run of the test
        int kills = 0;
        for (int attempt = 0; attempt < 2; attempt++) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path")));
            for (String property : List.of("ai.djl.offline", "aitia.shared", "user.home", "java.io.tmpdir")) {
                if (System.getProperty(property) != null) {
                    command.add("-D" + property + "=" + System.getProperty(property));
                }
            }
            command.addAll(List.of(Victim.class.getName(), root.toString()));
            command.addAll(List.of(options));
            Path output = root.resolve("output" + attempt);
            Process victim = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                long before = modified();
                while (victim.isAlive() && modified() == before) {
                    TimeUnit.MILLISECONDS.sleep(2);
                }
                assertThat(victim.isAlive()).as(Files.readString(output)).isTrue();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(60));
            } finally {
                kills += victim.isAlive() ? 1 : 0;
                victim.destroyForcibly().waitFor();
            }
        }
        StoredModel resumed = trainer(root).train(request, TaskMonitor.NONE);
        assertThat(kills).isPositive();
        assertThat(resumed.weightsDigest()).isEqualTo(expected.weightsDigest());
        assertThat(Files.readAllLines(root.resolve("logs/nodes-gcn/metrics.csv")))
                .extracting(line -> line.split(",")[0])
                .containsExactlyElementsOf(Stream.concat(
                                Stream.of("epoch"),
                                Stream.iterate(1, e -> e + 1)
                                        .limit(expected.metrics().get("epochs").intValue())
                                        .map(String::valueOf))
                        .toList());
    }

    private long modified() throws IOException {
        return Files.exists(checkpoint("nodes"))
                ? Files.getLastModifiedTime(checkpoint("nodes")).to(TimeUnit.NANOSECONDS)
                : 0;
    }

    /** The process that is killed. Slowed down, so that it is killed before it is done. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) {
            String[] options = java.util.Arrays.copyOfRange(arguments, 1, arguments.length);
            trainer(Path.of(arguments[0])).train(TrainingData.request("nodes", SEED, options), new TaskMonitor() {
                @Override
                public void progress(String stage, long done, long total) {
                    try {
                        TimeUnit.MILLISECONDS.sleep(10);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }

                @Override
                public boolean isCancelled() {
                    return false;
                }
            });
        }
    }

    @Test
    void theCheckpointOfAnotherRequestIsRefused() {
        cancelled("lr", "0.01");
        TrainingRequest other =
                TrainingData.request("nodes", SEED, "epochs", "20", "lr", "0.02", "dropout", "0.1", "resume", "true");
        assertThatThrownBy(() -> trainer(root).train(other, TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the checkpoint of model 'nodes-gcn' is of another request: architecture option dropout was"
                        + " '0.5' and is '0.1', lr was '0.01' and is '0.02'; ask for the same, give the model another"
                        + " name, or train without resume");
        assertThat(checkpoint("nodes")).exists();
    }

    private void cancelled(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("epochs", "20", "checkpointEvery", "1"));
        assertThatThrownBy(() -> trainer(root)
                        .train(TrainingData.request("nodes", SEED, all.toArray(String[]::new)), new CancelAfter(3)))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    void aDamagedCheckpointIsRefusedWhateverTheDamage() throws IOException {
        cancelled();
        byte[] whole = Files.readAllBytes(checkpoint("nodes"));
        TrainingRequest request = TrainingData.request("nodes", SEED, "epochs", "20", "resume", "true");
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            byte[] damaged = i % 2 == 0 ? java.util.Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (i % 2 == 1) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(checkpoint("nodes"), damaged);
            assertThatThrownBy(() -> trainer(root).train(request, TaskMonitor.NONE))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageStartingWith("checkpoint " + checkpoint("nodes") + " cannot be read: ")
                    .hasMessageEndingWith("; remove it, or train without resume");
        }
    }

    @Test
    void withoutACheckpointResumingBeginsAnewAndSaysSo() {
        CancelAfter monitor = new CancelAfter(Integer.MAX_VALUE);
        trainer(root).train(TrainingData.request("nodes", SEED, "epochs", "3", "resume", "true"), monitor);
        assertThat(monitor.messages())
                .contains("there is no checkpoint to go on from; training begins at the first epoch");
    }

    @Test
    void aTrainingThatReplacesACheckpointSaysSo() {
        cancelled();
        CancelAfter monitor = new CancelAfter(Integer.MAX_VALUE);
        trainer(root).train(TrainingData.request("nodes", SEED, "epochs", "3", "checkpointEvery", "1"), monitor);
        assertThat(monitor.messages())
                .contains("note: the checkpoint of an earlier training of 'nodes-gcn' will be replaced; resume=true"
                        + " would go on from it");
        assertThat(checkpoint("nodes")).doesNotExist();
    }
}
