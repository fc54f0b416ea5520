package org.aitia.models.internal.gcn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;
import org.aitia.models.internal.batch.Keeper;

/** A GCN on a device. */
class GcnSession implements ModelSession {
    static final double BATCH_NORM_EPSILON = 1e-5;
    // TensorFlow's l2_normalize; smaller squares would make the derivative of a row of zeros enormous
    private static final float SQUARED_LENGTH_FLOOR = 1e-12f;

    final TensorEngine engine;
    final GraphKernels kernels;
    final GcnDesign design;
    final DeviceWeights weights;
    private final NDArray squaredLengthFloor; // [1]
    private final GcnModel model;
    private final NDManager manager;
    private final boolean learning;

    GcnSession(GcnModel model, DeviceLease lease, boolean learning) {
        this.model = model;
        this.design = model.design();
        this.engine = lease.engine();
        this.kernels = engine.kernels();
        this.learning = learning;
        this.manager = lease.manager().newSubManager();
        try (TensorScope scope = engine.openScope()) {
            Keeper keeper = new Keeper(scope, manager);
            weights = new DeviceWeights(engine, keeper, model.parameters(), learning);
            squaredLengthFloor = keeper.constant(SQUARED_LENGTH_FLOOR);
        }
    }

    @Override
    public GnnModel model() {
        return model;
    }

    @Override
    public GcnBatch prepare(GraphBatch batch) {
        checkFits(batch);
        return GcnBatch.of(this, engine, manager, design, batch);
    }

    private void checkFits(GraphBatch batch) {
        int expected = design.shape().inputFeatures();
        for (ComputationGraph block : batch.blocks()) {
            int found = block.graph().features().columns();
            if (found != expected) {
                throw new InvalidRequestException("the model takes " + expected + " features per node, the graph has "
                        + found + "; use the data set that the model was trained on");
            }
            if (block.target() < 0) {
                continue; // a whole graph
            }
            if (design.shape().task() == Task.GRAPH) {
                throw new InvalidRequestException(
                        "the model classifies graphs, not node " + block.target() + "; give it whole graphs");
            }
            if (block.hops() < design.layers()) {
                throw new InvalidRequestException("the model looks " + design.layers()
                        + " hops far, the computation graph of node " + block.target() + " has only " + block.hops());
            }
        }
    }

    @Override
    public NDArray forward(PreparedBatch batch, Masks masks) {
        GcnBatch own = own(batch);
        try (TensorScope scope = engine.openScope()) {
            List<NDArray> outputs = convolve(own, masks, Mode.INFERENCE);
            return scope.keep(classify(own, outputs, Mode.INFERENCE));
        }
    }

    @Override
    public List<NDArray> embeddings(PreparedBatch batch, Masks masks) {
        try (TensorScope scope = engine.openScope()) {
            List<NDArray> outputs = convolve(own(batch), masks, Mode.INFERENCE);
            outputs.forEach(scope::keep);
            return outputs;
        }
    }

    /** How inference and training differ. */
    interface Mode {
        Mode INFERENCE = new Mode() {
            @Override
            public NDArray features(GcnBatch batch, NDArray weight, GraphKernels kernels) {
                return batch.features().times(kernels, weight);
            }

            @Override
            public NDArray dropout(NDArray x) {
                return x;
            }

            @Override
            public Optional<Statistics> statistics(int layer, NDArray x) {
                return Optional.empty();
            }
        };

        /** X W of the first layer. */
        NDArray features(GcnBatch batch, NDArray weight, GraphKernels kernels);

        NDArray dropout(NDArray x);

        /** What batch normalisation uses instead of the running statistics. */
        Optional<Statistics> statistics(int layer, NDArray x);
    }

    /** Mean and variance per column, [H] each. */
    record Statistics(NDArray mean, NDArray variance) {}

    /**
     * Applies the convolutions.
     *
     * @return the output of each layer k, [nodesWithin(L - k), H_k]
     */
    final List<NDArray> convolve(GcnBatch batch, Masks masks, Mode mode) {
        checkMasks(batch.batch(), masks);
        List<NDArray> messageWeights = batch.messages().weights(kernels, masks.edge());
        List<NDArray> outputs = new ArrayList<>();
        for (int k = 1; k <= design.layers(); k++) {
            Adjacency structure = batch.messages().structure(k);
            NDArray messageWeight = messageWeights.get(k - 1); // [M_k]
            NDArray x; // [C_k, H_k]
            if (k == 1) {
                x = firstProduct(batch, masks, mode);
                if (masksNodes(masks)) {
                    // A (m * XW) = (A with column v times m_v) XW: one factor per message instead of one per value
                    NDArray perNode = masks.feature().get().reshape(-1);
                    messageWeight = messageWeight.mul(kernels.gather(perNode, structure.sources()));
                }
            } else {
                x = mode.dropout(outputs.get(k - 2)).matMul(weights.get(GcnDesign.weight(k)));
            }
            outputs.add(finish(k, kernels.aggregate(structure, x, messageWeight), mode));
        }
        return outputs;
    }

    private NDArray firstProduct(GcnBatch batch, Masks masks, Mode mode) {
        NDArray weight = weights.get(GcnDesign.weight(1));
        if (masks.feature().isPresent() && !masksNodes(masks)) {
            return batch.features().maskedTimes(kernels, weight, masks.feature().get(), masks.featureType());
        }
        return learning ? mode.features(batch, weight, kernels) : batch.transformed(engine, weight);
    }

    private static boolean masksNodes(Masks masks) {
        return masks.feature().isPresent() && masks.featureType() == FeatureMaskType.NODE;
    }

    /** Bias, then L2 normalisation, activation and batch normalisation, as the GNNExplainer and PGExplainer papers. */
    private NDArray finish(int layer, NDArray aggregated, Mode mode) {
        NDArray y = weights.find(GcnDesign.bias(layer)).map(aggregated::add).orElse(aggregated);
        if (!design.isHidden(layer)) {
            return y;
        }
        if (design.options().l2Normalize()) {
            y = y.div(y.square()
                    .sum(new int[] {1}, true)
                    .maximum(squaredLengthFloor)
                    .sqrt());
        }
        y = design.options().activation().apply(y);
        return design.normalised(layer) ? batchNorm(layer, y, mode) : y;
    }

    private NDArray batchNorm(int layer, NDArray y, Mode mode) {
        Statistics statistics = mode.statistics(layer, y)
                .orElseGet(() -> new Statistics(
                        weights.get(GcnDesign.norm(layer, "running_mean")),
                        weights.get(GcnDesign.norm(layer, "running_var"))));
        NDArray scale = weights.get(GcnDesign.norm(layer, "weight"))
                .div(statistics.variance().add(BATCH_NORM_EPSILON).sqrt());
        NDArray shift =
                weights.get(GcnDesign.norm(layer, "bias")).sub(statistics.mean().mul(scale));
        return y.mul(scale).add(shift);
    }

    /** Turns layer outputs into logits. */
    final NDArray classify(GcnBatch batch, List<NDArray> outputs, Mode mode) {
        NDArray last = outputs.get(outputs.size() - 1);
        if (!design.hasHead()) {
            return last;
        }
        NDArray h = last;
        if (design.options().concat() && outputs.size() > 1) {
            long rows = last.getShape().get(0);
            NDList parts = new NDList();
            for (NDArray output : outputs) {
                // earlier layers computed more rows than the last one needs
                parts.add(output.getShape().get(0) == rows ? output : output.get(new NDIndex().addSliceDim(0, rows)));
            }
            h = NDArrays.concat(parts, 1);
        }
        if (design.shape().task() == Task.GRAPH) {
            h = design.options().pooling().apply(kernels, h, batch.graphOffsets());
        }
        NDArray logits = mode.dropout(h).matMul(weights.get("lin.weight"));
        return weights.find("lin.bias").map(logits::add).orElse(logits);
    }

    final GcnBatch own(PreparedBatch batch) {
        if (batch instanceof GcnBatch own && own.belongsTo(this)) {
            return own;
        }
        throw new IllegalArgumentException("the batch was prepared by another session");
    }

    private void checkMasks(GraphBatch batch, Masks masks) {
        masks.edge().ifPresent(mask -> check("edge", mask, new Shape(batch.edgeCount())));
        masks.feature().ifPresent(mask -> {
            long features = design.shape().inputFeatures();
            check(
                    "feature",
                    mask,
                    switch (masks.featureType()) {
                        case NODE -> new Shape(batch.nodeCount(), 1);
                        case FEATURE -> new Shape(batch.blocks().size(), features);
                        case NODE_FEATURE -> new Shape(batch.nodeCount(), features);
                    });
        });
    }

    private static void check(String kind, NDArray mask, Shape expected) {
        if (!mask.getShape().equals(expected)) {
            throw new InvalidRequestException(
                    "the " + kind + " mask has shape " + mask.getShape() + "; this batch needs " + expected);
        }
    }

    @Override
    public long workingSetBytes(long nodes, long edges, long storedFeatures) {
        long layers = design.layers();
        long messages = edges + nodes;
        long width = Math.max(design.options().hidden(), design.shape().classes());
        // structures: five int64 per message, per layer; weights and their derivatives; features with mask places
        long structure = messages * (40 * layers + 32) + storedFeatures * 60;
        // x W, aggregated, activated and their derivatives
        long values = 4 * nodes * width * (2 + 6 * layers);
        return structure + values;
    }

    @Override
    public void close() {
        manager.close();
    }
}
