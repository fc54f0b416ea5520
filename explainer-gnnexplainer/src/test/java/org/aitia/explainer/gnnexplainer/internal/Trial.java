package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.Seeds;
import org.aitia.api.TaskMonitor;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Objective;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;
import org.aitia.testkit.tck.Workbench;

/** A model and a graph, and explanations of nodes with all that a batch can carry. */
record Trial(Workbench workbench, GnnModel model, Graph graph) {

    /** What differs from run to run. */
    record Setup(Map<String, String> options, List<MaskValues> initial, List<Objective> objectives) {
        static Setup of(Map<String, String> options) {
            return new Setup(options, List.of(), List.of());
        }

        Setup initial(MaskValues... masks) {
            return new Setup(options, List.of(masks), objectives);
        }

        Setup objectives(Objective... others) {
            return new Setup(options, initial, List.of(others));
        }
    }

    int hops() {
        return model.info().hops();
    }

    ComputationGraph block(int node) {
        return ComputationGraph.of(graph, node, hops());
    }

    MaskValues explain(int node, Map<String, String> options) {
        return explain(Setup.of(options), node).get(0);
    }

    List<MaskValues> explain(Setup setup, Integer... nodes) {
        List<ExplanationTarget> targets = new ArrayList<>();
        for (int node : nodes) {
            targets.add(target(node, Seeds.derive(5, node)));
        }
        return explain(setup, targets);
    }

    List<MaskValues> explain(Setup setup, List<ExplanationTarget> targets) {
        GraphBatch graphs =
                GraphBatch.of(targets.stream().map(t -> block(t.id())).toList());
        try (ModelSession session = model.open(workbench.lease());
                PreparedBatch prepared = session.prepare(graphs);
                NDManager manager = workbench.lease().manager().newSubManager()) {
            return new GnnExplainer(setup.objectives())
                    .explain(new ExplanationBatch(
                            session,
                            prepared,
                            targets,
                            setup.options(),
                            workbench.lease(),
                            manager,
                            TaskMonitor.NONE,
                            setup.initial().stream().map(Optional::of).toList(),
                            Optional.empty()));
        }
    }

    ExplanationTarget target(int node, long seed) {
        float[] logits = logits(node, new float[0]);
        int best = IntStream.range(0, logits.length)
                .reduce((a, b) -> logits[b] > logits[a] ? b : a)
                .orElseThrow();
        float[] outputs = model.info().isRegression() ? logits : softmax(logits);
        return new ExplanationTarget(node, best, best, -1, outputs, seed);
    }

    static float[] softmax(float[] logits) {
        double sum = IntStream.range(0, logits.length)
                .mapToDouble(c -> Math.exp(logits[c]))
                .sum();
        float[] probabilities = new float[logits.length];
        for (int c = 0; c < logits.length; c++) {
            probabilities[c] = (float) (Math.exp(logits[c]) / sum);
        }
        return probabilities;
    }

    /** The logits of a node under an edge mask in the order of its computation graph; an empty one for none. */
    float[] logits(int node, float[] edgeMask) {
        try (ModelSession session = model.open(workbench.lease());
                PreparedBatch prepared = session.prepare(GraphBatch.of(List.of(block(node))));
                TensorScope scope = workbench.lease().engine().openScope()) {
            Masks masks = edgeMask.length == 0
                    ? Masks.NONE
                    : Masks.ofEdges(
                            workbench.lease().manager().create(prepared.batch().joinEdges(new float[][] {edgeMask})));
            return session.forward(prepared, masks).toFloatArray();
        }
    }

    /** The derivatives of -log P(class) by the edge mask. */
    float[] edgeSlopes(int node, float[] edgeMask, int explainedClass) {
        try (ModelSession session = model.open(workbench.lease());
                PreparedBatch prepared = session.prepare(GraphBatch.of(List.of(block(node))));
                NDManager manager = workbench.lease().manager().newSubManager();
                GradientMode recording = workbench.lease().engine().gradientMode(true);
                TensorScope scope = workbench.lease().engine().openScope()) {
            NDArray mask = workbench
                    .lease()
                    .engine()
                    .variable(manager.create(prepared.batch().joinEdges(new float[][] {edgeMask})));
            NDArray index = manager.create(new long[] {explainedClass}, new Shape(1, 1));
            NDArray loss = session.forward(prepared, Masks.ofEdges(mask))
                    .logSoftmax(1)
                    .gather(index, 1)
                    .neg()
                    .sum();
            float[] slopes = workbench
                    .lease()
                    .engine()
                    .gradients(loss, List.of(mask))
                    .get(0)
                    .toFloatArray();
            return prepared.batch().splitEdges(slopes)[0];
        }
    }

    static long zeros(float[] values) {
        return IntStream.range(0, values.length).filter(i -> values[i] == 0).count();
    }

    static double sum(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
    }

    /** Masks with one value for every edge and every node. */
    static MaskValues constant(ComputationGraph block, float edges, float nodes) {
        float[] edgeMask = new float[block.edgeCount()];
        Arrays.fill(edgeMask, edges);
        float[] nodeMask = new float[block.nodeCount()];
        Arrays.fill(nodeMask, nodes);
        return new MaskValues(edgeMask, FeatureMaskType.NODE, nodeMask, Map.of());
    }
}
