package org.aitia.models.internal.gat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.ModelSession.Attention;
import org.aitia.models.internal.batch.Keeper;
import org.aitia.models.internal.batch.Messages;
import org.aitia.models.internal.layers.Convolution;
import org.aitia.models.internal.layers.LayerCall;

/**
 * A layer of attention: {@code y_v = merge over heads h of sum over in-edges e of v of softmax_v(scores_h)_e * mask_e *
 * values_source(e)h}. Versions differ in the scores.
 */
abstract class AttentionConvolution implements Convolution {
    final GatDesign design;

    AttentionConvolution(GatDesign design) {
        this.design = design;
    }

    /**
     * What is sent, and how it is attended to.
     *
     * @param values [C, H * F]
     * @param valueFactors what multiplies each row of values because of a mask of nodes, [C]; empty for all ones
     * @param scores [M, H]
     */
    record Projection(NDArray values, Optional<NDArray> valueFactors, NDArray scores) {}

    /** What the layers need of a batch. */
    private record Prepared(MessagePlaces places, Optional<EdgeRows> edgeFeatures) {}

    abstract Projection project(LayerCall call);

    @Override
    public final Object prepare(Keeper keeper, GraphBatch batch, Messages messages) {
        Optional<EdgeRows> edgeFeatures = design.edgeWidth() == 0
                ? Optional.empty()
                : Optional.of(new EdgeRows(
                        keeper,
                        batch,
                        messages,
                        design.edgeWidth(),
                        design.choices().selfLoops()));
        return new Prepared(new MessagePlaces(batch, messages), edgeFeatures);
    }

    @Override
    public final NDArray maskEdgeFeatures(TensorEngine engine, Object prepared, NDArray mask) {
        return ((Prepared) prepared).edgeFeatures().orElseThrow().masked(engine, mask);
    }

    @Override
    public final NDArray apply(LayerCall call) {
        int heads = design.heads(call.layer());
        Projection projection = project(call);
        NDArray y = call.kernels()
                .attend(
                        call.structure(1),
                        projection.values(),
                        projection.scores(),
                        Optional.of(factors(call, projection)));
        if (!design.concatenates(call.layer()) && heads > 1) {
            long rows = y.getShape().get(0);
            y = y.reshape(rows, heads, y.getShape().get(1) / heads).mean(new int[] {1});
        }
        Optional<NDArray> residual = call.find("res.weight");
        if (residual.isPresent()) {
            y = y.add(call.x().times(residual.get(), call.rows()));
        }
        return call.plus(y, "bias");
    }

    /** What multiplies attention: the mask of the messages or, in training, dropout of each coefficient by itself. */
    private NDArray factors(LayerCall call, Projection projection) {
        NDArray ones = projection.scores().onesLike();
        NDArray dropped = call.dropout(ones, design.choices().attentionDropout());
        if (dropped != ones) {
            return dropped; // training knows no masks
        }
        NDArray weights = call.messageWeights(1); // [M]
        return projection
                .valueFactors()
                .map(m -> weights.mul(call.kernels().gather(m, call.structure(1).sources())))
                .orElse(weights);
    }

    /** Features of the edges of a layer's messages, [M, D]; absent where the model does not look at them. */
    static Optional<NDArray> edgeFeatures(LayerCall call) {
        return call.maskedEdgeFeatures()
                .or(() -> call.prepared(Prepared.class).edgeFeatures().map(EdgeRows::plain))
                .map(rows -> call.first(rows, call.structure(1).edges()));
    }

    @Override
    public final List<Attention> attention(LayerCall call) {
        Adjacency structure = call.structure(1);
        NDArray shares = call.kernels()
                .segmentSoftmax(project(call).scores(), structure.offsets(), structure.targets()); // [M, H]
        MessagePlaces places = call.prepared(Prepared.class).places();
        int rows = Math.toIntExact(call.rows());
        NDArray selfLoops = pick(call, shares, design.choices().selfLoops() ? places.selfLoops(rows) : new long[0]);
        return List.of(new Attention(pick(call, shares, places.edges(rows)), selfLoops));
    }

    private static NDArray pick(LayerCall call, NDArray shares, long[] places) {
        NDManager manager = shares.getManager();
        // a copy: derivatives need the index after the array of host values is gone
        NDArray index = manager.create(places, new Shape(places.length)).duplicate();
        return call.kernels().gather(shares, index);
    }
}
