package org.aitia.benchmarks;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aitia.api.engine.TensorScope;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** The other graph kernels, each forward and backward, and the cost of a call as such. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class KernelBenchmark {
    /** One element-wise operation of DJL in a scope of its own, for comparison. */
    @Benchmark
    public void oneOperation(GraphState state) {
        try (TensorScope scope = state.engine.openScope()) {
            state.graph.offsets().neg();
        }
    }

    @Benchmark
    public void gather(GraphState state) {
        try (TensorScope scope = state.engine.openScope()) {
            NDArray rows = state.engine.kernels().gather(state.nodeValues, state.graph.sources());
            state.engine.gradients(rows, state.edgeWeights, List.of(state.nodeValues));
        }
    }

    @Benchmark
    public void scatterSum(GraphState state) {
        try (TensorScope scope = state.engine.openScope()) {
            NDArray sums =
                    state.engine.kernels().scatterSum(state.edgeRows, state.graph.sources(), state.graph.columns());
            state.engine.gradients(sums, state.nodeWeights, List.of(state.edgeRows));
        }
    }

    @Benchmark
    public void segmentSum(GraphState state) {
        try (TensorScope scope = state.engine.openScope()) {
            NDArray sums = state.engine.kernels().segmentSum(state.edgeRows, state.graph.offsets());
            state.engine.gradients(sums, state.nodeWeights, List.of(state.edgeRows));
        }
    }

    @Benchmark
    public void segmentMax(GraphState state) {
        try (TensorScope scope = state.engine.openScope()) {
            NDArray highest = state.engine.kernels().segmentMax(state.edgeRows, state.graph.offsets());
            state.engine.gradients(highest, state.nodeWeights, List.of(state.edgeRows));
        }
    }

    @Benchmark
    public void segmentSoftmax(GraphState state) {
        try (TensorScope scope = state.engine.openScope()) {
            NDArray shares =
                    state.engine.kernels().segmentSoftmax(state.edgeRows, state.graph.offsets(), state.graph.targets());
            state.engine.gradients(shares, state.edgeWeights, List.of(state.edgeRows));
        }
    }
}
