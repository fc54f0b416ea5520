package org.aitia.shell.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aitia.api.dataset.Datasets.FileCheck;
import org.aitia.shell.internal.TestShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingCommandsTest {
    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void open() {
        shell = new TestShell(directory);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private JsonObject json(String line) {
        return JsonParser.parseString(shell.ok(line)).getAsJsonObject();
    }

    @Test
    void datasetsAreATable() {
        assertThat(shell.ok("datasets")).isEqualTo("""
                        NAME       TASK   SOURCE     TITLE
                        ba-shapes  node   generated  BA-Shapes
                        chain      node   generated  Six people
                        pairs      graph  download   Three graphs
                        """);
        assertThat(json("datasets --json").getAsJsonArray("datasets")).hasSize(3);
    }

    @Test
    void datasetShowsWhatCounts() {
        assertThat(shell.ok("dataset chain")).startsWith("""
                        chain: Six people
                        Made for tests.

                          task                 node
                          nodes                6
                          edges                10 directed (every edge has its reverse)
                          features             3
                          classes              2 (quiet, loud)
                          class balance        3, 2; 1 without a class
                          homophily            0.500
                          split 'public'       3 train, 1 validation, 2 test
                          in-degree            min 1, median 2, mean 1.67, max 2
                          ground truth         4 directed edges, 4 nodes
                          explained in papers  0..5:2
                          origin               made here
                          citation             Nobody, 2026
                          licence              public domain
                        """).endsWith("""
                        OPTION  TYPE     DEFAULT  RANGE  MEANING
                        seed    integer  0               random seed
                        """);
    }

    @Test
    void datasetHasTheKeysThatScriptsRelyOn() {
        JsonObject json = json("dataset chain --json");
        assertThat(json.get("name").getAsString()).isEqualTo("chain");
        assertThat(json.get("nodes").getAsInt()).isEqualTo(6);
        assertThat(json.get("edges").getAsInt()).isEqualTo(10);
        assertThat(json.get("features").getAsInt()).isEqualTo(3);
        assertThat(json.get("classes").getAsInt()).isEqualTo(2);
        assertThat(json.get("graphs").getAsInt()).isEqualTo(1);
        assertThat(json.get("train").getAsInt()).isEqualTo(3);
        assertThat(json.get("val").getAsInt()).isEqualTo(1);
        assertThat(json.get("test").getAsInt()).isEqualTo(2);
        assertThat(json.getAsJsonObject("degree").get("median").getAsDouble()).isEqualTo(2);
        assertThat(json.getAsJsonObject("groundTruth").get("edges").getAsInt()).isEqualTo(4);
    }

    @Test
    void manyGraphsAreCountedTogether() {
        JsonObject json = json("dataset pairs --json");
        assertThat(json.get("graphs").getAsInt()).isEqualTo(3);
        assertThat(json.get("nodes").getAsInt()).isEqualTo(7);
        assertThat(json.get("edges").getAsInt()).isEqualTo(6);
        assertThat(json.get("train").getAsInt()).isZero();
        assertThat(json.getAsJsonObject("groundTruth").get("known").getAsBoolean())
                .isFalse();
        assertThat(shell.ok("dataset pairs")).contains("graphs          3\n").contains("ground truth    none\n");
    }

    @Test
    void picturesOfADataSetAreWrittenIntoADirectory() {
        assertThat(shell.ok("dataset chain --pictures pics --format png"))
                .contains("  picture chain-graph    " + directory.resolve("pics/chain-graph.png") + "\n");
        assertThat(directory.resolve("pics/chain-degrees.png")).hasContent("degrees of chain");
        assertThat(shell.error("dataset chain --pictures pics --format bmp"))
                .isEqualTo("aitia: dataset: pictures come as svg or png, not as 'bmp'");
        assertThat(shell.error("dataset chain --pictures pics/chain-graph.png"))
                .isEqualTo("aitia: " + directory.resolve("pics/chain-graph.png")
                        + " is a file; name a directory for the pictures");
    }

    @Test
    void filesOfADataSetAreVerified() {
        assertThat(shell.ok("dataset chain --verify")).isEqualTo("chain is generated; it has no files\n");
        assertThat(shell.ok("dataset pairs --verify"))
                .isEqualTo("no file of pairs is stored yet; 'dataset pairs' fetches them\n");
        shell.world.checks =
                List.of(new FileCheck("pairs.txt", 12, FileCheck.Status.OK, Optional.of("ab"), Optional.of("ab")));
        assertThat(shell.ok("dataset pairs --verify")).isEqualTo("""
                        FILE       BYTES  STATUS  SHA-256
                        pairs.txt     12  ok      ab
                        """);
        shell.world.checks =
                List.of(new FileCheck("pairs.txt", 0, FileCheck.Status.MISSING, Optional.of("ab"), Optional.empty()));
        TestShell.Answer answer = shell.run("dataset pairs --verify --json");
        assertThat(answer.error())
                .isEqualTo("aitia: 1 of 1 files of data set 'pairs' are not as they were, the first is pairs.txt;"
                        + " 'dataset pairs --refresh' fetches them anew");
        assertThat(answer.out()).contains("\"intact\": false").contains("\"status\": \"missing\"");
    }

    @Test
    void refreshingForgetsTheFilesFirst() {
        shell.ok("dataset pairs --refresh");
        assertThat(shell.world.refreshed).containsExactly("pairs");
    }

    @Test
    void datasetTakesOptionsAndRefusesOthers() {
        shell.ok("dataset chain -o seed=3");
        assertThat(shell.error("dataset chain -o sead=3"))
                .isEqualTo("aitia: unknown option 'sead'; did you mean 'seed'?");
        assertThat(shell.error("dataset chian")).isEqualTo("aitia: unknown data set 'chian'; did you mean 'chain'?");
    }

    @Test
    void architecturesShowTheirOptions() {
        assertThat(shell.ok("architectures"))
                .startsWith("gcn (test.models 1.0.0)\nGraph convolutional network.\n")
                .contains("\nconcat  true/false  false           concatenate the outputs of all layers\n")
                .contains("\nOptions of the trainer, for every architecture:\n");
        JsonObject json = json("architectures --json");
        assertThat(json.getAsJsonArray("architectures")).hasSize(1);
        assertThat(json.getAsJsonArray("trainerOptions")).hasSize(2);
    }

    @Test
    void modelsAreATable() {
        assertThat(shell.ok("models"))
                .contains("NAME       DATASET  ARCHITECTURE  TASK     TRAIN  VAL    TEST  CREATED\n")
                .contains("chain-gcn  chain    gcn           node   100.0 %    -  90.0 %  2026-11-20 ");
        assertThat(json("models --json").getAsJsonArray("models")).hasSize(2);
    }

    @Test
    void modelHasTheKeysThatScriptsRelyOn() {
        JsonObject json = json("model chain-gcn --json");
        assertThat(json.keySet())
                .startsWith(
                        "name", "dataset", "architecture", "trainAccuracy", "valAccuracy", "testAccuracy", "seconds");
        assertThat(json.get("testAccuracy").getAsDouble()).isEqualTo(0.9);
        assertThat(json.get("valAccuracy").isJsonNull()).isTrue();
        assertThat(shell.ok("model chain-gcn"))
                .contains("  accuracy          train 100.0 %, validation -, test 90.0 %\n");
        assertThat(shell.error("model chain-gnc"))
                .startsWith("aitia: unknown model 'chain-gnc'; did you mean 'chain-gcn'");
    }

    @Test
    void trainPrintsWhatItStored() {
        assertThat(shell.ok("train -d chain -a gcn")).isEqualTo("""
                        Trained gcn on chain in 1.50 s, 200 epochs.
                          accuracy    train 100.0 %, validation -, test 90.0 %
                          stored as   chain-gcn
                          explain it  explain -m chain-gcn -x gnnexplainer -n 0
                        """);
        JsonObject json = json("train -d pairs -a gcn -n mine --json");
        assertThat(json.get("name").getAsString()).isEqualTo("mine");
        assertThat(json.get("seconds").getAsDouble()).isEqualTo(1.5);
    }

    @Test
    void explainersComeFromBundles() {
        assertThat(shell.ok("explainers")).isEqualTo("""
                        NAME          TASKS        BUNDLE                TITLE
                        gnnexplainer  graph, node  test.explainer 2.0.0  GNNExplainer
                        """);
        assertThat(json("explainers --json").getAsJsonArray("explainers")).hasSize(1);
    }

    @Test
    void explainerShowsItsOptions() {
        assertThat(shell.ok("explainer gnnexplainer")).endsWith("""
                        OPTION    TYPE     DEFAULT  RANGE  MEANING
                        epochs    integer  100      >= 1   optimisation steps [PyG] (also: num_epochs)
                        lr        number   0.01     > 0    learning rate of Adam
                        tie       choice   none            which edges share a parameter; one of none, undirected
                        edgeSize  number   0.005           coefficient of size
                        edgeEnt   number   1               coefficient of entropy
                        """);
        JsonObject epochs = json("explainer gnnexplainer --json")
                .getAsJsonArray("options")
                .get(0)
                .getAsJsonObject();
        assertThat(epochs.keySet()).contains("name", "type", "default", "range", "description", "source", "aliases");
        assertThat(shell.error("explainer gnnexplaner"))
                .isEqualTo("aitia: unknown explainer 'gnnexplaner'; did you mean 'gnnexplainer'?");
    }

    @Test
    void devicesShowLanesMemoryAndLeases() {
        assertThat(shell.ok("devices")).startsWith("""
                        DEVICE  LANES  IN USE   MEMORY   LEASED  QUEUED  DESCRIPTION
                        cpu         2       1  4.0 GiB  1.0 GiB       3  Test processor

                        LEASE    DEVICE   MEMORY  \
                        """.stripTrailing()).contains("explain chain-gcn");
        JsonObject json = json("devices --json");
        assertThat(json.getAsJsonArray("devices")
                        .get(0)
                        .getAsJsonObject()
                        .get("memoryBytes")
                        .getAsLong())
                .isEqualTo(4L << 30);
        assertThat(json.getAsJsonArray("leases")).hasSize(1);
    }

    @Test
    void versionNamesWhatMatters() {
        assertThat(shell.ok("version")).startsWith("Aitia 1.2.3 on Java " + System.getProperty("java.version"));
        assertThat(json("version --json").keySet()).containsExactly("version", "java", "system");
    }

    @Test
    void resultsCanBePiped() {
        shell.add("test", "shout", (session, arguments) -> {
            System.out.print(new String(System.in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .toUpperCase(java.util.Locale.ROOT));
            return null;
        });
        assertThat(shell.ok("datasets | shout")).contains("SIX PEOPLE").doesNotContain("Six people");
    }

    @Test
    void jsonIsTheOnlyThingOnStandardOutput() {
        TestShell.Answer answer = shell.run("train -d chain -a gcn --json");
        assertThat(answer.out()).startsWith("{").endsWith("}\n");
        assertThat(JsonParser.parseString(answer.out()).isJsonObject()).isTrue();
    }
}
