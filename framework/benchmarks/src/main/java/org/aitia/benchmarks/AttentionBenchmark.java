package org.aitia.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.aitia.api.engine.TensorScope;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Attention with eight heads under a mask: the kernel in a step, beside what it replaces; all with gradients. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class AttentionBenchmark {
    private static final int HEADS = 8;

    /** Parts of the scores at both ends of an edge. */
    @State(Scope.Thread)
    public static class Ends {
        NDArray sources;
        NDArray targets;
        NDArray scores;
        NDArray scoreWeights;

        /** Makes random numbers. */
        @Setup(Level.Trial)
        public void open(GraphState state) {
            Shape nodes = new Shape(state.graph.columns(), HEADS);
            Shape edges = new Shape(state.graph.edges(), HEADS);
            sources = state.engine.variable(state.manager.randomNormal(nodes));
            targets = state.engine.variable(state.manager.randomNormal(nodes));
            scores = state.engine.variable(state.manager.randomNormal(edges));
            scoreWeights = state.manager.randomNormal(edges);
        }
    }

    /** All heads by one call. */
    @Benchmark
    public void attendInStep(GraphState state, Ends ends) {
        try (TensorScope step = state.engine.openStep()) {
            attend(state, ends);
        }
    }

    /** All heads by one call, with libtorch's derivatives. */
    @Benchmark
    public void attendInScope(GraphState state, Ends ends) {
        try (TensorScope scope = state.engine.openScope()) {
            attend(state, ends);
        }
    }

    private static void attend(GraphState state, Ends ends) {
        NDArray sums = state.engine
                .kernels()
                .attend(state.graph, state.nodeValues, ends.scores, Optional.of(state.edgeValues));
        state.engine.gradients(sums, state.nodeWeights, List.of(state.nodeValues, ends.scores, state.edgeValues));
    }

    /** A softmax, then an aggregation for each head. */
    @Benchmark
    public void headByHeadInStep(GraphState state, Ends ends) {
        try (TensorScope step = state.engine.openStep()) {
            NDArray shares = state.engine
                    .kernels()
                    .segmentSoftmax(ends.scores, state.graph.offsets(), state.graph.targets())
                    .mul(state.edgeValues.reshape(-1, 1));
            NDList values = state.nodeValues.split(HEADS, 1);
            NDList weights = shares.split(HEADS, 1);
            NDList sums = new NDList();
            for (int h = 0; h < HEADS; h++) {
                sums.add(state.engine
                        .kernels()
                        .aggregate(state.graph, values.get(h), weights.get(h).reshape(-1)));
            }
            state.engine.gradients(
                    NDArrays.concat(sums, 1),
                    state.nodeWeights,
                    List.of(state.nodeValues, ends.scores, state.edgeValues));
        }
    }

    /** Messages as one array, added up with an index, as in PyG. */
    @Benchmark
    public void messagesInScope(GraphState state, Ends ends) {
        try (TensorScope scope = state.engine.openScope()) {
            long edges = state.graph.edges();
            NDArray shares = state.engine
                    .kernels()
                    .segmentSoftmax(ends.scores, state.graph.offsets(), state.graph.targets())
                    .mul(state.edgeValues.reshape(-1, 1));
            NDArray messages = state.engine
                    .kernels()
                    .gather(state.nodeValues, state.graph.sources())
                    .reshape(edges, HEADS, -1)
                    .mul(shares.reshape(edges, HEADS, 1));
            NDArray sums = state.engine
                    .kernels()
                    .scatterSum(messages.reshape(edges, -1), state.graph.targets(), state.graph.rows());
            state.engine.gradients(sums, state.nodeWeights, List.of(state.nodeValues, ends.scores, state.edgeValues));
        }
    }

    /** Scores from both ends. */
    @Benchmark
    public void edgeSumsInStep(GraphState state, Ends ends) {
        try (TensorScope step = state.engine.openStep()) {
            NDArray scores = state.engine.kernels().edgeSums(state.graph, ends.sources, ends.targets);
            state.engine.gradients(scores, ends.scoreWeights, List.of(ends.sources, ends.targets));
        }
    }
}
