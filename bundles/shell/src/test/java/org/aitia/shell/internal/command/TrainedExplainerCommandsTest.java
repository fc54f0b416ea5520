package org.aitia.shell.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.shell.internal.TestShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedExplainerCommandsTest {
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
    void anExplainerIsTrainedOnTargetsAndStored() {
        assertThat(shell.ok("train-explainer -m chain-gcn -x gnnexplainer -n 0..2 -o epochs=30 --seed 4"))
                .startsWith("Trained gnnexplainer for model chain-gcn and stored it as chain-gcn-gnnexplainer.\n")
                .contains("learnt from  3 targets\n")
                .contains("loss         0.25\n");
        ExplanationRequest request = shell.world.requests.get(0);
        assertThat(request.targets()).containsExactly(0, 1, 2);
        assertThat(request.seed()).isEqualTo(4);
        assertThat(request.options()).containsEntry("epochs", "30");
    }

    @Test
    void aTrainedExplainerIsListedShownUsedAndRemoved() {
        shell.ok("train-explainer -m chain-gcn -x gnnexplainer --all --name mine");
        assertThat(shell.ok("trained-explainers")).isEqualTo("""
                        NAME  EXPLAINER     MODEL      DATA   LEARNT FROM
                        mine  gnnexplainer  chain-gcn  chain  0 targets
                        """);
        assertThat(shell.ok("trained-explainer mine")).contains("explainer", "weights", "epochs  30");
        assertThat(JsonParser.parseString(shell.ok("trained-explainer mine --json"))
                        .getAsJsonObject()
                        .get("digest")
                        .getAsString())
                .isEqualTo("sha256:0123");
        shell.ok("explain -m chain-gcn -x gnnexplainer -n 1 --trained mine");
        List<ExplanationRequest> requests = shell.world.requests;
        assertThat(requests.get(requests.size() - 1).trained()).contains("mine");
        assertThat(shell.ok("remove-trained-explainer mine")).isEqualTo("Removed trained explainer mine.\n");
        assertThat(shell.ok("trained-explainers")).startsWith("No explainer is trained yet;");
        assertThat(shell.error("remove-trained-explainer mine")).startsWith("aitia: unknown trained explainer 'mine'");
    }

    @Test
    void targetsAreRequired() {
        assertThat(shell.error("train-explainer -m chain-gcn -x gnnexplainer"))
                .isEqualTo("aitia: train-explainer: say about what: -n NODES, -g GRAPHS, -l LINKS or --all");
    }

    @Test
    void metricsAreListedAndShown() {
        assertThat(shell.ok("metrics")).isEqualTo("""
                        NAME     BETTER  NEEDS         MEANING
                        roc-auc  higher  ground-truth  Always 0.96.
                        """);
        assertThat(shell.ok("metric roc-auc"))
                .startsWith("roc-auc: ROC-AUC\nAlways 0.96.\n")
                .contains("source  Ying et al. 2019");
        assertThat(shell.error("metric roc")).startsWith("aitia: unknown metric 'roc'");
    }
}
