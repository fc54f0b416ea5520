package org.aitia.explainer.gnnexplainer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.Seeds;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.junit.jupiter.api.Test;

class RunsTest extends OnTrial {
    private static Map<String, String> runs(int runs) {
        return new HashMap<>(Map.of("runs", Integer.toString(runs), "epochs", "20", "nodeMaskType", "object"));
    }

    @Test
    void oneRunHasNoDeviation() {
        assertThat(trial().explain(NODE, runs(1)).deviation()).isEmpty();
    }

    @Test
    void meanAndDeviationAreThoseOfTheRunsOneByOne() {
        Trial trial = trial();
        long seed = Seeds.derive(5, NODE);
        List<float[]> each = List.of(seed, Seeds.derive(seed, 1), Seeds.derive(seed, 2)).stream()
                .map(s -> alone(trial, s).edges())
                .toList();
        MaskValues together = trial.explain(NODE, runs(3));
        float[] deviations = together.deviation().orElseThrow().edges();
        for (int e = 0; e < deviations.length; e++) {
            int at = e;
            double mean = each.stream().mapToDouble(m -> m[at]).average().orElseThrow();
            double variance =
                    each.stream().mapToDouble(m -> Math.pow(m[at] - mean, 2)).sum() / 2;
            assertThat((double) together.edges()[e]).isCloseTo(mean, within(1e-5));
            assertThat((double) deviations[e]).isCloseTo(Math.sqrt(variance), within(1e-4));
        }
        assertThat(together.deviation().orElseThrow().features()).hasSameSizeAs(together.features());
        assertThat(together.diagnostics()).containsEntry("runs", 3.0).containsKey("lossDeviation");
    }

    private static MaskValues alone(Trial trial, long seed) {
        ExplanationTarget target = trial.target(NODE, seed);
        return trial.explain(Trial.Setup.of(runs(1)), List.of(target)).get(0);
    }

    /** More runs than fit side by side are explained in turn. */
    @Test
    void manyRunsAreTheSameInParts() {
        Trial trial = trial();
        MaskValues few = trial.explain(NODE, runs(2));
        int elements = trial.block(NODE).nodeCount() + trial.block(NODE).edgeCount();
        int many = 2 * 32_768 / elements;
        Map<String, String> options = runs(many);
        options.put("epochs", "2");
        MaskValues masks = trial.explain(NODE, options);
        assertThat(masks.diagnostics()).containsEntry("runs", (double) many);
        assertThat(masks.edges()).hasSameSizeAs(few.edges());
    }

    @Test
    void runsBeginNearTheMasksThatTheCallerGives() {
        Trial trial = trial();
        Map<String, String> options = runs(4);
        options.put("epochs", "1");
        options.put("lr", "1e-9");
        MaskValues masks = trial.explain(
                        Trial.Setup.of(options).initial(Trial.constant(trial.block(NODE), 0.8f, 0.3f)), NODE)
                .get(0);
        for (int e = 0; e < masks.edges().length; e++) {
            assertThat(masks.edges()[e]).isBetween(0.7f, 0.9f);
        }
        assertThat(Trial.sum(masks.deviation().orElseThrow().edges())).isPositive();
    }
}
