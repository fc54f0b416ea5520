package org.aitia.models.internal.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.engine.Rectifier;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.engine.TorchScriptModule;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;
import org.aitia.models.internal.torchscript.TorchScriptOptions.Reach;

/** An imported model on a device. */
final class TorchScriptSession implements ModelSession {
    private final TorchScriptModel model;
    private final TensorEngine engine;
    private final GraphKernels kernels;
    private final NDManager manager;
    private final ModuleCall call;
    private final Logits logits;

    TorchScriptSession(TorchScriptModel model, DeviceLease lease) {
        this.model = model;
        this.engine = lease.engine();
        this.kernels = engine.kernels();
        this.manager = lease.manager().newSubManager();
        boolean done = false;
        try {
            TorchScriptModule module = engine.loadTorchScript(manager, model.module());
            call = new ModuleCall(module, model.options().roles());
            logits = new Logits(engine, manager, model.options().output());
            done = true;
        } finally {
            if (!done) {
                manager.close();
            }
        }
    }

    @Override
    public TorchScriptModel model() {
        return model;
    }

    boolean isGraphTask() {
        return model.shape().task() == Task.GRAPH;
    }

    ModuleCall call() {
        return call;
    }

    @Override
    public TorchScriptBatch prepare(GraphBatch batch) {
        BatchFit.check(model, batch);
        return TorchScriptBatch.of(this, engine, manager, batch, plan(batch));
    }

    private TorchScriptBatch.Plan plan(GraphBatch batch) {
        if (isGraphTask()) {
            return model.options().batches() || batch.blocks().size() == 1
                    ? TorchScriptBatch.Plan.TOGETHER
                    : TorchScriptBatch.Plan.EACH;
        }
        boolean wholeGraph = batch.blocks().stream().anyMatch(this::needsWholeGraph);
        return wholeGraph ? TorchScriptBatch.Plan.WITH_WHOLE_GRAPH : TorchScriptBatch.Plan.TOGETHER;
    }

    private boolean needsWholeGraph(ComputationGraph block) {
        Reach reach = model.options().reach();
        return !block.isWhole()
                && (reach == Reach.GLOBAL
                        || reach == Reach.UNDIRECTED && !block.graph().isUndirected());
    }

    @Override
    public NDArray forward(PreparedBatch batch, Masks masks) {
        TorchScriptBatch own = own(batch);
        own.maskCheck().check(masks);
        if (masks.rectifier() != Rectifier.PLAIN) {
            throw new InvalidRequestException("the rule " + masks.rectifier()
                    + " changes derivatives inside the model, which an imported TorchScript model keeps to itself; use"
                    + " an explainer with plain derivatives, such as saliency or ig, or train the model here");
        }
        try (TensorScope scope = engine.openScope()) {
            NDList results = new NDList();
            for (Part part : own.parts()) {
                results.add(select(part, run(own, part, masks)));
            }
            NDArray all = results.size() == 1 ? results.get(0) : NDArrays.concat(results, 0);
            return scope.keep(all);
        }
    }

    private NDArray features(TorchScriptBatch batch, Part part, Masks masks) {
        if (masks.feature().isEmpty()) {
            return part.x();
        }
        NDArray mask = masks.feature().get();
        if (masks.featureType() == FeatureMaskType.STORED) {
            return stored(batch.stored(engine, part), part.x(), mask);
        }
        NDArray factors = masks.featureType() == FeatureMaskType.FEATURE
                ? kernels.gather(mask, part.rowBlocks()) // [N, F]
                : part.rowPlaces().map(at -> kernels.gather(mask, at.index())).orElse(mask);
        Optional<Part.Places> outside = part.rowPlaces();
        if (outside.isPresent()) {
            Part.Places at = outside.get();
            factors = factors.mul(at.masked().reshape(-1, 1)).add(at.unmasked().reshape(-1, 1));
        }
        return part.x().mul(factors);
    }

    /** Stored values times the mask, put back to where they are; and what no mask touches. */
    private NDArray stored(TorchScriptBatch.Stored at, NDArray x, NDArray mask) {
        NDArray values = kernels.gather(mask, at.index()).mul(at.values());
        NDArray masked = kernels.scatterSum(values, at.places(), x.size()).reshape(x.getShape());
        return at.unmasked().map(masked::add).orElse(masked);
    }

    private NDArray run(TorchScriptBatch batch, Part part, Masks masks) {
        NDArray x = features(batch, part, masks);
        if (masks.edge().isEmpty() || part.weights().size() == 0) {
            return call.run(part, x, part.weights(), part.weights().onesLike());
        }
        NDArray factors = factors(part, masks.edge().get());
        if (call.roles().contains(ForwardSignature.Role.EDGE_MASK)) {
            return call.run(part, x, part.weights(), factors);
        }
        if (call.roles().contains(ForwardSignature.Role.EDGE_WEIGHT)) {
            return call.run(part, x, part.weights().mul(factors), factors);
        }
        throw new InvalidRequestException("this model takes no edge weights, so its edges cannot be masked; explain"
                + " nodes and features, or edges by removing them");
    }

    /** What each edge of a part is multiplied by. */
    private NDArray factors(Part part, NDArray mask) {
        return part.edgePlaces()
                .map(at -> {
                    // a batch without edges of its own has nothing to be looked up
                    NDArray found = mask.size() == 0 ? at.masked() : kernels.gather(mask, at.index());
                    return found.mul(at.masked()).add(at.unmasked());
                })
                .orElse(mask);
    }

    /** Takes the rows that are asked for, as logits. */
    private NDArray select(Part part, NDArray result) {
        Task task = model.shape().task();
        NDArray rows = result;
        if (task == Task.NODE) {
            Part.Outputs outputs = part.outputs();
            rows = outputs.rows().isPresent()
                    ? kernels.gather(rows, outputs.rows().get())
                    : rows.getShape().get(0) == outputs.count()
                            ? rows
                            : rows.get(new NDIndex().addSliceDim(0, outputs.count()));
        }
        if (task == Task.GRAPH
                && !call.roles().contains(ForwardSignature.Role.BATCH)
                && rows.getShape().dimension() == 1) {
            rows = rows.reshape(1, -1); // one graph, without an axis for graphs
        }
        NDArray found = logits.of(rows, part.links(), kernels);
        if (found.getShape().dimension() != 2
                || found.getShape().get(1) != model.shape().classes()) {
            throw new InvalidRequestException("forward returns the shape " + result.getShape() + " where "
                    + model.shape().classes() + " classes are expected; import the model again");
        }
        return found;
    }

    @Override
    public List<NDArray> embeddings(PreparedBatch batch, Masks masks) {
        throw new InvalidRequestException(
                "an imported TorchScript model does not tell the embeddings of its layers; use"
                        + " an explainer or picture that does not need them, or train the model here");
    }

    private TorchScriptBatch own(PreparedBatch batch) {
        if (batch instanceof TorchScriptBatch own && own.belongsTo(this)) {
            return own;
        }
        throw new IllegalArgumentException("the batch was prepared by another session");
    }

    @Override
    public long workingSetBytes(long nodes, long edges, long storedFeatures) {
        long width = model.options().width();
        long features = model.shape().inputFeatures();
        // x, masked x and its derivative; layers and theirs; messages, which plain PyTorch code makes one by one
        return 4 * nodes * (4 * features + 4 * width) + 4 * edges * (2 * width + 16);
    }

    @Override
    public void close() {
        manager.close();
    }
}
