package org.aitia.explainer.pgexplainer.internal;

import static org.aitia.explainer.pgexplainer.internal.Bench.together;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.ExplainerTraining;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.LearntWeights;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.TrainableExplainer;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.Parameter;
import org.aitia.api.option.OptionSchema;
import org.aitia.testkit.tck.TestGraphs;
import org.junit.jupiter.api.Test;

/** The network learns from the prediction, not from size and entropy alone: one peer cuts that off. */
class PredictionGradientTest {
    private static final String[] PREDICTION_ONLY = {"edgeSize", "0", "edgeEnt", "0", "t0", "1", "t1", "1"};

    @Test
    void weightsChangeWithoutSizeAndEntropy() {
        try (Bench bench = Bench.open()) {
            LearntWeights one = bench.train("edgeSize", "0", "edgeEnt", "0", "initSeed", "3", "epochs", "1");
            float[] first = together(new LearntWeights(
                    Map.of(),
                    MlpWeights.draw(
                            3 * Bench.CLASSES, new int[] {64}, PgExplainerOptions.Init.PYTORCH, Seeds.generator(3)),
                    Map.of()));
            float[] after = together(one);
            int moved = 0;
            for (int i = 0; i < after.length; i++) {
                moved += Math.abs(after[i] - first[i]) > 1e-3 ? 1 : 0; // Adam's first step is the learning rate
            }
            assertThat(moved).isGreaterThan(after.length / 2);
        }
    }

    /** Of the prediction alone, with respect to weights of every layer, against central differences. */
    @Test
    void derivativesOfThePredictionAreThoseOfDifferences() {
        Graph graph = TestGraphs.undirected(30, 50, 5, Bench.CLASSES, 1);
        float[] features = new float[30 * 5];
        ((DenseFeatures) graph.features()).values().get(0, features);
        for (int i = 0; i < features.length; i++) {
            features[i] *= 10; // untrained models hardly look at edges otherwise
        }
        Graph louder = Graph.builder(30)
                .edges(
                        IntStream.range(0, graph.edgeCount()).map(graph::source).toArray(),
                        IntStream.range(0, graph.edgeCount()).map(graph::target).toArray())
                .features(new DenseFeatures(30, 5, FloatBuffer.wrap(features)))
                .build();
        try (Bench bench = Bench.of(louder, List.of(0, 1, 2, 3, 4, 5))) {
            bench.train(new Differences(), 6, PREDICTION_ONLY);
        }
    }

    /** Does not learn, but compares derivatives. */
    private static final class Differences implements TrainableExplainer {
        private static final float STEP = 2e-3f;

        @Override
        public LearntWeights train(ExplainerTraining training) {
            PgExplainerOptions options = (PgExplainerOptions) options().parse(training.options());
            int parts = EdgeInputs.parts(Task.NODE);
            RandomGenerator random = Seeds.generator(5);
            List<Parameter> weights = MlpWeights.draw(parts * Bench.CLASSES, new int[] {8, 4}, options.init(), random);
            TensorEngine engine = training.lease().engine();
            try (Lesson lesson = new Lesson(training.open(List.of(0, 1, 2, 3, 4, 5)), options)) {
                float[] gradient = gradient(engine, training, lesson, weights);
                double squares = 0;
                double errors = 0;
                int at = 0;
                for (int p = 0; p < weights.size(); p++) {
                    int count = weights.get(p).values().length;
                    for (int i = 0; i < count; i++, at++) {
                        double above = loss(engine, training, lesson, moved(weights, p, i, STEP));
                        double below = loss(engine, training, lesson, moved(weights, p, i, -STEP));
                        double difference = (above - below) / (2 * STEP);
                        squares += difference * difference;
                        errors += (difference - gradient[at]) * (difference - gradient[at]);
                    }
                }
                assertThat(Math.sqrt(squares)).isGreaterThan(0.1);
                assertThat(Math.sqrt(errors)).isLessThan(0.02 * Math.sqrt(squares));
            }
            return new LearntWeights(training.options(), weights, Map.of());
        }

        private static List<Parameter> moved(List<Parameter> weights, int p, int i, float by) {
            List<Parameter> moved = new ArrayList<>(weights);
            Parameter parameter = weights.get(p);
            float[] values = parameter.values();
            values[i] += by;
            moved.set(p, new Parameter(parameter.name(), parameter.shape(), values, true));
            return moved;
        }

        private static float[] gradient(
                TensorEngine engine, ExplainerTraining training, Lesson lesson, List<Parameter> weights) {
            try (Mlp mlp = mlp(engine, training, weights);
                    TensorScope step = engine.openStep();
                    GradientMode on = engine.gradientMode(true)) {
                NDArray loss = lesson.pass(mlp, Noise.SEEDED, 0).loss();
                List<NDArray> gradients = engine.gradients(loss, mlp.variables());
                return together(new LearntWeights(Map.of(), mlp.inLayout(gradients), Map.of()));
            }
        }

        private static double loss(
                TensorEngine engine, ExplainerTraining training, Lesson lesson, List<Parameter> weights) {
            try (Mlp mlp = mlp(engine, training, weights);
                    TensorScope scope = engine.openScope()) {
                return lesson.pass(mlp, Noise.SEEDED, 0).loss().getFloat();
            }
        }

        private static Mlp mlp(TensorEngine engine, ExplainerTraining training, List<Parameter> weights) {
            return new Mlp(engine, training.manager(), weights, EdgeInputs.parts(Task.NODE), Bench.CLASSES);
        }

        @Override
        public ExplainerInfo info() {
            return new PgExplainer().info();
        }

        @Override
        public OptionSchema<?> options() {
            return new PgExplainer().options();
        }

        @Override
        public List<MaskValues> explain(ExplanationBatch batch) {
            return new PgExplainer().explain(batch);
        }
    }
}
