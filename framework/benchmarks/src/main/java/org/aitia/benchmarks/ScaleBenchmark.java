package org.aitia.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.aitia.api.Seeds;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.engine.AdamOptimizer;
import org.aitia.api.engine.AdamOptions;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.PreparedBatch;
import org.aitia.api.model.TrainingSession;
import org.aitia.explainer.gnnexplainer.internal.GnnExplainer;

/**
 * How cost depends on the size of the graph: makes an npz file of as many edges as asked for, loads it as
 * {@code user-graph}, extracts and explains single nodes, and trains a GCN for some epochs on the whole graph. Prints a
 * row of a table. One size per process, for the peaks of memory are those of the process.
 */
public final class ScaleBenchmark {
    private static final int SEED = 1;
    private static final int HOPS = 2;
    private static final int WARM_UP = 200;
    private static final int EXTRACTIONS = 1000;
    private static final int EXPLANATIONS = 40;
    private static final int WARM_UP_EXPLANATIONS = 10;
    private static final int EPOCHS = 3;
    private static final double NANOS = 1e9;
    private static final double MEBI = 1 << 20;

    private ScaleBenchmark() {}

    /**
     * Measures one size.
     *
     * @param args number of edges; optionally the file to make or, if it is there, to read
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        int edges = Integer.parseInt(args[0]);
        boolean keep = args.length > 1;
        Path file = keep ? Path.of(args[1]) : Files.createTempFile("aitia-scale-", ".npz");
        try {
            if (!keep || !Files.exists(file)) {
                new LargeGraph(edges, SEED).write(file);
            }
            run(file);
        } finally {
            if (!keep) {
                Files.delete(file);
            }
        }
    }

    private static void run(Path file) throws IOException {
        long start = processorTime();
        Dataset dataset = only(
                        DatasetProvider.class,
                        provider -> provider.datasets().get(0).name().equals("user-graph"))
                .load("user-graph", Map.of("path", file.toString()), TaskMonitor.NONE);
        double loading = seconds(start);
        double loadingHeap = peakHeap();
        double loadingResident = peakResident();
        Graph graph = dataset.graph();
        RandomGenerator random = Seeds.generator(SEED);
        int[] targets = random.ints(WARM_UP + EXTRACTIONS, 0, graph.nodeCount()).toArray();
        double[] extractions = new double[EXTRACTIONS];
        long nodes = 0;
        long messages = 0;
        for (int i = 0; i < targets.length; i++) {
            long before = processorTime();
            ComputationGraph part = ComputationGraph.of(graph, targets[i], HOPS);
            double took = seconds(before);
            if (i >= WARM_UP) {
                extractions[i - WARM_UP] = took;
                nodes += part.nodeCount();
                messages += part.edgeCount();
            }
        }
        GnnModel model = only(
                        ModelArchitecture.class,
                        architecture -> architecture.name().equals("gcn"))
                .create(
                        new ModelShape(dataset.info().task(), dataset.featureCount(), dataset.classCount()),
                        Map.of("layers", Integer.toString(HOPS), "hidden", "16"),
                        SEED);
        DeviceManager devices = only(DeviceManager.class, any -> true);
        try (DeviceLease lease = devices.acquire(LeaseRequest.of("scale").on("cpu"), TaskMonitor.NONE)) {
            double explaining = explaining(lease, model, graph, targets);
            double epoch = epoch(lease, model, dataset);
            System.out.println(
                    "| edges | nodes | nodes and edges of a receptive field | load | heap after it | process after it"
                            + " | extract | explain | epoch | heap in all | process in all |");
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %,d | %.0f and %.0f | %.2f s | %.0f MiB | %.0f MiB | %.3f ms | %.1f ms | %.2f s | %.0f MiB"
                            + " | %.0f MiB |%n",
                    graph.edgeCount(),
                    graph.nodeCount(),
                    (double) nodes / EXTRACTIONS,
                    (double) messages / EXTRACTIONS,
                    loading,
                    loadingHeap,
                    loadingResident,
                    1e3 * median(extractions),
                    1e3 * explaining,
                    epoch,
                    peakHeap(),
                    peakResident());
        }
        if (devices instanceof AutoCloseable closeable) {
            close(closeable);
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException("devices cannot be closed", e);
        }
    }

    /** From a node's number to its masks, one node at a time: extraction, putting it on the device, 100 steps. */
    private static double explaining(DeviceLease lease, GnnModel model, Graph graph, int[] targets) {
        GnnExplainer explainer = new GnnExplainer();
        double[] times = new double[EXPLANATIONS];
        try (ModelSession session = model.open(lease)) {
            for (int i = 0; i < WARM_UP_EXPLANATIONS + EXPLANATIONS; i++) {
                long before = processorTime();
                GraphBatch batch = GraphBatch.of(List.of(ComputationGraph.of(graph, targets[i], HOPS)));
                try (PreparedBatch prepared = session.prepare(batch);
                        NDManager manager = lease.manager().newSubManager()) {
                    ExplanationTarget target = target(lease, session, prepared, targets[i]);
                    explainer.explain(new ExplanationBatch(
                            session, prepared, List.of(target), Map.of(), lease, manager, TaskMonitor.NONE));
                }
                if (i >= WARM_UP_EXPLANATIONS) {
                    times[i - WARM_UP_EXPLANATIONS] = seconds(before);
                }
            }
        }
        return median(times);
    }

    private static ExplanationTarget target(DeviceLease lease, ModelSession session, PreparedBatch prepared, int node) {
        try (TensorScope scope = lease.engine().openScope();
                GradientMode off = lease.engine().gradientMode(false)) {
            NDArray probabilities = session.forward(prepared, Masks.NONE).softmax(1);
            int predicted = (int) probabilities.argMax(1).getLong(0);
            return new ExplanationTarget(
                    node, predicted, predicted, -1, probabilities.toFloatArray(), Seeds.derive(SEED, node));
        }
    }

    /** Full-batch training on all nodes with the defaults of the architecture, dropout included. */
    private static double epoch(DeviceLease lease, GnnModel model, Dataset dataset) {
        TensorEngine engine = lease.engine();
        Graph graph = dataset.graph();
        double[] times = new double[EPOCHS];
        try (TrainingSession session = model.openForTraining(lease);
                PreparedBatch whole = session.prepare(GraphBatch.whole(graph));
                AdamOptimizer adam = engine.adam(AdamOptions.withLearningRate(0.01), session.variables())) {
            float[] truth = new float[Math.multiplyExact(graph.nodeCount(), dataset.classCount())];
            for (int v = 0; v < graph.nodeCount(); v++) {
                truth[v * dataset.classCount() + graph.label(v)] = -1f / graph.nodeCount();
            }
            try (NDArray targets = lease.manager().create(truth, new Shape(graph.nodeCount(), dataset.classCount()))) {
                for (int i = 0; i < EPOCHS; i++) {
                    long before = processorTime();
                    try (GradientMode recording = engine.gradientMode(true);
                            TensorScope step = engine.openStep()) {
                        NDArray logits = session.forwardTraining(whole, Seeds.generator(i));
                        NDArray loss = logits.logSoftmax(1).mul(targets).sum();
                        adam.step(engine.gradients(loss, session.variables()));
                    }
                    times[i] = seconds(before);
                }
            }
        }
        return median(times);
    }

    private static <S> S only(Class<S> service, Predicate<S> wanted) {
        return ServiceLoader.load(service).stream()
                .map(ServiceLoader.Provider::get)
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + service.getSimpleName() + " on the class path"));
    }

    /** Of this thread, which does all the work: other work on the machine hardly lengthens it. */
    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double seconds(long since) {
        return (processorTime() - since) / NANOS;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Sum of the peaks of the heap's parts: no less than the peak of the heap. */
    private static double peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(
                                (MemoryPoolMXBean pool) -> pool.getPeakUsage().getUsed())
                        .sum()
                / MEBI;
    }

    /** What Linux says of this process; NaN elsewhere. */
    private static double peakResident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }
}
