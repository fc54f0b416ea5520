package org.aitia.explainer.gnnexplainer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.model.FeatureMaskType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitialMasksTest extends OnTrial {
    private static final Map<String, String> STILL =
            options("epochs=1", "lr=1e-9", "nodeMaskType=object", "gateLr=1e-9", "edgeSparsity=0", "featureSparsity=0");

    private static Map<String, String> still(String... assignments) {
        Map<String, String> options = options(assignments);
        STILL.forEach(options::putIfAbsent);
        return options;
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "l1"})
    void beginsWithTheMasksOfTheCaller(String sparsity) {
        Trial trial = trial();
        ComputationGraph block = trial.block(NODE);
        MaskValues given = Trial.constant(block, 0, 0);
        for (int e = 0; e < given.edges().length; e++) {
            given.edges()[e] = e / (given.edges().length - 1f); // from exactly 0 to exactly 1
        }
        for (int v = 0; v < given.features().length; v++) {
            given.features()[v] = 0.5f;
        }
        MaskValues masks = trial.explain(
                        Trial.Setup.of(still("sparsity=" + sparsity)).initial(given), NODE)
                .get(0);
        for (int e = 0; e < masks.edges().length; e++) {
            if (masks.edges()[e] != 0) { // those without influence are
                float clamped = Math.min(0.999f, Math.max(0.001f, given.edges()[e]));
                assertThat(masks.edges()[e]).isCloseTo(clamped, within(1e-4f));
            }
        }
        assertThat(Trial.zeros(masks.edges())).isLessThan(masks.edges().length);
    }

    @Test
    void beginsNearOneHalfOtherwise() {
        MaskValues masks = trial().explain(NODE, still());
        assertThat(masks.edges()).containsOnly(0.5f);
        assertThat(trial().explain(NODE, still("edgeInitMean=1")).edges()).containsOnly(InitialMasks.sigmoid(1));
    }

    @Test
    void masksOfAnotherGraphAreRefused() {
        Trial trial = trial();
        MaskValues other = new MaskValues(new float[3], FeatureMaskType.NODE, new float[0], Map.of());
        assertThatThrownBy(() -> trial.explain(Trial.Setup.of(still()).initial(other), NODE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the initial mask on edges of target " + NODE
                        + " has 3 values where its computation graph needs "
                        + trial.block(NODE).edgeCount() + "; give masks of the same graph and model");
    }

    @Test
    void masksOfAnotherShapeAreRefused() {
        Trial trial = trial();
        MaskValues other = new MaskValues(new float[0], FeatureMaskType.FEATURE, new float[5], Map.of());
        assertThatThrownBy(() -> trial.explain(Trial.Setup.of(still()).initial(other), NODE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the initial feature mask of target " + NODE + " is of shape FEATURE, this run learns one"
                        + " of shape NODE; choose the nodeMaskType that the initial masks were learnt with");
    }

    @Test
    void valuesOutsideZeroToOneAreRefused() {
        Trial trial = trial();
        MaskValues other = Trial.constant(trial.block(NODE), 1.5f, 0.5f);
        assertThatThrownBy(() -> trial.explain(Trial.Setup.of(still()).initial(other), NODE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the initial mask on edges of target " + NODE + " holds 1.5; masks lie in [0, 1]");
    }

    /** The start of the authors' code: edges from N(1, 2 / n) with n nodes in the computation graph. */
    @Test
    void theAuthorsSpreadIsThatOfTheComputationGraph() {
        Trial trial = trial();
        Map<String, String> wide =
                Map.of("edgeInitSpread", "computation-graph", "epochs", "1", "lr", "1e-9", "nodeMaskType", "none");
        Map<String, String> narrow =
                Map.of("edgeInitSpread", "graph", "epochs", "1", "lr", "1e-9", "nodeMaskType", "none");
        double ratio = Math.sqrt(30.0 / trial.block(NODE).nodeCount());
        float[] drawn = trial.explain(NODE, wide).edges();
        float[] pyg = trial.explain(NODE, narrow).edges();
        for (int e = 0; e < drawn.length; e++) {
            if (pyg[e] != 0) {
                assertThat(logit(drawn[e])).isCloseTo(ratio * logit(pyg[e]), within(1e-3));
            }
        }
    }

    private static double logit(float value) {
        return Math.log(value / (1.0 - value));
    }
}
