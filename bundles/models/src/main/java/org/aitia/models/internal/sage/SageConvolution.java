package org.aitia.models.internal.sage;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.aitia.api.graph.GraphBatch;
import org.aitia.models.internal.batch.FeatureView;
import org.aitia.models.internal.batch.Keeper;
import org.aitia.models.internal.batch.Messages;
import org.aitia.models.internal.batch.SparseMaximum;
import org.aitia.models.internal.layers.ActivationFunction;
import org.aitia.models.internal.layers.Convolution;
import org.aitia.models.internal.layers.LayerCall;

/**
 * W1 agg(x of the in-edges) + b + W2 x. Sums and means of products are products of sums, so that W1 comes first where
 * it may: messages are then as narrow as the result, and sparse features stay sparse.
 *
 * @param names of the parameters
 * @param aggregator what {@code agg} is
 * @param project whether messages are projected before
 * @param normalize whether result rows are scaled to length 1
 * @param hops how many hops the whole model reaches
 * @param features number of input features
 */
record SageConvolution(Names names, Aggregator aggregator, boolean project, boolean normalize, int hops, int features)
        implements Convolution {
    private static final float SQUARED_LENGTH_FLOOR = 1e-24f;

    /** What the parts are called in PyG. */
    record Names(String neighbours, String root) {
        static final Names SAGE = new Names("lin_l", "lin_r");
        static final Names GRAPH_CONV = new Names("lin_rel", "lin_root");
    }

    /** What layer 1 needs of a batch with sparse features. */
    private record Prepared(Optional<SparseMaximum> maximum) {}

    @Override
    public Object prepare(Keeper keeper, GraphBatch batch, Messages messages) {
        return new Prepared(
                aggregator == Aggregator.MAX && !project
                        ? SparseMaximum.of(keeper, batch, messages, batch.nodesWithin(hops), features)
                        : Optional.empty());
    }

    @Override
    public NDArray apply(LayerCall call) {
        NDArray y =
                call.plus(neighbours(call, call.weight(names.neighbours() + ".weight")), names.neighbours() + ".bias");
        Optional<NDArray> root = call.find(names.root() + ".weight");
        if (root.isPresent()) {
            y = y.add(call.x().times(root.get(), call.rows()));
        }
        return normalize ? unitRows(call, y) : y;
    }

    /** Scales rows to length 1, as PyTorch's {@code normalize}. */
    private static NDArray unitRows(LayerCall call, NDArray y) {
        return y.div(y.square()
                .sum(new int[] {1}, true)
                .maximum(call.constant(SQUARED_LENGTH_FLOOR))
                .sqrt());
    }

    private NDArray neighbours(LayerCall call, NDArray weight) {
        if (project) {
            NDArray projected = call.activation(
                    ActivationFunction.RELU, call.plus(call.x().times(call.weight("lin.weight")), "lin.bias"));
            return aggregate(call, projected).matMul(weight);
        }
        if (aggregator != Aggregator.MAX) {
            return call.propagate(weight);
        }
        FeatureView x = call.x().view();
        if (x instanceof FeatureView.Sparse sparse) {
            SparseMaximum maximum = call.prepared(Prepared.class).maximum().orElseThrow();
            return maximum.apply(call.kernels(), sparse, call.messageWeights(1)).times(call.kernels(), weight);
        }
        return aggregate(call, ((FeatureView.Dense) x).values()).matMul(weight);
    }

    private NDArray aggregate(LayerCall call, NDArray x) {
        if (aggregator != Aggregator.MAX) {
            return call.propagate(1, x);
        }
        NDArray sent = call.kernels()
                .gather(x, call.structure(1).sources())
                .mul(call.messageWeights(1).reshape(-1, 1)); // [M, F]
        return call.kernels().segmentMax(sent, call.structure(1).offsets());
    }
}
