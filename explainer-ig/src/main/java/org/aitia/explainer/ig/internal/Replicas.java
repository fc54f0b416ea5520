package org.aitia.explainer.ig.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.PreparedBatch;

/**
 * Some targets of a batch, several times each, as one block-diagonal batch on the device: one call then computes at
 * several points of a path. Block {@code copy * targets + target} is a copy of a target's computation graph.
 */
final class Replicas implements AutoCloseable {
    private final List<ExplanationTarget> targets;
    private final int copies;
    private final GraphBatch base; // each target once
    private final GraphBatch graphs; // each target in all its copies
    private final PreparedBatch prepared;
    private final boolean own; // whether prepared is ours to close
    private final TensorEngine engine;
    private final NDManager manager;
    private final Map<Axis, Places> places = new EnumMap<>(Axis.class);
    private final Map<Axis, Integer> lengths = new EnumMap<>(Axis.class);

    /**
     * Where the elements of an axis come from.
     *
     * @param copy of each element, int64 [M]
     * @param base position in the batch of single targets, int64 [M]
     * @param baseLength length of the axis there
     */
    record Places(NDArray copy, NDArray base, int baseLength) {}

    /**
     * Puts copies on the device.
     *
     * @param batch the work
     * @param chosen positions of the targets
     * @param copies how many of each
     * @param input whether masks of features are to be the features themselves: nodes then have features of 1
     */
    Replicas(ExplanationBatch batch, List<Integer> chosen, int copies, boolean input) {
        this.copies = copies;
        this.engine = batch.engine();
        this.targets = chosen.stream().map(batch.targets()::get).toList();
        List<ComputationGraph> blocks =
                chosen.stream().map(batch.graphs().blocks()::get).toList();
        boolean all = chosen.size() == batch.targets().size();
        this.base = all ? batch.graphs() : GraphBatch.of(blocks);
        this.manager = batch.manager().newSubManager();
        boolean done = false;
        try {
            if (all && copies == 1 && !input) {
                graphs = base;
                prepared = batch.prepared();
                own = false;
            } else {
                graphs = GraphBatch.of(copied(input ? withOnes(blocks) : blocks, copies));
                prepared = batch.session().prepare(graphs);
                own = true;
            }
            done = true;
        } finally {
            if (!done) {
                manager.close();
            }
        }
    }

    private static List<ComputationGraph> copied(List<ComputationGraph> blocks, int copies) {
        return IntStream.range(0, copies)
                .boxed()
                .flatMap(copy -> blocks.stream())
                .toList();
    }

    private static List<ComputationGraph> withOnes(List<ComputationGraph> blocks) {
        List<ComputationGraph> changed = new ArrayList<>(blocks.size());
        for (ComputationGraph block : blocks) {
            // an imported model may run on the whole graph: nodes outside the block keep their features
            Features features = block.graph().features();
            changed.add(block.withFeatures(
                    block.isWhole()
                            ? DenseFeatures.constant(features.rows(), features.columns(), 1)
                            : DenseFeatures.constantIn(features, block.nodes(), 1)));
        }
        return changed;
    }

    List<ExplanationTarget> targets() {
        return targets;
    }

    int copies() {
        return copies;
    }

    GraphBatch base() {
        return base;
    }

    GraphBatch graphs() {
        return graphs;
    }

    PreparedBatch prepared() {
        return prepared;
    }

    /** What is explained of each copy. */
    Quantity quantity(GradientOptions options, ModelInfo model) {
        try (TensorScope scope = engine.openScope()) {
            Quantity quantity = Quantity.of(options, targets, copies, model, manager);
            scope.keep(quantity.classes(), manager);
            quantity.others().ifPresent(others -> scope.keep(others, manager));
            return quantity;
        }
    }

    /** Makes an array that lives as long as this, whatever scopes are open. */
    NDArray hold(Function<NDManager, NDArray> made) {
        try (TensorScope scope = engine.openScope()) {
            return scope.keep(made.apply(manager), manager);
        }
    }

    /** Makes arrays of the current scope. */
    NDManager manager() {
        return manager;
    }

    /** Brings values per element of the single targets to all copies: [M, ...] from [m, ...]. */
    NDArray spread(GraphKernels kernels, Axis axis, NDArray values) {
        return copies == 1 ? values : kernels.gather(values, places(axis).base());
    }

    /** Adds up the copies of each element: [m, ...] from [M, ...]. */
    NDArray collect(GraphKernels kernels, Axis axis, NDArray values) {
        return copies == 1
                ? values
                : kernels.scatterSum(values, places(axis).base(), places(axis).baseLength());
    }

    /** Gives each element the number of its copy: [M] from one number per copy. */
    NDArray perCopy(GraphKernels kernels, Axis axis, float[] numbers) {
        return copies == 1
                ? manager.full(new Shape(length(axis)), numbers[0])
                : kernels.gather(manager.create(numbers), places(axis).copy());
    }

    /** Number of elements of all copies along an axis. */
    int length(Axis axis) {
        return lengths.computeIfAbsent(axis, a -> a.length(graphs));
    }

    private Places places(Axis axis) {
        return places.computeIfAbsent(axis, this::locate);
    }

    private Places locate(Axis axis) {
        int length = length(axis);
        long[] copy = new long[length];
        long[] origin = new long[length];
        int count = targets.size();
        switch (axis) {
            case BLOCKS -> {
                for (int i = 0; i < length; i++) {
                    copy[i] = i / count;
                    origin[i] = i % count;
                }
            }
            case ROWS -> locate(copy, origin, graphs.rowBlocks(), graphs.rowNodes(), base.rowBlocks(), base.rowNodes());
            case EDGES ->
                locate(copy, origin, graphs.edgeBlocks(), graphs.edgeLocals(), base.edgeBlocks(), base.edgeLocals());
            case STORED -> locateStored(copy, origin);
        }
        return new Places(hold(m -> m.create(copy)), hold(m -> m.create(origin)), axis.length(base));
    }

    private void locate(long[] copy, long[] origin, int[] blocks, int[] locals, int[] baseBlocks, int[] baseLocals) {
        int count = targets.size();
        int[] sizes = new int[count];
        for (int i = 0; i < baseBlocks.length; i++) {
            sizes[baseBlocks[i]] = Math.max(sizes[baseBlocks[i]], baseLocals[i] + 1);
        }
        int[][] positions = new int[count][];
        for (int b = 0; b < count; b++) {
            positions[b] = new int[sizes[b]];
        }
        for (int i = 0; i < baseBlocks.length; i++) {
            positions[baseBlocks[i]][baseLocals[i]] = i;
        }
        for (int i = 0; i < blocks.length; i++) {
            copy[i] = blocks[i] / count;
            origin[i] = positions[blocks[i] % count][locals[i]];
        }
    }

    private void locateStored(long[] copy, long[] origin) {
        int[] offsets = graphs.storedOffsets();
        int[] baseOffsets = base.storedOffsets();
        long[] rowCopies = new long[graphs.nodeCount()];
        long[] rowOrigins = new long[graphs.nodeCount()];
        locate(rowCopies, rowOrigins, graphs.rowBlocks(), graphs.rowNodes(), base.rowBlocks(), base.rowNodes());
        for (int r = 0; r < rowCopies.length; r++) {
            for (int i = offsets[r]; i < offsets[r + 1]; i++) {
                copy[i] = rowCopies[r];
                origin[i] = (long) baseOffsets[(int) rowOrigins[r]] + i - offsets[r];
            }
        }
    }

    @Override
    public void close() {
        manager.close();
        if (own) {
            prepared.close();
        }
    }
}
