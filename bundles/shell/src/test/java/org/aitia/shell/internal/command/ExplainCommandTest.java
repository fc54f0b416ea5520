package org.aitia.shell.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationType;
import org.aitia.shell.internal.TestShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
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
    void aTargetIsExplainedInWordsAndBars() {
        assertThat(shell.ok("explain -m chain-gcn -x gnnexplainer -n 1")).isEqualTo("""
                        node 1 (Bob): predicted quiet (class 0) with 75.0 %, which is right
                          computation graph of 3 nodes and 2 edges
                          top edges
                            0 (Ann) -> 1 (Bob)  0.67  ################
                            2 (Cid) -> 1 (Bob)  0.33  ########
                          top nodes
                            1 (Bob)  0.92  ######################
                            0 (Ann)  0.31  #######
                            2 (Cid)  0.19  #####
                          top features
                            age     0.70  #################
                            height  0.41  ##########
                            weight  0.31  #######
                          diagnostics: loss 0.100

                        Explained 1 node of chain with gnnexplainer and model chain-gcn.
                          time  0.500 s, 0.500 s per target
                        """);
    }

    @Test
    void wrongPredictionsAndMissingLabelsAreSaid() {
        assertThat(shell.ok("explain -m chain-gcn -x gnnexplainer -n 2,5"))
                .contains(
                        "node 2 (Cid): predicted quiet (class 0) with 75.0 %, which is wrong: the label is loud (class"
                                + " 1)\n")
                .contains("node 5 (Fay): predicted quiet (class 0) with 75.0 %, no label\n")
                .contains("  predictions         0 of 1 right (0.0 %)\n")
                .contains("  computation graphs  2.5 nodes and 1.5 edges on average, 3 nodes at most\n");
    }

    @Test
    void blocksAreDrawnWhereTheyCanBe() {
        shell.properties.put("aitia.ascii", "false");
        assertThat(shell.ok("explain -m chain-gcn -x gnnexplainer -n 1 --top 1"))
                .contains("    0 (Ann) -> 1 (Bob)  0.67  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇\n")
                .doesNotContain("2 (Cid)");
    }

    @Test
    void graphsAreExplainedByTheirNodesWithoutFeatures() {
        assertThat(shell.ok("explain -m pairs-gcn -x gnnexplainer -g 1"))
                .startsWith("""
                        graph 1: predicted class 0 with 75.0 %, which is wrong: the label is class 1
                          computation graph of 3 nodes and 2 edges
                          top edges
                            1 -> 0  0.67  ################
                            0 -> 1  0.33  ########
                          top nodes
                            0  0.50  ############
                        """)
                .doesNotContain("top features");
    }

    @Test
    void moreThanTenTargetsEndInATable() {
        String text = shell.ok("train -d ba-shapes -a gcn -n big; explain -m big -x gnnexplainer -n 0..11");
        assertThat(text.lines().filter(line -> line.startsWith("node "))).hasSize(10);
        assertThat(text)
                .contains("NODE  PREDICTED  PROBABILITY  LABEL  NODES  EDGES  TOP EDGE\n")
                .contains("11    0               75.0 %  0          3      2  10 -> 11 0.67\n");
    }

    @Test
    void allIsASummary() {
        assertThat(shell.ok("explain -m chain-gcn -x gnnexplainer --all")).isEqualTo("""
                        Explained 6 nodes of chain with gnnexplainer and model chain-gcn.
                          time                0.500 s, 0.083 s per target
                          predictions         3 of 5 right (60.0 %)
                          computation graphs  2.7 nodes and 1.7 edges on average, 3 nodes at most
                        """);
        assertThat(shell.world.requests.get(0).targets()).isEmpty();
    }

    @Test
    void optionsReachTheService() {
        shell.ok("explain -m chain-gcn -x gnnexplainer -n 0..4:2 --seed 3 -o epochs=5 -o tie=undirected --batch-size 2"
                + " --lanes 1 --device cpu --type phenomenon --quiet");
        assertThat(shell.world.requests)
                .containsExactly(new ExplanationRequest(
                        "chain-gcn",
                        "gnnexplainer",
                        List.of(0, 2, 4),
                        ExplanationType.PHENOMENON,
                        Map.of("epochs", "5", "tie", "undirected"),
                        3,
                        2,
                        1,
                        Optional.of("cpu")));
    }

    @Test
    void jsonIsOneDocumentWithTheKeysThatScriptsRelyOn() {
        JsonObject json = JsonParser.parseString(shell.ok("explain -m chain-gcn -x gnnexplainer -n 0,1 --json"))
                .getAsJsonObject();
        assertThat(json.keySet()).contains("explanations", "seconds", "secondsPerTarget", "provenance");
        assertThat(json.getAsJsonArray("explanations")).hasSize(2);
    }

    @Test
    void filesAreWrittenWhereTheUserIs() {
        assertThat(shell.ok("explain -m chain-gcn -x gnnexplainer -n 0 --out a.json --html b.html --svg c.svg --png"
                        + " d.png --top 3"))
                .contains("written 1  " + directory.resolve("a.json") + "\n")
                .contains("written 4  " + directory.resolve("d.png") + "\n");
        assertThat(directory.resolve("a.json")).content().startsWith("{\"explanations\"");
        assertThat(directory.resolve("b.html")).hasContent("html of 1");
        assertThat(directory.resolve("c.svg")).hasContent("svg of 1");
        assertThat(directory.resolve("d.png")).hasContent("png of 1");
        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
        assertThat(shell.world.rendered).allMatch(r -> r.topEdges() == 3 && r.topFeatures() == 3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-m chain-gcn -x gnnexplainer | explain: say about what: -n NODES, -g GRAPHS, -l LINKS or" + " --all",
                "-m chain-gcn -x gnnexplainer -n 0 --all | explain: -n, -g, -l and --all exclude each other; give one of"
                        + " them",
                "-m chain-gcn -x gnnexplainer -g 0 | model 'chain-gcn' classifies nodes of chain; choose them with -n",
                "-m pairs-gcn -x gnnexplainer -n 0 | model 'pairs-gcn' classifies graphs of pairs; choose them with -g",
                "-m chain-gnn -x gnnexplainer -n 0 | unknown model 'chain-gnn'; did you mean 'chain-gcn'?",
                "-m chain-gcn -x gnnexplain -n 0 | unknown explainer 'gnnexplain'; did you mean 'gnnexplainer'?",
                "-m chain-gcn -x gnnexplainer -n 6 | node 6 is out of range; chain has nodes 0..5",
                "-m pairs-gcn -x gnnexplainer -g 1..3 | graph 3 is out of range; pairs has graphs 0..2",
                "-m chain-gcn -x gnnexplainer -n 0 --top 0 | explain: option '--top' must be 1 or more, not 0",
                "-m chain-gcn -x gnnexplainer -n 0 --batch-size 0 | explain: option '--batch-size' must be 1 or more, not 0",
                "-m chain-gcn -x gnnexplainer -n 0 --lanes -2 | explain: option '--lanes' must be 1 or more, not -2",
                "-m chain-gcn -x gnnexplainer -n 0 -o epoch=1 | unknown option 'epoch'; did you mean 'epochs' or 'num_epochs'?",
                "-m chain-gcn -x gnnexplainer -n 0,1 --svg a.svg | explain: a file of format svg holds a single target;"
                        + " choose one with -n, -g or -l, or a format that holds several, such as html",
                "-m chain-gcn -x gnnexplainer -n 0 --export a.doc | explain: the ending of --export a.doc says no format;"
                        + " choose one of html, png, svg",
                "-m chain-gcn -x gnnexplainer -n 0 --threshold soft:1 | there is no threshold 'soft:1'; allowed: none,"
                        + " hard:V with V >= 0, top-k:K or top-k-hard:K or connected-top-k:K with K >= 1, fraction:P with"
                        + " 0 < P <= 1; then, if wanted, :directed (default) or :undirected",
                "-m chain-gcn -x gnnexplainer -n 0 --trained none | unknown trained explainer 'none'; there are none",
                "-m chain-gcn -x gnnexplainer --all --png a.png | explain: a file of format png holds a single target;"
                        + " choose one with -n, -g or -l, or a format that holds several, such as html",
                "-m chain-gcn -x gnnexplainer -n 0 --out a --html a | explain: two results would be written to the same"
                        + " file"
            })
    void mistakesAreNamed(String arguments, String message) {
        assertThat(shell.error("explain " + arguments)).isEqualTo("aitia: " + message);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aThresholdCutsWhatIsPrintedAndWritten() {
        assertThat(shell.ok("explain -m chain-gcn -x gnnexplainer -n 1 --threshold top-k:1 --html a.html"))
                .contains("0 (Ann) -> 1 (Bob)  0.67")
                .doesNotContain("2 (Cid) -> 1 (Bob)");
        assertThat(shell.world.rendered.get(0).result().explanations().get(0).edgeMask())
                .contains(0f);
    }

    @Test
    void anExplanationOfZerosSaysSo() {
        assertThat(shell.ok("explain -m chain-gcn -x gnnexplainer -n 1 --threshold hard:2"))
                .contains("edges\n  nothing is important: every value is 0\n  diagnostics: ");
        assertThat(shell.ok("explain -m chain-gcn -x gnnexplainer -n 1")).doesNotContain("nothing is important");
    }

    @Test
    void filesCanShowThePartThatIsImportantOrTheRest() {
        shell.ok("explain -m chain-gcn -x gnnexplainer -n 1 --threshold top-k:1 --part explanation --export a.html");
        shell.ok("explain -m chain-gcn -x gnnexplainer -n 1 --threshold top-k:1 --part complement --export b.html");
        assertThat(shell.world.rendered)
                .extracting(request -> request.result().explanations().get(0).edgeCount())
                .containsExactly(1, 1);
        assertThat(shell.world.rendered.get(0).result().threshold().text()).isEqualTo("top-k:1");
    }

    @Test
    void theEndingOfAnExportSaysItsFormat() {
        shell.ok("explain -m chain-gcn -x gnnexplainer -n 1 --export a.svg --export b.html");
        assertThat(directory.resolve("a.svg")).hasContent("svg of 1");
        assertThat(directory.resolve("b.html")).hasContent("html of 1");
    }

    @Test
    void explanationsCanBeginWithOthers() {
        shell.ok("explain -m chain-gcn -x gnnexplainer -n 1 --initial before.json");
        assertThat(shell.world.read).containsExactly(directory.resolve("before.json"));
        ExplanationRequest request = shell.world.requests.get(shell.world.requests.size() - 1);
        assertThat(request.initial()).hasSize(1);
    }

    @Test
    void linksAreNamedByTheirEndsOrTheirNumber() {
        shell.world.befriend();
        assertThat(shell.ok("explain -m friends-gcn -x gnnexplainer -l 5-0"))
                .startsWith("link 0-5: predicted no link (class 0) with 75.0 %, which is right\n");
        assertThat(shell.ok("explain -m friends-gcn -x gnnexplainer -l 0"))
                .startsWith("link 0-1: predicted no link (class 0) with 75.0 %, which is wrong: the label is link");
        assertThat(shell.world.requests)
                .extracting(request -> request.dataset().isPresent())
                .containsExactly(false, false);
    }

    @Test
    void linksThatAreNoCandidatesBecomeOnes() {
        shell.world.befriend();
        assertThat(shell.ok("explain -m friends-gcn -x gnnexplainer -l 2-4,0-1"))
                .contains("link 2-4: predicted no link (class 0) with 75.0 %, no label\n")
                .contains("link 0-1: ");
        ExplanationRequest request = shell.world.requests.get(0);
        assertThat(request.targets()).containsExactly(2, 0);
        assertThat(request.dataset()).contains("friends");
        assertThat(request.datasetOptions()).containsEntry("candidates", "2-4,0-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "friends-gcn -n 0 | model 'friends-gcn' predicts links of friends; choose them with -l",
                "chain-gcn -l 0-1 | model 'chain-gcn' classifies nodes of chain; choose them with -n",
                "friends-gcn -l 0-6 | link 0-6 names node 6; friends has nodes 0..5",
                "friends-gcn -l 2 | link 2 is out of range; friends has links 0..1",
                "friends-gcn -l 0-1- | '0-1-' is no list of links; write 5 or 5,7 or 400..699:5 (from..to:step), or"
                        + " several of them with commas",
                "chain-gcn -n 0 -D seed=1 | explain: -D is an option of the data set given with -d; name the data set too"
            })
    void mistakesWithLinksAndDataAreNamed(String arguments, String message) {
        shell.world.befriend();
        assertThat(shell.error("explain -x gnnexplainer -m " + arguments)).isEqualTo("aitia: " + message);
    }

    @Test
    void aModelIsExplainedOnOtherData() {
        shell.ok("explain -m chain-gcn -x gnnexplainer -n 1 -d chain -D seed=4");
        assertThat(shell.world.requests.get(0).dataset()).contains("chain");
        assertThat(shell.world.requests.get(0).datasetOptions()).containsExactly(Map.entry("seed", "4"));
    }

    @Test
    void pathsAreCheckedBeforeAnythingIsComputed() {
        assertThat(shell.error("explain -m chain-gcn -x gnnexplainer -n 0 --html no/where.html"))
                .isEqualTo("aitia: cannot write " + directory.resolve("no/where.html") + ": there is no directory "
                        + directory.resolve("no") + "; make it first");
        assertThat(shell.world.requests).isEmpty();
        assertThat(shell.jobs.list()).isEmpty();
    }

    @Test
    void progressGoesToStandardErrorOnly() {
        TestShell.Answer answer = shell.run("explain -m chain-gcn -x gnnexplainer -n 0 --quiet");
        assertThat(answer.err()).isEmpty();
    }
}
