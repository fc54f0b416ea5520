package org.aitia.evaluation.internal;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.SparseFeatures;

/** Inputs like another, but for their graphs. */
final class PerturbedInputs {
    private PerturbedInputs() {}

    /** The same model on data whose graphs are changed; for graph tasks only those that are asked for. */
    static ExplanationInput of(ExplanationInput input, List<Integer> targets, UnaryOperator<Graph> change) {
        Dataset dataset = input.dataset();
        Dataset.Builder changed =
                Dataset.builder(dataset.info()).options(dataset.options()).classNames(dataset.classNames());
        if (dataset.info().task() == Task.GRAPH) {
            List<Graph> graphs = new ArrayList<>(dataset.graphs());
            targets.stream().distinct().forEach(id -> graphs.set(id, change.apply(graphs.get(id))));
            int[] labels = IntStream.range(0, graphs.size()).map(dataset::label).toArray();
            changed.graphs(graphs, labels);
        } else {
            changed.graph(change.apply(dataset.graph()));
        }
        if (dataset.info().task() == Task.LINK) {
            int[] links = IntStream.range(0, dataset.instanceCount()).toArray();
            changed.links(
                    IntStream.of(links).map(dataset::linkSource).toArray(),
                    IntStream.of(links).map(dataset::linkTarget).toArray(),
                    IntStream.of(links).map(dataset::label).toArray());
        }
        return new ExplanationInput(input.description(), input.model(), changed.build());
    }

    /** Changes the value of a feature. */
    interface Noise {
        float on(float value);
    }

    /** Features with other values; what a sparse matrix does not store stays 0. */
    static Features noisy(Features features, Noise noise) {
        if (features instanceof SparseFeatures sparse) {
            return new SparseFeatures(
                    sparse.columns(),
                    ints(sparse.offsets(), sparse.rows() + 1),
                    ints(sparse.indices(), Math.toIntExact(sparse.storedValues())),
                    values(sparse, noise));
        }
        int columns = features.columns();
        float[] values = new float[Math.multiplyExact(features.rows(), columns)];
        for (int r = 0; r < features.rows(); r++) {
            features.copyRow(r, values, r * columns);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = noise.on(values[i]);
        }
        return new DenseFeatures(features.rows(), columns, FloatBuffer.wrap(values));
    }

    private static int[] ints(IntBuffer buffer, int count) {
        int[] copy = new int[count];
        buffer.duplicate().get(copy);
        return copy;
    }

    private static float[] values(SparseFeatures sparse, Noise noise) {
        float[] values = new float[Math.toIntExact(sparse.storedValues())];
        sparse.values().duplicate().get(values);
        for (int i = 0; i < values.length; i++) {
            values[i] = noise.on(values[i]);
        }
        return values;
    }
}
