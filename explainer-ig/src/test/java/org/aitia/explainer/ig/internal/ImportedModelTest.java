package org.aitia.explainer.ig.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.GnnModel;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A TorchScript module that computes what a model of ours does: on computation graphs, or on the whole graph only. */
class ImportedModelTest {
    private final Graph graph = TestGraphs.directed(30, 90, 12, Laboratory.CLASSES, 3);
    private final GnnModel model = Laboratory.gcn(graph, Map.of());
    private final List<ComputationGraph> blocks = IntStream.of(0, 7, 11)
            .mapToObj(v -> ComputationGraph.of(graph, v, 2))
            .toList();
    private Laboratory laboratory;

    @BeforeEach
    void open() {
        laboratory = new Laboratory();
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    private GnnModel imported(String reach, int hops) {
        byte[] module = laboratory
                .workbench()
                .lease()
                .engine()
                .packTorchScript(model.torchScript().orElseThrow());
        Map<String, String> options = Map.of(
                "arguments",
                "x,edge-index,edge-weight,edge-mask",
                "hops",
                Integer.toString(hops),
                "reach",
                reach,
                "edgeMasks",
                "message");
        return Workbench.architecture("torchscript")
                .restore(model.info().shape(), options, List.of(), Map.of("module.pt", module));
    }

    /**
     * Explained within one hop, it still sees two: nodes outside of what is explained must keep their features. Ours,
     * explained within two hops, has the same derivatives by what both have.
     */
    @Test
    void onTheWholeGraphNodesOutsideKeepTheirFeatures() {
        List<ComputationGraph> near = IntStream.of(0, 7, 11)
                .mapToObj(v -> ComputationGraph.of(graph, v, 1))
                .toList();
        List<MaskValues> ours = laboratory.explain(new SaliencyExplainer(), model, blocks, 0, Map.of());
        List<MaskValues> found = laboratory.explain(new SaliencyExplainer(), imported("global", 1), near, 0, Map.of());
        for (int b = 0; b < near.size(); b++) {
            assertThat(near.get(b).nodeCount()).isLessThan(blocks.get(b).nodeCount());
            float[] features = found.get(b).features();
            assertThat(features).hasSize(near.get(b).nodeCount() * 12);
            assertThat(features).containsExactly(Arrays.copyOf(ours.get(b).features(), features.length), within(1e-4f));
        }
    }

    @Test
    void attributionsAddUpOnItsComputationGraphsToo() {
        for (String baseline : List.of("zero", "mean")) {
            Map<String, String> options = Map.of("baseline", baseline, "steps", "500");
            for (MaskValues masks :
                    laboratory.explain(new IntegratedGradientsExplainer(), imported("local", 2), blocks, 0, options)) {
                assertThat(masks.diagnostics().get("convergenceDelta")).isCloseTo(0, within(2e-3));
            }
        }
    }

    @Test
    void whatNeedsTheInsideOfTheModelIsRefused() {
        GnnModel imported = imported("local", 2);
        assertThatThrownBy(() -> laboratory.explain(new GuidedBackpropExplainer(), imported, blocks, 0, Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("keeps to itself")
                .hasMessageContaining("saliency or ig");
        assertThatThrownBy(() -> laboratory.explain(new GradCamExplainer(), imported, blocks, 0, Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("architecture 'torchscript' does not show the embeddings inside; choose an explainer that"
                        + " needs only predictions");
    }
}
