package org.aitia.explainer.ig.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.model.FeatureMaskType;

/**
 * Points on a straight line: features from their baseline to what they are, edges from weight 0 to weight 1, both at
 * once. Where the baseline is zero a mask of alpha is the point, and the derivative by the mask is that by the feature
 * times the feature; otherwise the mask is the input itself.
 */
final class StraightPath implements Points {
    private final GraphKernels kernels;
    private final double[] alphas;
    private final double[] weights;
    private final Optional<FeatureLine> features;
    private final boolean edges;

    /**
     * How features move.
     *
     * @param type shape of the mask
     * @param line in the order of all copies, [N, F]; empty if the mask is alpha itself
     */
    record FeatureLine(FeatureMaskType type, Optional<Line> line) {}

    /**
     * A line in the space of features.
     *
     * @param from alpha 0
     * @param way what leads from there to alpha 1
     */
    record Line(NDArray from, NDArray way) {}

    StraightPath(
            GraphKernels kernels, double[] alphas, double[] weights, Optional<FeatureLine> features, boolean edges) {
        this.kernels = kernels;
        this.alphas = alphas;
        this.weights = weights;
        this.features = features;
        this.edges = edges;
    }

    @Override
    public int count() {
        return alphas.length;
    }

    @Override
    public double weight(int point) {
        return weights[point];
    }

    @Override
    public Inputs at(Replicas replicas, int first) {
        float[] numbers = new float[replicas.copies()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = first + i < alphas.length ? (float) alphas[first + i] : 1;
        }
        return new Inputs(
                features.map(line -> features(replicas, numbers, line)),
                edges && replicas.graphs().edgeCount() > 0
                        ? Optional.of(replicas.perCopy(kernels, Axis.EDGES, numbers))
                        : Optional.empty(),
                Optional.empty());
    }

    private NDArray features(Replicas replicas, float[] alphas, FeatureLine line) {
        NDArray factors = replicas.perCopy(kernels, Axis.of(line.type()), alphas);
        if (line.line().isPresent()) {
            Line way = line.line().get();
            return way.from().add(way.way().mul(factors.reshape(-1, 1)));
        }
        long width = replicas.graphs().blocks().get(0).graph().features().columns();
        return switch (line.type()) {
            case STORED -> factors;
            case NODE -> factors.reshape(-1, 1);
            case FEATURE, NODE_FEATURE ->
                replicas.manager()
                        .ones(new Shape(factors.getShape().get(0), width))
                        .mul(factors.reshape(-1, 1));
        };
    }
}
