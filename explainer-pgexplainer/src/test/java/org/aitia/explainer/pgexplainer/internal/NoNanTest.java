package org.aitia.explainer.pgexplainer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.LearntWeights;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.GnnModel;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is asked for, no NaN comes back: either numbers, or a diagnosis. */
class NoNanTest {
    private static final int RUNS = 1000;
    private static final long SEED = 20_260_101;

    @Test
    void aThousandTrainingsGiveNumbersOrADiagnosis() {
        RandomGenerator random = Seeds.generator(SEED);
        int learnt = 0;
        int stopped = 0;
        Graph graph = TestGraphs.undirected(6, 8, 2, Bench.CLASSES, 1);
        GnnModel model = Workbench.gcn(Task.NODE, graph, Bench.CLASSES, Bench.HOPS);
        try (Bench bench = new Bench(Workbench.open(), graph, model, List.of(0, 1))) {
            for (int run = 0; run < RUNS; run++) {
                String[] options = randomOptions(random);
                try {
                    LearntWeights weights = bench.train(options);
                    assertFinite(Bench.together(weights), options);
                    for (MaskValues masks : bench.explain(weights, Bench.HOPS)) {
                        assertFinite(masks.edges(), options);
                    }
                    learnt++;
                } catch (InvalidRequestException e) {
                    assertThat(e)
                            .as(String.join(" ", options))
                            .hasMessageMatching(
                                    "pgexplainer stopped learning (in|after) epoch .* of .*,.* step.*: .* of targets? .* is not finite;"
                                            + " (logits of edges from .* to .*|no logit of an edge is finite).*, temperature .*");
                    stopped++;
                }
            }
        }
        assertThat(learnt).as("seed %d", SEED).isGreaterThan(RUNS / 2);
        assertThat(stopped).as("seed %d", SEED).isPositive();
    }

    private static String[] randomOptions(RandomGenerator random) {
        double bias =
                switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> 0.5;
                    case 2 -> Math.pow(10, -20 * random.nextDouble()) / 2;
                    default -> random.nextDouble() / 2;
                };
        return new String[] {
            "bias", text(bias),
            "lr", text(logUniform(random, -6, random.nextInt(3) == 0 ? 38 : 1)),
            "t0", text(logUniform(random, -3, 3)),
            "t1", text(random.nextInt(8) == 0 ? logUniform(random, -44, 38) : logUniform(random, -3, 3)),
            "edgeSize", text(logUniform(random, -3, 2)),
            "edgeEnt", text(logUniform(random, -3, 2)),
            "entropyScale", Boolean.toString(random.nextBoolean()),
            "step", random.nextBoolean() ? "target" : "epoch",
            "hidden", "4",
            "epochs", Integer.toString(1 + random.nextInt(4)),
            "initSeed", Integer.toString(random.nextInt(1 << 30))
        };
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.9e", value);
    }

    private static double logUniform(RandomGenerator random, double from, double to) {
        return Math.pow(10, from + (to - from) * random.nextDouble());
    }

    private static void assertFinite(float[] values, String[] options) {
        for (float value : values) {
            assertThat(value).as(String.join(" ", options)).isFinite();
        }
    }

    /** Peers take the logarithm of 0 here. */
    @Test
    void noiseIsFiniteForEveryBias() {
        double least = 0.5 * 0x1p-53;
        double[] uniform = {least, 0x1p-30, 0.5, 1 - 0x1p-30, 1 - 0x1p-53};
        int[] places = IntStream.range(0, uniform.length).toArray();
        for (double bias : new double[] {0, Double.MIN_VALUE, 1e-20, 0.01, 0.499999, Math.nextDown(0.5), 0.5}) {
            float[] values = new float[uniform.length];
            Noise.logits(uniform, bias, values, places);
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).as("bias %s of %s", bias, uniform[i]).isFinite();
                assertThat(Math.abs(values[i])).isLessThan(38);
            }
        }
    }

    @Test
    void noiseIsTheLogitOfWhatWasDrawn() {
        float[] values = new float[3];
        Noise.logits(new double[] {0.2, 0.5, 0.9}, 0.1, values, new int[] {2, 1, 0});
        assertThat(values[2]).isCloseTo(logit(0.26), org.assertj.core.api.Assertions.within(1e-6f));
        assertThat(values[1]).isZero();
        assertThat(values[0]).isCloseTo(logit(0.82), org.assertj.core.api.Assertions.within(1e-6f));
    }

    private static float logit(double p) {
        return (float) Math.log(p / (1 - p));
    }

    @Test
    void noiseOfATargetIsItsOwnInEveryEpoch() {
        ExplanationTarget target = new ExplanationTarget(0, 0, 0, -1, new float[] {1}, 7);
        ExplanationTarget other = new ExplanationTarget(0, 0, 0, -1, new float[] {1}, 8);
        int[] edges = new int[1000];
        double[] drawn = Noise.SEEDED.uniform(target, 0, edges);
        assertThat(Noise.SEEDED.uniform(target, 0, edges)).containsExactly(drawn);
        assertThat(Noise.SEEDED.uniform(target, 1, edges)).isNotEqualTo(drawn);
        assertThat(Noise.SEEDED.uniform(other, 0, edges)).isNotEqualTo(drawn);
        assertThat(java.util.Arrays.stream(drawn).allMatch(u -> u > 0 && u < 1)).isTrue();
        assertThat(java.util.Arrays.stream(drawn).average().orElseThrow()).isBetween(0.45, 0.55);
    }

    /** The description of the option says so. */
    @Test
    void aBiasOfOneHalfIsNoNoise() {
        try (Bench bench = Bench.open()) {
            assertThat(Bench.together(bench.train("bias", "0.5")))
                    .containsExactly(Bench.together(bench.train("sampling", "false")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"target", "epoch"})
    void saysWhereNumbersWereLost(String step) {
        try (Bench bench = Bench.open()) {
            assertThatThrownBy(() -> bench.train("lr", "1e30", "step", step))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageMatching(
                            "pgexplainer stopped learning in epoch [12] of 5, step 2: the (mask|loss|gradient) of"
                                    + " targets? [0-9]+.* is not finite; (logits of edges from .* to .*|no logit of an edge is"
                                    + " finite).*, temperature .*\\. Lower the learning rate \\(lr 1\\.000e\\+30\\), raise the"
                                    + " temperature, or cut gradients with clipNorm");
        }
    }

    @Test
    void saysSoWhereTheLastStepLostThem() {
        try (Bench bench = Bench.open()) {
            assertThatThrownBy(() -> bench.train("lr", "1e37", "epochs", "1"))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageMatching(
                            "pgexplainer stopped learning after epoch 1 of 1, its last step: the mask of target"
                                    + " [0-9] is not finite; .*, temperature 5\\.000\\. Lower the learning rate .*");
        }
    }

    @Test
    void refusesToExplainWithWeightsThatAreTooLarge() {
        try (Bench bench = Bench.open()) {
            LearntWeights learnt = bench.train();
            LearntWeights huge = new LearntWeights(
                    learnt.options(),
                    learnt.parameters().stream()
                            .map(p -> new org.aitia.api.model.Parameter(
                                    p.name(), p.shape(), times(p.values(), 1e30f), true))
                            .toList(),
                    learnt.metrics());
            assertThatThrownBy(() -> bench.explain(huge, Bench.HOPS))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageMatching("pgexplainer has learnt weights that do not explain target [0-9]: .*; train it"
                            + " again with a lower learning rate \\(lr\\)");
        }
    }

    private static float[] times(float[] values, float factor) {
        float[] product = values.clone();
        for (int i = 0; i < product.length; i++) {
            product[i] *= factor;
        }
        return product;
    }
}
