package org.aitia.explainer.ig.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/** The one point where features are what they are and edges have weight 1; the mask of features is the input itself. */
final class PresentInput implements Points {
    private final NDArray features; // [N, F]
    private final boolean edges;

    PresentInput(NDArray features, boolean edges) {
        this.features = features;
        this.edges = edges;
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public double weight(int point) {
        return 1;
    }

    @Override
    public Inputs at(Replicas replicas, int first) {
        int count = replicas.length(Axis.EDGES);
        return new Inputs(
                Optional.of(features),
                edges && count > 0 ? Optional.of(replicas.manager().ones(new Shape(count))) : Optional.empty(),
                Optional.empty());
    }
}
