package org.aitia.engine.pytorch.internal;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;

/** One engine for all tests of the process, and helpers to compute with it. */
final class Engines {
    static final TensorEngine ENGINE =
            ServiceLoader.load(TensorEngine.class).findFirst().orElseThrow();

    private Engines() {}

    static NDManager manager() {
        return ENGINE.newManager(Device.cpu());
    }

    static NDArray random(NDManager manager, Random random, long... shape) {
        Shape size = new Shape(shape);
        double[] values = random.doubles(size.size(), -1, 1).toArray();
        return manager.create(values, size);
    }

    /** A random multigraph; some rows stay without edges. */
    static Adjacency graph(NDManager manager, Random random, int rows, int columns, int edges) {
        int[] offsets = new int[rows + 1];
        for (int e = 0; e < edges; e++) {
            offsets[random.nextInt(Math.max(1, rows * 2 / 3)) + 1]++;
        }
        for (int r = 0; r < rows; r++) {
            offsets[r + 1] += offsets[r];
        }
        int[] sources = random.ints(edges, 0, columns).toArray();
        return Adjacency.of(manager, offsets, sources, columns);
    }

    /**
     * Compares gradients of {@code sum(function(inputs) * random)}, recorded by the library and within a step, with
     * central differences in float64.
     */
    static void checkGradients(Random random, List<NDArray> inputs, Function<List<NDArray>, NDArray> function) {
        for (boolean step : new boolean[] {false, true}) {
            List<NDArray> variables = inputs.stream().map(ENGINE::variable).toList();
            try (TensorScope scope = step ? ENGINE.openStep() : ENGINE.openScope()) {
                NDArray result = function.apply(variables);
                NDArray weights =
                        random(result.getManager(), random, result.getShape().getShape());
                List<NDArray> gradients = ENGINE.gradients(result, weights, variables);
                for (int i = 0; i < inputs.size(); i++) {
                    Assertions.assertThat(gradients.get(i).getShape())
                            .isEqualTo(inputs.get(i).getShape());
                    double[] expected = differences(inputs, i, function, weights);
                    Assertions.assertThat(gradients.get(i).toDoubleArray())
                            .as("gradient of input %d, %s", i, step ? "in a step" : "recorded by libtorch")
                            .containsExactly(expected, Offset.offset(2e-8));
                }
            } finally {
                variables.forEach(NDArray::close);
            }
        }
    }

    private static double[] differences(
            List<NDArray> inputs, int varied, Function<List<NDArray>, NDArray> function, NDArray weights) {
        double h = 1e-6;
        double[] values = inputs.get(varied).toDoubleArray();
        double[] slopes = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            slopes[i] =
                    (value(inputs, varied, i, h, function, weights) - value(inputs, varied, i, -h, function, weights))
                            / (2 * h);
        }
        return slopes;
    }

    private static double value(
            List<NDArray> inputs,
            int varied,
            int element,
            double change,
            Function<List<NDArray>, NDArray> function,
            NDArray weights) {
        try (TensorScope scope = ENGINE.openScope()) {
            NDArray input = inputs.get(varied);
            double[] values = input.toDoubleArray();
            values[element] += change;
            List<NDArray> changed = new ArrayList<>(inputs);
            changed.set(varied, input.getManager().create(values, input.getShape()));
            return function.apply(changed).mul(weights).sum().getDouble();
        }
    }
}
