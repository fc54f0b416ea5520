package org.aitia.explainer.gnnexplainer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.aitia.api.Seeds;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparsityTest extends OnTrial {
    /** Raising coefficients makes masks small, never zero: the known problem. */
    @Test
    void standardMasksAreNeverZeroHoweverLargeTheCoefficients() {
        MaskValues masks = trial().explain(
                        NODE,
                        options("nodeMaskType=object", "edgeSize=5", "nodeFeatSize=50", "nodeFeatEnt=5", "epochs=500"));
        assertThat(Trial.zeros(masks.edges())).isZero();
        assertThat(Trial.sum(masks.edges()) / masks.edges().length).isBetween(0.0, 0.05);
    }

    @ParameterizedTest
    @ValueSource(strings = {"l1", "two-stage", "l0"})
    void reachesZeroExactlyAndKeepsThePrediction(String sparsity) {
        Trial trial = trial();
        MaskValues masks = trial.explain(
                NODE,
                options("sparsity=" + sparsity, "nodeMaskType=object", "edgeSparsity=0.02", "featureSparsity=0.02"));
        assertThat(Trial.zeros(masks.edges())).isBetween(1L, masks.edges().length - 1L);
        assertThat(Trial.zeros(masks.features())).isBetween(1L, masks.features().length - 1L);
        for (float value : masks.edges()) {
            assertThat(value).isBetween(0f, 1f);
        }
        int predicted = trial.target(NODE, 0).predictedClass();
        float[] probabilities = Trial.softmax(trial.logits(NODE, masks.edges()));
        assertThat(probabilities[predicted]).isGreaterThan(1f / CLASSES);
    }

    @ParameterizedTest
    @CsvSource({"l1,object", "l1,attributes", "l1,common-attributes", "l0,object", "l0,attributes", "two-stage,none"})
    void aPriceThatNothingIsWorthLeavesNothing(String sparsity, String nodeMask) {
        MaskValues masks = trial().explain(
                        NODE,
                        options(
                                "sparsity=" + sparsity,
                                "nodeMaskType=" + nodeMask,
                                "edgeSparsity=100",
                                "featureSparsity=100"));
        assertThat(masks.edges()).containsOnly(0f);
        if (!nodeMask.equals("none")) {
            assertThat(masks.features()).containsOnly(0f);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"l1", "two-stage", "l0"})
    void aHigherPriceLeavesFewerElements(String sparsity) {
        long before = -1;
        for (String price : new String[] {"0.001", "0.02", "0.3"}) {
            MaskValues masks = trial().explain(
                            NODE, options("sparsity=" + sparsity, "nodeMaskType=none", "edgeSparsity=" + price));
            assertThat(Trial.zeros(masks.edges())).isGreaterThan(before);
            before = Trial.zeros(masks.edges());
        }
    }

    /**
     * Where proximal steps end, the conditions of optimality of {@code loss + price * sum(m)} over [0, 1] hold: an edge
     * stays at 0 only if the loss would not fall by more than its price, is 1 only if it falls by at least that, and lies
     * between where the two are equal.
     */
    @Test
    void proximalStepsEndWhereThePenalisedLossIsLeast() {
        Trial trial = trial();
        double price = 0.02;
        MaskValues masks = trial.explain(
                NODE, options("sparsity=l1", "nodeMaskType=none", "edgeSparsity=" + price, "epochs=4000"));
        int explained = trial.target(NODE, 0).explainedClass();
        float[] slopes = trial.edgeSlopes(NODE, masks.edges(), explained);
        float[] first = startingSlopes(trial, explained);
        int between = 0;
        for (int e = 0; e < slopes.length; e++) {
            float mask = masks.edges()[e];
            if (first[e] == 0) {
                assertThat(mask).isZero(); // cannot influence the prediction
            } else if (mask == 0) {
                assertThat(-slopes[e]).as("edge %d at 0", e).isLessThanOrEqualTo((float) price + 1e-3f);
            } else if (mask == 1) {
                assertThat(-slopes[e]).as("edge %d at 1", e).isGreaterThanOrEqualTo((float) price - 1e-3f);
            } else {
                assertThat((double) -slopes[e]).as("edge %d at %f", e, mask).isCloseTo(price, within(2e-3));
                between++;
            }
        }
        assertThat(between).isLessThan(slopes.length);
    }

    private static float[] startingSlopes(Trial trial, int explained) {
        return trial.edgeSlopes(NODE, Trial.constant(trial.block(NODE), 0.5f, 0).edges(), explained);
    }

    @Test
    void proximalLossIsPredictionPlusPriceOfWhatIsLeft() {
        Trial trial = trial();
        MaskValues masks =
                trial.explain(NODE, options("sparsity=l1", "nodeMaskType=none", "edgeSparsity=0.02", "epochs=4000"));
        int explained = trial.target(NODE, 0).explainedClass();
        double prediction = -Math.log(Trial.softmax(trial.logits(NODE, masks.edges()))[explained]);
        assertThat(masks.diagnostics().get("loss"))
                .isCloseTo(prediction + 0.02 * Trial.sum(masks.edges()), within(2e-3));
    }

    @Test
    void theSecondStageBeginsWhereTheFirstEnds() {
        Trial trial = trial();
        Map<String, String> standard = options("nodeMaskType=none", "epochs=60");
        Map<String, String> two = options(
                "nodeMaskType=none",
                "epochs=60",
                "sparsity=two-stage",
                "refineEpochs=30",
                "edgeSparsity=0.05",
                "lr=0.01");
        MaskValues first = trial.explain(NODE, standard);
        Map<String, String> proximal =
                options("nodeMaskType=none", "epochs=30", "sparsity=l1", "edgeSparsity=0.05", "lr=0.01");
        MaskValues refined =
                trial.explain(Trial.Setup.of(proximal).initial(first), NODE).get(0);
        assertThat(trial.explain(NODE, two).edges()).containsExactly(refined.edges(), within(2e-3f));
        assertThat(Trial.zeros(refined.edges())).isPositive();
    }

    /** The gates of the result carry no noise: other noise leads to nearly the same ones. */
    @Test
    void gatesHardlyDependOnTheirNoise() {
        Trial trial = trial();
        Map<String, String> options =
                options("nodeMaskType=none", "sparsity=l0", "edgeSparsity=0.05", "epochs=600", "gateLr=0.05");
        float[] one = trial.explain(Trial.Setup.of(options), java.util.List.of(seeded(trial, 1)))
                .get(0)
                .edges();
        float[] two = trial.explain(Trial.Setup.of(options), java.util.List.of(seeded(trial, 2)))
                .get(0)
                .edges();
        int same = 0;
        for (int e = 0; e < one.length; e++) {
            same += (one[e] > 0.5) == (two[e] > 0.5) ? 1 : 0;
        }
        assertThat(one).isNotEqualTo(two);
        assertThat(same).isGreaterThanOrEqualTo((int) Math.ceil(0.9 * one.length));
    }

    private static ExplanationTarget seeded(Trial trial, long seed) {
        return trial.target(NODE, Seeds.derive(seed, NODE));
    }
}
