package org.aitia.explanations.internal;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.api.AitiaException;
import org.aitia.api.CancelledException;
import org.aitia.api.DeviceMemoryException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.device.DeviceInfo;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Provenance;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelStore;
import org.aitia.api.model.PreparedBatch;
import org.aitia.api.model.StoredModel;
import org.aitia.api.option.OptionSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request, from its check to its result. */
final class ExplanationRun {
    private static final Logger log = LoggerFactory.getLogger(ExplanationRun.class);

    /** Share of a lease's budget that a batch is planned to fill; the rest is slack for the estimate. */
    private static final double MEMORY_SHARE = 0.5;

    /**
     * Edges and nodes of a batch beyond which it only leaves the processor's caches: more targets per batch then cost
     * the same per target, or more.
     */
    private static final long MAX_BATCH_ELEMENTS = 32_768;

    private final ExplanationRequest request;
    private final ExplainerRegistry.Use use;
    private final DeviceManager devices;
    private final String version;
    private final StoredModel description;
    private final GnnModel model;
    private final Dataset dataset;
    private final Map<String, String> options;
    private final List<Integer> targets;
    private final RunProgress progress;
    private final TaskMonitor monitor;
    private final AtomicReferenceArray<Explanation> results;
    private volatile Map<String, String> libraries = Map.of();
    private volatile String device = "";

    ExplanationRun(
            ExplanationRequest request,
            ExplainerRegistry.Use use,
            ModelStore models,
            Datasets datasets,
            DeviceManager devices,
            String version,
            TaskMonitor monitor) {
        this.request = request;
        this.use = use;
        this.devices = devices;
        this.version = version;
        this.monitor = monitor;
        // everything that can be refused is refused before data is loaded
        request.deviceId().ifPresent(this::checkDevice);
        this.options = completeOptions(use.explainer().options(), request.options());
        this.description = models.find(request.model());
        checkFit(use.explainer().info(), description.info());
        this.model = models.load(request.model());
        this.dataset = loadData(datasets);
        if (request.dataset().isEmpty() && !dataset.digest().equals(description.datasetDigest())) {
            monitor.message("note: data set '" + description.dataset() + "' has changed since model '"
                    + description.name() + "' was trained on it");
        }
        this.targets = checkedTargets();
        this.progress = new RunProgress(monitor, use, targets.size());
        this.results = new AtomicReferenceArray<>(targets.size());
    }

    private Dataset loadData(Datasets datasets) {
        if (request.dataset().isEmpty() && description.dataset().isEmpty()) {
            throw new InvalidRequestException("model '" + description.name()
                    + "' was imported without a data set; say which one to explain it on");
        }
        Dataset loaded = request.dataset().isPresent()
                ? datasets.load(request.dataset().get(), request.datasetOptions(), monitor)
                : datasets.load(description.dataset(), description.datasetOptions(), monitor);
        Task task = description.info().shape().task();
        if (loaded.info().task() != task) {
            throw new InvalidRequestException("model '" + description.name() + "' is for " + lowerCase(List.of(task))
                    + " tasks, data set '" + loaded.info().name() + "' is about a "
                    + lowerCase(List.of(loaded.info().task())) + " task; choose a data set of the model's task");
        }
        return loaded;
    }

    private void checkDevice(String id) {
        List<String> known = devices.devices().stream().map(DeviceInfo::id).toList();
        if (!known.contains(id)) {
            throw NotFoundException.of("device", id, known);
        }
    }

    private static <T extends Record> Map<String, String> completeOptions(
            OptionSchema<T> schema, Map<String, String> given) {
        return schema.format(schema.parse(given));
    }

    private static void checkFit(ExplainerInfo explainer, ModelInfo model) {
        if (!explainer.tasks().contains(model.shape().task())) {
            throw new InvalidRequestException("explainer '" + explainer.name() + "' explains "
                    + lowerCase(explainer.tasks()) + " tasks, not "
                    + model.shape().task().name().toLowerCase(Locale.ROOT) + " tasks");
        }
        if (!explainer.edgeMasks().contains(model.edgeMasks())) {
            throw new InvalidRequestException("explainer '" + explainer.name()
                    + "' needs a model that honours edge masks by " + lowerCase(explainer.edgeMasks()) + "; '"
                    + model.architecture() + "' does by " + lowerCase(List.of(model.edgeMasks()))
                    + "; any model trained here will do, or an imported one that takes edge weights");
        }
    }

    private static String lowerCase(Iterable<? extends Enum<?>> values) {
        List<String> names = new ArrayList<>();
        values.forEach(value -> names.add(value.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        return names.stream().sorted().collect(Collectors.joining(" or "));
    }

    private List<Integer> checkedTargets() {
        int count = dataset.instanceCount();
        if (request.targets().isEmpty()) {
            return IntStream.range(0, count).boxed().toList();
        }
        for (int target : request.targets()) {
            if (target < 0 || target >= count) {
                throw new InvalidRequestException(instance(target) + " is out of range; data set '"
                        + dataset.info().name() + "' has 0.." + (count - 1));
            }
        }
        return request.targets();
    }

    private String instance(int target) {
        return lowerCase(List.of(description.info().shape().task())) + " " + target;
    }

    private boolean isGraphTask() {
        return description.info().shape().task() == Task.GRAPH;
    }

    ExplanationResult execute() {
        Instant started = Instant.now();
        long begin = System.nanoTime();
        monitor.progress("explaining", 0, targets.size());
        TargetPlan plan = new TargetPlan(targets, this::computationGraph);
        int lanes = lanes();
        Lanes.run(lanes, progress, () -> workOn(plan));
        List<Explanation> explanations = new ArrayList<>(targets.size());
        for (int i = 0; i < targets.size(); i++) {
            explanations.add(results.get(i));
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        log.info(
                "explained {} target(s) of {} with {} on {} lane(s) in {} s",
                targets.size(),
                description.name(),
                request.explainer(),
                lanes,
                seconds);
        return new ExplanationResult(explanations, provenance(started), seconds);
    }

    private int lanes() {
        List<DeviceInfo> candidates = devices.devices().stream()
                .filter(d ->
                        request.deviceId().isEmpty() || request.deviceId().get().equals(d.id()))
                .toList();
        int available = candidates.isEmpty() ? 1 : candidates.get(0).lanes();
        int wanted = request.lanes() == 0 ? available : Math.min(request.lanes(), available);
        int batches = request.batchSize() == 0
                ? targets.size()
                : (targets.size() + request.batchSize() - 1) / request.batchSize();
        return Math.max(1, Math.min(wanted, batches));
    }

    private ComputationGraph computationGraph(int target) {
        int hops = description.info().hops();
        return switch (dataset.info().task()) {
            case NODE -> ComputationGraph.of(dataset.graph(), target, hops);
            case GRAPH -> ComputationGraph.whole(dataset.graphs().get(target));
            case LINK ->
                ComputationGraph.ofLink(dataset.graph(), dataset.linkSource(target), dataset.linkTarget(target), hops);
        };
    }

    /** One lane: leases a device, and takes batches until there are none. */
    private void workOn(TargetPlan plan) {
        LeaseRequest wanted = LeaseRequest.of("explain " + description.name() + " with " + request.explainer());
        if (request.deviceId().isPresent()) {
            wanted = wanted.on(request.deviceId().get());
        }
        // a lane that is still queueing when the others have taken all targets has nothing left to wait for
        Optional<DeviceLease> granted = acquire(wanted, plan);
        if (granted.isEmpty()) {
            return;
        }
        try (DeviceLease lease = granted.get();
                ModelSession session = model.open(lease)) {
            libraries = lease.engine().versions();
            device = lease.deviceId();
            TargetPlan.Limit limit = limit(session, lease);
            Optional<TargetPlan.Portion> portion = plan.next(limit);
            while (portion.isPresent()) {
                explainAll(session, lease, portion.get());
                portion = plan.next(limit);
            }
        }
    }

    private Optional<DeviceLease> acquire(LeaseRequest wanted, TargetPlan plan) {
        try (RunProgress.BatchMonitor waiting = progress.queueing(plan::isExhausted)) {
            return Optional.of(devices.acquire(wanted, waiting));
        } catch (CancelledException e) {
            if (progress.isStopped() || monitor.isCancelled()) {
                throw e;
            }
            if (plan.isExhausted()) {
                return Optional.empty();
            }
            throw use.isRevoked() ? progress.revoked() : e;
        }
    }

    private TargetPlan.Limit limit(ModelSession session, DeviceLease lease) {
        double featuresPerNode = isGraphTask()
                ? dataset.featureCount()
                : dataset.graph().features().storedValues()
                        / (double) Math.max(1, dataset.graph().nodeCount());
        return (count, nodes, edges) -> {
            if (request.batchSize() > 0) {
                return count <= request.batchSize();
            }
            long bytes = session.workingSetBytes(nodes, edges, (long) (featuresPerNode * nodes))
                    + use.explainer().workingSetBytes(nodes, edges, description.info(), options);
            return bytes <= MEMORY_SHARE * lease.memoryBudget() && nodes + edges <= MAX_BATCH_ELEMENTS;
        };
    }

    /** Explains a portion, in halves when memory runs out. */
    private void explainAll(ModelSession session, DeviceLease lease, TargetPlan.Portion portion) {
        Deque<TargetPlan.Portion> todo = new ArrayDeque<>();
        todo.push(portion);
        while (!todo.isEmpty()) {
            TargetPlan.Portion part = todo.pop();
            try {
                explainBatch(session, lease, part);
            } catch (RuntimeException e) {
                if (!isMemoryExhausted(e)) {
                    throw e;
                }
                if (part.positions().size() == 1) {
                    throw new DeviceMemoryException(
                            "target " + targets.get(part.positions().get(0)) + " alone needs more memory than "
                                    + lease.deviceId() + " has ("
                                    + part.graphs().get(0)
                                    + "); a smaller feature mask or another device may do",
                            e);
                }
                log.info(
                        "{} targets do not fit into memory; trying halves",
                        part.positions().size());
                List<TargetPlan.Portion> halves = part.halves();
                todo.push(halves.get(1));
                todo.push(halves.get(0));
            }
        }
    }

    private static boolean isMemoryExhausted(RuntimeException e) {
        if (e instanceof DeviceMemoryException) {
            return true;
        }
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return e instanceof EngineException
                && (message.contains("out of memory") || message.contains("can't allocate memory"));
    }

    private void explainBatch(ModelSession session, DeviceLease lease, TargetPlan.Portion portion) {
        GraphBatch graphs = GraphBatch.of(portion.graphs());
        try (RunProgress.BatchMonitor batchMonitor =
                        progress.batch(portion.positions().size());
                NDManager manager = lease.manager().newSubManager();
                PreparedBatch prepared = session.prepare(graphs)) {
            batchMonitor.checkCancelled();
            List<ExplanationTarget> predictions = predict(session, lease, prepared, portion);
            List<MaskValues> masks =
                    masks(new ExplanationBatch(session, prepared, predictions, options, lease, manager, batchMonitor));
            for (int b = 0; b < masks.size(); b++) {
                results.set(
                        portion.positions().get(b),
                        Explanation.of(predictions.get(b), portion.graphs().get(b), masks.get(b)));
            }
            batchMonitor.finished();
        }
    }

    /** Calls the explainer and does not trust what it returns. */
    private List<MaskValues> masks(ExplanationBatch batch) {
        List<MaskValues> masks;
        try {
            masks = use.explainer().explain(batch);
        } catch (AitiaException e) {
            throw e;
        } catch (RuntimeException e) {
            if (isMemoryExhausted(e)) {
                throw e;
            }
            batch.lease().checkValid(); // where the device went away, that is the cause
            log.warn("{} failed", explainerAndBundle(), e);
            throw new AitiaException(
                    explainerAndBundle() + " failed with "
                            + e.toString().lines().findFirst().orElse("an exception")
                            + "; the log has the details",
                    e);
        }
        int expected = batch.targets().size();
        if (masks.size() != expected) {
            throw defect(masks.size() + " results for " + expected + " targets");
        }
        for (int b = 0; b < expected; b++) {
            int edges = batch.graphs().blocks().get(b).edgeCount();
            int found = masks.get(b).edges().length;
            if (found != 0 && found != edges) {
                throw defect("an edge mask of " + found + " values for " + edges + " edges");
            }
            long values = featureMaskSize(
                    masks.get(b).featureType(), batch.graphs().blocks().get(b));
            found = masks.get(b).features().length;
            if (found != 0 && found != values) {
                throw defect("a feature mask of " + found + " values where there should be " + values);
            }
        }
        return masks;
    }

    private long featureMaskSize(FeatureMaskType type, ComputationGraph graph) {
        long features = description.info().shape().inputFeatures();
        return switch (type) {
            case NODE -> graph.nodeCount();
            case FEATURE -> features;
            case NODE_FEATURE -> graph.nodeCount() * features;
            case STORED -> graph.storedOffsets()[graph.nodeCount()];
        };
    }

    private AitiaException defect(String returned) {
        return new AitiaException(explainerAndBundle() + " returned " + returned + "; this is a defect of that bundle");
    }

    private String explainerAndBundle() {
        return "explainer '" + request.explainer() + "' of " + use.bundle();
    }

    private List<ExplanationTarget> predict(
            ModelSession session, DeviceLease lease, PreparedBatch prepared, TargetPlan.Portion portion) {
        int classes = description.info().shape().classes();
        float[] probabilities;
        try (TensorScope scope = lease.engine().openScope()) {
            NDArray logits = session.forward(prepared, Masks.NONE); // [B, C]
            probabilities = logits.toType(DataType.FLOAT32, false).softmax(1).toFloatArray();
        }
        List<ExplanationTarget> predictions =
                new ArrayList<>(portion.positions().size());
        for (int b = 0; b < portion.positions().size(); b++) {
            int id = targets.get(portion.positions().get(b));
            float[] row = java.util.Arrays.copyOfRange(probabilities, b * classes, (b + 1) * classes);
            int predicted = 0;
            for (int c = 1; c < classes; c++) {
                predicted = row[c] > row[predicted] ? c : predicted;
            }
            int label = dataset.label(id);
            if (request.type() == ExplanationType.PHENOMENON && label < 0) {
                throw new InvalidRequestException(
                        instance(id) + " has no label, so there is no phenomenon to explain; ask for type model");
            }
            if (request.type() == ExplanationType.PHENOMENON && label >= classes) {
                throw new InvalidRequestException(instance(id) + " of data set '"
                        + dataset.info().name() + "' has class " + label + ", model '" + description.name()
                        + "' knows 0.." + (classes - 1) + "; ask for type model, or choose data of its classes");
            }
            int explained = request.type() == ExplanationType.PHENOMENON ? label : predicted;
            predictions.add(
                    new ExplanationTarget(id, predicted, explained, label, row, Seeds.derive(request.seed(), id)));
        }
        return predictions;
    }

    private Provenance provenance(Instant started) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("aitia", version);
        versions.putAll(libraries);
        versions.put("java", Runtime.version().toString());
        return new Provenance(
                request.explainer(),
                use.bundle(),
                options,
                request.type(),
                description.info().shape().task(),
                description.name(),
                description.info().architecture(),
                description.info().hops(),
                description.weightsDigest(),
                dataset.info().name(),
                dataset.options(),
                dataset.digest(),
                request.seed(),
                device,
                versions,
                started);
    }
}
