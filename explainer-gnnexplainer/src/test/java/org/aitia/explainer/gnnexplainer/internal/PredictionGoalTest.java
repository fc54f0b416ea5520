package org.aitia.explainer.gnnexplainer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.model.ModelShape;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionGoalTest extends OnTrial {
    /** The loss of the first step, which has no regularisers: all edges at one half. */
    private static double firstLoss(Trial trial, String... assignments) {
        Map<String, String> options = options(assignments);
        options.put("epochs", "1");
        options.put("nodeMaskType", "none");
        return trial.explain(NODE, options).diagnostics().get("loss");
    }

    private static float[] halfMasked(Trial trial) {
        return trial.logits(NODE, Trial.constant(trial.block(NODE), 0.5f, 0).edges());
    }

    @Test
    void withoutContrastItIsTheCrossEntropy() {
        Trial trial = trial();
        int explained = trial.target(NODE, 0).explainedClass();
        assertThat(firstLoss(trial)).isCloseTo(-Math.log(Trial.softmax(halfMasked(trial))[explained]), within(1e-5));
    }

    @Test
    void contrastIsTheCrossEntropyAmongTwoClasses() {
        Trial trial = trial();
        ExplanationTarget target = trial.target(NODE, 0);
        int other = IntStream.range(0, CLASSES)
                .filter(c -> c != target.explainedClass())
                .reduce((a, b) -> target.probabilities()[b] > target.probabilities()[a] ? b : a)
                .orElseThrow();
        float[] logits = halfMasked(trial);
        double expected = Math.log1p(Math.exp(logits[other] - logits[target.explainedClass()]));
        assertThat(firstLoss(trial, "contrast=runner-up")).isCloseTo(expected, within(1e-5));
        assertThat(firstLoss(trial, "contrast=" + other)).isCloseTo(expected, within(1e-5));
    }

    @Test
    void theClassItselfIsNoContrast() {
        Trial trial = trial();
        int explained = trial.target(NODE, 0).explainedClass();
        assertThatThrownBy(() -> trial.explain(NODE, options("contrast=" + explained)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("contrast=" + explained + " is the class that is explained for target " + NODE
                        + "; give another class, or runner-up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "-1", "second"})
    void otherContrastsAreRefused(String contrast) {
        assertThatThrownBy(() -> trial().explain(NODE, options("contrast=" + contrast)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option 'contrast' takes none, runner-up or a class from 0 to 2, not '" + contrast + "'");
    }

    private Trial regression() {
        return new Trial(
                workbench(),
                Workbench.architecture("gcn")
                        .create(new ModelShape(Task.NODE, 5, 1), Map.of("layers", "2", "hidden", "8"), 7),
                graph());
    }

    @Test
    void regressionKeepsTheOutput() {
        Trial trial = regression();
        double original = trial.logits(NODE, new float[0])[0];
        double masked = halfMasked(trial)[0];
        assertThat(firstLoss(trial)).isCloseTo(Math.pow(masked - original, 2), within(1e-5));
        MaskValues masks =
                trial.explain(NODE, options("nodeMaskType=none", "edgeEnt=0", "edgeSize=0", "lr=0.05", "epochs=200"));
        double explained = trial.logits(NODE, masks.edges())[0];
        assertThat(Math.abs(explained - original)).isLessThan(0.5 * Math.abs(masked - original));
    }

    @Test
    void regressionHasNoContrast() {
        assertThatThrownBy(() -> regression().explain(NODE, options("contrast=runner-up")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("contrast=runner-up needs a model of at least two classes; this one predicts a number, so"
                        + " give contrast=none");
    }

    /** The authors' code takes the mean entropy over all pairs of nodes, PyG over edges. */
    @ParameterizedTest
    @ValueSource(strings = {"edges", "node-pairs"})
    void entropyIsAMeanOverEdgesOrOverPairsOfNodes(String over) {
        Trial trial = trial();
        Map<String, String> options =
                options("nodeMaskType=none", "edgeSize=0", "edgeEnt=0", "epochs=2", "edgeEntOver=" + over);
        double without = trial.explain(NODE, options).diagnostics().get("loss");
        options.put("edgeEnt", "1");
        double with = trial.explain(NODE, options).diagnostics().get("loss");
        options.put("epochs", "1");
        double entropy = 0;
        for (float m : trial.explain(NODE, options).edges()) {
            entropy -= m * Math.log(m) + (1 - m) * Math.log(1 - m);
        }
        int nodes = trial.block(NODE).nodeCount();
        int count = over.equals("edges") ? trial.block(NODE).edgeCount() : nodes * nodes;
        assertThat(with - without).isCloseTo(entropy / count, within(1e-5));
    }
}
