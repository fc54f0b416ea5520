package org.aitia.explainer.ig.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.osgi.service.component.annotations.Component;

/**
 * Grad-CAM for graphs (Pope, Kolouri, Rostami, Martin, Hoffmann: Explainability Methods for Graph Convolutional Neural
 * Networks, CVPR 2019, equations 8 and 9): the embedding of a node in a layer, weighted by the mean derivative of the
 * output by each of its channels.
 */
@Component(service = Explainer.class, property = "aitia.name=grad-cam")
public final class GradCamExplainer extends GradientExplainer<GradCamOptions> {
    /** Makes the service. */
    public GradCamExplainer() {
        super(
                "grad-cam",
                "Grad-CAM",
                "Scores nodes by their embeddings, weighted by how much the output changes with each channel.",
                "Pope, Kolouri, Rostami, Martin, Hoffmann: Explainability Methods for Graph Convolutional Neural"
                        + " Networks, CVPR 2019",
                GradCamOptions.class);
    }

    @Override
    boolean needsInput(GradCamOptions options) {
        return false;
    }

    @Override
    List<MaskValues> explain(Work<GradCamOptions> work, List<Integer> chosen) {
        ExplanationBatch batch = work.batch();
        TensorEngine engine = batch.engine();
        batch.monitor().checkCancelled();
        batch.lease().checkValid();
        try (Replicas replicas = new Replicas(batch, chosen, 1, false);
                GradientMode recording = engine.gradientMode(true);
                TensorScope step = engine.openStep()) {
            Quantity quantity =
                    replicas.quantity(work.options(), batch.session().model().info());
            GraphBatch graphs = replicas.graphs();
            // what is computed from constants alone has no history: a mask of ones gives the embeddings one
            try (NDArray ones = engine.variable(replicas.manager().ones(new Shape(graphs.nodeCount(), 1)))) {
                ModelSession.Trace trace =
                        batch.session().trace(replicas.prepared(), Masks.ofFeatures(ones, FeatureMaskType.NODE));
                List<NDArray> layers = layers(trace.embeddings(), work.options());
                NDArray explained = quantity.of(trace.logits());
                List<NDArray> gradients = engine.gradients(explained, explained.onesLike(), layers);
                return results(work, graphs, map(work, graphs, layers, gradients), layers.size());
            }
        }
    }

    private static List<NDArray> layers(List<NDArray> layers, GradCamOptions options) {
        if (options.layer().equals(GradCamOptions.MEAN)) {
            return layers;
        }
        int layer = options.layer().equals(GradCamOptions.LAST) ? layers.size() : Integer.parseInt(options.layer());
        if (layer > layers.size()) {
            throw new InvalidRequestException("layer=" + layer + ": the model has message-passing layers 1.."
                    + layers.size() + "; give one of them, mean or last");
        }
        return List.of(layers.get(layer - 1));
    }

    /** The mean over layers of each node's score, [N]. */
    private static float[] map(
            Work<GradCamOptions> work, GraphBatch graphs, List<NDArray> layers, List<NDArray> gradients) {
        GraphKernels kernels = work.batch().engine().kernels();
        int blocks = graphs.blocks().size();
        long[] rowBlocks = Arrays.stream(graphs.rowBlocks()).asLongStream().toArray();
        float[] perNode = new float[blocks];
        for (int b = 0; b < blocks; b++) {
            perNode[b] = 1f / graphs.blocks().get(b).nodeCount();
        }
        float[] scores = new float[graphs.nodeCount()];
        try (GradientMode off = work.batch().engine().gradientMode(false)) {
            NDArray index = work.batch().manager().create(rowBlocks);
            NDArray share = work.batch().manager().create(FloatBuffer.wrap(perNode), new Shape(blocks, 1));
            for (int k = 0; k < layers.size(); k++) {
                NDArray embeddings = work.batch().engine().detach(layers.get(k)); // [n_k, H_k]
                long rows = embeddings.getShape().get(0);
                NDArray own = index.get(new NDIndex().addSliceDim(0, rows));
                NDArray channels =
                        kernels.scatterSum(gradients.get(k), own, blocks).mul(share); // [B, H_k]
                NDArray map = embeddings.mul(kernels.gather(channels, own)).sum(new int[] {1}); // [n_k]
                float[] values = (work.options().positive() ? map.maximum(0) : map).toFloatArray();
                for (int r = 0; r < values.length; r++) {
                    scores[r] += values[r] / layers.size();
                }
            }
        }
        return scores;
    }

    private static List<MaskValues> results(Work<GradCamOptions> work, GraphBatch graphs, float[] scores, int layers) {
        float[][] nodes = graphs.splitRows(scores, 1);
        Attribution attribution =
                new Attribution(FeatureMaskType.NODE, nodes, new float[nodes.length][0], new double[nodes.length]);
        List<MaskValues> results = new ArrayList<>();
        for (int b = 0; b < nodes.length; b++) {
            results.add(attribution.result(
                    b, graphs.blocks().get(b), work.options().scaling(), Map.of("layers", (double) layers)));
        }
        return results;
    }
}
