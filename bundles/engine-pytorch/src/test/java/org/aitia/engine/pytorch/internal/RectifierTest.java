package org.aitia.engine.pytorch.internal;

import static org.aitia.engine.pytorch.internal.Engines.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.Rectifier;
import org.aitia.api.engine.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RectifierTest {
    private NDManager manager;
    private TensorScope step;
    private GradientMode on;

    @BeforeEach
    void open() {
        manager = Engines.manager();
        step = ENGINE.openStep();
        on = ENGINE.gradientMode(true);
    }

    @AfterEach
    void close() {
        on.close();
        step.close();
        manager.close();
    }

    private NDArray array(double... values) {
        return manager.create(values);
    }

    private static NDArray relu(NDArray x, Rectifier rule) {
        return ENGINE.kernels().relu(x, rule);
    }

    @ParameterizedTest
    @EnumSource
    void theRuleDoesNotChangeTheResult(Rectifier rule) {
        NDArray x = ENGINE.variable(array(-2, -0.5, 0, 0.5, 2));
        assertThat(relu(x, rule).toDoubleArray()).containsExactly(0, 0, 0, 0.5, 2);
        assertThat(relu(array(-1, 1), rule).toDoubleArray()).containsExactly(0, 1);
    }

    @ParameterizedTest
    @CsvSource({
        // inputs are -2, -2, 0, 0, 3, 3 and what comes from above is 4, -4 and so on
        "PLAIN,         '0, 0, 0, 0, 4, -4'",
        "DECONVOLUTION, '4, 0, 4, 0, 4, 0'",
        "GUIDED,        '0, 0, 0, 0, 4, 0'"
    })
    void aDerivativePassesWhereTheRuleLetsIt(Rectifier rule, String expected) {
        NDArray x = ENGINE.variable(array(-2, -2, 0, 0, 3, 3));
        NDArray loss = relu(x, rule).mul(array(4, -4, 4, -4, 4, -4)).sum();
        assertThat(ENGINE.gradients(loss, List.of(x)).get(0).toDoubleArray())
                .containsExactly(Arrays.stream(expected.split(","))
                        .mapToDouble(s -> Double.parseDouble(s.strip()))
                        .toArray());
    }

    /** The rules are not linear: what comes along several ways is added up before. */
    @ParameterizedTest
    @CsvSource({"PLAIN, -2", "DECONVOLUTION, 0", "GUIDED, 0"})
    void whatComesFromAboveIsAddedUpFirst(Rectifier rule, double expected) {
        NDArray x = ENGINE.variable(array(1.5));
        NDArray y = relu(x, rule);
        NDArray loss = y.mul(array(3)).sum().add(y.mul(array(-5)).sum());
        assertThat(ENGINE.gradients(loss, List.of(x)).get(0).toDoubleArray()).containsExactly(expected);
    }

    /** Two ReLUs with kernels that have derivatives of their own between and after them, float64 to 1e-12. */
    @ParameterizedTest
    @EnumSource
    void rulesHoldInEachLayerOfANetwork(Rectifier rule) {
        Random random = new Random(5);
        int n = 6;
        double[][] a = new double[n][n];
        int[] offsets = new int[n + 1];
        int[] sources = new int[2 * n];
        for (int v = 0; v < n; v++) {
            offsets[v + 1] = 2 * (v + 1);
            sources[2 * v] = (v + 1) % n;
            sources[2 * v + 1] = (v + 3) % n;
            a[v][(v + 1) % n] = 1;
            a[v][(v + 3) % n] = 1;
        }
        double[] x = random.doubles(n, -1, 1).toArray();
        double[] w = random.doubles(n, -1, 1).toArray();
        Adjacency adjacency = Adjacency.of(manager, offsets, sources, n);
        NDArray leaf = ENGINE.variable(manager.create(x, new Shape(n, 1)));
        NDArray h = relu(ENGINE.kernels().aggregate(adjacency, leaf), rule).sub(array(0.2));
        NDArray y = relu(ENGINE.kernels().aggregate(adjacency, h), rule);
        NDArray loss = y.mul(manager.create(w, new Shape(n, 1))).sum();

        double[] first = times(a, x, false);
        double[] hidden = new double[n];
        for (int v = 0; v < n; v++) {
            hidden[v] = Math.max(0, first[v]) - 0.2;
        }
        double[] g = times(a, back(rule, w, times(a, hidden, false)), true);
        double[] expected = times(a, back(rule, g, first), true);
        assertThat(ENGINE.gradients(loss, List.of(leaf)).get(0).toDoubleArray())
                .containsExactly(expected, within(1e-12));
    }

    private static double[] back(Rectifier rule, double[] above, double[] input) {
        double[] result = new double[above.length];
        for (int v = 0; v < above.length; v++) {
            boolean passes =
                    switch (rule) {
                        case PLAIN -> input[v] > 0;
                        case DECONVOLUTION -> above[v] > 0;
                        case GUIDED -> input[v] > 0 && above[v] > 0;
                    };
            result[v] = passes ? above[v] : 0;
        }
        return result;
    }

    private static double[] times(double[][] a, double[] x, boolean transposed) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += (transposed ? a[j][i] : a[i][j]) * x[j];
            }
        }
        return y;
    }

    @Test
    void rulesHoldWithinAStepOnly() {
        step.close();
        NDArray x = ENGINE.variable(array(1, -1));
        try (TensorScope scope = ENGINE.openScope()) {
            assertThatThrownBy(() -> relu(x, Rectifier.GUIDED))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("GUIDED")
                    .hasMessageContaining("openStep()");
            assertThat(relu(array(1, -1), Rectifier.GUIDED).toDoubleArray()).containsExactly(1, 0);
            try (GradientMode off = ENGINE.gradientMode(false)) {
                assertThat(relu(x, Rectifier.GUIDED).toDoubleArray()).containsExactly(1, 0);
            }
        }
    }
}
