package org.aitia.bench.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.aitia.api.CancelledException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.bench.BenchRequest;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.BenchResult.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that were stopped, failed, or were of something else. */
class ResumeTest {
    private static final String TESTED =
            World.SMALL.replace("gnn: {explainer: gnnexplainer, options: {epochs: 8}}", "gnn: {explainer: test}");

    @TempDir
    private Path directory;

    private World world;

    @BeforeEach
    void wire() {
        world = new World(directory.resolve("home"));
    }

    private Path out() {
        return directory.resolve("out");
    }

    private Path journal() {
        return out().resolve(Journal.FILE);
    }

    private long lines() throws IOException {
        try (var lines = Files.lines(journal())) {
            return lines.filter(line -> line.contains("\"comparison\"")).count();
        }
    }

    @Test
    void aRunThatWasKilledGoesOnToTheSameResult() throws IOException {
        BenchResult whole = world.run(World.SMALL, directory.resolve("whole"));
        assertThatThrownBy(() -> world.bench.run(BenchRequest.of(World.suite(World.SMALL), out()), new Listener(3)))
                .isInstanceOf(CancelledException.class);
        long kept = lines();
        assertThat(kept).isBetween(3L, 9L);
        Files.writeString(journal(), "{\"key\":\"torn", StandardOpenOption.APPEND);

        Listener listener = new Listener();
        BenchResult resumed = world.bench.run(World.resuming(World.SMALL, out()), listener);

        assertThat(BenchServiceTest.numbers(resumed)).isEqualTo(BenchServiceTest.numbers(whole));
        assertThat(resumed.tables().get(0).comparison().tests())
                .isEqualTo(whole.tables().get(0).comparison().tests());
        assertThat(resumed.reused()).isEqualTo((int) kept);
        assertThat(lines()).isEqualTo(10);
        assertThat(world.trained).hasSize(1);
        assertThat(listener.messages)
                .containsExactly("note: the last line of " + journal()
                        + " is not whole, as after a run that was killed; what it told is measured again");
    }

    @Test
    void whatIsDoneIsNotDoneAgain() {
        BenchResult first = world.run(World.SMALL, out());
        BenchResult second = world.resume(World.SMALL, out());

        assertThat(second.reused()).isEqualTo(10);
        assertThat(BenchServiceTest.numbers(second)).isEqualTo(BenchServiceTest.numbers(first));
        assertThat(second.tables().get(0).examples())
                .isEqualTo(first.tables().get(0).examples());
        assertThat(second.computed()).isEqualTo(first.computed());
    }

    @Test
    void anExampleThatIsGoneIsMadeAgain() throws IOException {
        BenchResult first = world.run(World.SMALL, out());
        Path example = first.tables().get(0).examples().get(0).file();
        Files.delete(example);

        assertThat(world.resume(World.SMALL, out()).reused()).isEqualTo(9);
        assertThat(example).exists();
    }

    @Test
    void resultsAreNotMixedUnasked() {
        world.run(World.SMALL, out());

        assertThatThrownBy(() -> world.run(World.SMALL, out()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        out() + " holds results of an earlier run: resume it to go on with them (--resume), or choose"
                                + " another directory");
    }

    @Test
    void twoRunsInOneDirectoryAreRefused() {
        BenchRequest request = BenchRequest.of(World.suite(World.SMALL), out());
        try (Journal journal =
                Journal.open(request, world.services.comparisonFiles(), java.util.Map.of(), TaskMonitor.NONE)) {
            assertThat(journal.find("any")).isEmpty();
            assertThatThrownBy(() -> world.resume(World.SMALL, out()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("another benchmark is running in " + out()
                            + ": wait for its end, or choose another directory");
        }
        assertThat(world.resume(World.SMALL, out()).cells()).isEqualTo(10);
    }

    @Test
    void cellsOfAnotherVersionOfTheSuiteAreUsedWhereTheyAreTheSame() {
        world.run(World.SMALL, out());
        Listener listener = new Listener();

        BenchResult result = world.bench.run(
                World.resuming(World.SMALL.replace("options: {epochs: 8}", "options: {epochs: 9}"), out()), listener);

        assertThat(result.reused()).isEqualTo(6); // all but GNNExplainer's
        assertThat(listener.messages)
                .containsExactly("note: the results in " + out()
                        + " are of another version of suite 'small'; those of cells that are the same are used");
    }

    @Test
    void otherVersionsOfLibrariesAreTold() {
        world.run(World.SMALL, out());
        World newer = new World(directory.resolve("home"), "2.0");
        Listener listener = new Listener();

        BenchResult result = newer.bench.run(World.resuming(World.SMALL, out()), listener);

        assertThat(result.reused()).isEqualTo(10);
        assertThat(newer.trained).hasSize(1); // of other versions, so trained again; to the same weights
        assertThat(listener.messages)
                .singleElement()
                .asString()
                .startsWith("note: the results in " + out() + " were measured with aitia 1.0, ")
                .contains(", and now it is aitia 2.0, ")
                .endsWith("; choose another directory to measure all of them anew");

        Listener third = new Listener();
        newer.bench.run(World.resuming(World.SMALL, out()), third);
        assertThat(third.messages).isEqualTo(listener.messages); // the last run measured none of them
    }

    @Test
    void aCellThatFailsDoesNotStopTheOthersAndIsTriedAgain() {
        TestExplainer explainer = new TestExplainer();
        world.with(explainer);
        explainer.broken.set(true);
        Listener listener = new Listener();

        BenchResult failed = world.bench.run(BenchRequest.of(World.suite(TESTED), out()), listener);

        assertThat(failed.failures())
                .hasSize(4)
                .first()
                .isEqualTo(
                        new Failure(
                                "main, house, gcn, phenomenon, gnn, seed 0",
                                "explainer 'test' of test 1 failed with java.lang.IllegalStateException: it is broken; the log has the details"));
        assertThat(failed.tables().get(0).comparison().row("gnn").failure()).contains("it is broken");
        assertThat(failed.tables().get(0).comparison().row("degree").failure()).isEmpty();
        assertThat(listener.messages)
                .contains("failed: main, house, gcn, phenomenon, gnn, seed 0: explainer 'test' of test 1 failed with"
                        + " java.lang.IllegalStateException: it is broken; the log has the details");

        explainer.broken.set(false);
        BenchResult resumed = world.resume(TESTED, out());
        assertThat(resumed.failures()).isEmpty();
        assertThat(resumed.reused()).isEqualTo(6);
        assertThat(resumed.tables().get(0).comparison().row("gnn").failure()).isEmpty();
    }

    @Test
    void aLineThatCannotBeReadIsMeasuredAgain() throws IOException {
        world.run(World.SMALL, out());
        List<String> lines = Files.readAllLines(journal());
        lines.set(3, lines.get(3).replace("\"comparison\":{", "\"comparison\":{\"kind\":"));
        Files.write(journal(), lines);
        Listener listener = new Listener();

        BenchResult result = world.bench.run(World.resuming(World.SMALL, out()), listener);

        assertThat(result.reused()).isEqualTo(9);
        assertThat(listener.messages)
                .containsExactly("note: line 4 of " + journal() + " cannot be read; what it told is measured again");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "7", "{\"comparison\":{}}", "{\"key\":{},\"comparison\":{}}", "{\"format\":[]}", "\u0000"})
    void aLineOfAnotherKindIsNoResult(String line) throws IOException {
        Files.createDirectories(out());
        Files.writeString(journal(), line + "\n");
        Listener listener = new Listener();
        BenchRequest request = World.resuming(World.SMALL, out());

        Journal.open(request, world.services.comparisonFiles(), java.util.Map.of(), listener)
                .close();

        assertThat(listener.messages)
                .containsExactly("note: line 1 of " + journal() + " cannot be read; what it told is measured again");
    }

    @Test
    void resultsOfOtherDataOrWeightsAreMeasuredAgain() throws IOException {
        world.run(World.SMALL, out());
        String model = world.store.find("small-house-gcn").weightsDigest();
        List<String> lines = Files.readAllLines(journal());
        lines.set(1, lines.get(1).replace(model, "sha256:0"));
        lines.set(2, lines.get(2).replace(model, "sha256:0"));
        lines.set(3, lines.get(3).replaceFirst("\"datasetDigest\":\"[^\"]*", "\"datasetDigest\":\"sha256:1"));
        Files.write(journal(), lines);
        Listener listener = new Listener();

        BenchResult result = world.bench.run(World.resuming(World.SMALL, out()), listener);

        assertThat(result.reused()).isEqualTo(7);
        assertThat(listener.messages)
                .containsExactlyInAnyOrder(
                        "note: results in " + out()
                                + " were measured with another model 'small-house-gcn' than there is"
                                + " now; they are measured again",
                        "note: results in " + out()
                                + " were measured on other data of data set 'ba-shapes' than there is"
                                + " now; they are measured again");
    }
}
