package org.aitia.models.internal.feed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;

/**
 * Decides how instances of a data set come to a device: with the whole graph, where it fits, as it then is computed but
 * once; by receptive fields where that is less or all that fits.
 */
public final class Feeds implements AutoCloseable {
    /** Instances per batch, at most, where receptive fields must be computed one batch after the other. */
    private static final int FIELD_BATCH = 1024;
    /** Graphs per batch, at most, where only logits are computed. */
    private static final int GRAPH_BATCH = 512;
    /** Receptive fields further than this are taken for the whole graph: imported models of unknown reach say 16. */
    private static final int FARTHEST = 15;
    /** Receptive fields are not tried if more than one node in so many is asked for. */
    private static final int LOCAL_SHARE = 8;

    private final ModelSession session;
    private final Dataset dataset;
    private final Task task;
    private final long budget;
    private final int hops;
    private Optional<PreparedBatch> whole = Optional.empty();

    /**
     * For one data set.
     *
     * @param lease whose memory there is
     * @param session what computes
     * @param dataset what has the instances
     */
    public Feeds(DeviceLease lease, ModelSession session, Dataset dataset) {
        this.session = session;
        this.dataset = dataset;
        this.task = dataset.info().task();
        this.budget = lease.memoryBudget();
        this.hops = session.model().info().hops();
    }

    /**
     * Tells whether the whole graph fits into the memory that there is.
     *
     * @return always true for graph tasks, whose graphs come in batches anyway
     */
    public boolean wholeFits() {
        return task == Task.GRAPH || wholeBytes() <= budget;
    }

    /**
     * Estimates what computing the whole graph needs.
     *
     * @return bytes
     */
    public long wholeBytes() {
        return bytes(GraphBatch.whole(dataset.graph()));
    }

    /**
     * Feeds instances for prediction.
     *
     * @param instances what to predict
     * @return in their order
     */
    public Feed evaluation(int[] instances) {
        if (task == Task.GRAPH) {
            return new ChunkFeed(
                    session,
                    (chosen, random) -> joinGraphs(chosen),
                    instances,
                    GRAPH_BATCH,
                    OptionalLong.empty(),
                    new ChunkFeed.Memory(this::bytes, budget, budget / 4));
        }
        if (whole.isPresent() || hops > FARTHEST || !areLocal(instances)) {
            return whole(instances);
        }
        if (wholeFits()) {
            return smaller(instances);
        }
        return fields(instances, FIELD_BATCH, OptionalLong.empty(), List.of(), budget);
    }

    /**
     * Feeds instances for training.
     *
     * @param instances what to learn from
     * @param size graphs per step, for graph tasks; 0 for all
     * @param plan how to go through the graph, for other tasks
     * @param seed of orders and samples
     * @return in another order in each epoch, unless all come at once
     */
    public Feed training(int[] instances, int size, BatchPlan plan, long seed) {
        if (task == Task.GRAPH) {
            boolean all = size == 0 || size >= instances.length;
            return new ChunkFeed(
                    session,
                    (chosen, random) -> joinGraphs(chosen),
                    instances,
                    all ? Math.max(1, instances.length) : size,
                    all ? OptionalLong.empty() : OptionalLong.of(seed),
                    new ChunkFeed.Memory(this::bytes, Long.MAX_VALUE, all ? Long.MAX_VALUE : 0));
        }
        if (plan.size() == 0) {
            return whole(instances);
        }
        return fields(instances, plan.size(), OptionalLong.of(seed), plan.fanouts(), Long.MAX_VALUE);
    }

    /**
     * Tells whether steps of a plan fit into the memory that there is.
     *
     * @param instances what to learn from
     * @param plan how to go through the graph
     * @param seed chooses the step that is tried
     * @return whether one step of its size fits
     */
    public boolean stepFits(int[] instances, BatchPlan plan, long seed) {
        int[] chosen = instances.clone();
        int count = Math.min(plan.size(), chosen.length);
        var random = Seeds.generator(seed);
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(chosen.length - i);
            int value = chosen[i];
            chosen[i] = chosen[j];
            chosen[j] = value;
        }
        int[] step = Arrays.copyOf(chosen, count);
        return bytes(join(step, plan, random)) <= budget;
    }

    private GraphBatch join(int[] chosen, BatchPlan plan, RandomGenerator random) {
        if (task == Task.LINK) {
            return joinLinks(chosen);
        }
        return GraphBatch.of(List.of(
                plan.isSampled()
                        ? ComputationGraph.sampled(dataset.graph(), chosen, plan.fanoutArray(), random)
                        : ComputationGraph.of(dataset.graph(), chosen, hops)));
    }

    /** Whether each instance has a receptive field of its own: none is a link of a node to itself. */
    private boolean areLocal(int[] instances) {
        return task != Task.LINK
                || IntStream.of(instances).allMatch(i -> dataset.linkSource(i) != dataset.linkTarget(i));
    }

    private Feed fields(int[] instances, int size, OptionalLong shuffle, List<Integer> fanouts, long limit) {
        BatchPlan plan = new BatchPlan(size, fanouts);
        boolean once = size >= instances.length && !plan.isSampled();
        return new ChunkFeed(
                session,
                (chosen, random) -> join(chosen, plan, random),
                instances,
                size,
                once ? OptionalLong.empty() : shuffle,
                new ChunkFeed.Memory(this::bytes, limit, once ? budget : 0));
    }

    /** The receptive fields of the instances in one batch, or the whole graph if that is less. */
    private Feed smaller(int[] instances) {
        Graph graph = dataset.graph();
        long elements = (long) graph.nodeCount() + graph.edgeCount();
        if (instances.length == 0 || instances.length > graph.nodeCount() / LOCAL_SHARE) {
            return whole(instances);
        }
        List<ComputationGraph> blocks = new ArrayList<>();
        if (task == Task.NODE) {
            blocks.add(ComputationGraph.of(graph, instances, hops));
            elements -= 2L * (blocks.get(0).nodeCount() + blocks.get(0).edgeCount());
        } else {
            for (int i = 0; i < instances.length && elements >= 0; i++) {
                ComputationGraph block = link(instances[i]);
                blocks.add(block);
                elements -= 2L * (block.nodeCount() + block.edgeCount());
            }
        }
        if (elements < 0) {
            return whole(instances);
        }
        int[] rows = IntStream.range(0, instances.length).toArray();
        return new WholeFeed(() -> session.prepare(GraphBatch.of(blocks)), true, instances, rows);
    }

    private Feed whole(int[] instances) {
        if (task == Task.LINK) {
            int[] sources = IntStream.of(instances).map(dataset::linkSource).toArray();
            int[] targets = IntStream.of(instances).map(dataset::linkTarget).toArray();
            int[] rows = IntStream.range(0, instances.length).toArray();
            return new WholeFeed(
                    () -> session.prepare(GraphBatch.wholeWithLinks(dataset.graph(), sources, targets)),
                    true,
                    instances,
                    rows);
        }
        return new WholeFeed(this::wholeGraph, false, instances, instances);
    }

    private PreparedBatch wholeGraph() {
        if (whole.isEmpty()) {
            whole = Optional.of(session.prepare(GraphBatch.whole(dataset.graph())));
        }
        return whole.get();
    }

    private ComputationGraph link(int instance) {
        return ComputationGraph.ofLink(
                dataset.graph(), dataset.linkSource(instance), dataset.linkTarget(instance), hops);
    }

    private GraphBatch joinLinks(int[] chosen) {
        return GraphBatch.of(IntStream.of(chosen).mapToObj(this::link).toList());
    }

    private GraphBatch joinGraphs(int[] chosen) {
        return GraphBatch.of(IntStream.of(chosen)
                .mapToObj(i -> ComputationGraph.whole(dataset.graphs().get(i)))
                .toList());
    }

    private long bytes(GraphBatch batch) {
        long stored = 0;
        for (ComputationGraph block : batch.blocks()) {
            stored += stored(block);
        }
        return session.workingSetBytes(batch.nodeCount(), batch.edgeCount(), stored);
    }

    private static long stored(ComputationGraph block) {
        Features features = block.graph().features();
        if (block.isWhole()) {
            return features.storedValues();
        }
        if (features instanceof SparseFeatures sparse) {
            var offsets = sparse.offsets();
            long stored = 0;
            for (int i = 0; i < block.nodeCount(); i++) {
                stored += offsets.get(block.node(i) + 1) - offsets.get(block.node(i));
            }
            return stored;
        }
        return (long) block.nodeCount() * features.columns();
    }

    @Override
    public void close() {
        whole.ifPresent(PreparedBatch::close);
        whole = Optional.empty();
    }
}
