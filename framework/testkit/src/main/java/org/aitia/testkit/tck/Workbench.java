package org.aitia.testkit.tck;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.LearntWeights;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.TrainableExplainer;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.PreparedBatch;

/**
 * A lease on the real engine and what tests do with it: make models, predict, call explainers. Found on the class path
 * by {@link ServiceLoader}, without OSGi. Used by one thread.
 */
public final class Workbench implements AutoCloseable {
    private final DeviceLease lease;

    private Workbench(DeviceLease lease) {
        this.lease = lease;
    }

    /**
     * Leases the CPU.
     *
     * @return a workbench, to be closed
     */
    public static Workbench open() {
        return new Workbench(
                SharedDevices.MANAGER.acquire(LeaseRequest.of("test").on("cpu"), TaskMonitor.NONE));
    }

    private static <S> S only(Class<S> service) {
        return ServiceLoader.load(service)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no " + service.getSimpleName() + " on the class path; add its bundle in test scope"));
    }

    /** One device manager for all tests of a JVM, made when first needed. */
    private static final class SharedDevices {
        static final DeviceManager MANAGER = only(DeviceManager.class);
    }

    /**
     * Returns the devices of the test's JVM.
     *
     * @return one manager for all tests
     */
    public static DeviceManager devices() {
        return SharedDevices.MANAGER;
    }

    /**
     * Finds an architecture.
     *
     * @param name for example {@code gcn}
     * @return the architecture
     */
    public static ModelArchitecture architecture(String name) {
        return ServiceLoader.load(ModelArchitecture.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(architecture -> architecture.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no architecture '" + name + "' on the class path; add org.aitia.models in test scope"));
    }

    /**
     * Makes a GCN with random weights.
     *
     * @param task what it predicts
     * @param graph what it must fit
     * @param classes number of classes
     * @param layers number of layers
     * @return the model
     */
    public static GnnModel gcn(Task task, Graph graph, int classes, int layers) {
        return architecture("gcn")
                .create(
                        new ModelShape(task, graph.features().columns(), classes),
                        Map.of("layers", Integer.toString(layers), "hidden", "8"),
                        7);
    }

    /**
     * Returns the lease.
     *
     * @return valid until this is closed
     */
    public DeviceLease lease() {
        return lease;
    }

    /**
     * Computes the logits of a batch.
     *
     * @param model what predicts
     * @param batch what is predicted
     * @return one row per output
     */
    public float[][] logits(GnnModel model, GraphBatch batch) {
        try (ModelSession session = model.open(lease);
                PreparedBatch prepared = session.prepare(batch);
                TensorScope scope = lease.engine().openScope()) {
            NDArray logits = session.forward(prepared, Masks.NONE);
            int columns = (int) logits.getShape().get(1);
            float[] flat = logits.toFloatArray();
            float[][] rows = new float[flat.length / columns][];
            for (int r = 0; r < rows.length; r++) {
                rows[r] = java.util.Arrays.copyOfRange(flat, r * columns, (r + 1) * columns);
            }
            return rows;
        }
    }

    /**
     * Explains the predicted class of nodes, all in one batch.
     *
     * @param explainer what explains
     * @param model a model for node tasks
     * @param graph the graph
     * @param nodes targets
     * @param options of the explainer
     * @param seed of the request
     * @return one result per node
     */
    public List<MaskValues> explainNodes(
            Explainer explainer,
            GnnModel model,
            Graph graph,
            List<Integer> nodes,
            Map<String, String> options,
            long seed) {
        List<ComputationGraph> blocks = nodes.stream()
                .map(v -> ComputationGraph.of(graph, v, model.info().hops()))
                .toList();
        return explain(explainer, model, GraphBatch.of(blocks), nodes, options, seed, TaskMonitor.NONE);
    }

    /**
     * Explains the predicted class of each block of a batch. A {@link TrainableExplainer} learns before, from targets
     * that depend on the graph only, and not on the batch.
     *
     * @param explainer what explains
     * @param model what predicts
     * @param batch one block per target
     * @param ids number of each target
     * @param options of the explainer
     * @param seed of the request
     * @param monitor handed to the explainer
     * @return one result per block
     */
    public List<MaskValues> explain(
            Explainer explainer,
            GnnModel model,
            GraphBatch batch,
            List<Integer> ids,
            Map<String, String> options,
            long seed,
            TaskMonitor monitor) {
        Optional<LearntWeights> learnt = explainer instanceof TrainableExplainer trainable
                ? Optional.of(train(trainable, model, lessons(model, batch), options, seed))
                : Optional.empty();
        return explain(explainer, model, batch, targets(model, batch, ids, seed), options, learnt, monitor);
    }

    /**
     * Explains each block of a batch.
     *
     * @param explainer what explains
     * @param model what predicts
     * @param batch one block per target
     * @param targets the target of each block
     * @param options of the explainer
     * @param learnt what a trainable explainer has learnt
     * @param monitor handed to the explainer
     * @return one result per block
     */
    public List<MaskValues> explain(
            Explainer explainer,
            GnnModel model,
            GraphBatch batch,
            List<ExplanationTarget> targets,
            Map<String, String> options,
            Optional<LearntWeights> learnt,
            TaskMonitor monitor) {
        try (ModelSession session = model.open(lease);
                PreparedBatch prepared = session.prepare(batch);
                NDManager manager = lease.manager().newSubManager()) {
            return explainer.explain(new ExplanationBatch(
                    session, prepared, targets, options, lease, manager, monitor, List.of(), learnt));
        }
    }

    /**
     * Trains an explainer for the predicted classes of some blocks, in one batch.
     *
     * @param explainer what learns
     * @param model what predicts
     * @param blocks one per target
     * @param options of the explainer
     * @param seed of training and, with the number of the block, of the targets
     * @return what it learnt
     */
    public LearntWeights train(
            TrainableExplainer explainer,
            GnnModel model,
            List<ComputationGraph> blocks,
            Map<String, String> options,
            long seed) {
        List<Integer> ids = IntStream.range(0, blocks.size()).boxed().toList();
        List<ExplanationTarget> targets = targets(model, GraphBatch.of(blocks), ids, seed);
        return train(explainer, model, blocks, targets, options, seed, blocks.size(), TaskMonitor.NONE);
    }

    /**
     * Trains an explainer.
     *
     * @param explainer what learns
     * @param model what predicts
     * @param blocks one per target
     * @param targets the target of each block
     * @param options of the explainer
     * @param seed of training
     * @param fitting how many targets are said to fit in one batch
     * @param monitor handed to the explainer
     * @return what it learnt
     */
    public LearntWeights train(
            TrainableExplainer explainer,
            GnnModel model,
            List<ComputationGraph> blocks,
            List<ExplanationTarget> targets,
            Map<String, String> options,
            long seed,
            int fitting,
            TaskMonitor monitor) {
        try (ModelSession session = model.open(lease);
                NDManager manager = lease.manager().newSubManager()) {
            return explainer.train(
                    new MemoryTraining(session, targets, blocks, options, seed, fitting, lease, manager, monitor));
        }
    }

    /**
     * Makes targets of the predicted classes.
     *
     * @param model what predicts
     * @param batch one block per target
     * @param ids number of each target
     * @param seed of the request
     * @return one target per block, without label
     */
    public List<ExplanationTarget> targets(GnnModel model, GraphBatch batch, List<Integer> ids, long seed) {
        float[][] logits = logits(model, batch);
        List<ExplanationTarget> targets = new ArrayList<>();
        for (int b = 0; b < ids.size(); b++) {
            int predicted = argmax(logits[b]);
            targets.add(new ExplanationTarget(
                    ids.get(b), predicted, predicted, -1, softmax(logits[b]), Seeds.derive(seed, ids.get(b))));
        }
        return targets;
    }

    /** What a trainable explainer learns from before it explains a batch; the same for every batch of one graph. */
    private static List<ComputationGraph> lessons(GnnModel model, GraphBatch batch) {
        Graph graph = batch.blocks().get(0).graph();
        int hops = model.info().hops();
        int count = Math.min(4, graph.nodeCount() / 2);
        return switch (model.info().shape().task()) {
            case NODE ->
                IntStream.range(0, count)
                        .mapToObj(v -> ComputationGraph.of(graph, v, hops))
                        .toList();
            case LINK ->
                IntStream.range(0, count)
                        .mapToObj(v -> ComputationGraph.ofLink(graph, v, v + count, hops))
                        .toList();
            case GRAPH ->
                IntStream.range(0, 4)
                        .mapToObj(i -> ComputationGraph.whole(TestGraphs.undirected(
                                8 + i,
                                12,
                                graph.features().columns(),
                                Math.max(2, model.info().shape().classes()),
                                i)))
                        .toList();
        };
    }

    private static int argmax(float[] row) {
        int best = 0;
        for (int c = 1; c < row.length; c++) {
            best = row[c] > row[best] ? c : best;
        }
        return best;
    }

    private static float[] softmax(float[] row) {
        float max = row[argmax(row)];
        float[] exp = new float[row.length];
        float sum = 0;
        for (int c = 0; c < row.length; c++) {
            exp[c] = (float) Math.exp(row[c] - max);
            sum += exp[c];
        }
        for (int c = 0; c < row.length; c++) {
            exp[c] /= sum;
        }
        return exp;
    }

    @Override
    public void close() {
        lease.close();
    }
}
