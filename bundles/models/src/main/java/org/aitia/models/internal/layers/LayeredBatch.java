package org.aitia.models.internal.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.aitia.api.Task;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.PreparedBatch;
import org.aitia.models.internal.batch.DeviceFeatures;
import org.aitia.models.internal.batch.Keeper;
import org.aitia.models.internal.batch.MaskCheck;
import org.aitia.models.internal.batch.Messages;

/** A batch on the device of a session. */
final class LayeredBatch implements PreparedBatch {
    private final LayeredSession session;
    private final GraphBatch batch;
    private final NDManager manager;
    private final Messages messages;
    private final DeviceFeatures features;
    private final Object prepared;
    private final MaskCheck maskCheck;
    private final Optional<NDArray> graphOffsets; // int64 [B + 1], for graph tasks
    private final Optional<Ends> ends; // for link tasks
    private Optional<NDArray> start = Optional.empty();
    private final IdentityHashMap<NDArray, NDArray> products = new IdentityHashMap<>(); // weight W of layer 1 -> X W

    /**
     * The rows of the ends of candidate links.
     *
     * @param sources int64 [P]
     * @param targets int64 [P]
     */
    record Ends(NDArray sources, NDArray targets) {}

    private LayeredBatch(LayeredSession session, GraphBatch batch, NDManager manager, Keeper keeper) {
        Design design = session.design;
        int hops = design.hops();
        Task task = design.shape().task();
        this.session = session;
        this.batch = batch;
        this.manager = manager;
        messages = Messages.of(keeper, batch, hops, design.messages());
        features = DeviceFeatures.of(
                keeper, batch, batch.nodesWithin(hops), design.shape().inputFeatures());
        prepared = session.convolution.prepare(keeper, batch, messages);
        maskCheck = new MaskCheck(batch, design.shape().inputFeatures(), design.edgeWidth());
        graphOffsets = task == Task.GRAPH ? Optional.of(graphOffsets(keeper, batch.blocks())) : Optional.empty();
        ends = task == Task.LINK
                ? Optional.of(new Ends(longs(keeper, batch.linkSources()), longs(keeper, batch.linkTargets())))
                : Optional.empty();
    }

    static LayeredBatch of(LayeredSession session, TensorEngine engine, NDManager parent, GraphBatch batch) {
        NDManager manager = parent.newSubManager();
        boolean done = false;
        try (TensorScope scope = engine.openScope()) {
            LayeredBatch prepared = new LayeredBatch(session, batch, manager, new Keeper(scope, manager));
            done = true;
            return prepared;
        } finally {
            if (!done) {
                manager.close();
            }
        }
    }

    private static NDArray graphOffsets(Keeper keeper, List<ComputationGraph> graphs) {
        int[] offsets = new int[graphs.size() + 1];
        for (int b = 0; b < graphs.size(); b++) {
            offsets[b + 1] = offsets[b] + graphs.get(b).nodeCount();
        }
        return longs(keeper, offsets);
    }

    private static NDArray longs(Keeper keeper, int[] values) {
        LongBuffer wide = LongBuffer.wrap(Arrays.stream(values).asLongStream().toArray());
        return keeper.keep(keeper.owner().create(wide, new Shape(values.length), DataType.INT64));
    }

    @Override
    public GraphBatch batch() {
        return batch;
    }

    boolean belongsTo(LayeredSession other) {
        return session == other;
    }

    Messages messages() {
        return messages;
    }

    DeviceFeatures features() {
        return features;
    }

    MaskCheck maskCheck() {
        return maskCheck;
    }

    Object prepared() {
        return prepared;
    }

    NDArray graphOffsets() {
        return graphOffsets.orElseThrow();
    }

    Ends ends() {
        return ends.orElseThrow();
    }

    /** X W of layer 1 with constant weights: masks of messages and nodes do not touch it, so it is computed once. */
    NDArray product(TensorEngine engine, NDArray weight) {
        NDArray known = products.get(weight);
        if (known == null) {
            try (var off = engine.gradientMode(false);
                    TensorScope scope = engine.openScope()) {
                known = scope.keep(features.plain().times(engine.kernels(), weight), manager);
            }
            products.put(weight, known);
        }
        return known;
    }

    /** Zeros that derivatives start from: added to a layer's output, they let it be differentiated by. */
    NDArray start(TensorEngine engine, Shape shape) {
        if (start.isEmpty()) {
            try (TensorScope scope = engine.openScope()) {
                start = Optional.of(engine.variable(manager.zeros(shape)));
            }
        }
        return start.get();
    }

    @Override
    public void close() {
        manager.close();
    }
}
