package org.aitia.explainer.gnnexplainer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.explain.MaskValues;
import org.junit.jupiter.api.Test;

class SelectionTest extends OnTrial {
    private static Map<String, String> with(String... assignments) {
        Map<String, String> options = options(assignments);
        options.put("nodeMaskType", "object");
        options.remove("edgeInitSpread");
        return options;
    }

    @Test
    void valuesUpToTheThresholdBecomeZero() {
        MaskValues whole = trial().explain(NODE, with());
        float limit = median(whole.edges());
        MaskValues masks = trial().explain(NODE, with("threshold=" + limit));
        for (int e = 0; e < whole.edges().length; e++) {
            float value = whole.edges()[e];
            assertThat(masks.edges()[e]).isEqualTo(value > limit ? value : 0f);
        }
        for (int v = 0; v < whole.features().length; v++) {
            float value = whole.features()[v];
            assertThat(masks.features()[v]).isEqualTo(value > limit ? value : 0f);
        }
        assertThat(Trial.zeros(masks.edges())).isBetween(1L, masks.edges().length - 1L);
    }

    private static float median(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    @Test
    void theLargestStay() {
        MaskValues whole = trial().explain(NODE, with());
        MaskValues masks = trial().explain(NODE, with("topk=3"));
        float[] sorted = whole.edges().clone();
        Arrays.sort(sorted);
        float third = sorted[sorted.length - 3];
        assertThat(masks.edges().length - Trial.zeros(masks.edges())).isEqualTo(3);
        assertThat(masks.features().length - Trial.zeros(masks.features())).isEqualTo(3);
        for (int e = 0; e < sorted.length; e++) {
            assertThat(masks.edges()[e]).isEqualTo(whole.edges()[e] >= third ? whole.edges()[e] : 0f);
        }
    }

    @Test
    void aFractionOfTheElementsStays() {
        MaskValues masks = trial().explain(NODE, with("topk=0.25"));
        assertThat(masks.edges().length - Trial.zeros(masks.edges()))
                .isEqualTo(Math.round(0.25 * masks.edges().length));
    }

    @Test
    void renormalisedMasksEndAtOne() {
        MaskValues kept = trial().explain(NODE, with("topk=4"));
        MaskValues masks = trial().explain(NODE, with("topk=4", "thresholdKeep=renormalize"));
        float[] sorted = kept.edges().clone();
        Arrays.sort(sorted);
        float largest = sorted[sorted.length - 1];
        for (int e = 0; e < sorted.length; e++) {
            assertThat(masks.edges()[e]).isEqualTo(kept.edges()[e] / largest);
        }
    }

    @Test
    void nothingIsRenormalisedUnlessSomethingIsCut() {
        assertThat(trial().explain(NODE, with("thresholdKeep=renormalize")).edges())
                .containsExactly(trial().explain(NODE, with()).edges());
    }

    @Test
    void deviationsAreCutWithTheirValues() {
        MaskValues masks = trial().explain(NODE, with("topk=3", "runs=3", "epochs=10"));
        float[] deviations = masks.deviation().orElseThrow().edges();
        for (int e = 0; e < deviations.length; e++) {
            assertThat(deviations[e] > 0).isEqualTo(masks.edges()[e] > 0);
        }
    }

    @Test
    void aCountIsWhole() {
        assertThatThrownBy(() -> trial().explain(NODE, with("topk=2.5")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option 'topk' must be a whole number, or a fraction below 1, not '2.5'");
    }
}
