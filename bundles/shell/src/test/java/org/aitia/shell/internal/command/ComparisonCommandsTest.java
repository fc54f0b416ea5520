package org.aitia.shell.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.compare.Axis;
import org.aitia.api.compare.CompareRequest;
import org.aitia.api.compare.Comparisons;
import org.aitia.api.compare.Contestant;
import org.aitia.api.compare.SweepRequest;
import org.aitia.api.metric.Metrics.Selection;
import org.aitia.shell.internal.TestShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonCommandsTest {
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
    void explainersAreComparedUnderTheirNames() {
        assertThat(shell.ok("compare -m chain-gcn -n 0..2 -x gnnexplainer")).isEqualTo("comparison as txt\n");
        CompareRequest request = shell.world.comparisons.get(0);
        assertThat(request.contestants()).extracting(Contestant::label).containsExactly("gnnexplainer");
        assertThat(request.subject().model()).isEqualTo("chain-gcn");
        assertThat(request.subject().targets()).containsExactly(0, 1, 2);
        assertThat(request.seeds()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(request.baselines()).containsExactly("random");
        assertThat(request.metrics()).isEmpty();
    }

    @Test
    void oneExplainerRunsUnderSeveralLabels() {
        shell.ok("compare -m chain-gcn -n 0 -x soft=gnnexplainer,hard=gnnexplainer -o hard.tie=undirected"
                + " --trained soft=mine --seeds 2 --seed 7 --baselines soft --randomised"
                + " -M roc-auc,sparsity -M fidelity-plus:removal=hard:k=5");
        CompareRequest request = shell.world.comparisons.get(0);
        assertThat(request.contestants())
                .containsExactly(
                        new Contestant("soft", "gnnexplainer", Map.of(), Optional.of("mine")),
                        new Contestant("hard", "gnnexplainer", Map.of("tie", "undirected"), Optional.empty()));
        assertThat(request.seeds()).containsExactly(7L, 8L);
        assertThat(request.baselines()).containsExactly("soft");
        assertThat(request.randomised()).isTrue();
        assertThat(request.metrics())
                .containsExactly(
                        new Selection("roc-auc", Map.of()),
                        new Selection("sparsity", Map.of()),
                        new Selection("fidelity-plus", Map.of("removal", "hard", "k", "5")));
    }

    @Test
    void tablesAreWrittenAsTheirEndingsSay() {
        assertThat(shell.ok("compare -m chain-gcn --all -x gnnexplainer --out a.csv --out b.md"))
                .isEqualTo("comparison as txt\nWritten to " + directory.resolve("a.csv") + ".\nWritten to "
                        + directory.resolve("b.md") + ".\n");
        assertThat(directory.resolve("a.csv")).hasContent("comparison as csv");
        assertThat(directory.resolve("b.md")).hasContent("comparison as md");
        assertThat(shell.ok("compare -m chain-gcn --all -x gnnexplainer --json"))
                .startsWith("comparison as json\n");
    }

    @Test
    void optionsAreSwept() {
        assertThat(shell.ok("sweep -m chain-gcn -n 0 -x gnnexplainer --grid edgeSize=0.1,1 --grid edgeEnt=1..3"
                        + " -o epochs=5 --goals seconds"))
                .isEqualTo("sweep as txt\n");
        SweepRequest request = shell.world.sweeps.get(0);
        assertThat(request.axes())
                .containsExactly(
                        new Axis("edgeSize", List.of("0.1", "1")), new Axis("edgeEnt", List.of("1", "2", "3")));
        assertThat(request.options()).containsExactly(Map.entry("epochs", "5"));
        assertThat(request.goals()).containsExactly("seconds");
        assertThat(request.seeds()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void writtenExplanationsAreScored() {
        assertThat(shell.ok("score -e one.json -e other=two.json --baselines other -M roc-auc"))
                .isEqualTo("comparison as txt\n");
        assertThat(shell.world.read).containsExactly(directory.resolve("one.json"), directory.resolve("two.json"));
        Comparisons.ScoringRequest request = shell.world.scorings.get(0);
        assertThat(request.entries()).extracting(Comparisons.Entry::label).containsExactly("gnnexplainer", "other");
        assertThat(request.baselines()).containsExactly("other");
    }

    @Test
    void filesOfOneExplainerAreRowsOfTheirOwn() {
        shell.ok("score -e one.json -e runs/lr=0.1.json -e kept=three.json");
        assertThat(shell.world.scorings.get(0).entries())
                .extracting(Comparisons.Entry::label)
                .containsExactly("gnnexplainer one.json", "gnnexplainer runs/lr=0.1.json", "kept");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "compare -x gnnexplainer | compare: say about what: -n NODES, -g GRAPHS, -l LINKS or --all",
                "compare -n 0 -x gnnexplain | unknown explainer 'gnnexplain'; did you mean 'gnnexplainer'?",
                "compare -n 0 -x gnnexplainer,gnnexplainer | compare: there are two explainers 'gnnexplainer'; give them"
                        + " labels of their own, for example a=gnnexplainer,b=gnnexplainer",
                "compare -n 0 -x gnnexplainer -o epochs=5 | compare: 'epochs' belongs to no explainer; begin it with one"
                        + " of gnnexplainer.",
                "compare -n 0 -x gnnexplainer -o other.epochs=5 | compare: 'other.epochs' belongs to no explainer; begin"
                        + " it with one of gnnexplainer.",
                "compare -n 0 -x gnnexplainer --out a.doc | compare: the ending of --out a.doc says no format; choose one"
                        + " of txt, md, csv, json",
                "compare -n 0 -x gnnexplainer --seeds 0 | the number of seeds must be 1 or more, not 0",
                "compare -n 0 -x gnnexplainer -M a:b | 'a:b' is no metric with options; write for example"
                        + " fidelity-plus:removal=hard:measure=label",
                "sweep -n 0 -x gnnexplainer --grid epochs | 'epochs' is no axis of a sweep: write an option and its"
                        + " values, for example beta1=0.1,1,10"
            })
    void mistakesAreNamedBeforeAnythingIsComputed(String line, String message) {
        String[] parts = line.split(" ", 2);
        assertThat(shell.error(parts[0] + " -m chain-gcn " + parts[1])).isEqualTo("aitia: " + message);
        assertThat(shell.world.comparisons).isEmpty();
        assertThat(shell.world.sweeps).isEmpty();
    }
}
