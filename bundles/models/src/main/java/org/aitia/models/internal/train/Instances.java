package org.aitia.models.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;

/**
 * Some rows of the logits with their true classes, on a device.
 *
 * @param rows int64 [T]
 * @param targets [T, C]: -1/T at the true class, 0 elsewhere
 * @param classes [T], on the host
 */
record Instances(NDArray rows, NDArray targets, int[] classes) implements AutoCloseable {

    /** Leaves out what has no class. */
    static int[] labelled(Dataset dataset, int[] instances) {
        return IntStream.of(instances).filter(i -> dataset.label(i) >= 0).toArray();
    }

    /**
     * Puts instances on a device.
     *
     * @param dataset where their classes are
     * @param instances labelled instances
     * @param rows the row of the logits that belongs to each
     */
    static Instances of(TensorEngine engine, NDManager manager, Dataset dataset, int[] instances, int[] rows) {
        int count = instances.length;
        int width = dataset.classCount();
        int[] classes = IntStream.of(instances).map(dataset::label).toArray();
        float[] targets = new float[Math.multiplyExact(count, width)];
        for (int i = 0; i < count; i++) {
            targets[i * width + classes[i]] = -1f / count;
        }
        try (TensorScope scope = engine.openScope()) {
            return new Instances(
                    scope.keep(manager.create(Arrays.stream(rows).asLongStream().toArray()), manager),
                    scope.keep(manager.create(targets, new Shape(count, width)), manager),
                    classes);
        }
    }

    /** Mean cross-entropy, differentiable. */
    NDArray loss(GraphKernels kernels, NDArray logits) {
        return kernels.gather(logits, rows).logSoftmax(1).mul(targets).sum();
    }

    /** How many are classified correctly. */
    int correct(GraphKernels kernels, NDArray logits) {
        long[] predicted = kernels.gather(logits, rows).argMax(1).toLongArray();
        int correct = 0;
        for (int i = 0; i < predicted.length; i++) {
            correct += predicted[i] == classes[i] ? 1 : 0;
        }
        return correct;
    }

    int count() {
        return classes.length;
    }

    @Override
    public void close() {
        rows.close();
        targets.close();
    }
}
