package org.aitia.explainer.ig.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.testkit.tck.TestGraphs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GradCamTest {
    private final GradCamExplainer gradCam = new GradCamExplainer();
    private final Graph graph = TestGraphs.undirected(30, 50, 5, Laboratory.CLASSES, 1);
    private Laboratory laboratory;

    @BeforeEach
    void open() {
        laboratory = new Laboratory();
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    private static float[] weights(GnnModel model, String name) {
        return model.parameters().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow()
                .values();
    }

    /** The hidden layer's rows, in the order of the block. */
    private float[] hidden(GnnModel model, ComputationGraph block, int layer) {
        return laboratory.with(model, List.of(block), 0, Map.of(), batch -> {
            try (TensorScope scope = batch.engine().openScope()) {
                return batch.session()
                        .embeddings(batch.prepared(), Masks.NONE)
                        .get(layer - 1)
                        .toFloatArray();
            }
        });
    }

    /**
     * Two layers: logit_0 = sum over u of a_tu (h_u W)_0 + b, with the symmetric normalisation a. The derivative by
     * channel j of h_u is a_tu W_0j, its mean over the n nodes the weight of the channel.
     */
    @Test
    void scoresOfTheHiddenLayerFollowTheirEquation() {
        GnnModel model = Laboratory.gcn(graph, Map.of("hidden", "8"));
        ComputationGraph block = ComputationGraph.of(graph, 7, 2);
        int n = block.nodeCount();
        double coefficients = 1.0 / (graph.inDegree(7) + 1);
        for (int e = block.inOffset(0); e < block.inOffset(1); e++) {
            coefficients +=
                    1 / Math.sqrt((graph.inDegree(7) + 1.0) * (graph.inDegree(block.node(block.source(e))) + 1.0));
        }
        float[] weight = weights(model, "conv2.lin.weight"); // [3, 8]
        float[] hidden = hidden(model, block, 1);
        int rows = block.nodesWithin(1);
        float[] expected = new float[n];
        for (int u = 0; u < rows; u++) {
            for (int j = 0; j < 8; j++) {
                expected[u] += (float) (hidden[u * 8 + j] * coefficients * weight[j] / n);
            }
        }
        float[] raw = laboratory
                .explain(gradCam, model, block, Map.of("layer", "1", "positive", "false"))
                .features();
        assertThat(raw).containsExactly(expected, within(1e-5f));
        float[] positive =
                laboratory.explain(gradCam, model, block, Map.of("layer", "1")).features();
        for (int u = 0; u < n; u++) {
            assertThat(positive[u]).isCloseTo(Math.max(expected[u], 0), within(1e-5f));
        }
    }

    /** The last layer of a GCN that classifies nodes is its logits, and computes the target alone. */
    @Test
    void theLastLayerOfANodeModelSeesTheTargetOnly() {
        GnnModel model = Laboratory.gcn(graph, Map.of());
        ComputationGraph block = ComputationGraph.of(graph, 7, 2);
        float[] scores = laboratory
                .explain(gradCam, model, block, Map.of("layer", "last", "positive", "false"))
                .features();
        float logit = laboratory.logits(model, block, graph.features(), 1)[0];
        assertThat(scores[0]).isCloseTo(logit / block.nodeCount(), within(1e-5f));
        for (int v = 1; v < block.nodeCount(); v++) {
            assertThat(scores[v]).isZero();
        }
    }

    @Test
    void theMeanOverLayersIsTheMeanOfTheirMaps() {
        GnnModel model = Laboratory.model("gcn", Task.GRAPH, graph, Laboratory.CLASSES, Map.of("layers", "3"));
        List<ComputationGraph> blocks = List.of(
                ComputationGraph.whole(graph),
                ComputationGraph.whole(TestGraphs.undirected(9, 12, 5, Laboratory.CLASSES, 2)));
        List<MaskValues> mean = laboratory.explain(gradCam, model, blocks, 1, Map.of());
        List<List<MaskValues>> layers = new ArrayList<>();
        for (String layer : List.of("1", "2", "last")) {
            layers.add(laboratory.explain(gradCam, model, blocks, 1, Map.of("layer", layer)));
        }
        for (int b = 0; b < 2; b++) {
            float[] expected = new float[blocks.get(b).nodeCount()];
            for (List<MaskValues> layer : layers) {
                for (int v = 0; v < expected.length; v++) {
                    expected[v] += layer.get(b).features()[v] / 3;
                }
            }
            assertThat(mean.get(b).features()).containsExactly(expected, within(1e-5f));
            assertThat(mean.get(b).edges()).isEmpty();
            assertThat(mean.get(b).diagnostics()).containsEntry("layers", 3.0);
        }
    }

    @Test
    void layersThatAreNotThereAreRefused() {
        GnnModel model = Laboratory.gcn(graph, Map.of());
        ComputationGraph block = ComputationGraph.of(graph, 7, 2);
        assertThatThrownBy(() -> laboratory.explain(gradCam, model, block, Map.of("layer", "3")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("layer=3: the model has message-passing layers 1..2; give one of them, mean or last");
        assertThatThrownBy(() -> gradCam.options().parse(Map.of("layer", "top")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option 'layer' takes mean, last or the number of a layer from 1 on, not 'top'");
    }
}
