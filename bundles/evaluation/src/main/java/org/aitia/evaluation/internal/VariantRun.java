package org.aitia.evaluation.internal;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.aitia.api.CancelledException;
import org.aitia.api.DeviceMemoryException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.device.DeviceInfo;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.metric.Variant;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;

/**
 * The model's outputs for variants of explained inputs.
 *
 * <p>Variants that only mask share the structure of their explanation's computation graph: a portion of explanations is
 * put on the device once and computed with one set of masks after the other, or in several copies where the explanations
 * are few. Those that remove edges ({@link Variant#hard}) differ in structure, so each is a block of its own.
 */
final class VariantRun {
    /** Share of a lease's budget that a batch is planned to fill; the rest is slack for the estimate. */
    private static final double MEMORY_SHARE = 0.5;

    /** Nodes and edges of a batch beyond which it only leaves the processor's caches. */
    private static final long MAX_BATCH_ELEMENTS = 32_768;

    private final ExplanationInput input;
    private final List<Explanation> explanations;
    private final DeviceManager devices;
    private final Optional<String> deviceId;
    private final TaskMonitor monitor;
    private final List<Variant> variants;
    private final boolean hard;
    private final double[][] outputs;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong done = new AtomicLong();

    /**
     * Prepares.
     *
     * @param variants all hard or all not
     */
    VariantRun(
            ExplanationInput input,
            List<Explanation> explanations,
            DeviceManager devices,
            Optional<String> deviceId,
            TaskMonitor monitor,
            List<Variant> variants,
            boolean hard) {
        this.input = input;
        this.explanations = explanations;
        this.devices = devices;
        this.deviceId = deviceId;
        this.monitor = monitor;
        this.variants = variants;
        this.hard = hard;
        this.outputs = new double[variants.size()][];
    }

    private ModelInfo info() {
        return input.model().info();
    }

    /** Computes one output per variant, [C]. */
    List<double[]> run() {
        VariantPlan plan = new VariantPlan(groups(), this::computationGraph);
        Lanes.run(lanes(), stopped, () -> workOn(plan));
        return Collections.unmodifiableList(Arrays.asList(outputs));
    }

    /** Soft variants of one explanation belong together; each hard one stands alone. */
    private List<VariantPlan.Group> groups() {
        List<VariantPlan.Group> groups = new ArrayList<>();
        if (hard) {
            for (int i = 0; i < outputs.length; i++) {
                groups.add(new VariantPlan.Group(explanation(i), new int[] {i}));
            }
            return groups;
        }
        int[] counts = new int[explanations.size()];
        int[] owners = new int[outputs.length];
        for (int i = 0; i < owners.length; i++) {
            owners[i] = explanation(i);
            counts[owners[i]]++;
        }
        int[][] members = new int[counts.length][];
        Arrays.setAll(members, x -> new int[counts[x]]);
        for (int i = owners.length - 1; i >= 0; i--) {
            members[owners[i]][--counts[owners[i]]] = i;
        }
        for (int x = 0; x < members.length; x++) {
            if (members[x].length > 0) {
                groups.add(new VariantPlan.Group(x, members[x]));
            }
        }
        return groups;
    }

    private int explanation(int variant) {
        int explanation = variants instanceof Variants lazy
                ? lazy.explanation(variant)
                : variants.get(variant).explanation();
        if (explanation < 0 || explanation >= explanations.size()) {
            throw new IllegalArgumentException(
                    "variant " + variant + " is of explanation " + explanation + " of " + explanations.size());
        }
        return explanation;
    }

    private ComputationGraph computationGraph(int position) {
        Explanation explanation = explanations.get(position);
        Dataset dataset = input.dataset();
        int id = explanation.target().id();
        int hops = info().hops();
        if (id < 0 || id >= dataset.instanceCount()) {
            throw misfit(explanation);
        }
        ComputationGraph block =
                switch (info().shape().task()) {
                    case NODE -> ComputationGraph.of(dataset.graph(), id, hops);
                    case GRAPH -> ComputationGraph.whole(dataset.graphs().get(id));
                    case LINK ->
                        ComputationGraph.ofLink(dataset.graph(), dataset.linkSource(id), dataset.linkTarget(id), hops);
                };
        if (block.edgeCount() != explanation.edgeCount() || !Arrays.equals(block.nodes(), explanation.nodes())) {
            throw misfit(explanation);
        }
        return block;
    }

    private InvalidRequestException misfit(Explanation explanation) {
        return new InvalidRequestException("the explanation of "
                + explanation.target().id() + " does not hold the "
                + info().hops() + "-hop computation graph that model '"
                + input.description().name() + "' has there; measure it with the model and data it was made with");
    }

    private int lanes() {
        return devices.devices().stream()
                .filter(d -> deviceId.isEmpty() || deviceId.get().equals(d.id()))
                .findFirst()
                .map(DeviceInfo::lanes)
                .map(available -> Math.max(1, Math.min(available, outputs.length)))
                .orElse(1);
    }

    /** One lane: leases a device, and takes portions until there are none. */
    private void workOn(VariantPlan plan) {
        LeaseRequest wanted =
                LeaseRequest.of("metrics of " + input.description().name());
        Optional<DeviceLease> granted = acquire(deviceId.map(wanted::on).orElse(wanted), plan);
        if (granted.isEmpty()) {
            return;
        }
        try (DeviceLease lease = granted.get();
                ModelSession session = input.model().open(lease);
                GradientMode off = lease.engine().gradientMode(false)) {
            VariantPlan.Limit limit = limit(session, lease);
            Optional<VariantPlan.Portion> portion = plan.next(limit);
            while (portion.isPresent()) {
                computeAll(session, lease, portion.get(), limit);
                portion = plan.next(limit);
            }
        }
    }

    /** Waits for a device as long as there is something left to do. */
    private Optional<DeviceLease> acquire(LeaseRequest wanted, VariantPlan plan) {
        TaskMonitor waiting = new TaskMonitor() {
            @Override
            public void progress(String stage, long step, long total) {
                // waiting is no progress
            }

            @Override
            public boolean isCancelled() {
                return stopped.get() || monitor.isCancelled() || plan.isExhausted();
            }
        };
        try {
            return Optional.of(devices.acquire(wanted, waiting));
        } catch (CancelledException e) {
            if (!plan.isExhausted()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private VariantPlan.Limit limit(ModelSession session, DeviceLease lease) {
        Graph first = input.dataset().graph();
        boolean graphs = info().shape().task() == Task.GRAPH;
        double stored = graphs
                ? info().shape().inputFeatures()
                : first.features().storedValues() / (double) Math.max(1, first.nodeCount());
        // of the feature masks the host's values, the device's, and what comes of multiplying with them
        double masked = widestMask() * 4.0 * Float.BYTES;
        return (count, nodes, edges) -> {
            double bytes = session.workingSetBytes(nodes, edges, (long) (stored * nodes)) + masked * nodes;
            return nodes + edges <= MAX_BATCH_ELEMENTS && bytes <= MEMORY_SHARE * lease.memoryBudget();
        };
    }

    /** Values of a feature mask per node, if there are such masks. */
    private int widestMask() {
        return explanations.stream()
                .filter(x -> x.featureMask().length > 0)
                .findFirst()
                .map(x -> x.featureMaskType() == FeatureMaskType.NODE
                        ? 1
                        : info().shape().inputFeatures())
                .orElse(0);
    }

    /** Computes a portion, in halves when memory runs out. */
    private void computeAll(
            ModelSession session, DeviceLease lease, VariantPlan.Portion portion, VariantPlan.Limit limit) {
        Deque<VariantPlan.Portion> todo = new ArrayDeque<>();
        todo.push(portion);
        while (!todo.isEmpty()) {
            VariantPlan.Portion part = todo.pop();
            try {
                compute(session, lease, part, todo.isEmpty() ? copies(part, limit) : 1);
            } catch (RuntimeException e) {
                if (!isMemoryExhausted(e)) {
                    throw e;
                }
                if (part.groups().size() == 1) {
                    throw new DeviceMemoryException(
                            "measuring target "
                                    + explanations
                                            .get(part.groups().get(0).explanation())
                                            .target()
                                            .id()
                                    + " alone needs more memory than " + lease.deviceId() + " has ("
                                    + part.graphs().get(0) + "); another device may do",
                            e);
                }
                List<VariantPlan.Portion> halves = part.halves();
                todo.push(halves.get(1));
                todo.push(halves.get(0));
            }
        }
    }

    private static boolean isMemoryExhausted(RuntimeException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return e instanceof DeviceMemoryException
                || e instanceof EngineException
                        && (message.contains("out of memory") || message.contains("can't allocate memory"));
    }

    /** How often a portion of few explanations with many variants goes into one batch. */
    private static int copies(VariantPlan.Portion portion, VariantPlan.Limit limit) {
        int most = rounds(portion);
        int copies = 1;
        while (2 * copies <= most
                && limit.admits(
                        2 * copies * portion.groups().size(),
                        2L * copies * portion.nodes(),
                        2L * copies * portion.edges())) {
            copies *= 2;
        }
        return copies;
    }

    private static int rounds(VariantPlan.Portion portion) {
        return portion.groups().stream()
                .mapToInt(group -> group.variants().length)
                .max()
                .orElse(0);
    }

    private void compute(ModelSession session, DeviceLease lease, VariantPlan.Portion portion, int copies) {
        int width = portion.groups().size();
        int rounds = rounds(portion);
        List<ComputationGraph> blocks = new ArrayList<>(copies * width);
        Variant[] own = new Variant[copies * width];
        for (int b = 0; b < own.length; b++) {
            ComputationGraph block = portion.graphs().get(b % width);
            if (hard) {
                own[b] = variants.get(portion.groups().get(b).variants()[0]);
                block = removed(block, own[b]);
            }
            blocks.add(block);
        }
        try (PreparedBatch prepared = session.prepare(GraphBatch.of(blocks))) {
            for (int first = 0; first < rounds; first += copies) {
                checkCancelled();
                int[] inBatch = new int[own.length]; // the variant of each block, or -1
                for (int b = 0; b < own.length; b++) {
                    int[] asked = portion.groups().get(b % width).variants();
                    int round = first + b / width;
                    inBatch[b] = round < asked.length ? asked[round] : -1;
                    if (!hard) {
                        own[b] = inBatch[b] < 0 ? Variant.unchanged(0) : variants.get(inBatch[b]);
                    }
                }
                compute(session, lease, prepared, own, inBatch);
            }
        }
        long now = done.addAndGet(
                portion.groups().stream().mapToInt(g -> g.variants().length).sum());
        monitor.progress("predicting", now, outputs.length);
    }

    private void checkCancelled() {
        if (stopped.get()) {
            throw new CancelledException("cancelled");
        }
        monitor.checkCancelled();
    }

    private static ComputationGraph removed(ComputationGraph block, Variant variant) {
        float[] mask = variant.edges();
        if (mask.length == 0) {
            return block;
        }
        checkLength("edges", mask.length, block.edgeCount());
        int[] gone = new int[mask.length];
        int count = 0;
        for (int v = 0; v < block.nodeCount(); v++) {
            for (int e = block.inOffset(v); e < block.inOffset(v + 1); e++) {
                if (mask[e] != 0 && mask[e] != 1) {
                    throw new InvalidRequestException("edges are kept or removed, but a mask holds " + mask[e]
                            + "; set a threshold, or mask messages with removal=soft");
                }
                if (mask[e] == 0 && block.source(e) != v) {
                    gone[count++] = e;
                }
            }
        }
        return block.removing(Arrays.copyOf(gone, count));
    }

    private static void checkLength(String what, long found, long expected) {
        if (found != expected) {
            throw new IllegalArgumentException("a mask of " + found + " values for " + expected + " " + what);
        }
    }

    private void compute(
            ModelSession session, DeviceLease lease, PreparedBatch prepared, Variant[] own, int[] inBatch) {
        float[] values;
        int classes = info().shape().classes();
        try (TensorScope scope = lease.engine().openScope()) {
            Masks masks = masks(lease, prepared.batch(), own);
            NDArray logits = session.forward(prepared, masks); // [B, C]
            values = logits.toType(DataType.FLOAT32, false).toFloatArray();
        }
        for (int b = 0; b < inBatch.length; b++) {
            if (inBatch[b] >= 0) {
                outputs[inBatch[b]] = output(values, b * classes, classes);
            }
        }
    }

    private Masks masks(DeviceLease lease, GraphBatch batch, Variant[] own) {
        Optional<NDArray> edges = Optional.empty();
        if (!hard && Arrays.stream(own).anyMatch(v -> v.edges().length > 0)) {
            if (info().edgeMasks() == EdgeMaskSupport.NONE) {
                throw new InvalidRequestException(
                        "model '" + input.description().name()
                                + "' takes no edge mask, so messages cannot be weakened; choose removal=hard");
            }
            float[][] perBlock = new float[own.length][];
            for (int b = 0; b < own.length; b++) {
                perBlock[b] = orOnes(own[b].edges(), batch.blocks().get(b).edgeCount(), "edges");
            }
            float[] joined = batch.joinEdges(perBlock);
            edges = Optional.of(array(lease, joined, new Shape(joined.length)));
        }
        int first = IntStream.range(0, own.length)
                .filter(b -> own[b].features().length > 0)
                .findFirst()
                .orElse(-1);
        if (first < 0) {
            return new Masks(edges, Optional.empty(), FeatureMaskType.NODE);
        }
        FeatureMaskType type = explanations.get(own[first].explanation()).featureMaskType();
        for (int b = 0; b < own.length; b++) {
            if (own[b].features().length > 0
                    && explanations.get(own[b].explanation()).featureMaskType() != type) {
                throw new InvalidRequestException("explanations with feature masks of different shapes ("
                        + type + ", " + explanations.get(own[b].explanation()).featureMaskType()
                        + ") cannot be measured together; measure them one by one");
            }
        }
        return new Masks(edges, Optional.of(features(lease, batch, own, type)), type);
    }

    private NDArray features(DeviceLease lease, GraphBatch batch, Variant[] own, FeatureMaskType type) {
        int columns = info().shape().inputFeatures();
        float[][] perBlock = new float[own.length][];
        for (int b = 0; b < own.length; b++) {
            ComputationGraph block = batch.blocks().get(b);
            long size =
                    switch (type) {
                        case NODE -> block.nodeCount();
                        case FEATURE -> columns;
                        case NODE_FEATURE -> (long) block.nodeCount() * columns;
                        case STORED -> block.storedOffsets()[block.nodeCount()];
                    };
            perBlock[b] = orOnes(own[b].features(), size, "features");
        }
        return switch (type) {
            case NODE -> array(lease, batch.joinRows(perBlock, 1), new Shape(batch.nodeCount(), 1));
            case NODE_FEATURE -> array(lease, batch.joinRows(perBlock, columns), new Shape(batch.nodeCount(), columns));
            case STORED -> {
                float[] joined = batch.joinStored(perBlock);
                yield array(lease, joined, new Shape(joined.length));
            }
            case FEATURE -> {
                float[] joined = new float[Math.multiplyExact(perBlock.length, columns)];
                for (int b = 0; b < perBlock.length; b++) {
                    System.arraycopy(perBlock[b], 0, joined, b * columns, columns);
                }
                yield array(lease, joined, new Shape(perBlock.length, columns));
            }
        };
    }

    private static float[] orOnes(float[] mask, long size, String what) {
        if (mask.length > 0) {
            checkLength(what, mask.length, size);
            return mask;
        }
        float[] ones = new float[Math.toIntExact(size)];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** In memory of the library's own: the alignment of a Java buffer, and with it the order of sums, is chance. */
    private static NDArray array(DeviceLease lease, float[] values, Shape shape) {
        return lease.manager().create(FloatBuffer.wrap(values), shape).duplicate();
    }

    private double[] output(float[] values, int offset, int classes) {
        if (info().isRegression()) {
            return new double[] {values[offset]};
        }
        double highest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            highest = Math.max(highest, values[offset + c]);
        }
        double[] probabilities = new double[classes];
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            probabilities[c] = Math.exp(values[offset + c] - highest);
            sum += probabilities[c];
        }
        for (int c = 0; c < classes; c++) {
            probabilities[c] /= sum;
        }
        return probabilities;
    }
}
