package org.aitia.explainer.gnnexplainer.internal;

import java.util.random.RandomGenerator;
import org.aitia.api.Seeds;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.graph.ComputationGraph;

/**
 * Values of the masks before the first step and before the sigmoid.
 *
 * @param edges per block, one per edge of its computation graph; empty arrays without edge mask
 * @param features per block, of the shape of the feature mask; empty arrays without
 */
record InitialMasks(float[][] edges, float[][] features) {
    private static final double FEATURE_DEVIATION = 0.1;

    /**
     * Draws masks as PyG does: features from N(0, 0.1), edges from N(0, gain(relu) sqrt(2 / (2 n))) with n nodes in the
     * whole graph. The authors' code takes n from the computation graph; for small ones that is noise which the
     * optimisation does not overcome.
     */
    static InitialMasks random(ExplanationBatch batch, GnnExplainerOptions options) {
        int blocks = batch.targets().size();
        int width = batch.session().model().info().shape().inputFeatures();
        float[][] edges = new float[blocks][];
        float[][] features = new float[blocks][];
        for (int b = 0; b < blocks; b++) {
            ComputationGraph graph = batch.graphs().blocks().get(b);
            RandomGenerator random = Seeds.generator(batch.targets().get(b).seed());
            int edgeCount = options.edgeMaskType() == GnnExplainerOptions.EdgeMaskType.OBJECT ? graph.edgeCount() : 0;
            double deviation =
                    Math.sqrt(2) * Math.sqrt(2.0 / (2.0 * graph.graph().nodeCount()));
            edges[b] = gaussians(random, edgeCount, deviation);
            int featureCount =
                    switch (options.nodeMaskType()) {
                        case NONE -> 0;
                        case OBJECT -> graph.nodeCount();
                        case COMMON_ATTRIBUTES -> width;
                        case ATTRIBUTES -> Math.multiplyExact(graph.nodeCount(), width);
                    };
            features[b] = gaussians(random, featureCount, FEATURE_DEVIATION);
        }
        return new InitialMasks(edges, features);
    }

    private static float[] gaussians(RandomGenerator random, int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }
}
