package org.aitia.engine.pytorch.internal;

import static org.aitia.engine.pytorch.internal.Engines.ENGINE;
import static org.aitia.engine.pytorch.internal.Engines.checkGradients;
import static org.aitia.engine.pytorch.internal.Engines.graph;
import static org.aitia.engine.pytorch.internal.Engines.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.engine.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphKernelsTest {
    private final GraphKernels kernels = ENGINE.kernels();
    private final Random random = new Random(7);
    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Engines.manager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest(name = "{0} rows, {1} columns, {2} edges, {3} features")
    @CsvSource({"9, 9, 30, 4", "6, 9, 25, 1", "9, 4, 40, 3", "1, 1, 3, 2", "1, 5, 0, 2", "5, 5, 0, 3", "3, 3, 6, 0"})
    void aggregateIsTheWeightedSumOverInEdges(int rows, int columns, int edges, int features) {
        Adjacency graph = graph(manager, random, rows, columns, edges);
        NDArray x = random(manager, random, columns, features);
        NDArray w = random(manager, random, edges);

        NDArray y = kernels.aggregate(graph, x, w);

        assertThat(y.getShape()).isEqualTo(new Shape(rows, features));
        assertThat(y.toDoubleArray()).containsExactly(sum(graph, x, w.toDoubleArray()), within(1e-14));
        assertThat(kernels.aggregate(graph, x).toDoubleArray())
                .containsExactly(
                        sum(
                                graph,
                                x,
                                manager.ones(new Shape(edges), DataType.FLOAT64).toDoubleArray()),
                        within(1e-14));
        checkGradients(random, List.of(x, w), in -> kernels.aggregate(graph, in.get(0), in.get(1)));
        checkGradients(random, List.of(x), in -> kernels.aggregate(graph, in.get(0)));
        checkGradients(random, List.of(w), in -> kernels.aggregate(graph, x, in.get(0)));
        checkGradients(random, List.of(x), in -> kernels.aggregate(graph, in.get(0), w));
    }

    private static double[] sum(Adjacency graph, NDArray x, double[] w) {
        int features = (int) x.getShape().get(1);
        double[] nodes = x.toDoubleArray();
        long[] sources = graph.sources().toLongArray();
        long[] targets = graph.targets().toLongArray();
        double[] y = new double[(int) graph.rows() * features];
        for (int e = 0; e < sources.length; e++) {
            for (int f = 0; f < features; f++) {
                y[(int) targets[e] * features + f] += w[e] * nodes[(int) sources[e] * features + f];
            }
        }
        return y;
    }

    @ParameterizedTest(name = "{0} rows, {1} columns, {2} edges, {3} values, {4} further rows")
    @CsvSource({"9, 9, 30, 4, 0", "6, 9, 25, 1, 3", "9, 4, 40, 3, 0", "1, 5, 0, 2, 1", "3, 3, 6, 0, 0"})
    void edgeSumsAddBothEnds(int rows, int columns, int edges, int width, int further) {
        Adjacency graph = graph(manager, random, rows, columns, edges);
        NDArray a = random(manager, random, columns, width);
        NDArray b = random(manager, random, rows + further, width);

        long[] sources = graph.sources().toLongArray();
        long[] targets = graph.targets().toLongArray();
        double[] expected = new double[edges * width];
        for (int e = 0; e < edges; e++) {
            for (int k = 0; k < width; k++) {
                expected[e * width + k] = a.getDouble(sources[e], k) + b.getDouble(targets[e], k);
            }
        }
        NDArray sums = kernels.edgeSums(graph, a, b);
        assertThat(sums.getShape()).isEqualTo(new Shape(edges, width));
        assertThat(sums.toDoubleArray()).containsExactly(expected);
        checkGradients(random, List.of(a, b), in -> kernels.edgeSums(graph, in.get(0), in.get(1)));
        checkGradients(random, List.of(a), in -> kernels.edgeSums(graph, in.get(0), b));
        checkGradients(random, List.of(b), in -> kernels.edgeSums(graph, a, in.get(0)));
    }

    @ParameterizedTest(name = "{0} rows, {1} columns, {2} edges, {3} heads of {4} features")
    @CsvSource({
        "9, 9, 30, 3, 4",
        "6, 9, 25, 1, 5",
        "9, 4, 40, 2, 1",
        "1, 1, 3, 2, 2",
        "1, 5, 0, 2, 2",
        "3, 3, 6, 2, 0",
        "8, 8, 2, 4, 3"
    })
    void attentionIsTheSumWeightedBySoftmaxPerHead(int rows, int columns, int edges, int heads, int width) {
        Adjacency graph = graph(manager, random, rows, columns, edges);
        NDArray x = random(manager, random, columns, (long) heads * width);
        NDArray scores = random(manager, random, edges, heads);
        NDArray mask = random(manager, random, edges);
        NDArray dropout = random(manager, random, edges, heads);

        checkAttention(graph, x, scores, Optional.empty());
        checkAttention(graph, x, scores, Optional.of(mask));
        checkAttention(graph, x, scores, Optional.of(dropout));
        checkGradients(random, List.of(x, scores), in -> kernels.attend(graph, in.get(0), in.get(1), Optional.empty()));
        checkGradients(
                random,
                List.of(x, scores, mask),
                in -> kernels.attend(graph, in.get(0), in.get(1), Optional.of(in.get(2))));
        checkGradients(
                random,
                List.of(x, scores, dropout),
                in -> kernels.attend(graph, in.get(0), in.get(1), Optional.of(in.get(2))));
        checkGradients(random, List.of(x), in -> kernels.attend(graph, in.get(0), scores, Optional.of(mask)));
        checkGradients(random, List.of(scores), in -> kernels.attend(graph, x, in.get(0), Optional.of(dropout)));
        checkGradients(random, List.of(mask), in -> kernels.attend(graph, x, scores, Optional.of(in.get(0))));
        checkGradients(random, List.of(dropout), in -> kernels.attend(graph, x, scores, Optional.of(in.get(0))));
    }

    /** Compares all heads at once, in a scope and in a step, with one aggregation per head. */
    private void checkAttention(Adjacency graph, NDArray x, NDArray scores, Optional<NDArray> factors) {
        int heads = (int) scores.getShape().get(1);
        int width = (int) x.getShape().get(1) / heads;
        int rows = (int) graph.rows();
        double[] expected = new double[rows * heads * width];
        for (int h = 0; h < heads; h++) {
            int head = h;
            NDArray weights =
                    kernels.segmentSoftmax(column(scores, h).reshape(-1, 1), graph.offsets(), graph.targets());
            NDArray scaled = factors.map(
                            f -> weights.reshape(-1).mul(f.getShape().dimension() == 1 ? f : column(f, head)))
                    .orElse(weights.reshape(-1));
            double[] sum = sum(graph, x.get(":, " + h * width + ":" + (h + 1) * width), scaled.toDoubleArray());
            for (int r = 0; r < rows; r++) {
                System.arraycopy(sum, r * width, expected, (r * heads + h) * width, width);
            }
        }
        for (boolean step : new boolean[] {false, true}) {
            try (TensorScope scope = step ? ENGINE.openStep() : ENGINE.openScope()) {
                NDArray y = kernels.attend(graph, x, scores, factors);
                assertThat(y.getShape()).isEqualTo(new Shape(rows, (long) heads * width));
                assertThat(y.toDoubleArray()).containsExactly(expected, within(1e-14));
            }
        }
    }

    private static NDArray column(NDArray matrix, int column) {
        return matrix.get(":, " + column);
    }

    @ParameterizedTest(name = "{0} rows, {1} heads of {2} features")
    @CsvSource({"5, 3, 4", "7, 1, 2", "4, 2, 1", "0, 2, 3", "3, 2, 0"})
    void headSumsAddUpTheColumnsOfEachHead(int rows, int heads, int width) {
        NDArray x = random(manager, random, rows, (long) heads * width);

        double[] expected = new double[rows * heads];
        double[] values = x.toDoubleArray();
        for (int i = 0; i < values.length; i++) {
            expected[i / width] += values[i];
        }
        NDArray sums = kernels.headSums(x, heads);
        assertThat(sums.getShape()).isEqualTo(new Shape(rows, heads));
        assertThat(sums.toDoubleArray()).containsExactly(expected, within(1e-14));
        checkGradients(random, List.of(x), in -> kernels.headSums(in.get(0), heads));
        assertThatThrownBy(() -> kernels.headSums(x, 0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("0 heads");
    }

    @Test
    void layersOfAttentionShareInputsAndWeights() {
        Adjacency graph = graph(manager, random, 8, 8, 30);
        NDArray x = random(manager, random, 8, 6);
        NDArray a = random(manager, random, 6, 2);
        NDArray theta = random(manager, random, 6, 6);
        NDArray mask = random(manager, random, 30);
        // Two layers as in GAT and one as in GATv2, on one mask, with a path around the last.
        checkGradients(random, List.of(x, a, theta, mask), in -> {
            NDArray h = in.get(0);
            for (int layer = 0; layer < 2; layer++) {
                NDArray z = h.matMul(in.get(2));
                NDArray ends = z.matMul(in.get(1));
                NDArray scores = Activation.leakyRelu(kernels.edgeSums(graph, ends, ends.neg()), 0.2f);
                h = kernels.attend(graph, z, scores, Optional.of(in.get(3))).tanh();
            }
            NDArray scores = kernels.edgeSums(graph, h, in.get(0)).tanh().matMul(in.get(1));
            return kernels.attend(graph, h, scores, Optional.of(in.get(3))).add(h);
        });
    }

    @Test
    void attentionOfLargeScoresDoesNotOverflow() {
        Adjacency graph = Adjacency.of(manager, new int[] {0, 3, 4}, new int[] {0, 1, 1, 0}, 2);
        NDArray x = manager.create(new float[] {1, 3}, new Shape(2, 1));
        NDArray scores = manager.create(new float[] {1000, 1000, -1000, 90_000}, new Shape(4, 1));
        try (TensorScope step = ENGINE.openStep()) {
            assertThat(kernels.attend(graph, x, scores, Optional.empty()).toFloatArray())
                    .containsExactly(2, 1);
        }
    }

    @Test
    void aggregateInFloat32() {
        Adjacency graph = graph(manager, random, 50, 60, 400);
        NDArray x = random(manager, random, 60, 16);
        NDArray w = random(manager, random, 400);

        NDArray y = kernels.aggregate(graph, x.toType(DataType.FLOAT32, true), w.toType(DataType.FLOAT32, true));

        assertThat(y.getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat(y.toType(DataType.FLOAT64, true).toDoubleArray())
                .containsExactly(sum(graph, x, w.toDoubleArray()), within(1e-5));
    }

    @Test
    void aggregationsOfSeveralLayersShareInputsAndWeights() {
        Adjacency graph = graph(manager, random, 8, 8, 30);
        NDArray x = random(manager, random, 8, 3);
        NDArray w = random(manager, random, 30);
        NDArray theta = random(manager, random, 3, 3);
        // Layers with a path around the aggregation, one that is applied to the result of another at once, and one
        // whose weights depend on an earlier layer.
        checkGradients(random, List.of(x, w, theta), in -> {
            NDArray h = kernels.aggregate(graph, in.get(0), in.get(1))
                    .matMul(in.get(2))
                    .add(in.get(0))
                    .tanh();
            NDArray twice = kernels.aggregate(graph, kernels.aggregate(graph, h, Activation.sigmoid(in.get(1))));
            NDArray scores = kernels.gather(h.sum(new int[] {1}), graph.sources());
            NDArray attention = kernels.segmentSoftmax(scores, graph.offsets(), graph.targets());
            return kernels.aggregate(graph, h.matMul(in.get(2)), attention)
                    .add(twice)
                    .add(h.mul(in.get(0)));
        });
    }

    @Test
    void aggregateTakesMatrixColumnsThatAreNotContiguous() {
        Adjacency graph = graph(manager, random, 5, 5, 12);
        NDArray x = random(manager, random, 3, 5);
        NDArray w = random(manager, random, 12, 2);
        checkGradients(
                random,
                List.of(x, w),
                in -> kernels.aggregate(graph, in.get(0).transpose(), in.get(1).get(":, 1")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20})
    void gatherSelectsRows(int count) {
        NDArray x = random(manager, random, 6, 2);
        NDArray index = index(count, 6);

        double[] expected = new double[2 * count];
        for (int i = 0; i < count; i++) {
            expected[2 * i] = x.getDouble(index.getLong(i), 0);
            expected[2 * i + 1] = x.getDouble(index.getLong(i), 1);
        }
        assertThat(kernels.gather(x, index).toDoubleArray()).containsExactly(expected);
        checkGradients(random, List.of(x), in -> kernels.gather(in.get(0), index));
        checkGradients(random, List.of(random(manager, random, 6)), in -> kernels.gather(in.get(0), index));
        checkGradients(random, List.of(random(manager, random, 6, 2, 3)), in -> kernels.gather(in.get(0), index));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20})
    void scatterSumAddsToRepeatedPlaces(int count) {
        NDArray index = index(count, 4);
        NDArray values = random(manager, random, count, 2);

        double[] expected = new double[12];
        for (int i = 0; i < count; i++) {
            expected[2 * (int) index.getLong(i)] += values.getDouble(i, 0);
            expected[2 * (int) index.getLong(i) + 1] += values.getDouble(i, 1);
        }
        assertThat(kernels.scatterSum(values, index, 6).toDoubleArray()).containsExactly(expected, within(1e-15));
        checkGradients(random, List.of(values), in -> kernels.scatterSum(in.get(0), index, 6));
        checkGradients(random, List.of(random(manager, random, count)), in -> kernels.scatterSum(in.get(0), index, 4));
    }

    private NDArray index(int count, int bound) {
        return manager.create(random.longs(count, 0, bound).toArray(), new Shape(count));
    }

    @ParameterizedTest(name = "offsets {0}, {1} columns")
    @CsvSource({"0 3 3 4 9, 2", "0 3 3 4 9, -1", "0 0 5 5, 1", "0 1, 3", "0 0, 2", "0 0 0, -1", "0 7, -1", "0 2 4, 0"})
    void segmentReductions(String ends, int columns) {
        long[] offsets =
                Arrays.stream(ends.split(" ")).mapToLong(Long::parseLong).toArray();
        int rows = (int) offsets[offsets.length - 1];
        NDArray starts = manager.create(offsets);
        NDArray values = columns < 0 ? random(manager, random, rows) : random(manager, random, rows, columns);
        NDArray index = manager.create(segments(offsets), new Shape(rows));
        int width = Math.abs(columns);
        int segments = offsets.length - 1;

        double[] sum = new double[segments * width];
        double[] mean = new double[segments * width];
        double[] max = new double[segments * width];
        double[] softmax = new double[rows * width];
        double[] v = values.toDoubleArray();
        for (int s = 0; s < segments; s++) {
            for (int f = 0; f < width; f++) {
                double highest = Double.NEGATIVE_INFINITY;
                double total = 0;
                double exponentials = 0;
                for (int i = (int) offsets[s]; i < offsets[s + 1]; i++) {
                    total += v[i * width + f];
                    highest = Math.max(highest, v[i * width + f]);
                    exponentials += Math.exp(v[i * width + f]);
                }
                for (int i = (int) offsets[s]; i < offsets[s + 1]; i++) {
                    softmax[i * width + f] = Math.exp(v[i * width + f]) / exponentials;
                }
                long count = offsets[s + 1] - offsets[s];
                sum[s * width + f] = total;
                mean[s * width + f] = count == 0 ? 0 : total / count;
                max[s * width + f] = count == 0 ? 0 : highest;
            }
        }
        Shape shape = columns < 0 ? new Shape(segments) : new Shape(segments, columns);
        assertThat(kernels.segmentSum(values, starts).getShape()).isEqualTo(shape);
        assertThat(kernels.segmentSum(values, starts).toDoubleArray()).containsExactly(sum, within(1e-14));
        assertThat(kernels.segmentMean(values, starts).getShape()).isEqualTo(shape);
        assertThat(kernels.segmentMean(values, starts).toDoubleArray()).containsExactly(mean, within(1e-14));
        assertThat(kernels.segmentMax(values, starts).getShape()).isEqualTo(shape);
        assertThat(kernels.segmentMax(values, starts).toDoubleArray()).containsExactly(max);
        assertThat(kernels.segmentSoftmax(values, starts, index).getShape()).isEqualTo(values.getShape());
        assertThat(kernels.segmentSoftmax(values, starts, index).toDoubleArray())
                .containsExactly(softmax, within(1e-14));
        checkGradients(random, List.of(values), in -> kernels.segmentSum(in.get(0), starts));
        checkGradients(random, List.of(values), in -> kernels.segmentMean(in.get(0), starts));
        checkGradients(random, List.of(values), in -> kernels.segmentMax(in.get(0), starts));
        checkGradients(random, List.of(values), in -> kernels.segmentSoftmax(in.get(0), starts, index));
    }

    private static long[] segments(long[] offsets) {
        long[] index = new long[(int) offsets[offsets.length - 1]];
        for (int s = 0; s + 1 < offsets.length; s++) {
            Arrays.fill(index, (int) offsets[s], (int) offsets[s + 1], s);
        }
        return index;
    }

    @Test
    void equalMaximaShareTheGradient() {
        NDArray values = ENGINE.variable(manager.create(new double[] {2, 5, 5, -1, -1}));
        NDArray offsets = manager.create(new long[] {0, 3, 5});

        NDArray gradient = ENGINE.gradients(kernels.segmentMax(values, offsets).sum(), List.of(values))
                .get(0);

        assertThat(gradient.toDoubleArray()).containsExactly(0, 0.5, 0.5, 0.5, 0.5);
    }

    @Test
    void softmaxOfLargeValuesDoesNotOverflow() {
        NDArray values = manager.create(new float[] {1000, 1000, -1000, 90_000});
        NDArray result = kernels.segmentSoftmax(
                values, manager.create(new long[] {0, 3, 4}), manager.create(new long[] {0, 0, 0, 1}));
        assertThat(result.toFloatArray()).containsExactly(0.5f, 0.5f, 0, 1);
    }

    @Test
    void wrongShapesAreToldInOneLine() {
        Adjacency graph = graph(manager, random, 5, 5, 10);
        NDArray x = random(manager, random, 5, 2);
        NDArray tooFew = random(manager, random, 9);
        assertThatThrownBy(() -> kernels.aggregate(graph, x, tooFew))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("Weighted aggregation failed: ")
                .hasMessageNotContaining("\n");
        NDArray index = manager.create(new long[] {5});
        assertThatThrownBy(() -> kernels.gather(x, index))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("Gather failed: ");
        assertThatThrownBy(() -> kernels.attend(graph, x, random(manager, random, 10, 3), Optional.empty()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("Attention needs x [C, H * F] and scores [E, H] with at least one head, found (5, 2) and"
                        + " (10, 3).");
        assertThatThrownBy(() -> kernels.attend(graph, x, random(manager, random, 9, 2), Optional.empty()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("Attention failed: ")
                .hasMessageNotContaining("\n");
    }
}
