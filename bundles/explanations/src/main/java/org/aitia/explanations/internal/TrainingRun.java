package org.aitia.explanations.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.api.CancelledException;
import org.aitia.api.DeviceMemoryException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.explain.LearntWeights;
import org.aitia.api.explain.TrainableExplainer;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.Parameter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an explainer learn from the targets of a request, on one lane.
 *
 * <p>Batches are planned as if the request said nothing of their size, so that what is learnt does not depend on it.
 * Where memory runs out all the same, training begins again from the start with batches of half as many targets.
 */
final class TrainingRun {
    private static final Logger log = LoggerFactory.getLogger(TrainingRun.class);

    private final ExplanationJob job;
    private final TrainableExplainer explainer;
    private final DeviceManager devices;
    private final RunProgress progress;
    private final CountingSession.Calls calls = new CountingSession.Calls();
    private Map<String, String> libraries = Map.of();

    TrainingRun(ExplanationJob job, TrainableExplainer explainer, DeviceManager devices, RunProgress progress) {
        this.job = job;
        this.explainer = explainer;
        this.devices = devices;
        this.progress = progress;
    }

    Learnt execute() {
        long begin = System.nanoTime();
        LearntWeights learnt = train();
        double seconds = (System.nanoTime() - begin) / 1e9;
        log.info(
                "{} learnt from {} target(s) of {} in {} s",
                job.explainerAndBundle(),
                job.targets().size(),
                job.description().name(),
                seconds);
        return Learnt.now(learnt, calls.all(), seconds, libraries);
    }

    private LearntWeights train() {
        LeaseRequest wanted = LeaseRequest.of("train " + job.request().explainer() + " for "
                + job.description().name());
        if (job.request().deviceId().isPresent()) {
            wanted = wanted.on(job.request().deviceId().get());
        }
        TaskMonitor monitor = progress.training();
        try (DeviceLease lease = acquire(wanted, monitor);
                ModelSession session = job.input().model().open(lease)) {
            libraries = lease.engine().versions();
            monitor.progress("training", 0, -1);
            List<ComputationGraph> graphs = graphs(monitor);
            int most = Math.max(1, graphs.size());
            while (true) {
                CountingSession counted = new CountingSession(session, lease.engine(), calls);
                try (TrainingWork work = new TrainingWork(job, graphs, counted, lease, monitor, most)) {
                    try {
                        work.predict(session);
                        return checked(ExplainerCall.of(job, lease, () -> explainer.train(work)));
                    } catch (RuntimeException | OutOfMemoryError e) {
                        if (!Memory.isExhausted(e)) {
                            throw e;
                        }
                        most = smaller(work, lease, e);
                    }
                }
                log.info("training did not fit into memory; beginning again with {} target(s) per batch", most);
            }
        }
    }

    private DeviceLease acquire(LeaseRequest wanted, TaskMonitor monitor) {
        try {
            return devices.acquire(wanted, progress.queueing(() -> false));
        } catch (CancelledException e) {
            monitor.checkCancelled(); // where the explainer was taken away, that is the cause
            throw e;
        }
    }

    private List<ComputationGraph> graphs(TaskMonitor monitor) {
        List<ComputationGraph> graphs = new ArrayList<>(job.targets().size());
        for (int target : job.targets()) {
            monitor.checkCancelled();
            graphs.add(job.computationGraph(target));
        }
        return graphs;
    }

    /** Returns how many targets a batch may have after memory ran out. */
    private int smaller(TrainingWork work, DeviceLease lease, Throwable failure) {
        if (work.largest() == 1) {
            throw new DeviceMemoryException(
                    "training explainer '" + job.request().explainer() + "' needs more memory than "
                            + Memory.place(failure, lease)
                            + " has even with one target per batch; targets with smaller computation graphs or another"
                            + " device may do",
                    failure);
        }
        return work.largest() / 2;
    }

    /** Does not trust what was learnt. */
    private LearntWeights checked(LearntWeights learnt) {
        for (Parameter parameter : learnt.parameters()) {
            for (float value : parameter.values()) {
                if (!Float.isFinite(value)) {
                    throw ExplainerCall.defect(job, "weights of which '" + parameter.name() + "' holds " + value);
                }
            }
        }
        return new LearntWeights(job.options(), learnt.parameters(), learnt.metrics());
    }
}
