package org.aitia.models.internal.gcn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.LongBuffer;
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
import org.aitia.models.internal.batch.Messages;

/** A batch on the device of a GCN session. */
final class GcnBatch implements PreparedBatch {
    private final GcnSession session;
    private final GraphBatch batch;
    private final NDManager manager;
    private final Messages messages;
    private final DeviceFeatures features;
    private final Optional<NDArray> graphOffsets; // int64 [B + 1], for graph tasks
    private Optional<NDArray> transformed = Optional.empty(); // X W of layer 1, once computed

    private GcnBatch(
            GcnSession session,
            GraphBatch batch,
            NDManager manager,
            Messages messages,
            DeviceFeatures features,
            Optional<NDArray> graphOffsets) {
        this.session = session;
        this.batch = batch;
        this.manager = manager;
        this.messages = messages;
        this.features = features;
        this.graphOffsets = graphOffsets;
    }

    static GcnBatch of(GcnSession session, TensorEngine engine, NDManager parent, GcnDesign design, GraphBatch batch) {
        NDManager manager = parent.newSubManager();
        boolean done = false;
        try (TensorScope scope = engine.openScope()) {
            Keeper keeper = new Keeper(scope, manager);
            GcnOptions options = design.options();
            int layers = design.layers();
            GcnBatch prepared = new GcnBatch(
                    session,
                    batch,
                    manager,
                    Messages.of(keeper, batch, layers, options.symmetric(), options.addsSelfLoops()),
                    DeviceFeatures.of(
                            keeper,
                            batch,
                            batch.nodesWithin(layers),
                            design.shape().inputFeatures()),
                    design.shape().task() == Task.GRAPH
                            ? Optional.of(graphOffsets(keeper, batch.blocks()))
                            : Optional.empty());
            done = true;
            return prepared;
        } finally {
            if (!done) {
                manager.close();
            }
        }
    }

    private static NDArray graphOffsets(Keeper keeper, List<ComputationGraph> graphs) {
        long[] offsets = new long[graphs.size() + 1];
        for (int b = 0; b < graphs.size(); b++) {
            offsets[b + 1] = offsets[b] + graphs.get(b).nodeCount();
        }
        return keeper.keep(keeper.owner().create(LongBuffer.wrap(offsets), new Shape(offsets.length), DataType.INT64));
    }

    @Override
    public GraphBatch batch() {
        return batch;
    }

    boolean belongsTo(GcnSession other) {
        return session == other;
    }

    Messages messages() {
        return messages;
    }

    DeviceFeatures features() {
        return features;
    }

    NDArray graphOffsets() {
        return graphOffsets.orElseThrow();
    }

    /** X W of layer 1 with constant weights: masks of messages and nodes do not touch it, so it is computed once. */
    NDArray transformed(TensorEngine engine, NDArray weight) {
        if (transformed.isEmpty()) {
            try (var off = engine.gradientMode(false);
                    TensorScope scope = engine.openScope()) {
                transformed = Optional.of(scope.keep(features.times(engine.kernels(), weight), manager));
            }
        }
        return transformed.get();
    }

    @Override
    public void close() {
        manager.close();
    }
}
