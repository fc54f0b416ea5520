package org.aitia.explanations.internal;

import ai.djl.ndarray.NDManager;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.aitia.api.CancelledException;
import org.aitia.api.DeviceMemoryException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.device.DeviceInfo;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.engine.MemoryMeter;
import org.aitia.api.explain.Cost;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Provenance;
import org.aitia.api.explain.TrainableExplainer;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One checked request, from learning to its result. */
final class ExplanationRun {
    private static final Logger log = LoggerFactory.getLogger(ExplanationRun.class);

    private final ExplanationJob job;
    private final ExplanationRequest request;
    private final List<Integer> targets;
    private final DeviceManager devices;
    private final String version;
    private final RunProgress progress;
    private final TaskMonitor monitor;
    private final InitialMasks initial;
    private final AtomicReferenceArray<Explanation> results;
    private final CountingSession.Calls calls = new CountingSession.Calls();
    private final AtomicLong peakBytes = new AtomicLong();
    private Optional<Learnt> learnt = Optional.empty();
    private volatile Map<String, String> libraries = Map.of();
    private volatile String device = "";

    ExplanationRun(ExplanationJob job, DeviceManager devices, String version, TaskMonitor monitor) {
        this.job = job;
        this.request = job.request();
        this.targets = job.targets();
        this.devices = devices;
        this.version = version;
        this.monitor = monitor;
        this.progress = new RunProgress(monitor, job.use(), targets.size());
        this.initial = new InitialMasks(job);
        this.results = new AtomicReferenceArray<>(targets.size());
    }

    ExplanationResult execute() {
        Instant started = Instant.now();
        learnt = learn();
        long begin = System.nanoTime();
        monitor.progress("explaining", 0, targets.size());
        TargetPlan plan = new TargetPlan(targets, job::computationGraph);
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
                job.description().name(),
                request.explainer(),
                lanes,
                seconds);
        Cost cost = new Cost(
                calls.all(),
                calls.recorded(),
                learnt.map(Learnt::calls).orElse(0L),
                learnt.map(Learnt::seconds).orElse(0.0),
                peakBytes.get());
        return new ExplanationResult(explanations, provenance(started), seconds, cost);
    }

    /** What a trainable explainer goes by: what the request names, or else what its own targets teach. */
    private Optional<Learnt> learn() {
        if (!(job.explainer() instanceof TrainableExplainer trainable)) {
            return Optional.empty();
        }
        return Optional.of(job.trained()
                .map(Learnt::before)
                .orElseGet(() -> new TrainingRun(job, trainable, devices, progress).execute()));
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

    /** One lane: leases a device, and takes batches until there are none. */
    private void workOn(TargetPlan plan) {
        LeaseRequest wanted = LeaseRequest.of("explain " + job.description().name() + " with " + request.explainer());
        if (request.deviceId().isPresent()) {
            wanted = wanted.on(request.deviceId().get());
        }
        // a lane that is still queueing when the others have taken all targets has nothing left to wait for
        Optional<DeviceLease> granted = acquire(wanted, plan);
        if (granted.isEmpty()) {
            return;
        }
        try (DeviceLease lease = granted.get()) {
            libraries = lease.engine().versions();
            device = lease.deviceId();
            progress.begin();
            if (!request.measured()) {
                workOn(plan, lease);
                return;
            }
            try (MemoryMeter meter = lease.engine().meterMemory()) {
                workOn(plan, lease);
                peakBytes.addAndGet(meter.peakBytes());
            }
        }
    }

    private void workOn(TargetPlan plan, DeviceLease lease) {
        try (ModelSession session = job.input().model().open(lease)) {
            TargetPlan.Limit fits = Memory.limit(job, session, lease);
            TargetPlan.Limit limit = (count, nodes, edges) ->
                    request.batchSize() > 0 ? count <= request.batchSize() : fits.admits(count, nodes, edges);
            Optional<TargetPlan.Portion> portion = plan.next(limit);
            while (portion.isPresent()) {
                explainAll(session, lease, portion.get());
                portion = plan.next(limit);
            }
        }
    }

    private Optional<DeviceLease> acquire(LeaseRequest wanted, TargetPlan plan) {
        try {
            return Optional.of(devices.acquire(wanted, progress.queueing(plan::isExhausted)));
        } catch (CancelledException e) {
            if (progress.isStopped() || monitor.isCancelled()) {
                throw e;
            }
            if (plan.isExhausted()) {
                return Optional.empty();
            }
            throw job.use().isRevoked() ? progress.revoked() : e;
        }
    }

    /** Explains a portion, in halves when memory runs out. */
    private void explainAll(ModelSession session, DeviceLease lease, TargetPlan.Portion portion) {
        Deque<TargetPlan.Portion> todo = new ArrayDeque<>();
        todo.push(portion);
        while (!todo.isEmpty()) {
            TargetPlan.Portion part = todo.pop();
            try {
                explainBatch(session, lease, part);
            } catch (RuntimeException | OutOfMemoryError e) {
                if (!Memory.isExhausted(e)) {
                    throw e;
                }
                if (part.positions().size() == 1) {
                    throw new DeviceMemoryException(
                            "target " + targets.get(part.positions().get(0)) + " alone needs more memory than "
                                    + Memory.place(e, lease) + " has ("
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

    private void explainBatch(ModelSession session, DeviceLease lease, TargetPlan.Portion portion) {
        GraphBatch graphs = GraphBatch.of(portion.graphs());
        try (RunProgress.BatchMonitor batchMonitor =
                        progress.batch(portion.positions().size());
                NDManager manager = lease.manager().newSubManager();
                PreparedBatch prepared = session.prepare(graphs)) {
            batchMonitor.checkCancelled();
            List<Integer> ids = portion.positions().stream().map(targets::get).toList();
            List<ExplanationTarget> predictions = TargetPredictions.of(job, session, lease, prepared, ids);
            ExplanationBatch batch = new ExplanationBatch(
                    new CountingSession(session, lease.engine(), calls),
                    prepared,
                    predictions,
                    job.options(),
                    lease,
                    manager,
                    batchMonitor,
                    initial.of(ids),
                    learnt.map(Learnt::weights));
            List<MaskValues> masks =
                    ExplainerCall.of(job, lease, () -> job.explainer().explain(batch));
            MaskCheck.check(job, portion.graphs(), masks);
            for (int b = 0; b < masks.size(); b++) {
                results.set(
                        portion.positions().get(b),
                        Explanation.of(predictions.get(b), portion.graphs().get(b), masks.get(b)));
            }
            batchMonitor.finished();
        }
    }

    private Provenance provenance(Instant started) {
        return new Provenance(
                request.explainer(),
                job.use().bundle(),
                job.options(),
                request.type(),
                job.model().shape().task(),
                job.description().name(),
                job.model().architecture(),
                job.model().hops(),
                job.description().weightsDigest(),
                job.dataset().info().name(),
                job.dataset().options(),
                job.dataset().digest(),
                request.seed(),
                device,
                ExplanationService.versions(version, libraries),
                started,
                learnt.flatMap(Learnt::name),
                learnt.map(Learnt::digest),
                initial.digest());
    }
}
