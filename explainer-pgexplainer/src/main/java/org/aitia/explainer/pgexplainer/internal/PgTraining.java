package org.aitia.explainer.pgexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.engine.AdamOptimizer;
import org.aitia.api.engine.AdamOptions;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplainerTraining;
import org.aitia.api.explain.LearntWeights;
import org.aitia.api.model.Parameter;

/**
 * The training loop of PGExplainer (Luo et al., algorithms 1 and 2).
 *
 * <p>Over the targets t of a step and their masks M_t, drawn from the concrete distribution whose logits the network
 * gives (equations 4 to 6), it minimises
 *
 * <pre>
 * sum over t of  -log P(class | G_t masked by M_t) + edgeSize * sum(M_t) + edgeEnt * mean(H(0.99 M_t + 0.005))
 * </pre>
 *
 * with the element-wise entropy H(m) = -m log m - (1 - m) log(1 - m).
 */
final class PgTraining {
    private final ExplainerTraining training;
    private final PgExplainerOptions options;
    private final List<Parameter> initial;
    private final Noise noise;
    private final Observer observer;
    private final TensorEngine engine;
    private int stepsDone;
    private double epochLoss;
    private float logitMin = Float.POSITIVE_INFINITY;
    private float logitMax = Float.NEGATIVE_INFINITY;

    /** Sees the loss of each step. */
    @FunctionalInterface
    interface Observer {
        void step(int epoch, double loss);
    }

    /**
     * Prepares training.
     *
     * @param training targets
     * @param options as parsed
     * @param initial weights to begin with; empty to draw them
     * @param noise where noise comes from
     * @param observer told the loss of each step
     */
    PgTraining(
            ExplainerTraining training,
            PgExplainerOptions options,
            List<Parameter> initial,
            Noise noise,
            Observer observer) {
        this.training = training;
        this.options = options;
        this.initial = initial;
        this.noise = noise;
        this.observer = observer;
        this.engine = training.lease().engine();
    }

    LearntWeights run(Map<String, String> optionTexts) {
        try (GradientMode off = engine.gradientMode(false);
                Lessons lessons = new Lessons(training, options)) {
            if (lessons.all().stream().allMatch(i -> lessons.use(i, Lesson::isEmpty))) {
                throw new InvalidRequestException("pgexplainer has nothing to learn from: no target has an edge in its"
                        + " receptive field; choose targets with neighbours");
            }
            try (Mlp mlp = network(lessons)) {
                learn(lessons, mlp);
                return new LearntWeights(optionTexts, mlp.weights(), metrics());
            }
        }
    }

    private Mlp network(Lessons lessons) {
        Task task = training.session().model().info().shape().task();
        int parts = EdgeInputs.parts(task);
        int width = lessons.use(
                0, lesson -> (int) lesson.inputs().embeddings().getShape().get(1));
        long seed = options.initSeed() < 0 ? Seeds.derive(training.seed(), 0) : options.initSeed();
        List<Parameter> weights = initial.isEmpty()
                ? MlpWeights.draw(parts * width, options.widths(), options.init(), Seeds.generator(seed))
                : initial;
        return new Mlp(engine, training.manager(), weights, parts, width);
    }

    private void learn(Lessons lessons, Mlp mlp) {
        try (AdamOptimizer adam = engine.adam(AdamOptions.withLearningRate(options.lr()), mlp.variables())) {
            for (int epoch = 0; epoch < options.epochs(); epoch++) {
                training.monitor().progress("training epoch", epoch, options.epochs());
                epochLoss = 0;
                for (List<Integer> step : lessons.steps()) {
                    training.monitor().checkCancelled();
                    training.lease().checkValid();
                    step(lessons, step, mlp, adam, epoch);
                }
            }
        }
        for (int lesson : lessons.all()) {
            check(lessons, lesson, mlp);
        }
        training.monitor().progress("training epoch", options.epochs(), options.epochs());
    }

    private void step(Lessons lessons, List<Integer> step, Mlp mlp, AdamOptimizer adam, int epoch) {
        try (TensorScope scope = engine.openScope()) {
            List<NDArray> gradients = List.of();
            double loss = 0;
            for (int index : step) {
                Outcome outcome = lessons.use(index, lesson -> gradients(lesson, mlp, epoch));
                gradients = gradients.isEmpty() ? outcome.gradients() : sums(gradients, outcome.gradients());
                loss += outcome.loss();
            }
            if (!gradients.isEmpty()) {
                adam.step(clipped(gradients));
            }
            observer.step(epoch, loss);
            epochLoss += loss;
            stepsDone++;
        }
    }

    /** Gradients of one batch, kept in the enclosing scope; none if it has no edge. */
    private record Outcome(List<NDArray> gradients, double loss) {}

    private Outcome gradients(Lesson lesson, Mlp mlp, int epoch) {
        if (lesson.isEmpty()) {
            return new Outcome(List.of(), 0);
        }
        try (TensorScope step = engine.openStep();
                GradientMode recording = engine.gradientMode(true)) {
            Lesson.Pass pass = lesson.pass(mlp, noise, epoch);
            List<NDArray> gradients = engine.gradients(pass.loss(), mlp.variables());
            double loss = checked(lesson, pass, gradients, epoch);
            gradients.forEach(step::keep);
            return new Outcome(gradients, loss);
        }
    }

    /** Whatever goes wrong in a step makes one of these numbers wrong; they are read at once. */
    private double checked(Lesson lesson, Lesson.Pass pass, List<NDArray> gradients, int epoch) {
        try (GradientMode off = engine.gradientMode(false)) {
            NDList vital = new NDList();
            vital.add(pass.loss().reshape(1));
            vital.add(pass.mask().sum().reshape(1));
            vital.add(pass.logits().abs().max().reshape(1)); // infinite ones make masks of 0 or 1 that learn nothing
            for (NDArray gradient : gradients) {
                vital.add(gradient.abs().max().reshape(1));
            }
            float[] values = NDArrays.concat(vital, 0).toFloatArray();
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    throw Divergence.inTraining(lesson, pass, options, epoch, stepsDone);
                }
            }
            return values[0];
        }
    }

    private static List<NDArray> sums(List<NDArray> left, List<NDArray> right) {
        if (right.isEmpty()) {
            return left;
        }
        List<NDArray> sums = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            sums.add(left.get(i).add(right.get(i)));
        }
        return sums;
    }

    private List<NDArray> clipped(List<NDArray> gradients) {
        List<NDArray> clipped = gradients;
        if (options.clipValue() > 0) {
            clipped = clipped.stream()
                    .map(g -> g.clip(-options.clipValue(), options.clipValue()))
                    .toList();
        }
        if (options.clipNorm() > 0) {
            double squares = clipped.stream()
                    .mapToDouble(g -> g.square().sum().getFloat())
                    .sum();
            double scale = options.clipNorm() / (Math.sqrt(squares) + 1e-6); // as PyTorch's clip_grad_norm_
            if (scale < 1) {
                clipped = clipped.stream().map(g -> g.mul(scale)).toList();
            }
        }
        return clipped;
    }

    /** The last step changed weights that no later one would check. */
    private void check(Lessons lessons, int index, Mlp mlp) {
        lessons.use(index, lesson -> {
            if (!lesson.isEmpty()) {
                try (TensorScope scope = engine.openScope()) {
                    float[] logits = mlp.logits(lesson.inputs()).toFloatArray();
                    for (int b = 0; b < lesson.batch().targets().size(); b++) {
                        for (int place : lesson.edges().places(b)) {
                            logitMin = Math.min(logitMin, logits[place]);
                            logitMax = Math.max(logitMax, logits[place]);
                            if (!Float.isFinite(logits[place])) {
                                throw Divergence.afterTraining(
                                        lesson.batch().targets().get(b), logits, options);
                            }
                        }
                    }
                }
            }
            return index;
        });
    }

    private Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", epochLoss / training.targets().size());
        metrics.put("epochs", (double) options.epochs());
        metrics.put("steps", (double) stepsDone);
        metrics.put("targets", (double) training.targets().size());
        metrics.put("logitMin", (double) logitMin);
        metrics.put("logitMax", (double) logitMax);
        return metrics;
    }
}
