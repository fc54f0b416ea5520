package org.aitia.benchmarks;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorScope;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** Weighted neighbourhood sums, alone and with gradients by node values and edge weights. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class AggregateBenchmark {
    /** Without recording. */
    @Benchmark
    public void forward(GraphState state) {
        try (TensorScope scope = state.engine.openScope();
                GradientMode off = state.engine.gradientMode(false)) {
            state.engine.kernels().aggregate(state.graph, state.nodeValues, state.edgeValues);
        }
    }

    /** Forward and backward by libtorch's own derivatives. */
    @Benchmark
    public void gradientsInScope(GraphState state) {
        try (TensorScope scope = state.engine.openScope()) {
            gradients(state);
        }
    }

    /** Forward and backward by the kernels' derivatives. */
    @Benchmark
    public void gradientsInStep(GraphState state) {
        try (TensorScope step = state.engine.openStep()) {
            gradients(state);
        }
    }

    private static void gradients(GraphState state) {
        NDArray sums = state.engine.kernels().aggregate(state.graph, state.nodeValues, state.edgeValues);
        state.engine.gradients(sums, state.nodeWeights, List.of(state.nodeValues, state.edgeValues));
    }
}
