package org.aitia.explainer.ig.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.PreparedBatch;
import org.aitia.testkit.tck.Workbench;

/** What the tests of this bundle do with the real engine. */
final class Laboratory implements AutoCloseable {
    static final int CLASSES = 3;

    private final Workbench workbench = Workbench.open();

    static GnnModel gcn(Graph graph, Map<String, String> options) {
        return model("gcn", Task.NODE, graph, CLASSES, options);
    }

    static GnnModel model(String architecture, Task task, Graph graph, int classes, Map<String, String> options) {
        ModelShape shape = new ModelShape(task, graph.features().columns(), classes);
        return Workbench.architecture(architecture).create(shape, options, 7);
    }

    Workbench workbench() {
        return workbench;
    }

    /** Explains one class of every block. */
    List<MaskValues> explain(
            Explainer explainer,
            GnnModel model,
            List<ComputationGraph> blocks,
            int explained,
            Map<String, String> options) {
        return with(model, blocks, explained, options, explainer::explain);
    }

    MaskValues explain(Explainer explainer, GnnModel model, ComputationGraph block, Map<String, String> options) {
        return explain(explainer, model, List.of(block), 0, options).get(0);
    }

    /** Does something with a batch of which every block is explained for one class. */
    <R> R with(
            GnnModel model,
            List<ComputationGraph> blocks,
            int explained,
            Map<String, String> options,
            Function<ExplanationBatch, R> work) {
        GraphBatch batch = GraphBatch.of(blocks);
        List<ExplanationTarget> targets = new ArrayList<>();
        float[][] logits = workbench.logits(model, batch);
        for (int b = 0; b < blocks.size(); b++) {
            int id = Math.max(blocks.get(b).target(), 0);
            targets.add(new ExplanationTarget(id, explained, explained, -1, softmax(logits[b]), Seeds.derive(5, id)));
        }
        try (ModelSession session = model.open(workbench.lease());
                PreparedBatch prepared = session.prepare(batch);
                NDManager manager = workbench.lease().manager().newSubManager()) {
            return work.apply(new ExplanationBatch(
                    session, prepared, targets, options, workbench.lease(), manager, TaskMonitor.NONE));
        }
    }

    private static float[] softmax(float[] row) {
        double sum = 0;
        for (float value : row) {
            sum += Math.exp(value);
        }
        float[] probabilities = new float[row.length];
        for (int c = 0; c < row.length; c++) {
            probabilities[c] = (float) (Math.exp(row[c]) / sum);
        }
        return probabilities;
    }

    /** The logits of a block with other features of the full graph and one weight for all edges. */
    float[] logits(GnnModel model, ComputationGraph block, Features features, float edgeWeight) {
        GraphBatch batch = GraphBatch.of(List.of(block.withFeatures(features)));
        try (ModelSession session = model.open(workbench.lease());
                PreparedBatch prepared = session.prepare(batch);
                TensorScope scope = workbench.lease().engine().openScope()) {
            NDArray edges = workbench.lease().manager().full(new Shape(batch.edgeCount()), edgeWeight);
            Masks masks = new Masks(Optional.of(edges), Optional.empty(), FeatureMaskType.NODE);
            return session.forward(prepared, batch.edgeCount() == 0 ? Masks.NONE : masks)
                    .toFloatArray();
        }
    }

    /** The real thing, with a look at what is called. */
    static <T> T intercepting(Class<T> type, T real, BiFunction<String, Supplier<Object>, Object> interceptor) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, called, args) -> interceptor.apply(called.getName(), () -> {
                    try {
                        return called.invoke(real, args);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
                    }
                })));
    }

    /** The same work with another session. */
    static ExplanationBatch withSession(ExplanationBatch batch, ModelSession session) {
        return new ExplanationBatch(
                session,
                batch.prepared(),
                batch.targets(),
                batch.options(),
                batch.lease(),
                batch.manager(),
                batch.monitor());
    }

    static double sum(MaskValues masks) {
        double sum = 0;
        for (float value : masks.features()) {
            sum += value;
        }
        for (float value : masks.edges()) {
            sum += value;
        }
        return sum;
    }

    @Override
    public void close() {
        workbench.close();
    }
}
