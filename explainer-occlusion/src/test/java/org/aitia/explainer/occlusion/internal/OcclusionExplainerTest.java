package org.aitia.explainer.occlusion.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;
import org.aitia.testkit.tck.ExplainerContract;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OcclusionExplainerTest {
    private static final int CLASSES = 3;

    private final OcclusionExplainer explainer = new OcclusionExplainer();
    private final Graph graph = TestGraphs.undirected(20, 30, 5, CLASSES, 1);
    private Workbench workbench;

    @BeforeEach
    void open() {
        workbench = Workbench.open();
    }

    @AfterEach
    void close() {
        workbench.close();
    }

    private MaskValues explain(GnnModel model, int node, Map<String, String> options) {
        return workbench
                .explainNodes(explainer, model, graph, List.of(node), options, 0)
                .get(0);
    }

    /** The logits of a node under masks. */
    private float[] logits(GnnModel model, ComputationGraph block, float[] edgeMask, float[] nodeMask) {
        GraphBatch batch = GraphBatch.of(List.of(block));
        try (ModelSession session = model.open(workbench.lease());
                PreparedBatch prepared = session.prepare(batch);
                TensorScope scope = workbench.lease().engine().openScope()) {
            NDArray edges = workbench.lease().manager().create(edgeMask);
            NDArray nodes = workbench.lease().manager().create(nodeMask).reshape(-1, 1);
            Masks masks = new Masks(java.util.Optional.of(edges), java.util.Optional.of(nodes), FeatureMaskType.NODE);
            return session.forward(prepared, masks).toFloatArray();
        }
    }

    private static float[] ones(int n) {
        float[] ones = new float[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void importanceOfAnEdgeIsWhatTheLogitLosesWhenItsMaskIsZero() {
        GnnModel model = Workbench.gcn(Task.NODE, graph, CLASSES, 2);
        ComputationGraph block = ComputationGraph.of(graph, 4, 2);
        MaskValues found = explain(model, 4, Map.of("undirected", "false", "measure", "logit"));
        float[] whole = logits(model, block, ones(block.edgeCount()), ones(block.nodeCount()));
        int predicted = argmax(whole);
        for (int e = 0; e < block.edgeCount(); e++) {
            float[] mask = ones(block.edgeCount());
            mask[e] = 0;
            float lost = whole[predicted] - logits(model, block, mask, ones(block.nodeCount()))[predicted];
            assertThat(found.edges()[e]).as("edge %d", e).isCloseTo(lost, within(1e-5f));
        }
        assertThat(found.features()).isEmpty();
        assertThat(found.diagnostics()).containsEntry("removals", (double) block.edgeCount());
    }

    @Test
    void importanceOfANodeIsWhatTheLogitLosesWithoutItsFeatures() {
        GnnModel model = Workbench.gcn(Task.NODE, graph, CLASSES, 2);
        ComputationGraph block = ComputationGraph.of(graph, 4, 2);
        MaskValues found = explain(model, 4, Map.of("elements", "nodes", "measure", "logit"));
        float[] whole = logits(model, block, ones(block.edgeCount()), ones(block.nodeCount()));
        int predicted = argmax(whole);
        assertThat(found.edges()).isEmpty();
        assertThat(found.featureType()).isEqualTo(FeatureMaskType.NODE);
        for (int v = 0; v < block.nodeCount(); v++) {
            float[] mask = ones(block.nodeCount());
            mask[v] = 0;
            float lost = whole[predicted] - logits(model, block, ones(block.edgeCount()), mask)[predicted];
            assertThat(found.features()[v]).as("node %d", v).isCloseTo(lost, within(1e-5f));
        }
    }

    @Test
    void theTwoDirectionsOfAnEdgeAreRemovedTogetherUnlessAskedOtherwise() {
        GnnModel model = Workbench.gcn(Task.NODE, graph, CLASSES, 2);
        ComputationGraph block = ComputationGraph.of(graph, 4, 2);
        MaskValues together = explain(model, 4, Map.of());
        int pairs = 0;
        for (int v = 0; v < block.nodeCount(); v++) {
            for (int e = block.inOffset(v); e < block.inOffset(v + 1); e++) {
                int reverse = reverse(block, block.source(e), v);
                if (reverse >= 0) {
                    assertThat(together.edges()[e]).isEqualTo(together.edges()[reverse]);
                    pairs++;
                }
            }
        }
        assertThat(pairs).isPositive();
        assertThat(together.diagnostics().get("removals")).isEqualTo(block.edgeCount() - pairs / 2.0);
        assertThat(together.edges())
                .isNotEqualTo(explain(model, 4, Map.of("undirected", "false")).edges());
    }

    private static int reverse(ComputationGraph block, int target, int source) {
        for (int e = block.inOffset(target); e < block.inOffset(target + 1); e++) {
            if (block.source(e) == source) {
                return e;
            }
        }
        return -1;
    }

    @Test
    void probabilitiesAreComparedByDefault() {
        GnnModel model = Workbench.gcn(Task.NODE, graph, CLASSES, 2);
        for (float importance : explain(model, 4, Map.of()).edges()) {
            assertThat(importance).isBetween(-1f, 1f);
        }
    }

    @Test
    void graphsAndLargeBatchesAreExplainedLikeOneByOne() {
        GnnModel model = Workbench.gcn(Task.GRAPH, graph, CLASSES, 2);
        List<ComputationGraph> blocks = List.of(
                ComputationGraph.whole(graph), ComputationGraph.whole(TestGraphs.undirected(400, 900, 5, CLASSES, 2)));
        List<MaskValues> together = workbench.explain(
                explainer,
                model,
                GraphBatch.of(blocks),
                List.of(0, 1),
                Map.of("elements", "both"),
                0,
                TaskMonitor.NONE);
        MaskValues second = workbench
                .explain(
                        explainer,
                        model,
                        GraphBatch.of(blocks.subList(1, 2)),
                        List.of(1),
                        Map.of("elements", "both"),
                        0,
                        TaskMonitor.NONE)
                .get(0);
        assertThat(together.get(1).edges()).containsExactly(second.edges(), within(1e-5f));
        assertThat(together.get(1).features()).containsExactly(second.features(), within(1e-5f));
        assertThat(together.get(0).edges()).hasSize(graph.edgeCount());
    }

    private static int argmax(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    @Nested
    class Contract extends ExplainerContract {
        @Override
        protected Explainer explainer() {
            return new OcclusionExplainer();
        }
    }
}
