package org.aitia.explanations.internal;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.api.TaskMonitor;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.explain.ExplainerTraining;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;

/** One attempt at training, with batches of at most so many targets. Used by one thread. */
final class TrainingWork implements ExplainerTraining, AutoCloseable {
    private final ExplanationJob job;
    private final List<ComputationGraph> graphs;
    private final CountingSession session;
    private final DeviceLease lease;
    private final TaskMonitor monitor;
    private final int most;
    private final TargetPlan.Limit limit;
    private final NDManager manager;
    private final List<Opened> opened = new ArrayList<>();
    private List<ExplanationTarget> targets = List.of();
    private int largest = 1;

    /**
     * Begins.
     *
     * @param graphs one per target
     * @param most targets per batch at most
     */
    TrainingWork(
            ExplanationJob job,
            List<ComputationGraph> graphs,
            CountingSession session,
            DeviceLease lease,
            TaskMonitor monitor,
            int most) {
        this.job = job;
        this.graphs = graphs;
        this.session = session;
        this.lease = lease;
        this.monitor = monitor;
        this.most = most;
        this.limit = Memory.limit(job, session, lease);
        this.manager = lease.manager().newSubManager();
    }

    /** Lets the model predict the targets, through a session that does not count. */
    void predict(ModelSession plain) {
        List<ExplanationTarget> predictions = new ArrayList<>(graphs.size());
        for (List<Integer> positions : plan(0)) {
            monitor.checkCancelled();
            largest = Math.max(largest, positions.size());
            try (PreparedBatch prepared = plain.prepare(batch(positions))) {
                List<Integer> ids = positions.stream().map(job.targets()::get).toList();
                predictions.addAll(TargetPredictions.of(job, plain, lease, prepared, ids));
            }
        }
        targets = List.copyOf(predictions);
    }

    private GraphBatch batch(List<Integer> positions) {
        return GraphBatch.of(positions.stream().map(graphs::get).toList());
    }

    /** The most targets that were on the device in one batch. */
    int largest() {
        return largest;
    }

    @Override
    public ModelSession session() {
        return session;
    }

    @Override
    public List<ExplanationTarget> targets() {
        return targets;
    }

    @Override
    public Map<String, String> options() {
        return job.options();
    }

    @Override
    public long seed() {
        return job.request().seed();
    }

    @Override
    public List<List<Integer>> plan(int wanted) {
        int bound = wanted == 0 ? most : Math.min(wanted, most);
        List<List<Integer>> batches = new ArrayList<>();
        List<Integer> batch = new ArrayList<>();
        long nodes = 0;
        long edges = 0;
        for (int i = 0; i < graphs.size(); i++) {
            nodes += graphs.get(i).nodeCount();
            edges += graphs.get(i).edgeCount();
            if (!batch.isEmpty() && (batch.size() >= bound || !limit.admits(batch.size() + 1, nodes, edges))) {
                batches.add(List.copyOf(batch));
                batch.clear();
                nodes = graphs.get(i).nodeCount();
                edges = graphs.get(i).edgeCount();
            }
            batch.add(i);
        }
        if (!batch.isEmpty()) {
            batches.add(List.copyOf(batch));
        }
        return List.copyOf(batches);
    }

    @Override
    public Work open(List<Integer> positions) {
        largest = Math.max(largest, positions.size());
        GraphBatch graphBatch = batch(positions);
        Opened work = new Opened(session.prepare(graphBatch), lease.manager().newSubManager(), positions);
        opened.add(work);
        return work;
    }

    @Override
    public DeviceLease lease() {
        return lease;
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    @Override
    public TaskMonitor monitor() {
        return monitor;
    }

    /** Frees what the explainer left. */
    @Override
    public void close() {
        List.copyOf(opened).forEach(Opened::close);
        manager.close();
    }

    private final class Opened implements Work {
        private final PreparedBatch prepared;
        private final NDManager arrays;
        private final ExplanationBatch batch;

        Opened(PreparedBatch prepared, NDManager arrays, List<Integer> positions) {
            this.prepared = prepared;
            this.arrays = arrays;
            this.batch = new ExplanationBatch(
                    session,
                    prepared,
                    positions.stream().map(targets::get).toList(),
                    job.options(),
                    lease,
                    arrays,
                    monitor);
        }

        @Override
        public ExplanationBatch batch() {
            return batch;
        }

        @Override
        public void close() {
            if (opened.remove(this)) {
                arrays.close();
                prepared.close();
            }
        }
    }
}
