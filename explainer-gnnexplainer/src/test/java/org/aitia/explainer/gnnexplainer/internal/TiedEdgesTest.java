package org.aitia.explainer.gnnexplainer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TiedEdgesTest extends OnTrial {
    @ParameterizedTest
    @ValueSource(strings = {"none", "l1", "two-stage", "l0"})
    void bothDirectionsOfAnEdgeHaveOneValue(String sparsity) {
        Trial trial = trial();
        MaskValues masks = trial.explain(
                NODE,
                Map.of(
                        "undirected",
                        "true",
                        "sparsity",
                        sparsity,
                        "epochs",
                        "30",
                        "edgeSparsity",
                        "0.02",
                        "runs",
                        "2"));
        ComputationGraph block = trial.block(NODE);
        int pairs = 0;
        for (int v = 0; v < block.nodeCount(); v++) {
            for (int e = block.inOffset(v); e < block.inOffset(v + 1); e++) {
                int back = opposite(block, block.source(e), v);
                if (back >= 0) {
                    pairs++;
                    assertThat(masks.edges()[back]).isEqualTo(masks.edges()[e]);
                }
            }
        }
        assertThat(pairs).isPositive();
        assertThat(masks.edges().length).isGreaterThan(pairs); // some edges have one direction in the receptive field
    }

    private static int opposite(ComputationGraph block, int source, int target) {
        for (int e = block.inOffset(source); e < block.inOffset(source + 1); e++) {
            if (block.source(e) == target) {
                return e;
            }
        }
        return -1;
    }

    /** The loss is that of the mask as the model sees it, in which an edge of two directions counts twice. */
    @Test
    void penaltiesCountBothDirections() {
        Trial trial = trial();
        Map<String, String> options = options("nodeMaskType=none", "undirected=true", "epochs=2", "edgeEnt=0");
        options.put("edgeSize", "0");
        double without = trial.explain(NODE, options).diagnostics().get("loss");
        options.put("edgeSize", "1");
        double with = trial.explain(NODE, options).diagnostics().get("loss");
        Map<String, String> once = new HashMap<>(options);
        once.put("epochs", "1");
        float[] second = trial.explain(NODE, once).edges();
        assertThat(with - without).isCloseTo(Trial.sum(second), within(1e-4));
    }
}
