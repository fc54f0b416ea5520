package org.aitia.explainer.ig.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.Rectifier;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.Masks;

/**
 * Adds up derivatives of the explained quantity over points, as many points in one call as there are copies. Arrays of
 * gradients stay on the device until all points are done.
 */
final class GradientSum {
    private final ExplanationBatch batch;
    private final TensorEngine engine;
    private final Replicas replicas;
    private final Quantity quantity;
    private final Differentiated by;

    /**
     * What to differentiate by.
     *
     * @param type shape of the feature mask
     * @param features whether features are explained
     * @param edges whether edges are
     * @param rectifier how derivatives pass ReLUs
     * @param squares whether squares of the derivatives are added up too
     */
    record Differentiated(
            FeatureMaskType type, boolean features, boolean edges, Rectifier rectifier, boolean squares) {}

    /**
     * Weighted sums over points, per element of the single targets.
     *
     * @param values one array per kind of mask
     * @param squares likewise; empty unless asked for
     * @param outputs the explained quantity at every point, [points][targets]
     */
    record Sums(Values values, Optional<Values> squares, double[][] outputs) {}

    /**
     * Arrays in the order of the batch of single targets.
     *
     * @param features of the shape of the feature mask
     * @param edges [E]
     */
    record Values(Optional<NDArray> features, Optional<NDArray> edges) {
        Values absolute() {
            return each(NDArray::abs);
        }

        /** Applies a function to both. */
        Values each(UnaryOperator<NDArray> function) {
            return new Values(features.map(function), edges.map(function));
        }
    }

    GradientSum(ExplanationBatch batch, Replicas replicas, Quantity quantity, Differentiated by) {
        this.batch = batch;
        this.engine = batch.engine();
        this.replicas = replicas;
        this.quantity = quantity;
        this.by = by;
    }

    /** Computes the explained quantity at every point: [points][targets]. */
    double[][] values(Points points) {
        int count = replicas.targets().size();
        double[][] values = new double[points.count()][count];
        for (int first = 0; first < points.count(); first += replicas.copies()) {
            checkAlive();
            try (GradientMode off = engine.gradientMode(false);
                    TensorScope scope = engine.openScope()) {
                Points.Inputs inputs = points.at(replicas, first);
                read(
                        quantity.of(
                                batch.session().forward(replicas.prepared(), masks(inputs.features(), inputs.edges()))),
                        first,
                        values);
            }
        }
        return values;
    }

    private static void read(NDArray explained, int first, double[][] values) {
        float[] rows = explained.toFloatArray();
        for (int i = 0; i < rows.length; i++) {
            int count = values[0].length;
            if (first + i / count < values.length) {
                values[first + i / count][i % count] = rows[i];
            }
        }
    }

    /** Adds up derivatives over all points; the result belongs to the current scope, or lives as long as the replicas. */
    Sums run(Points points) {
        List<Variable> variables = new ArrayList<>(2);
        double[][] outputs = new double[points.count()][replicas.targets().size()];
        try (GradientMode recording = engine.gradientMode(true)) {
            for (int first = 0; first < points.count(); first += replicas.copies()) {
                checkAlive();
                batch.monitor().progress("points", first, points.count());
                try (TensorScope step = engine.openStep()) {
                    add(points, first, variables, outputs);
                }
            }
        } finally {
            variables.forEach(v -> v.leaf.close());
        }
        Optional<Variable> features =
                variables.stream().filter(v -> v.isFeature).findFirst();
        Optional<Variable> edges = variables.stream().filter(v -> !v.isFeature).findFirst();
        Values sums = new Values(features.map(v -> collected(v, v.sum)), edges.map(v -> collected(v, v.sum)));
        return new Sums(
                sums,
                by.squares()
                        ? Optional.of(new Values(
                                features.map(v -> collected(v, v.squares)), edges.map(v -> collected(v, v.squares))))
                        : Optional.empty(),
                outputs);
    }

    private NDArray collected(Variable variable, NDArray sum) {
        return replicas.collect(engine.kernels(), variable.isFeature ? Axis.of(by.type()) : Axis.EDGES, sum);
    }

    /** A mask to differentiate by, and what its derivatives add up to. */
    private static final class Variable {
        private final boolean isFeature;
        private final NDArray leaf;
        private final NDArray sum;
        private final NDArray squares; // the sum itself where squares are not wanted

        Variable(boolean isFeature, NDArray leaf, NDArray sum, NDArray squares) {
            this.isFeature = isFeature;
            this.leaf = leaf;
            this.sum = sum;
            this.squares = squares;
        }
    }

    private void checkAlive() {
        batch.monitor().checkCancelled();
        batch.lease().checkValid();
    }

    private void add(Points points, int first, List<Variable> variables, double[][] outputs) {
        Points.Inputs inputs;
        try (GradientMode off = engine.gradientMode(false)) {
            inputs = points.at(replicas, first);
            Optional<NDArray> features = inputs.features().filter(f -> by.features());
            Optional<NDArray> edges = inputs.edges().filter(e -> by.edges());
            if (first == 0) {
                features.ifPresent(value -> variables.add(variable(true, value)));
                edges.ifPresent(value -> variables.add(variable(false, value)));
            } else {
                for (Variable variable : variables) {
                    engine.assign(variable.leaf, (variable.isFeature ? features : edges).orElseThrow());
                }
            }
        }
        Optional<NDArray> features = inputs.features().map(value -> leaf(variables, true, value));
        Optional<NDArray> edges = inputs.edges().map(value -> leaf(variables, false, value));
        NDArray explained = quantity.of(batch.session().forward(replicas.prepared(), masks(features, edges))); // [T, 1]
        read(engine.detach(explained), first, outputs);
        if (variables.isEmpty()) {
            return;
        }
        List<NDArray> gradients = engine.gradients(
                explained,
                weights(points, first),
                variables.stream().map(v -> v.leaf).toList());
        try (GradientMode off = engine.gradientMode(false)) {
            for (int i = 0; i < gradients.size(); i++) {
                Variable variable = variables.get(i);
                NDArray gradient = gradients.get(i);
                if (variable.isFeature && inputs.factors().isPresent()) {
                    gradient = gradient.mul(inputs.factors().get());
                }
                variable.sum.addi(gradient);
                if (by.squares()) {
                    variable.squares.addi(gradient.square());
                }
            }
        }
    }

    private Variable variable(boolean isFeature, NDArray value) {
        NDArray sum = replicas.hold(manager -> manager.zeros(value.getShape()));
        NDArray squares = by.squares() ? replicas.hold(manager -> manager.zeros(value.getShape())) : sum;
        return new Variable(isFeature, engine.variable(value), sum, squares);
    }

    private static NDArray leaf(List<Variable> variables, boolean isFeature, NDArray otherwise) {
        return variables.stream()
                .filter(v -> v.isFeature == isFeature)
                .map(v -> v.leaf)
                .findFirst()
                .orElse(otherwise);
    }

    private Masks masks(Optional<NDArray> features, Optional<NDArray> edges) {
        return new Masks(edges, features, by.type()).with(by.rectifier());
    }

    /** One weight per output row, [T, 1]; 0 for copies behind the last point. */
    private NDArray weights(Points points, int first) {
        int count = replicas.targets().size();
        float[] weights = new float[count * replicas.copies()];
        for (int i = 0; i < weights.length; i++) {
            int point = first + i / count;
            weights[i] = point < points.count() ? (float) points.weight(point) : 0;
        }
        return replicas.manager().create(FloatBuffer.wrap(weights), new Shape(weights.length, 1));
    }
}
