package org.aitia.models.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.engine.GraphKernels;
import org.aitia.models.internal.feed.Feed;

/** Cross-entropy with class weights and label smoothing, numerically as PyTorch's {@code CrossEntropyLoss}. */
final class Loss {
    private final GraphKernels kernels;
    private final NDManager manager;
    private final Dataset dataset;
    private final float[] classWeights;
    private final float smoothing;

    Loss(GraphKernels kernels, NDManager manager, Dataset dataset, float[] classWeights, double smoothing) {
        this.kernels = kernels;
        this.manager = manager;
        this.dataset = dataset;
        this.classWeights = classWeights;
        this.smoothing = (float) smoothing;
    }

    /**
     * Which rows of the logits count, and what for.
     *
     * @param rows int64 [T]
     * @param factors [T, C], what log-probabilities are multiplied by
     */
    record Targets(NDArray rows, NDArray factors) {}

    /** Puts the targets of a portion into the current scope; to be done before recording. */
    Targets targets(Feed.Portion portion) {
        int count = portion.instances().length;
        int width = classWeights.length;
        int[] classes = new int[count];
        float sum = 0;
        for (int i = 0; i < count; i++) {
            classes[i] = dataset.label(portion.instances()[i]);
            sum += classWeights[classes[i]];
        }
        float[] factors = new float[Math.multiplyExact(count, width)];
        for (int i = 0; i < count && sum > 0; i++) {
            for (int c = 0; c < width && smoothing > 0; c++) {
                factors[i * width + c] = -smoothing / width * classWeights[c] / sum;
            }
            factors[i * width + classes[i]] -= (1 - smoothing) * classWeights[classes[i]] / sum;
        }
        return new Targets(
                manager.create(Arrays.stream(portion.rows()).asLongStream().toArray()),
                manager.create(factors, new Shape(count, width)));
    }

    /** Computes the mean, differentiably. */
    NDArray of(NDArray logits, Targets targets) {
        return kernels.gather(logits, targets.rows())
                .logSoftmax(1)
                .mul(targets.factors())
                .sum();
    }
}
