package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/** A {@link PredictionGoal} on a device. */
final class PredictionLoss implements AutoCloseable {
    private final PredictionGoal goal;
    private final NDArray classes; // [T, 1], or [T, 2] for a contrast
    private final NDArray originals; // [T, 1], or [0, 1]
    private final NDArray weights; // [T, 1]

    PredictionLoss(PredictionGoal goal, NDManager manager) {
        this.goal = goal;
        int rows = goal.classes().length;
        int width = rows == 0 ? 1 : goal.classes()[0].length;
        long[] wide = java.util.Arrays.stream(goal.classes())
                .flatMapToInt(java.util.Arrays::stream)
                .asLongStream()
                .toArray();
        this.classes = manager.create(LongBuffer.wrap(wide), new Shape(rows, width));
        this.weights = manager.create(FloatBuffer.wrap(goal.weights()), new Shape(rows, 1));
        this.originals = manager.create(FloatBuffer.wrap(goal.originals()), new Shape(goal.originals().length, 1));
    }

    /** The weighted loss of each output row, [T, 1]. */
    NDArray of(NDArray logits) {
        NDArray loss =
                switch (goal.kind()) {
                    case CLASS -> logits.logSoftmax(1).gather(classes, 1).neg();
                    case CONTRAST ->
                        logits.gather(classes, 1)
                                .logSoftmax(1)
                                .get(new NDIndex().addAllDim().addSliceDim(0, 1))
                                .neg();
                    case REGRESSION -> logits.sub(originals).square();
                };
        return loss.mul(weights);
    }

    /** Adds the losses of rows up per block. */
    float[] perBlock(NDArray losses, int blocks) {
        float[] sums = new float[blocks];
        float[] values = losses.toFloatArray();
        for (int t = 0; t < values.length; t++) {
            sums[goal.blocks()[t]] += values[t];
        }
        return sums;
    }

    @Override
    public void close() {
        classes.close();
        originals.close();
        weights.close();
    }
}
