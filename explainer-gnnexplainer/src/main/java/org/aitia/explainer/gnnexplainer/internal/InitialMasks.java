package org.aitia.explainer.gnnexplainer.internal;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.ModelShape;

/**
 * Values of the masks before the first step and before the sigmoid, and the random numbers of gates.
 *
 * @param edges per block, one per edge of its computation graph; empty arrays without edge mask
 * @param features per block, of the shape of the feature mask; empty arrays without
 * @param edgeFeatures per block, of the shape of the mask on features of edges; empty arrays without
 * @param noise where the noise of each element's gate begins; empty arrays unless gates are learnt
 */
record InitialMasks(float[][] edges, float[][] features, float[][] edgeFeatures, Noise noise) {
    /** Values given by a caller are kept this far from 0 and 1, where nothing can be learnt. */
    private static final float MARGIN = 1e-3f;

    /**
     * Uniform numbers of the shapes of the masks.
     *
     * @param edges per block
     * @param features per block
     * @param edgeFeatures per block
     */
    record Noise(float[][] edges, float[][] features, float[][] edgeFeatures) {}

    InitialMasks(float[][] edges, float[][] features) {
        this(
                edges,
                features,
                new float[edges.length][0],
                new Noise(new float[edges.length][0], new float[edges.length][0], new float[edges.length][0]));
    }

    /**
     * Begins where the caller wants to, and draws the rest as PyG does: features from N(0, 0.1), edges from
     * N(0, gain(relu) sqrt(2 / (2 n))) with n nodes in the whole graph. The authors' code takes n from the computation
     * graph; for small ones that is noise which the optimisation does not overcome.
     */
    static InitialMasks of(ExplanationBatch batch, GnnExplainerOptions options) {
        int blocks = batch.targets().size();
        ModelShape shape = batch.session().model().info().shape();
        FeatureMaskType featureType = options.nodeMaskType().shape(batch.graphs());
        boolean gates = options.sparsity() == GnnExplainerOptions.Sparsity.L0;
        float[][] edges = new float[blocks][];
        float[][] features = new float[blocks][];
        float[][] edgeFeatures = new float[blocks][];
        Noise noise = new Noise(new float[blocks][0], new float[blocks][0], new float[blocks][0]);
        for (int b = 0; b < blocks; b++) {
            ComputationGraph graph = batch.graphs().blocks().get(b);
            RandomGenerator random = Seeds.generator(batch.targets().get(b).seed());
            edges[b] =
                    gaussians(random, edgeCount(options, graph), options.edgeInitMean(), edgeDeviation(options, graph));
            features[b] = gaussians(
                    random,
                    featureCount(options, featureType, graph, shape.inputFeatures()),
                    0,
                    options.featureInitDeviation());
            edgeFeatures[b] =
                    gaussians(random, edgeFeatureCount(options, graph, shape), 0, options.featureInitDeviation());
            Optional<MaskValues> given = batch.initial(b);
            if (given.isPresent()) {
                Given from = new Given(given.get(), batch.targets().get(b).id());
                from.edges(edges[b]);
                from.features(features[b], featureType);
                from.edgeFeatures(edgeFeatures[b], options, graph, shape.edgeFeatures());
            }
            if (options.undirected()) {
                tie(edges[b], EdgePairs.of(graph), given.isPresent());
            }
            if (gates) {
                noise.edges()[b] = uniforms(random, edges[b].length);
                noise.features()[b] = uniforms(random, features[b].length);
                noise.edgeFeatures()[b] = uniforms(random, edgeFeatures[b].length);
            }
        }
        return new InitialMasks(edges, features, edgeFeatures, noise);
    }

    private static int edgeCount(GnnExplainerOptions options, ComputationGraph graph) {
        return options.edgeMaskType() == GnnExplainerOptions.EdgeMaskType.OBJECT ? graph.edgeCount() : 0;
    }

    private static double edgeDeviation(GnnExplainerOptions options, ComputationGraph graph) {
        return switch (options.edgeInitSpread()) {
            case GRAPH -> Math.sqrt(2) * Math.sqrt(2.0 / (2.0 * graph.graph().nodeCount()));
            case COMPUTATION_GRAPH -> Math.sqrt(2) * Math.sqrt(2.0 / (2.0 * graph.nodeCount()));
            case NONE -> 0;
        };
    }

    private static int featureCount(
            GnnExplainerOptions options, FeatureMaskType type, ComputationGraph graph, int width) {
        if (options.nodeMaskType() == GnnExplainerOptions.NodeMaskType.NONE) {
            return 0;
        }
        return switch (type) {
            case NODE -> graph.nodeCount();
            case FEATURE -> width;
            case NODE_FEATURE -> Math.multiplyExact(graph.nodeCount(), width);
            case STORED -> graph.storedOffsets()[graph.nodeCount()];
        };
    }

    private static int edgeFeatureCount(GnnExplainerOptions options, ComputationGraph graph, ModelShape shape) {
        return switch (options.edgeAttributeMask()) {
            case NONE -> 0;
            case ATTRIBUTES -> Math.multiplyExact(graph.edgeCount(), shape.edgeFeatures());
            case COMMON_ATTRIBUTES -> shape.edgeFeatures();
        };
    }

    /** Gives both directions of an edge what the first of them has, or their mean. */
    private static void tie(float[] edges, int[] pairs, boolean mean) {
        if (edges.length == 0) {
            return;
        }
        int count = EdgePairs.count(pairs);
        float[] sums = new float[count];
        int[] directions = new int[count];
        for (int e = 0; e < edges.length; e++) {
            if (mean || directions[pairs[e]] == 0) {
                sums[pairs[e]] += edges[e];
                directions[pairs[e]]++;
            }
        }
        for (int e = 0; e < edges.length; e++) {
            edges[e] = sums[pairs[e]] / directions[pairs[e]];
        }
    }

    private static float[] gaussians(RandomGenerator random, int count, double mean, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (mean + deviation * random.nextGaussian());
        }
        return values;
    }

    private static float[] uniforms(RandomGenerator random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    /**
     * Returns masks near to given ones, for repeated runs that would otherwise all begin alike.
     *
     * @param masks where the first run begins
     * @param random source of chance
     * @param options the deviation is that of feature masks that are drawn
     */
    static MaskValues near(MaskValues masks, RandomGenerator random, GnnExplainerOptions options) {
        return new MaskValues(
                near(masks.edges(), random, options.featureInitDeviation()),
                masks.featureType(),
                near(masks.features(), random, options.featureInitDeviation()),
                near(masks.edgeFeatures(), random, options.featureInitDeviation()),
                Optional.empty(),
                masks.diagnostics());
    }

    private static float[] near(float[] values, RandomGenerator random, double deviation) {
        float[] near = new float[values.length];
        for (int i = 0; i < near.length; i++) {
            near[i] = sigmoid(logit(values[i]) + (float) (deviation * random.nextGaussian()));
        }
        return near;
    }

    static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }

    private static float logit(float value) {
        double kept = Math.min(1 - MARGIN, Math.max(MARGIN, value));
        return (float) Math.log(kept / (1 - kept));
    }

    /** What a caller wants one target to begin with. */
    private record Given(MaskValues masks, int target) {
        void edges(float[] parameters) {
            if (masks.edges().length > 0 && parameters.length > 0) {
                take("edges", masks.edges(), parameters);
            }
        }

        void features(float[] parameters, FeatureMaskType type) {
            if (masks.features().length == 0 || parameters.length == 0) {
                return;
            }
            if (masks.featureType() != type) {
                throw new InvalidRequestException("the initial feature mask of target " + target + " is of shape "
                        + masks.featureType() + ", this run learns one of shape " + type
                        + "; choose the nodeMaskType that the initial masks were learnt with");
            }
            take("features", masks.features(), parameters);
        }

        void edgeFeatures(float[] parameters, GnnExplainerOptions options, ComputationGraph graph, int width) {
            if (masks.edgeFeatures().length == 0 || parameters.length == 0) {
                return;
            }
            if (options.edgeAttributeMask() == GnnExplainerOptions.EdgeAttributeMask.ATTRIBUTES) {
                take("features of edges", masks.edgeFeatures(), parameters);
                return;
            }
            check("features of edges", masks.edgeFeatures(), Math.multiplyExact(graph.edgeCount(), width));
            for (int d = 0; d < width; d++) {
                parameters[d] = logit(masks.edgeFeatures()[d]); // all edges have the same
            }
        }

        private void take(String what, float[] values, float[] parameters) {
            check(what, values, parameters.length);
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] = logit(values[i]);
            }
        }

        private void check(String what, float[] values, int expected) {
            if (values.length != expected) {
                throw new InvalidRequestException("the initial mask on " + what + " of target " + target + " has "
                        + values.length + " values where its computation graph needs " + expected
                        + "; give masks of the same graph and model");
            }
            for (float value : values) {
                if (!(value >= 0 && value <= 1)) {
                    throw new InvalidRequestException("the initial mask on " + what + " of target " + target + " holds "
                            + value + "; masks lie in [0, 1]");
                }
            }
        }
    }
}
