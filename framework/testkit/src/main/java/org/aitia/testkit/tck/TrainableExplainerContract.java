package org.aitia.testkit.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.CancelledException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.LearntWeights;
import org.aitia.api.explain.TrainableExplainer;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Parameter;
import org.junit.jupiter.api.Test;

/** What every {@link TrainableExplainer} promises, besides what every explainer does. */
public abstract class TrainableExplainerContract extends ExplainerContract {
    private static final int CLASSES = 3;

    /** For subclasses. */
    protected TrainableExplainerContract() {}

    @Override
    protected abstract TrainableExplainer explainer();

    private static Graph graph() {
        return TestGraphs.undirected(30, 50, 5, CLASSES, 1);
    }

    private static List<ComputationGraph> blocks(Graph graph) {
        return IntStream.range(0, 6)
                .mapToObj(v -> ComputationGraph.of(graph, v, 2))
                .toList();
    }

    private LearntWeights train(int fitting, TaskMonitor monitor) {
        Workbench workbench = workbench();
        Graph graph = graph();
        GnnModel model = Workbench.gcn(Task.NODE, graph, CLASSES, 2);
        List<ComputationGraph> blocks = blocks(graph);
        List<ExplanationTarget> targets = workbench.targets(model, GraphBatch.of(blocks), List.of(0, 1, 2, 3, 4, 5), 5);
        return workbench.train(explainer(), model, blocks, targets, quickOptions(), 5, fitting, monitor);
    }

    /** The same request learns the same; training changes nothing but its result. */
    @Test
    protected void learnsTheSameAgain() {
        LearntWeights first = train(6, TaskMonitor.NONE);
        assertEqual(first, train(6, TaskMonitor.NONE), 0);
    }

    /** How many targets fit the memory is not what an explainer learns from. */
    @Test
    protected void learnsTheSameInBatchesOfAnySize() {
        LearntWeights together = train(6, TaskMonitor.NONE);
        assertEqual(together, train(4, TaskMonitor.NONE), tolerance());
        assertEqual(together, train(1, TaskMonitor.NONE), tolerance());
    }

    private static void assertEqual(LearntWeights expected, LearntWeights actual, float tolerance) {
        assertThat(actual.options()).isEqualTo(expected.options());
        assertThat(actual.parameters()).hasSameSizeAs(expected.parameters());
        for (int i = 0; i < expected.parameters().size(); i++) {
            Parameter parameter = expected.parameters().get(i);
            assertThat(actual.parameters().get(i).name()).isEqualTo(parameter.name());
            assertThat(actual.parameters().get(i).values())
                    .as(parameter.name())
                    .containsExactly(parameter.values(), within(tolerance));
        }
    }

    /** What it is to be told is that it has learnt nothing. */
    @Test
    protected void refusesToExplainUntrained() {
        Graph graph = graph();
        GnnModel model = Workbench.gcn(Task.NODE, graph, CLASSES, 2);
        GraphBatch batch = GraphBatch.of(List.of(ComputationGraph.of(graph, 0, 2)));
        Workbench workbench = workbench();
        List<ExplanationTarget> targets = workbench.targets(model, batch, List.of(0), 5);
        Map<String, String> options = quickOptions();
        assertThatThrownBy(() -> workbench.explain(
                        explainer(), model, batch, targets, options, Optional.empty(), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("train");
    }

    /** A cancelled training ends, and says so. */
    @Test
    protected void stopsLearningWhenCancelled() {
        TaskMonitor cancelled = new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                // only cancellation matters here
            }

            @Override
            public boolean isCancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> train(6, cancelled)).isInstanceOf(CancelledException.class);
    }

    /** What training allocates, it frees. */
    @Test
    protected void leavesNoArraysOfTrainingBehind() {
        train(4, TaskMonitor.NONE);
        long before = workbench().lease().engine().liveArrays();
        train(4, TaskMonitor.NONE);
        assertThat(workbench().lease().engine().liveArrays()).isEqualTo(before);
    }
}
