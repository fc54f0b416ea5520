package org.aitia.explainer.ig.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aitia.api.Seeds;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.graph.ComputationGraph;

/**
 * Inputs drawn by chance. Draw k of a target comes from a stream of the target's seed and k, so that neither batch nor
 * number of copies changes it.
 */
final class Samples implements Points {
    private final int count;
    private final boolean edges;
    private final Draw draw;

    /** What a draw gives for the computation graph of one target. */
    interface Draw {
        /**
         * Draws once.
         *
         * @param block computation graph with the features as they are
         * @param target what is explained
         * @param random the stream of this draw
         * @return the input
         */
        Drawn next(ComputationGraph block, ExplanationTarget target, RandomGenerator random);
    }

    /**
     * One drawn input.
     *
     * @param features row by row, [n F]; empty if they stay as they are
     * @param factors what derivatives by features are multiplied by, [n F]; empty for 1
     * @param edges weights of edges, [m]
     */
    record Drawn(float[] features, float[] factors, float[] edges) {}

    Samples(int count, boolean edges, Draw draw) {
        this.count = count;
        this.edges = edges;
        this.draw = draw;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public double weight(int point) {
        return 1;
    }

    @Override
    public Inputs at(Replicas replicas, int first) {
        int targets = replicas.targets().size();
        int blocks = targets * replicas.copies();
        float[][] features = new float[blocks][];
        float[][] factors = new float[blocks][];
        float[][] edgeWeights = new float[blocks][];
        for (int i = 0; i < blocks; i++) {
            ExplanationTarget target = replicas.targets().get(i % targets);
            int k = Math.min(first + i / targets, count - 1); // copies behind the last point repeat it, with weight 0
            Drawn drawn = draw.next(
                    replicas.base().blocks().get(i % targets), target, Seeds.generator(Seeds.derive(target.seed(), k)));
            features[i] = drawn.features();
            factors[i] = drawn.factors();
            edgeWeights[i] = drawn.edges();
        }
        int width = replicas.base().blocks().get(0).graph().features().columns();
        NDManager manager = replicas.manager();
        return new Inputs(
                features[0].length > 0
                        ? Optional.of(FeatureInput.array(manager, replicas.graphs(), features, width))
                        : Optional.empty(),
                edges && replicas.graphs().edgeCount() > 0
                        ? Optional.of(edges(manager, replicas, edgeWeights))
                        : Optional.empty(),
                factors[0].length > 0
                        ? Optional.of(FeatureInput.array(manager, replicas.graphs(), factors, width))
                        : Optional.empty());
    }

    private static NDArray edges(NDManager manager, Replicas replicas, float[][] weights) {
        float[] joined = replicas.graphs().joinEdges(weights);
        return manager.create(FloatBuffer.wrap(joined), new Shape(joined.length));
    }
}
