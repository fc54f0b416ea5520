package org.aitia.explainer.pgexplainer.internal;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.graph.GraphBatch;

/**
 * Size and entropy of the masks of a batch (Luo et al., section 4.2), summed over its targets. A sum or mean over the
 * edges of one target is a weighted sum over all edges.
 */
final class Penalties {
    private static final double EPS = 1e-15; // guards the logarithms where the mask is not scaled

    private final PgExplainerOptions options;
    private final GraphKernels kernels;
    private final int targets;
    private final Optional<NDArray> sizeWeights; // [E]
    private final Optional<NDArray> entropyWeights; // [E]
    private final NDArray blocks; // [E]

    Penalties(HostArrays host, GraphKernels kernels, EdgeTable edges, PgExplainerOptions options) {
        this.options = options;
        this.kernels = kernels;
        GraphBatch graphs = edges.graphs();
        targets = graphs.blocks().size();
        float[] size = new float[edges.size()];
        float[] entropy = new float[edges.size()];
        for (int b = 0; b < targets; b++) {
            int[] places = edges.places(b);
            int count = 0;
            for (int place : places) {
                count += edges.counted(place) ? 1 : 0;
            }
            double nodes = graphs.blocks().get(b).nodeCount();
            boolean mean = options.edgeReduction() == PgExplainerOptions.Reduction.MEAN;
            double sizeWeight = mean ? 1.0 / Math.max(1, count) : 1;
            boolean pairs = options.entropyMean() == PgExplainerOptions.EntropyMean.PAIRS;
            double entropyWeight = options.edgeEnt() / (pairs ? nodes * nodes : Math.max(1, count));
            for (int place : places) {
                size[place] = edges.counted(place) ? (float) sizeWeight : 0;
                entropy[place] = edges.counted(place) ? (float) entropyWeight : 0;
            }
        }
        sizeWeights = options.edgeSize() == 0 ? Optional.empty() : Optional.of(host.floats(size, size.length));
        entropyWeights = options.edgeEnt() == 0 ? Optional.empty() : Optional.of(host.floats(entropy, entropy.length));
        blocks = host.longs(edges.blocks(), edges.size());
    }

    /** Adds the penalties of a mask [E] to a scalar. */
    NDArray addTo(NDArray loss, NDArray mask) {
        NDArray sum = loss;
        if (sizeWeights.isPresent()) {
            NDArray sizes = mask.mul(sizeWeights.get());
            NDArray size = options.budget() == 0
                    ? sizes.sum()
                    : kernels.scatterSum(sizes, blocks, targets)
                            .sub((float) options.budget())
                            .maximum(0)
                            .sum();
            sum = sum.add(size.mul((float) options.edgeSize()));
        }
        if (entropyWeights.isPresent()) {
            sum = sum.add(entropy(mask).mul(entropyWeights.get()).sum());
        }
        return sum;
    }

    private NDArray entropy(NDArray mask) {
        NDArray on = options.entropyScale() ? mask.mul(0.99).add(0.005) : mask;
        NDArray off = on.neg().add(1);
        return on.mul(log(on)).add(off.mul(log(off))).neg();
    }

    private NDArray log(NDArray value) {
        return options.entropyScale() ? value.log() : value.add(EPS).log();
    }
}
