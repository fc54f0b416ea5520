package org.aitia.engine.pytorch.internal;

import static org.aitia.engine.pytorch.internal.Engines.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.engine.AdamOptimizer;
import org.aitia.api.engine.AdamOptions;
import org.aitia.api.engine.AdamState;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DifferentiationTest {
    private NDManager manager;
    private TensorScope scope;

    @BeforeEach
    void open() {
        manager = Engines.manager();
        scope = ENGINE.openScope();
    }

    @AfterEach
    void close() {
        scope.close();
        manager.close();
    }

    private NDArray variable(double... values) {
        return ENGINE.variable(manager.create(values));
    }

    @Test
    void aVariableIsACopyThatGathersGradients() {
        NDArray value =
                manager.create(new double[] {1, 2, 3, 4}, new Shape(2, 2)).transpose();
        NDArray leaf = ENGINE.variable(value);
        assertThat(leaf.hasGradient()).isTrue();
        assertThat(value.hasGradient()).isFalse();
        assertThat(leaf.getManager()).isSameAs(value.getManager());
        assertThat(leaf.toDoubleArray()).containsExactly(1, 3, 2, 4);
        assertThatThrownBy(() -> ENGINE.variable(manager.create(new int[] {1})))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("int32");
    }

    @Test
    void anAssignedVariableStaysTheLeafThatItWas() {
        NDArray leaf = variable(Double.NaN, 2);
        ENGINE.assign(leaf, manager.create(new double[] {3, 4}));
        try (GradientMode on = ENGINE.gradientMode(true)) {
            NDArray loss = leaf.mul(leaf).sum();
            assertThat(ENGINE.gradients(loss, List.of(leaf)).get(0).toDoubleArray())
                    .containsExactly(6, 8);
        }
        assertThatThrownBy(() -> ENGINE.assign(leaf, manager.create(new double[] {3, 4, 5})))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("(2)")
                .hasMessageContaining("(3)");
    }

    @Test
    void aVariableMadeFromAComputedValueStartsAnew() {
        NDArray a = variable(3);
        NDArray b = ENGINE.variable(a.mul(2));
        List<NDArray> gradients = ENGINE.gradients(b.mul(a).sum(), List.of(a, b));
        assertThat(gradients.get(0).toDoubleArray()).containsExactly(6);
        assertThat(gradients.get(1).toDoubleArray()).containsExactly(3);
    }

    @Test
    void gradientsDoNotAccumulate() {
        NDArray a = variable(1, 2, 3);
        for (int i = 0; i < 3; i++) {
            NDArray loss = a.square().sum();
            assertThat(ENGINE.gradients(loss, List.of(a)).get(0).toDoubleArray())
                    .containsExactly(2, 4, 6);
            assertThat(ENGINE.gradients(loss, List.of(a)).get(0).toDoubleArray())
                    .containsExactly(2, 4, 6);
        }
    }

    @Test
    void unusedVariablesGetZeros() {
        NDArray a = variable(1, 2, 3);
        NDArray unused = ENGINE.variable(manager.ones(new Shape(2, 2), DataType.FLOAT32));
        List<NDArray> gradients = ENGINE.gradients(a.sum(), List.of(unused, a));
        assertThat(gradients.get(0).toFloatArray()).containsExactly(0, 0, 0, 0);
        assertThat(gradients.get(1).toDoubleArray()).containsExactly(1, 1, 1);
        assertThat(ENGINE.gradients(a.sum(), List.of())).isEmpty();
    }

    @Test
    void gradientsByIntermediateArraysAndWithWeights() {
        NDArray a = variable(1, 2);
        NDArray b = a.mul(3);
        NDArray c = b.square();
        NDArray weights = manager.create(new double[] {10, 100});
        List<NDArray> gradients = ENGINE.gradients(c, weights, List.of(a, b));
        assertThat(gradients.get(1).toDoubleArray()).containsExactly(60, 1200);
        assertThat(gradients.get(0).toDoubleArray()).containsExactly(180, 3600);
        assertThat(gradients.get(0).hasGradient()).isFalse();
    }

    @Test
    void detachedArraysAreConstants() {
        NDArray a = variable(2);
        NDArray loss = ENGINE.detach(a.mul(5)).mul(a).sum();
        assertThat(ENGINE.gradients(loss, List.of(a)).get(0).toDoubleArray()).containsExactly(10);
    }

    @Test
    void gradientModeIsPerThreadAndRestored() throws InterruptedException {
        NDArray a = variable(2);
        try (GradientMode off = ENGINE.gradientMode(false)) {
            NDArray loss = a.square().sum();
            assertThatThrownBy(() -> ENGINE.gradients(loss, List.of(a)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("gradientMode(true)");
            try (GradientMode on = ENGINE.gradientMode(true)) {
                assertThat(ENGINE.gradients(a.square().sum(), List.of(a))).hasSize(1);
            }
            assertThatThrownBy(() ->
                            ENGINE.gradients(ENGINE.kernels().gather(a, manager.create(new long[] {0})), List.of(a)))
                    .isInstanceOf(InvalidRequestException.class);
            boolean[] recorded = new boolean[1];
            Thread thread = new Thread(() -> recorded[0] =
                    ENGINE.gradients(a.square().sum(), List.of(a)).get(0).getDouble(0) == 4);
            thread.start();
            thread.join();
            assertThat(recorded[0]).isTrue();
        }
        assertThat(ENGINE.gradients(a.square().sum(), List.of(a))).hasSize(1);
    }

    @Test
    void mistakesAreToldInOneLine() {
        NDArray a = variable(1, 2);
        assertThatThrownBy(() -> ENGINE.gradients(a.mul(2), List.of(a))).hasMessageContaining("A loss is one number");
        assertThatThrownBy(() -> ENGINE.gradients(a.sum(), List.of(manager.create(1d))))
                .hasMessageContaining("neither a variable nor computed from one");
        assertThatThrownBy(() -> ENGINE.gradients(manager.create(1d), List.of(a)))
                .hasMessageContaining("Nothing to differentiate");
    }

    @Test
    void threadsDifferentiateAtOnce() throws InterruptedException, ExecutionException {
        int threads = 4;
        int rounds = 40;
        List<double[]> alone = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            alone.add(train(t, rounds));
        }
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch together = new CountDownLatch(threads);
            List<Future<double[]>> results = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int seed = t;
                results.add(executor.submit(() -> {
                    together.countDown();
                    together.await();
                    return train(seed, rounds);
                }));
            }
            for (int t = 0; t < threads; t++) {
                assertThat(results.get(t).get()).containsExactly(alone.get(t));
            }
        } finally {
            executor.shutdownNow();
        }
    }

    /** A small two-layer network, with and without a step scope; returns its parameters. */
    private static double[] train(int seed, int rounds) {
        Random random = new Random(seed);
        try (NDManager own = Engines.manager()) {
            Adjacency graph = Engines.graph(own, random, 60, 60, 200);
            NDArray x = Engines.random(own, random, 60, 8);
            NDArray mask = ENGINE.variable(Engines.random(own, random, 200));
            NDArray theta = ENGINE.variable(Engines.random(own, random, 8, 8));
            AdamOptimizer adam = ENGINE.adam(AdamOptions.withLearningRate(0.05), List.of(mask, theta));
            for (int i = 0; i < rounds; i++) {
                try (TensorScope scope = i % 2 == 0 ? ENGINE.openStep() : ENGINE.openScope()) {
                    NDArray h = ENGINE.kernels()
                            .aggregate(graph, x.matMul(theta), mask)
                            .tanh();
                    NDArray loss = ENGINE.kernels()
                            .aggregate(graph, h.matMul(theta), mask)
                            .square()
                            .mean();
                    adam.step(ENGINE.gradients(loss, List.of(mask, theta)));
                }
            }
            return theta.toDoubleArray();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1e-8", "0.01, 1e-8", "0, 1e-3"})
    void adamIsPyTorchs(double decay, double epsilon) {
        Random random = new Random(11);
        double[] p = random.doubles(40, -1, 1).toArray();
        NDArray first = variable(Arrays.copyOf(p, 10));
        NDArray second = ENGINE.variable(manager.create(Arrays.copyOfRange(p, 10, 40), new Shape(5, 6)));
        AdamOptions options = new AdamOptions(0.05, 0.9, 0.999, epsilon, decay);
        double[] m = new double[40];
        double[] v = new double[40];
        try (AdamOptimizer adam = ENGINE.adam(options, List.of(first, second))) {
            for (int t = 1; t <= 100; t++) {
                double rate = t <= 50 ? 0.05 : 0.01;
                adam.setLearningRate(rate);
                double[] g = random.doubles(40, -2, 1).toArray();
                adam.step(List.of(
                        manager.create(Arrays.copyOf(g, 10)),
                        manager.create(Arrays.copyOfRange(g, 10, 40), new Shape(5, 6))));
                for (int i = 0; i < 40; i++) {
                    double slope = g[i] + decay * p[i];
                    m[i] = 0.9 * m[i] + (1 - 0.9) * slope;
                    v[i] = 0.999 * v[i] + (1 - 0.999) * slope * slope;
                    double mean = m[i] / (1 - Math.pow(0.9, t));
                    double spread = Math.sqrt(v[i] / (1 - Math.pow(0.999, t)));
                    p[i] -= rate * mean / (spread + epsilon);
                }
                double[] found = new double[40];
                System.arraycopy(first.toDoubleArray(), 0, found, 0, 10);
                System.arraycopy(second.toDoubleArray(), 0, found, 10, 30);
                for (int i = 0; i < 40; i++) {
                    assertThat(found[i]).as("step %d", t).isCloseTo(p[i], within(1e-12 * Math.max(1, Math.abs(p[i]))));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT32", "FLOAT64"})
    void adamTakesGradientsThatAreBroadcast(DataType type) {
        NDArray a = ENGINE.variable(manager.ones(new Shape(4, 3), type));
        try (AdamOptimizer adam = ENGINE.adam(AdamOptions.withLearningRate(0.25), List.of(a))) {
            // The gradient of a sum is one number seen twelve times.
            adam.step(ENGINE.gradients(a.sum(), List.of(a)));
            adam.step(ENGINE.gradients(
                    a.transpose().mul(manager.ones(new Shape(3, 4), type)).sum(), List.of(a)));
        }
        double[] expected = new double[12];
        Arrays.fill(expected, 0.5);
        assertThat(a.toType(DataType.FLOAT64, true).toDoubleArray()).containsExactly(expected, within(1e-6));
        assertThat(a.hasGradient()).isTrue();
    }

    @Test
    void adamGoesOnFromARestoredStateToTheLastBit() {
        Random random = new Random(7);
        List<NDArray> gradients = IntStream.range(0, 10)
                .mapToObj(i -> Engines.random(manager, random, 5, 3).toType(DataType.FLOAT32, true))
                .toList();
        NDArray start = Engines.random(manager, random, 5, 3).toType(DataType.FLOAT32, true);
        NDArray whole = ENGINE.variable(start);
        NDArray resumed;
        AdamState saved;
        AdamOptions options = AdamOptions.withLearningRate(0.05).weightDecay(0.01);
        try (AdamOptimizer adam = ENGINE.adam(options, List.of(whole))) {
            gradients.subList(0, 4).forEach(g -> adam.step(List.of(g)));
            saved = adam.state();
            resumed = ENGINE.variable(whole);
            gradients.subList(4, 10).forEach(g -> adam.step(List.of(g)));
            assertThat(adam.state().steps()).isEqualTo(10);
        }
        assertThat(saved.steps()).isEqualTo(4);
        try (AdamOptimizer adam = ENGINE.adam(options, List.of(resumed))) {
            assertThat(adam.state().steps()).isZero();
            adam.restore(saved);
            assertThat(adam.state().firstMoments().get(0))
                    .containsExactly(saved.firstMoments().get(0));
            assertThat(adam.state().secondMoments().get(0))
                    .containsExactly(saved.secondMoments().get(0));
            gradients.subList(4, 10).forEach(g -> adam.step(List.of(g)));
        }
        assertThat(resumed.toFloatArray()).containsExactly(whole.toFloatArray());
    }

    @Test
    void adamRefusesTheStateOfOtherVariables() {
        NDArray single = ENGINE.variable(manager.ones(new Shape(2)));
        float[] two = new float[2];
        try (AdamOptimizer adam = ENGINE.adam(AdamOptions.withLearningRate(0.1), List.of(single))) {
            assertThatThrownBy(() -> adam.restore(new AdamState(1, List.of(), List.of())))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("first moments of 0 variables, the optimiser has 1");
            assertThatThrownBy(() -> adam.restore(new AdamState(1, List.of(two), List.of(new float[3]))))
                    .hasMessageContaining("3 second moments of variable 0, which has 2 values");
            assertThatThrownBy(() -> adam.restore(new AdamState(-1, List.of(two), List.of(two))))
                    .hasMessageContaining("the state says -1");
        }
        try (AdamOptimizer adam = ENGINE.adam(AdamOptions.withLearningRate(0.1), List.of(variable(1)))) {
            assertThatThrownBy(adam::state)
                    .hasMessageContaining("single precision")
                    .hasMessageContaining("float64");
        }
    }

    @Test
    void adamRefusesWhatDoesNotFit() {
        NDArray a = variable(1, 2);
        NDArray single = ENGINE.variable(manager.ones(new Shape(2)));
        assertThatThrownBy(() -> ENGINE.adam(AdamOptions.withLearningRate(0.1), List.of(a, single)))
                .hasMessageContaining("share type and device");
        assertThatThrownBy(() -> ENGINE.adam(AdamOptions.withLearningRate(0), List.of(a)))
                .hasMessageContaining("more than 0");
        try (AdamOptimizer adam = ENGINE.adam(AdamOptions.withLearningRate(0.1), List.of(a))) {
            assertThatThrownBy(() -> adam.step(List.of())).hasMessageContaining("was given 0 gradients");
            assertThatThrownBy(() -> adam.step(List.of(single))).hasMessageContaining("its variable");
        }
    }
}
