package org.aitia.explainer.gnnexplainer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mask on stored features is the mask on all of them, as zeros stay zero and are out of PyG's masks too. */
class StoredMaskTest extends OnTrial {
    private static final int FEATURES = 12;
    private static final List<Integer> NODES = List.of(4, 0, 11);

    private static Graph sparse() {
        return TestGraphs.directed(30, 90, FEATURES, CLASSES, 3);
    }

    private static Graph dense() {
        Graph sparse = sparse();
        FloatBuffer values = FloatBuffer.allocate(sparse.nodeCount() * FEATURES);
        int[] sources = new int[sparse.edgeCount()];
        for (int e = 0; e < sources.length; e++) {
            sources[e] = sparse.source(e);
        }
        for (int i = 0; i < values.capacity(); i++) {
            values.put(i, sparse.features().value(i / FEATURES, i % FEATURES));
        }
        return Graph.builder(sparse.nodeCount())
                .edges(sources, sparse.targets())
                .features(new DenseFeatures(sparse.nodeCount(), FEATURES, values))
                .build();
    }

    @ParameterizedTest
    @CsvSource({"none,1", "none,100", "l1,100", "two-stage,50"})
    void equalsTheMaskOnDenseFeatures(String sparsity, String epochs) {
        Map<String, String> options = options("nodeMaskType=attributes", "sparsity=" + sparsity, "epochs=" + epochs);
        List<MaskValues> stored = run(sparse(), options);
        List<MaskValues> full = run(dense(), options);
        for (int b = 0; b < NODES.size(); b++) {
            assertThat(stored.get(b).featureType()).isEqualTo(FeatureMaskType.STORED);
            assertThat(full.get(b).featureType()).isEqualTo(FeatureMaskType.NODE_FEATURE);
            assertThat(stored.get(b).edges()).containsExactly(full.get(b).edges(), within(1e-5f));
            float[] expanded = new float[full.get(b).features().length];
            ComputationGraph block = ComputationGraph.of(sparse(), NODES.get(b), 2);
            int[] offsets = block.storedOffsets();
            int[] columns = block.storedColumns();
            for (int v = 0; v < block.nodeCount(); v++) {
                for (int i = offsets[v]; i < offsets[v + 1]; i++) {
                    expanded[v * FEATURES + columns[i]] = stored.get(b).features()[i];
                }
            }
            assertThat(full.get(b).features()).containsExactly(expanded, within(1e-5f));
            assertThat(full.get(b).diagnostics().get("loss"))
                    .isCloseTo(stored.get(b).diagnostics().get("loss"), within(1e-5));
        }
    }

    /** Starts both from the same numbers, those of the full mask. */
    private List<MaskValues> run(Graph graph, Map<String, String> typed) {
        GnnExplainerOptions options =
                (GnnExplainerOptions) new GnnExplainer().options().parse(typed);
        GraphBatch graphs = GraphBatch.of(
                NODES.stream().map(v -> ComputationGraph.of(graph, v, 2)).toList());
        List<ExplanationTarget> targets = NODES.stream()
                .map(v -> new ExplanationTarget(v, 1, 1, -1, new float[CLASSES], v))
                .toList();
        try (ModelSession session = Workbench.gcn(Task.NODE, graph, CLASSES, 2)
                        .open(workbench().lease());
                PreparedBatch prepared = session.prepare(graphs);
                NDManager manager = workbench().lease().manager().newSubManager()) {
            ExplanationBatch batch = new ExplanationBatch(
                    session, prepared, targets, typed, workbench().lease(), manager, TaskMonitor.NONE);
            float[][] edges = InitialMasks.of(batch, options).edges();
            float[][] features =
                    graphs.blocks().stream().map(block -> start(block, options)).toArray(float[][]::new);
            try (MaskOptimization optimization = new MaskOptimization(
                    batch,
                    options,
                    new InitialMasks(edges, features),
                    PredictionGoal.perTarget(new int[] {1, 1, 1}),
                    List.of())) {
                return optimization.run();
            }
        }
    }

    private static float[] start(ComputationGraph block, GnnExplainerOptions options) {
        RandomGenerator random = Seeds.generator(block.target());
        float[] full = new float[block.nodeCount() * FEATURES];
        for (int i = 0; i < full.length; i++) {
            full[i] = (float) (0.1 * random.nextGaussian());
        }
        if (options.nodeMaskType().shape(GraphBatch.of(List.of(block))) == FeatureMaskType.NODE_FEATURE) {
            return full;
        }
        int[] offsets = block.storedOffsets();
        int[] columns = block.storedColumns();
        float[] stored = new float[columns.length];
        for (int v = 0; v < block.nodeCount(); v++) {
            for (int i = offsets[v]; i < offsets[v + 1]; i++) {
                stored[i] = full[v * FEATURES + columns[i]];
            }
        }
        return stored;
    }

    /** Derivatives by hand are those of the recorded loss: only the guard of the logarithms tells them apart. */
    @Test
    void derivativesByHandAreThoseThatLibtorchRecords() {
        List<MaskValues> byHand = run(dense(), options("nodeMaskType=attributes", "eps=1e-15"));
        List<MaskValues> recorded = run(dense(), options("nodeMaskType=attributes", "eps=1.1e-8"));
        for (int b = 0; b < NODES.size(); b++) {
            assertThat(byHand.get(b).features()).containsExactly(recorded.get(b).features(), within(1e-5f));
            assertThat(byHand.get(b).edges()).containsExactly(recorded.get(b).edges(), within(1e-5f));
        }
    }
}
