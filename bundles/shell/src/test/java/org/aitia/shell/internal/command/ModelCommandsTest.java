package org.aitia.shell.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Map;
import org.aitia.api.Task;
import org.aitia.api.model.ImportRequest;
import org.aitia.shell.internal.TestShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code predict}, {@code evaluate}, {@code import-model}, {@code export-model}, {@code rename-model}, {@code remove-model}. */
class ModelCommandsTest {
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
    void predictionsAreATable() {
        assertThat(shell.ok("predict -m chain-gcn -n 1,2,5")).isEqualTo("""
                        NODE     PREDICTED  PROBABILITY  LABEL
                        1 (Bob)  quiet           75.0 %  quiet
                        2 (Cid)  quiet           75.0 %  loud
                        5 (Fay)  quiet           75.0 %  -
                        1 of 2 right (50.0 %)
                        """);
        assertThat(shell.world.predictions.get(0).instances().orElseThrow()).containsExactly(1, 2, 5);
    }

    @Test
    void classesThatTheDataDoesNotNameHaveTheirNumbers() {
        shell.world.addUnlabelled();
        assertThat(shell.ok("predict -m chain-gcn -d strangers -n 0")).isEqualTo("""
                        NODE  PREDICTED  PROBABILITY  LABEL
                        0     0               75.0 %  -
                        """);
        assertThat(shell.ok("explain -m chain-gcn -x gnnexplainer -d strangers -n 0"))
                .startsWith("node 0: predicted class 0 with 75.0 %, no label\n");
    }

    @Test
    void predictionsAsJsonHaveTheKeysThatScriptsRelyOn() {
        JsonObject json = json("predict -m pairs-gcn --all --json");
        assertThat(json.get("task").getAsString()).isEqualTo("graph");
        JsonArray predictions = json.getAsJsonArray("predictions");
        assertThat(predictions).hasSize(3);
        JsonObject second = predictions.get(1).getAsJsonObject();
        assertThat(second.keySet()).containsExactly("id", "predictedClass", "label", "probabilities", "logits");
        assertThat(second.getAsJsonArray("probabilities").toString()).isEqualTo("[0.75,0.25]");
        assertThat(shell.world.predictions.get(0).instances()).isEmpty();
    }

    @Test
    void linksAreNamedByTheirEnds() {
        shell.world.befriend();
        assertThat(shell.ok("predict -m friends-gcn -l 2-4")).contains("2-4   no link         75.0 %  -\n");
        JsonObject link = json("predict -m friends-gcn -l 0 --json")
                .getAsJsonArray("predictions")
                .get(0)
                .getAsJsonObject();
        assertThat(link.get("source").getAsInt()).isZero();
        assertThat(link.get("target").getAsInt()).isEqualTo(1);
    }

    @Test
    void evaluationShowsEveryPartAndTheLastOnesConfusion() {
        assertThat(shell.ok("evaluate -m chain-gcn")).isEqualTo("""
                        chain-gcn on chain
                        PART   INSTANCES    LOSS  ACCURACY  MACRO F1  ROC-AUC
                        train          3  0.5000    66.7 %     0.400        -
                        test           2  0.2500   100.0 %     1.000    0.875

                        confusion matrix of part 'test', rows are labels, columns predictions
                        LABEL    0  1
                        0 quiet  1  0
                        1 loud   0  1
                        """);
    }

    @Test
    void evaluationAsJsonHasTheKeysThatScriptsRelyOn() {
        JsonObject parts = json("evaluate -m chain-gcn --json").getAsJsonObject("parts");
        JsonObject train = parts.getAsJsonObject("train");
        assertThat(train.keySet()).containsExactly("instances", "loss", "accuracy", "macroF1", "rocAuc", "confusion");
        assertThat(train.get("rocAuc").isJsonNull()).isTrue();
        assertThat(train.getAsJsonArray("confusion").toString()).isEqualTo("[[2,0],[1,0]]");
    }

    @Test
    void importSaysWhatWasFound() {
        assertThat(shell.ok("import-model my.pt -n mine --task graph --classes 2 -d pairs"))
                .isEqualTo("""
                        Imported my.pt as mine.
                          - It looks 2 hops far.
                          - Edges are masked by their weight.
                          stored as   mine
                          explain it  explain -m mine -x gnnexplainer -g 0
                        """);
        ImportRequest request = shell.world.imports.get(0);
        assertThat(request.file()).isEqualTo(directory.resolve("my.pt"));
        assertThat(request.task()).isEqualTo(Task.GRAPH);
        assertThat(request.classes()).hasValue(2);
        assertThat(request.features()).isEmpty();
        assertThat(request.dataset()).contains("pairs");
        assertThat(request.datasetOptions()).isEqualTo(Map.of());
    }

    @Test
    void exportWritesWhereTheUserIs() {
        assertThat(shell.ok("export-model chain-gcn out.pt"))
                .startsWith("Wrote " + directory.resolve("out.pt") + ".\n");
        assertThat(directory.resolve("out.pt")).hasContent("torchscript of chain-gcn");
    }

    @Test
    void modelsAreRenamedAndRemoved() {
        assertThat(shell.ok("rename-model chain-gcn first")).isEqualTo("Model chain-gcn is now first.\n");
        assertThat(shell.ok("models")).contains("first ").doesNotContain("chain-gcn");
        assertThat(shell.ok("remove-model first")).isEqualTo("Removed model first.\n");
        assertThat(json("remove-model pairs-gcn --json").get("removed").getAsString())
                .isEqualTo("pairs-gcn");
        assertThat(shell.ok("models")).startsWith("There are no models yet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "predict -m chain-gcn | predict: say about what: -n NODES, -g GRAPHS, -l LINKS or --all",
                "predict -m chain-gcn -g 1 | model 'chain-gcn' classifies nodes of chain; choose them with -n",
                "predict -m chain-gcn -n 9 | node 9 is out of range; chain has nodes 0..5",
                "evaluate -m chain | unknown model 'chain'; did you mean 'chain-gcn'?",
                "evaluate -m chain-gcn -D a=b | evaluate: -D is an option of the data set given with -d; name the data"
                        + " set too",
                "import-model my.pt -n x --classes 0 | import-model: option '--classes' must be 1 or more, not 0",
                "export-model chain out.pt | unknown model 'chain'; did you mean 'chain-gcn'?",
                "remove-model chain | unknown model 'chain'; did you mean 'chain-gcn'?"
            })
    void mistakesAreNamed(String line, String message) {
        assertThat(shell.error(line)).isEqualTo("aitia: " + message);
        assertThat(directory).isEmptyDirectory();
    }
}
