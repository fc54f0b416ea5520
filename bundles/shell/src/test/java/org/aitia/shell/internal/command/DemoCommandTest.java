package org.aitia.shell.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aitia.shell.internal.TestShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
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

    @Test
    void theDemonstrationTrainsExplainsScoresAndWrites() {
        String text = shell.ok("demo");
        Path out = directory.resolve("aitia-demo");
        assertThat(text)
                .startsWith("""
                        Data         BA-Shapes: 700 nodes, 1,400 directed edges, 4 classes
                        Model        gcn with 1 layers, trained in 1.50 s: test accuracy 0.900
                        Explanation  gnnexplainer on 60 nodes in 0.500 s: ROC-AUC against the ground truth 0.960

                        node 400: predicted class 0 with 75.0 %, which is right
                        """)
                .contains("\n  " + out.resolve("explanations.json") + "\n")
                .contains("\n  " + out.resolve("explanations.html") + "\n")
                .endsWith("\n  " + out.resolve("node-400.svg") + "\n");
        assertThat(out.resolve("explanations.json")).isNotEmptyFile();
        assertThat(out.resolve("explanations.html")).hasContent("html of 60");
        assertThat(out.resolve("node-400.svg")).hasContent("svg of 1");
        assertThat(shell.world.requests.get(0).targets())
                .hasSize(60)
                .startsWith(400, 405)
                .endsWith(695);
        assertThat(shell.ok("model ba-shapes-demo")).startsWith("ba-shapes-demo: gcn on ba-shapes\n");
    }

    @Test
    void jsonHasTheKeysThatScriptsRelyOn() {
        JsonObject json =
                JsonParser.parseString(shell.ok("demo --out here --json")).getAsJsonObject();
        assertThat(json.get("testAccuracy").getAsDouble()).isEqualTo(0.9);
        assertThat(json.get("rocAuc").getAsDouble()).isEqualTo(0.96);
        assertThat(json.get("seconds").getAsDouble()).isPositive();
        assertThat(json.getAsJsonArray("files").asList())
                .hasSize(3)
                .allSatisfy(file -> assertThat(Path.of(file.getAsString())).exists());
    }

    @Test
    void itCanBeRunAgain() {
        shell.ok("demo");
        shell.ok("demo");
    }

    @Test
    void aFileInTheWayIsNamedBeforeTheWork() throws IOException {
        Files.createFile(directory.resolve("taken"));
        assertThat(shell.error("demo --out taken"))
                .isEqualTo("aitia: " + directory.resolve("taken") + " is a file; --out takes a directory");
        assertThat(shell.jobs.list()).isEmpty();
    }
}
