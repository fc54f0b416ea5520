package org.aitia.explainer.gnnexplainer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.ModelShape;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeFeatureMaskTest extends OnTrial {
    private static final int WIDTH = 3;

    private Trial withEdgeFeatures() {
        Graph plain = graph();
        RandomGenerator random = Seeds.generator(9);
        FloatBuffer values = FloatBuffer.allocate(plain.edgeCount() * WIDTH);
        int[] sources = new int[plain.edgeCount()];
        for (int e = 0; e < sources.length; e++) {
            sources[e] = plain.source(e);
            for (int d = 0; d < WIDTH; d++) {
                values.put(e * WIDTH + d, d == 1 ? 0 : (float) random.nextGaussian());
            }
        }
        Graph graph = Graph.builder(plain.nodeCount())
                .edges(sources, plain.targets())
                .features(plain.features())
                .edgeFeatures(new DenseFeatures(plain.edgeCount(), WIDTH, values))
                .build();
        return new Trial(
                workbench(),
                Workbench.architecture("gat")
                        .create(
                                new ModelShape(Task.NODE, 5, CLASSES, WIDTH),
                                Map.of("layers", "2", "hidden", "4", "heads", "2"),
                                7),
                graph);
    }

    private static Map<String, String> options(String mask, String sparsity) {
        return Map.of(
                "edgeAttributeMask", mask, "nodeMaskType", "none", "sparsity", sparsity, "epochs", "30", "lr", "0.05");
    }

    @ParameterizedTest
    @CsvSource({"attributes,none", "attributes,l1", "common-attributes,none", "common-attributes,l0"})
    void everyFeatureOfEveryEdgeHasAValueAndThoseThatAreZeroHaveZero(String mask, String sparsity) {
        Trial trial = withEdgeFeatures();
        MaskValues masks = trial.explain(NODE, options(mask, sparsity));
        int edges = trial.block(NODE).edgeCount();
        assertThat(masks.edgeFeatures()).hasSize(edges * WIDTH);
        for (int e = 0; e < edges; e++) {
            assertThat(masks.edgeFeatures()[e * WIDTH + 1]).isZero();
            if (mask.equals("common-attributes")) {
                assertThat(masks.edgeFeatures()[e * WIDTH]).isEqualTo(masks.edgeFeatures()[0]);
            }
        }
        if (sparsity.equals("none")) {
            assertThat(Trial.sum(masks.edgeFeatures())).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"attributes,none", "attributes,l0", "common-attributes,none", "common-attributes,l1"})
    void aBatchIsWhatItsTargetsAreAlone(String mask, String sparsity) {
        Trial trial = withEdgeFeatures();
        Trial.Setup setup = Trial.Setup.of(options(mask, sparsity));
        List<MaskValues> together = trial.explain(setup, 3, NODE, 11);
        Integer[] nodes = {3, NODE, 11};
        for (int i = 0; i < nodes.length; i++) {
            MaskValues alone = trial.explain(setup, nodes[i]).get(0);
            assertThat(together.get(i).edgeFeatures()).containsExactly(alone.edgeFeatures(), within(1e-4f));
            assertThat(together.get(i).edges()).containsExactly(alone.edges(), within(1e-4f));
        }
    }

    @Test
    void onlyFeaturesOfEdgesMayBeExplained() {
        MaskValues masks = withEdgeFeatures()
                .explain(
                        NODE,
                        Map.of("edgeAttributeMask", "attributes", "nodeMaskType", "none", "edgeMaskType", "none"));
        assertThat(masks.edges()).isEmpty();
        assertThat(masks.features()).isEmpty();
        assertThat(masks.edgeFeatures()).isNotEmpty();
    }

    @Test
    void aModelWithoutFeaturesOfEdgesIsRefused() {
        assertThatThrownBy(() -> trial().explain(NODE, Map.of("edgeAttributeMask", "attributes")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("edgeAttributeMask needs a model that reads features of edges, and this one does not;"
                        + " give edgeAttributeMask=none");
    }
}
