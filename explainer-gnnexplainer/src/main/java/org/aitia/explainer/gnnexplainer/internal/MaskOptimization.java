package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.engine.AdamOptimizer;
import org.aitia.api.engine.AdamOptions;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.Masks;

/**
 * The optimisation loop of GNNExplainer for one batch.
 *
 * <p>Each block b minimises, over its masks M = sigmoid(parameters) (Ying et al., equations 5 and 6 with the
 * regularisers of section 4; coefficients as in PyG):
 *
 * <pre>
 * -log P(class | G masked by M) + edgeSize * sum(M_E) + edgeEnt * mean(H(M_E))
 *                               + nodeFeatSize * mean(M_F) + nodeFeatEnt * mean(H(M_F))
 * </pre>
 *
 * with the element-wise entropy H(m) = -m log m - (1 - m) log(1 - m). The sum of the blocks' losses is differentiated
 * once; as blocks share no parameter, each gets its own gradient.
 *
 * <p>As in PyG the first step has no regularisers, and only elements with a non-zero gradient in it (the "hard" mask)
 * are regularised later and appear in the result: the others cannot influence the prediction.
 */
final class MaskOptimization implements AutoCloseable {
    /** Parameter, gradient, two moments, regulariser weights and some ten temporaries of float32. */
    static final long BYTES_PER_ELEMENT = 16L * Float.BYTES;

    private final ExplanationBatch batch;
    private final GnnExplainerOptions options;
    private final TensorEngine engine;
    private final GraphBatch graphs;
    private final Objective objective;
    private final NDArray classes; // [T, 1]
    private final NDArray classWeights; // [T, 1]
    private final FeatureMaskType featureType;
    private final Optional<RegularizedMask> edges;
    private final Optional<RegularizedMask> features;

    MaskOptimization(ExplanationBatch batch, GnnExplainerOptions options, InitialMasks initial, Objective objective) {
        this.batch = batch;
        this.options = options;
        this.engine = batch.engine();
        this.graphs = batch.graphs();
        this.objective = objective;
        NDManager manager = batch.manager();
        int rows = objective.classes().length;
        long[] wide =
                java.util.Arrays.stream(objective.classes()).asLongStream().toArray();
        this.classes = manager.create(LongBuffer.wrap(wide), new Shape(rows, 1));
        this.classWeights = manager.create(FloatBuffer.wrap(objective.weights()), new Shape(rows, 1));
        this.featureType = options.nodeMaskType().shape();
        this.edges = options.edgeMaskType() == GnnExplainerOptions.EdgeMaskType.NONE || graphs.edgeCount() == 0
                ? Optional.empty()
                : Optional.of(edgeMask(initial, manager));
        this.features = options.nodeMaskType() == GnnExplainerOptions.NodeMaskType.NONE
                ? Optional.empty()
                : Optional.of(featureMask(initial, manager));
    }

    private RegularizedMask edgeMask(InitialMasks initial, NDManager manager) {
        float[] values = graphs.joinEdges(initial.edges());
        return new RegularizedMask(
                engine,
                manager.create(values),
                blockIndex(manager, graphs.edgeBlocks()),
                graphs.blocks().size(),
                new RegularizedMask.Coefficients(
                        options.edgeSize(), options.edgeReduction(), options.edgeEnt(), options.eps()));
    }

    private RegularizedMask featureMask(InitialMasks initial, NDManager manager) {
        int blocks = graphs.blocks().size();
        int width = featureType == FeatureMaskType.NODE
                ? 1
                : batch.session().model().info().shape().inputFeatures();
        int rows = featureType == FeatureMaskType.FEATURE ? blocks : graphs.nodeCount();
        float[] values = featureType == FeatureMaskType.FEATURE
                ? concatenated(initial.features(), width)
                : graphs.joinRows(initial.features(), width);
        int[] rowBlocks = featureType == FeatureMaskType.FEATURE ? identity(blocks) : graphs.rowBlocks();
        return new RegularizedMask(
                engine,
                manager.create(FloatBuffer.wrap(values), new Shape(rows, width)),
                blockIndex(manager, rowBlocks),
                blocks,
                new RegularizedMask.Coefficients(
                        options.nodeFeatSize(), options.nodeFeatReduction(), options.nodeFeatEnt(), options.eps()));
    }

    private static NDArray blockIndex(NDManager manager, int[] blocks) {
        long[] wide = java.util.Arrays.stream(blocks).asLongStream().toArray();
        return manager.create(LongBuffer.wrap(wide), new Shape(wide.length));
    }

    private static int[] identity(int n) {
        int[] identity = new int[n];
        java.util.Arrays.setAll(identity, i -> i);
        return identity;
    }

    private static float[] concatenated(float[][] rows, int width) {
        float[] values = new float[rows.length * width];
        for (int b = 0; b < rows.length; b++) {
            System.arraycopy(rows[b], 0, values, b * width, width);
        }
        return values;
    }

    /** Runs all steps and returns the masks per target. */
    List<MaskValues> run() {
        List<RegularizedMask> masks = new ArrayList<>(2);
        edges.ifPresent(masks::add);
        features.ifPresent(masks::add);
        List<NDArray> parameters =
                masks.stream().map(RegularizedMask::parameter).toList();
        float[] losses = new float[graphs.blocks().size()];
        try (GradientMode recording = engine.gradientMode(true);
                AdamOptimizer adam = engine.adam(AdamOptions.withLearningRate(options.lr()), parameters)) {
            for (int epoch = 0; epoch < options.epochs() && !masks.isEmpty(); epoch++) {
                batch.monitor().checkCancelled();
                batch.lease().checkValid();
                batch.monitor().progress("epoch", epoch, options.epochs());
                boolean last = epoch == options.epochs() - 1;
                try (TensorScope step = engine.openStep()) {
                    masks.forEach(RegularizedMask::activate);
                    NDArray prediction = predictionLoss(); // [T, 1]
                    NDArray loss = prediction.sum();
                    for (RegularizedMask mask : masks) {
                        if (mask.isRegularized()) {
                            loss = loss.add(mask.penalty());
                        }
                    }
                    List<NDArray> gradients = engine.gradients(loss, parameters);
                    if (last) {
                        losses = lossPerBlock(prediction, masks);
                    }
                    adam.step(gradients);
                    if (epoch == 0) {
                        for (int i = 0; i < masks.size(); i++) {
                            masks.get(i).regularize(gradients.get(i), step, batch.manager());
                        }
                    }
                }
            }
        }
        return results(losses);
    }

    /** Weighted cross-entropy of each output row, [T, 1]. */
    private NDArray predictionLoss() {
        Masks masks = new Masks(edges.map(RegularizedMask::values), features.map(RegularizedMask::values), featureType);
        NDArray logits = batch.session().forward(batch.prepared(), masks); // [T, C]
        return logits.logSoftmax(1).gather(classes, 1).neg().mul(classWeights);
    }

    private float[] lossPerBlock(NDArray prediction, List<RegularizedMask> masks) {
        float[] losses = new float[graphs.blocks().size()];
        float[] predictions = prediction.toFloatArray();
        for (int t = 0; t < predictions.length; t++) {
            losses[objective.blocks()[t]] += predictions[t];
        }
        for (RegularizedMask mask : masks) {
            if (mask.isRegularized()) {
                float[] penalties = mask.penaltyPerBlock();
                for (int b = 0; b < losses.length; b++) {
                    losses[b] += penalties[b];
                }
            }
        }
        return losses;
    }

    private List<MaskValues> results(float[] losses) {
        int blocks = graphs.blocks().size();
        float[][] edgeValues = new float[blocks][0];
        float[][] featureValues = new float[blocks][0];
        try (TensorScope scope = engine.openScope()) {
            if (edges.isPresent()) {
                edgeValues = graphs.splitEdges(edges.get().result());
            }
            if (features.isPresent()) {
                float[] values = features.get().result();
                int width = values.length / Math.max(1, featureRows());
                featureValues =
                        featureType == FeatureMaskType.FEATURE ? rows(values, width) : graphs.splitRows(values, width);
            }
        }
        List<MaskValues> results = new ArrayList<>(blocks);
        for (int b = 0; b < blocks; b++) {
            Map<String, Double> diagnostics = new HashMap<>();
            diagnostics.put("loss", (double) losses[b]);
            results.add(new MaskValues(edgeValues[b], featureType, featureValues[b], diagnostics));
        }
        return results;
    }

    private int featureRows() {
        return featureType == FeatureMaskType.FEATURE ? graphs.blocks().size() : graphs.nodeCount();
    }

    private static float[][] rows(float[] values, int width) {
        float[][] rows = new float[width == 0 ? 0 : values.length / width][];
        for (int b = 0; b < rows.length; b++) {
            rows[b] = java.util.Arrays.copyOfRange(values, b * width, (b + 1) * width);
        }
        return rows;
    }

    @Override
    public void close() {
        edges.ifPresent(RegularizedMask::close);
        features.ifPresent(RegularizedMask::close);
        classes.close();
        classWeights.close();
    }
}
