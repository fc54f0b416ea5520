package org.aitia.explainer.pgexplainer.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.LearntWeights;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.TrainableExplainer;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Parameter;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;

/** A model, a graph and some of its nodes to learn from and to explain. */
record Bench(Workbench workbench, Graph graph, GnnModel model, List<Integer> nodes) implements AutoCloseable {
    static final int CLASSES = 3;
    static final int HOPS = 2;

    static Bench open() {
        Graph graph = TestGraphs.undirected(30, 50, 5, CLASSES, 1);
        return of(graph, List.of(0, 1, 2, 3, 4, 5));
    }

    static Bench of(Graph graph, List<Integer> nodes) {
        return new Bench(Workbench.open(), graph, Workbench.gcn(Task.NODE, graph, CLASSES, HOPS), nodes);
    }

    /** Options that make training short, and others. */
    static Map<String, String> options(String... namesAndValues) {
        Map<String, String> options = new HashMap<>(Map.of("epochs", "5"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return options;
    }

    List<ComputationGraph> blocks() {
        return blocks(HOPS);
    }

    List<ComputationGraph> blocks(int hops) {
        return nodes.stream().map(v -> ComputationGraph.of(graph, v, hops)).toList();
    }

    List<ExplanationTarget> targets() {
        return workbench.targets(model, GraphBatch.of(blocks()), nodes, 5);
    }

    LearntWeights train(String... options) {
        return train(new PgExplainer(), nodes.size(), options);
    }

    LearntWeights train(TrainableExplainer explainer, int fitting, String... options) {
        return workbench.train(explainer, model, blocks(), targets(), options(options), 5, fitting, TaskMonitor.NONE);
    }

    List<MaskValues> explain(LearntWeights learnt, int hops) {
        return workbench.explain(
                new PgExplainer(),
                model,
                GraphBatch.of(blocks(hops)),
                targets(),
                Map.of(),
                Optional.of(learnt),
                TaskMonitor.NONE);
    }

    /** All weights in one array. */
    static float[] together(LearntWeights learnt) {
        int count = 0;
        for (Parameter parameter : learnt.parameters()) {
            count += parameter.values().length;
        }
        float[] all = new float[count];
        int at = 0;
        for (Parameter parameter : learnt.parameters()) {
            float[] values = parameter.values();
            System.arraycopy(values, 0, all, at, values.length);
            at += values.length;
        }
        return all;
    }

    /** The importance of the edge between two nodes in a block. */
    static float importance(MaskValues masks, ComputationGraph block, int source, int target) {
        return IntStream.range(0, block.edgeCount())
                .filter(e -> block.graph().source(block.edge(e)) == source
                        && block.graph().target(block.edge(e)) == target)
                .mapToObj(e -> masks.edges()[e])
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        workbench.close();
    }
}
