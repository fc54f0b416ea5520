package org.aitia.models.internal.predict;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.aitia.models.internal.feed.Feed;

/**
 * Computes logits without recording.
 *
 * @param lease what computes
 * @param session the model
 */
public record Inference(DeviceLease lease, ModelSession session) {
    /**
     * Computes the logits of all instances of a feed.
     *
     * @param feed in a fixed order
     * @param monitor asked whether to go on
     * @return row by row, in the order of the feed
     */
    public float[] logits(Feed feed, TaskMonitor monitor) {
        TensorEngine engine = lease.engine();
        int classes = session.model().info().shape().classes();
        float[] logits = new float[Math.multiplyExact(feed.count(), classes)];
        int[] done = {0};
        try (GradientMode off = engine.gradientMode(false)) {
            feed.forEach(0, portion -> {
                monitor.checkCancelled();
                lease.checkValid();
                try (TensorScope scope = engine.openScope()) {
                    NDArray rows = session.forward(portion.batch(), Masks.NONE);
                    float[] values = selected(engine, rows, portion.rows()).toFloatArray();
                    System.arraycopy(values, 0, logits, done[0] * classes, values.length);
                }
                done[0] += portion.instances().length;
                if (done[0] < feed.count()) {
                    monitor.progress("predicting", done[0], feed.count());
                }
            });
        }
        return logits;
    }

    private NDArray selected(TensorEngine engine, NDArray logits, int[] rows) {
        long count = logits.getShape().get(0);
        boolean all = rows.length == count && IntStream.range(0, rows.length).allMatch(i -> rows[i] == i);
        if (all) {
            return logits;
        }
        NDArray index =
                lease.manager().create(Arrays.stream(rows).asLongStream().toArray());
        return engine.kernels().gather(logits, index);
    }

    /**
     * Compares the logits of a feed with true classes.
     *
     * @param feed of labelled instances
     * @param instances those of the feed, in its order
     * @param dataset what has their classes
     * @param monitor asked whether to go on
     * @return the comparison
     */
    public Scores scores(Feed feed, int[] instances, Dataset dataset, TaskMonitor monitor) {
        int[] labels = IntStream.of(instances).map(dataset::label).toArray();
        return new Scores(
                logits(feed, monitor), labels, session.model().info().shape().classes());
    }
}
