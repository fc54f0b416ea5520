package org.aitia.explanations.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.aitia.api.DeviceMemoryException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.ExplainerTraining;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.LearntWeights;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.TrainableExplainer;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.Masks;
import org.aitia.api.model.Parameter;
import org.aitia.api.option.Option;
import org.aitia.api.option.OptionSchema;

/** Learns the mean logit of its targets and a number from the seed, and gives every edge both of them. */
final class LearningExplainer implements TrainableExplainer {
    record Options(
            @Option(description = "passes over the targets", defaultValue = "2", min = 1, max = 10)
            int epochs,

            @Option(description = "scales the masks; not learnt", defaultValue = "1.0", min = 0, max = 1)
            double scale) {}

    private static final OptionSchema<Options> OPTIONS = OptionSchema.of(Options.class);

    final List<List<Integer>> opened = new CopyOnWriteArrayList<>();
    final List<ExplanationTarget> seen = new CopyOnWriteArrayList<>();
    volatile int targetsPerBatch;
    volatile int largestBatch = Integer.MAX_VALUE;
    volatile UnaryOperator<LearntWeights> spoil = UnaryOperator.identity();
    volatile CountDownLatch entered = new CountDownLatch(0);
    volatile CountDownLatch mayFinish = new CountDownLatch(0);
    volatile boolean leavesWorkOpen;

    @Override
    public ExplainerInfo info() {
        return new ExplainerInfo(
                "learner",
                "learner",
                "learns a mean",
                "",
                Set.of(Task.NODE, Task.GRAPH, Task.LINK),
                Set.of(EdgeMaskSupport.MESSAGE));
    }

    @Override
    public OptionSchema<?> options() {
        return OPTIONS;
    }

    @Override
    public Set<String> explainingOptions() {
        return Set.of("scale");
    }

    @Override
    public LearntWeights train(ExplainerTraining training) {
        entered.countDown();
        while (mayFinish.getCount() > 0) {
            training.monitor().checkCancelled();
            Thread.onSpinWait();
        }
        seen.addAll(training.targets());
        Options options = OPTIONS.parse(training.options());
        double[] means = new double[training.targets().size()];
        for (int epoch = 0; epoch < options.epochs(); epoch++) {
            for (List<Integer> positions : training.plan(targetsPerBatch)) {
                step(training, positions, means);
            }
            training.monitor().progress("epoch", epoch + 1, options.epochs());
        }
        float mean = (float) Arrays.stream(means).average().orElse(0);
        float random = (float) Seeds.generator(training.seed()).nextDouble();
        Parameter weight = new Parameter("w", new long[] {2}, new float[] {mean, random}, true);
        return spoil.apply(new LearntWeights(Map.of(), List.of(weight), Map.of("epochs", (double) options.epochs())));
    }

    private void step(ExplainerTraining training, List<Integer> positions, double[] means) {
        if (positions.size() > largestBatch) {
            training.open(positions);
            throw new DeviceMemoryException("batch of " + positions.size());
        }
        ExplainerTraining.Work work = training.open(positions);
        opened.add(positions);
        try (TensorScope scope = training.lease().engine().openScope()) {
            float[] logits = work.batch()
                    .session()
                    .forward(work.batch().prepared(), Masks.NONE)
                    .toFloatArray();
            int classes = logits.length / positions.size();
            for (int b = 0; b < positions.size(); b++) {
                means[positions.get(b)] = logits[b * classes];
            }
        }
        if (!leavesWorkOpen) {
            work.close();
        }
    }

    @Override
    public List<MaskValues> explain(ExplanationBatch batch) {
        float[] learnt = batch.learnt().orElseThrow().parameters().get(0).values();
        float value = (float) (OPTIONS.parse(batch.options()).scale() * (learnt[0] + learnt[1]));
        List<MaskValues> results = new ArrayList<>();
        for (int b = 0; b < batch.targets().size(); b++) {
            float[] edges = new float[batch.graphs().blocks().get(b).edgeCount()];
            Arrays.fill(edges, value);
            results.add(new MaskValues(edges, FeatureMaskType.NODE, new float[0], Map.of()));
        }
        return results;
    }
}
