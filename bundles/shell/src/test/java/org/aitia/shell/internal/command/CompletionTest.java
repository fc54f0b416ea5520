package org.aitia.shell.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aitia.shell.internal.TestShell;
import org.apache.felix.service.command.Function;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.DefaultParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
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

    /** Completes at the end of a line, as the line reader would. */
    private List<String> complete(String line) throws Exception {
        ParsedLine parsed = new DefaultParser().parse(line, line.length());
        shell.session().put(".commandLine", parsed);
        List<String> words = new ArrayList<>();
        for (Object candidate : (Iterable<?>) shell.session().execute("__complete")) {
            words.add(candidate instanceof Candidate c ? c.value() : (String) candidate);
        }
        return words;
    }

    @Test
    void valuesFollowTheOptionBeforeTheCursor() throws Exception {
        assertThat(complete("train -d ")).containsExactly("ba-shapes", "chain", "pairs");
        assertThat(complete("train --dataset ")).containsExactly("ba-shapes", "chain", "pairs");
        assertThat(complete("train -d chain -a ")).containsExactly("gcn");
        assertThat(complete("explain -m ")).containsExactly("chain-gcn", "pairs-gcn");
        assertThat(complete("explain -x ")).containsExactly("gnnexplainer");
        assertThat(complete("explain --device ")).containsExactly("cpu");
        assertThat(complete("explain --type ")).containsExactly("model", "phenomenon");
    }

    @Test
    void parametersAreCompletedByPosition() throws Exception {
        assertThat(complete("dataset ")).containsExactly("ba-shapes", "chain", "pairs");
        assertThat(complete("aitia:dataset --json ")).containsExactly("ba-shapes", "chain", "pairs");
        assertThat(complete("dataset chain ")).isEmpty();
        assertThat(complete("model ")).containsExactly("chain-gcn", "pairs-gcn");
        assertThat(complete("help ")).contains("train", "explain").doesNotContain("__start", "default");
    }

    @Test
    void nothingIsOfferedWhereANumberOrNothingBelongs() throws Exception {
        assertThat(complete("train --epochs ")).isEmpty();
        assertThat(complete("datasets ")).isEmpty();
        assertThat(complete("nonsense ")).isEmpty();
    }

    @Test
    void optionsOfPluginsAreCompletedByKeyThenValue() throws Exception {
        assertThat(complete("explain -x gnnexplainer -o "))
                .containsExactly("epochs=", "lr=", "tie=", "edgeSize=", "edgeEnt=");
        assertThat(complete("explain -x gnnexplainer -o tie=")).contains("tie=none", "tie=undirected");
        assertThat(complete("explain -o ")).isEmpty();
        assertThat(complete("train -d chain -a gcn -o ")).contains("hidden=", "concat=", "epochs=");
        assertThat(complete("train -d chain -a gcn -D ")).containsExactly("seed=");
        assertThat(complete("dataset chain -o ")).containsExactly("seed=");
    }

    @Test
    void namesOfWhatIsNotThereAreNoError() throws Exception {
        assertThat(complete("dataset nowhere -o ")).isEmpty();
        assertThat(complete("explain -x nobody -o ")).isEmpty();
    }

    @Test
    void startingASessionDefinesCompletionAndProtectsTheHistory() throws Exception {
        List<List<Object>> definitions = new ArrayList<>();
        Function complete = (session, arguments) -> {
            definitions.add(List.copyOf(arguments));
            return null;
        };
        shell.add("gogo", "complete", complete);
        shell.properties.put("aitia.data", directory.toString());
        assertThat(shell.ok("__start")).isEqualTo("""
                        Aitia 1.2.3 explains the predictions of graph neural networks.
                        'help' lists the commands, TAB completes, 'demo' shows the main job, Ctrl-D leaves.
                        """);
        assertThat(definitions)
                .contains(
                        List.of("-c", "aitia:train", "-e"),
                        List.of("-c", "aitia:train", "-a", "__complete"),
                        List.of(
                                "-c",
                                "aitia:train",
                                "-s",
                                "d",
                                "-l",
                                "dataset",
                                "--description",
                                "What to learn from."));
        assertThat(shell.session().get("history-file")).isEqualTo(directory.resolve("history"));
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("history"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aNamesakeInAnotherScopeDoesNotHideTheCompletion() throws Exception {
        List<List<Object>> definitions = new ArrayList<>();
        Function complete = (session, arguments) -> {
            definitions.add(List.copyOf(arguments));
            return null;
        };
        shell.add("gogo", "complete", complete);
        shell.add("felix", "help", (Function) (session, arguments) -> null);
        shell.ok("__start");
        assertThat(definitions)
                .contains(
                        List.of("-c", "aitia:help", "-a", "__complete"),
                        List.of("-c", "felix:help", "-a", "__complete"));
    }

    @Test
    void anOptionKnowsItsLabel() {
        var spec = shell.commands.stream()
                .filter(c -> c.name().equals("dataset"))
                .findFirst()
                .orElseThrow()
                .spec();
        assertThat(CompleteCommand.label(spec, List.of("dataset", "-o", "a=b", ""), 3))
                .contains("DATASET");
        assertThat(CompleteCommand.label(spec, List.of("dataset", "x", "-o", ""), 3))
                .contains("KEY=VALUE");
        assertThat(CompleteCommand.label(spec, List.of("dataset", "x", ""), 2)).isEqualTo(Optional.empty());
    }
}
