package org.aitia.explanations.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.aitia.api.DeviceMemoryException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.option.Option;
import org.aitia.api.option.OptionSchema;

/** Random edge masks from the target's seed; can be told to be greedy for memory, or slow. */
final class TestExplainer implements Explainer {
    record Options(
            @Option(description = "scales the masks", defaultValue = "1.0", min = 0, max = 1)
            double scale) {}

    private static final OptionSchema<Options> OPTIONS = OptionSchema.of(Options.class);

    private final String name;
    private final Set<Task> tasks;
    final List<Integer> batchSizes = new CopyOnWriteArrayList<>();
    volatile int largestBatch = Integer.MAX_VALUE;
    volatile int largestOnTheHeap = Integer.MAX_VALUE;
    volatile Consumer<ExplanationBatch> asksTheModel = batch -> {};
    final List<Optional<MaskValues>> initial = new CopyOnWriteArrayList<>();
    volatile UnaryOperator<List<MaskValues>> spoil = UnaryOperator.identity();
    volatile CountDownLatch entered = new CountDownLatch(0);
    volatile CountDownLatch mayFinish = new CountDownLatch(0);

    TestExplainer(String name, Task... tasks) {
        this.name = name;
        this.tasks = Set.of(tasks);
    }

    @Override
    public ExplainerInfo info() {
        return new ExplainerInfo(
                name,
                name,
                "random edge masks",
                "",
                tasks,
                Set.of(EdgeMaskSupport.MESSAGE, EdgeMaskSupport.EDGE_WEIGHT));
    }

    @Override
    public OptionSchema<?> options() {
        return OPTIONS;
    }

    @Override
    public List<MaskValues> explain(ExplanationBatch batch) {
        entered.countDown();
        while (mayFinish.getCount() > 0) {
            batch.monitor().checkCancelled();
            Thread.onSpinWait();
        }
        if (batch.targets().size() > largestBatch) {
            throw new DeviceMemoryException("batch of " + batch.targets().size());
        }
        if (batch.targets().size() > largestOnTheHeap) {
            throw new OutOfMemoryError("Java heap space");
        }
        initial.addAll(batch.initial());
        asksTheModel.accept(batch);
        batchSizes.add(batch.targets().size());
        batch.monitor().progress("step", 9, 10);
        double scale = OPTIONS.parse(batch.options()).scale();
        List<MaskValues> results = new ArrayList<>();
        for (int b = 0; b < batch.targets().size(); b++) {
            RandomGenerator random = Seeds.generator(batch.targets().get(b).seed());
            float[] edges = new float[batch.graphs().blocks().get(b).edgeCount()];
            for (int e = 0; e < edges.length; e++) {
                edges[e] = (float) (scale * random.nextDouble());
            }
            results.add(new MaskValues(edges, FeatureMaskType.NODE, new float[0], Map.of()));
        }
        return spoil.apply(results);
    }
}
