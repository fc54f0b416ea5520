package org.aitia.benchmarks;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.engine.AdamOptimizer;
import org.aitia.api.engine.AdamOptions;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.PreparedBatch;
import org.aitia.api.model.TrainingSession;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** An epoch of training on a random graph of Cora's size, features stored sparse or dense: the same numbers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class TrainingBenchmark {
    private static final int NODES = 2708;
    private static final int EDGES = 5278; // undirected
    private static final int FEATURES = 1433;
    private static final int WORDS = 18; // non-zero features of a node
    private static final int CLASSES = 7;

    /** Which architecture, with its own defaults. */
    @Param({"gcn", "gat"})
    String architecture;

    /** How features are stored. */
    @Param({"sparse", "dense"})
    String features;

    private final Random random = new Random(1);
    private DeviceLease lease;
    private TrainingSession session;
    private PreparedBatch batch;
    private AdamOptimizer adam;
    private NDArray targets; // [N, C], minus the class's share

    /** Makes graph and model. */
    @Setup(Level.Trial)
    public void open() {
        DeviceManager devices =
                ServiceLoader.load(DeviceManager.class).findFirst().orElseThrow();
        lease = devices.acquire(LeaseRequest.of("benchmark").on("cpu"), TaskMonitor.NONE);
        ModelArchitecture made = ServiceLoader.load(ModelArchitecture.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(a -> a.name().equals(architecture))
                .findFirst()
                .orElseThrow();
        session = made.create(new ModelShape(Task.NODE, FEATURES, CLASSES), Map.of(), 1)
                .openForTraining(lease);
        batch = session.prepare(GraphBatch.whole(graph()));
        adam = lease.engine().adam(AdamOptions.withLearningRate(0.01), session.variables());
        float[] values = new float[NODES * CLASSES];
        for (int v = 0; v < NODES; v++) {
            values[v * CLASSES + random.nextInt(CLASSES)] = -1f / NODES;
        }
        targets = lease.manager().create(values, new ai.djl.ndarray.types.Shape(NODES, CLASSES));
    }

    private Graph graph() {
        GraphBuilder graph = Graph.builder(NODES).features(matrix());
        for (int e = 0; e < EDGES; e++) {
            graph.undirectedEdge(random.nextInt(NODES), random.nextInt(NODES));
        }
        return graph.build();
    }

    private Features matrix() {
        int[] offsets = new int[NODES + 1];
        int[] columns = new int[NODES * WORDS];
        float[] values = new float[columns.length];
        Arrays.fill(values, 1f / WORDS);
        float[] all = new float[NODES * FEATURES];
        for (int v = 0; v < NODES; v++) {
            int[] words =
                    random.ints(0, FEATURES).distinct().limit(WORDS).sorted().toArray();
            System.arraycopy(words, 0, columns, v * WORDS, WORDS);
            offsets[v + 1] = offsets[v] + WORDS;
            for (int word : words) {
                all[v * FEATURES + word] = 1f / WORDS;
            }
        }
        return features.equals("sparse")
                ? new SparseFeatures(FEATURES, offsets, columns, values)
                : new DenseFeatures(NODES, FEATURES, FloatBuffer.wrap(all));
    }

    /** Forward with dropout, loss, gradients of all weights, a step of Adam. */
    @Benchmark
    public void epoch() {
        try (GradientMode recording = lease.engine().gradientMode(true);
                TensorScope step = lease.engine().openStep()) {
            NDArray logits = session.forwardTraining(batch, random);
            NDArray loss = logits.logSoftmax(1).mul(targets).sum();
            adam.step(lease.engine().gradients(loss, session.variables()));
        }
    }

    /** Frees everything. */
    @TearDown(Level.Trial)
    public void close() {
        adam.close();
        batch.close();
        session.close();
        lease.close();
    }
}
