package org.aitia.shell.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.aitia.api.bench.BenchRequest;
import org.aitia.api.bench.BenchResult;
import org.aitia.shell.internal.TestShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandsTest {
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

    private BenchRequest request() {
        return shell.world.benches.get(0);
    }

    @Test
    void suitesAreListed() {
        assertThat(shell.ok("suites")).containsPattern("tiny +1 +1 +1 +A tiny suite");
        assertThat(JsonParser.parseString(shell.ok("suites --json"))
                        .getAsJsonObject()
                        .getAsJsonArray("suites")
                        .get(0)
                        .getAsJsonObject()
                        .get("studies")
                        .toString())
                .isEqualTo("[\"main\"]");
    }

    @Test
    void aSuiteIsPrintedToBeginWith() {
        assertThat(shell.ok("suites tiny")).isEqualTo("title: A tiny suite\n");
        assertThat(JsonParser.parseString(shell.ok("suites tiny --json"))
                        .getAsJsonObject()
                        .get("document")
                        .getAsString())
                .isEqualTo("title: A tiny suite\n");
        assertThat(shell.error("suites tinny")).isEqualTo("aitia: unknown suite 'tinny'; did you mean 'tiny'?");
    }

    @Test
    void aSuiteRunsWhole() {
        String out = shell.ok("bench tiny");
        assertThat(request().suite().name()).isEqualTo("tiny");
        assertThat(request().directory()).isEqualTo(directory.resolve("aitia-bench-tiny"));
        assertThat(request().seeds()).isEmpty();
        assertThat(request().only()).isEmpty();
        assertThat(request().resume()).isFalse();
        assertThat(request().lanes()).isZero();
        assertThat(request().deviceId()).isEmpty();
        assertThat(out)
                .contains("Main: roc-auc, model plain, model\n")
                .containsPattern("EXPLAINER +CHAIN\n")
                .containsPattern("ig +0.900 (±|\\?) 0.015\n")
                .contains("1 of 1 goals met.\n")
                .contains("3 cells, 2 of them from before, in 61.00 s.\n")
                .endsWith("Report: " + directory.resolve("aitia-bench-tiny").resolve("report.html") + "\n");
    }

    @Test
    void whatRunsCanBeNarrowedDown() {
        shell.ok("bench tiny --out here --resume --seeds 3 --only chain,ig --lanes 1 --device cpu");
        assertThat(request().directory()).isEqualTo(directory.resolve("here"));
        assertThat(request().resume()).isTrue();
        assertThat(request().seeds()).isEqualTo(OptionalInt.of(3));
        assertThat(request().only()).containsExactly("chain", "ig");
        assertThat(request().lanes()).isEqualTo(1);
        assertThat(request().deviceId()).isEqualTo(Optional.of("cpu"));
    }

    @ParameterizedTest
    @CsvSource({"mine.yaml,mine.yaml", "sub/mine.json,sub/mine.json", "sub/mine,sub/mine"})
    void aSuiteOfTheUsersOwnIsAFile(String typed, String file) {
        shell.ok("bench " + typed);
        assertThat(shell.world.read).containsExactly(directory.resolve(file));
    }

    @Test
    void aDryRunListsCellsAndRunsNone() {
        assertThat(shell.ok("bench tiny --dry-run")).isEqualTo("main, chain, plain, model, ig, seed 0\n1 cells\n");
        assertThat(shell.ok("bench tiny --dry-run --json")).contains("\"explainer\": \"ig\"");
        assertThat(shell.world.benches).isEmpty();
    }

    @Test
    void jsonTellsGoalsAndFiles() {
        JsonObject json = JsonParser.parseString(shell.ok("bench tiny --json")).getAsJsonObject();
        assertThat(json.get("cells").getAsInt()).isEqualTo(3);
        JsonObject goal = json.getAsJsonArray("goals").get(0).getAsJsonObject();
        assertThat(goal.get("met").getAsBoolean()).isTrue();
        assertThat(goal.get("bound").getAsDouble()).isEqualTo(0.8);
        assertThat(json.getAsJsonArray("files").get(0).getAsString()).endsWith("report.html");
    }

    @Test
    void aMissedGoalFailsOnlyWhereItIsChecked() {
        shell.world.benchScore = 0.7;
        String missed = "chain, plain, model: roc-auc of ig should be at least 0.8000, is 0.7000";
        assertThat(shell.ok("bench tiny")).contains("0 of 1 goals met; missed:\n  " + missed + "\n");
        assertThat(shell.run("bench tiny --check").error()).isEqualTo("aitia: bench: 1 of 1 goals missed; " + missed);
    }

    @Test
    void failedCellsAreNamed() {
        shell.world.benchFailures.add(new BenchResult.Failure("main, chain, plain, model, ig, seed 0", "no memory"));
        assertThat(shell.ok("bench tiny")).contains("1 failed:\n  main, chain, plain, model, ig, seed 0: no memory\n");
        assertThat(shell.run("bench tiny --check").error())
                .isEqualTo("aitia: bench: 1 failed; main, chain, plain, model, ig, seed 0: no memory");
    }

    @Test
    void aRunOfWhichNothingCameFails() {
        shell.world.benchFailures.add(new BenchResult.Failure("data set 'chain'", "it cannot be had"));
        shell.world.benchRowFailure = "it cannot be had";
        assertThat(shell.run("bench tiny").error())
                .isEqualTo("aitia: bench: nothing ran; data set 'chain': it cannot be had");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bench tinny           | unknown suite 'tinny'; did you mean 'tiny'?",
                "bench tiny --seeds 0  | bench: --seeds must be 1 or more, not 0",
                "bench tiny --lanes -1 | bench: --lanes must be 0 (all) or more, not -1",
            })
    void mistakesAreToldBeforeAnythingRuns(String line, String message) {
        assertThat(shell.error(line)).isEqualTo("aitia: " + message);
        assertThat(shell.world.benches).isEmpty();
    }

    @Test
    void aFileIsNoDirectory() throws IOException {
        Path file = Files.createFile(directory.resolve("here"));
        assertThat(shell.error("bench tiny --out here"))
                .isEqualTo("aitia: " + file + " is a file; --out takes a directory");
    }
}
