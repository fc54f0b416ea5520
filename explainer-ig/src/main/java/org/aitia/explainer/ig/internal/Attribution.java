package org.aitia.explainer.ig.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;

/**
 * Attributions of one run, on the host.
 *
 * @param type shape of the features
 * @param features per target; empty arrays if features were not explained
 * @param edges per target; empty arrays if edges were not explained
 * @param sums per target, of all attributions to features and edges, those included that the shape leaves out
 */
record Attribution(FeatureMaskType type, float[][] features, float[][] edges, double[] sums) {

    /**
     * Brings attributions from the device.
     *
     * @param replicas whose single targets they are of
     * @param kernels what adds up
     * @param values attributions on the device
     * @param shape of the feature attributions
     * @param wanted what gets a feature attribution of its own
     */
    static Attribution of(
            Replicas replicas,
            GraphKernels kernels,
            GradientSum.Values values,
            FeatureMaskType shape,
            NodeMaskType wanted) {
        GraphBatch graphs = replicas.base();
        int count = replicas.targets().size();
        float[][] features = new float[count][0];
        float[][] edges = new float[count][0];
        double[] sums = new double[count];
        FeatureMaskType type = shape;
        if (values.features().isPresent()) {
            NDArray array = values.features().get();
            if (shape == FeatureMaskType.NODE_FEATURE && wanted != NodeMaskType.ATTRIBUTES) {
                float[][] rows = graphs.splitRows(array.sum(new int[] {1}).toFloatArray(), 1);
                addTo(sums, rows);
                type = wanted.shape();
                features = reduced(replicas, kernels, array, wanted, rows);
            } else {
                features = split(graphs, array.toFloatArray(), shape);
                addTo(sums, features);
            }
        }
        if (values.edges().isPresent()) {
            edges = graphs.splitEdges(values.edges().get().toFloatArray());
            addTo(sums, edges);
        }
        return new Attribution(type, features, edges, sums);
    }

    private static float[][] split(GraphBatch graphs, float[] values, FeatureMaskType shape) {
        int blocks = graphs.blocks().size();
        return switch (shape) {
            case NODE -> graphs.splitRows(values, 1);
            case NODE_FEATURE -> graphs.splitRows(values, values.length / Math.max(1, graphs.nodeCount()));
            case STORED -> graphs.splitStored(values);
            case FEATURE -> {
                int width = values.length / blocks;
                float[][] rows = new float[blocks][];
                for (int b = 0; b < blocks; b++) {
                    rows[b] = Arrays.copyOfRange(values, b * width, (b + 1) * width);
                }
                yield rows;
            }
        };
    }

    /** From one value per node and feature to the wanted shape. */
    private static float[][] reduced(
            Replicas replicas, GraphKernels kernels, NDArray array, NodeMaskType wanted, float[][] rows) {
        GraphBatch graphs = replicas.base();
        return switch (wanted) {
            case ATTRIBUTES -> throw new IllegalArgumentException("nothing to reduce");
            case OBJECT -> rows;
            case COMMON_ATTRIBUTES -> {
                long[] blocks = Arrays.stream(graphs.rowBlocks()).asLongStream().toArray();
                NDArray index = replicas.manager().create(blocks);
                NDArray sums = kernels.scatterSum(array, index, graphs.blocks().size());
                yield split(graphs, sums.toFloatArray(), FeatureMaskType.FEATURE);
            }
            case STORED -> {
                NDArray places = replicas.manager().create(FeatureInput.storedPlaces(graphs));
                NDArray flat = array.reshape(new Shape(array.size())).toType(DataType.FLOAT32, false);
                yield graphs.splitStored(kernels.gather(flat, places).toFloatArray());
            }
        };
    }

    private static void addTo(double[] sums, float[][] values) {
        for (int b = 0; b < sums.length; b++) {
            for (float value : values[b]) {
                sums[b] += value;
            }
        }
    }

    /**
     * Makes the result of one target.
     *
     * @param target its position
     * @param graph its computation graph
     * @param scaling how values are scaled
     * @param diagnostics numbers that tell how it went
     */
    MaskValues result(int target, ComputationGraph graph, Scaling scaling, Map<String, Double> diagnostics) {
        float[] scaledFeatures = features[target];
        float[] scaledEdges = edges[target];
        Map<String, Double> all = new HashMap<>(diagnostics);
        if (scaling != Scaling.NONE) {
            double featureScale = scaling.apply(scaledFeatures, nodeOf(graph), graph.nodeCount());
            // edges belong to no node's features: together they add up to 1
            Scaling ofEdges = scaling == Scaling.NODE_ABSOLUTE_SUM ? Scaling.ABSOLUTE_SUM : scaling;
            double edgeScale = ofEdges.apply(scaledEdges, e -> 0, 1);
            all.put("featureScale", featureScale);
            all.put("edgeScale", edgeScale);
        }
        return new MaskValues(scaledEdges, type, scaledFeatures, all);
    }

    private IntUnaryOperator nodeOf(ComputationGraph graph) {
        return switch (type) {
            case NODE -> i -> i;
            case FEATURE -> i -> 0;
            case NODE_FEATURE -> {
                int width = graph.graph().features().columns();
                yield i -> i / width;
            }
            case STORED -> {
                int[] offsets = graph.storedOffsets();
                int[] nodes = new int[offsets[graph.nodeCount()]];
                for (int v = 0; v < graph.nodeCount(); v++) {
                    Arrays.fill(nodes, offsets[v], offsets[v + 1], v);
                }
                yield i -> nodes[i];
            }
        };
    }
}
