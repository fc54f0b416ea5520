package org.aitia.models.internal.train;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.aitia.models.internal.feed.Feed;
import org.aitia.models.internal.feed.Feeds;
import org.aitia.models.internal.record.Projector;

/**
 * Writes what the last layer makes of the instances, as points: of nodes their rows, of graphs the mean of their nodes'
 * rows, of links both ends' rows side by side.
 */
final class EmbeddingExport {
    /** TensorBoard shows no more. */
    private static final int MOST_POINTS = 10_000;

    private final DeviceLease lease;
    private final ModelSession session;
    private final Feeds feeds;
    private final Subject subject;

    EmbeddingExport(DeviceLease lease, ModelSession session, Feeds feeds, Subject subject) {
        this.lease = lease;
        this.session = session;
        this.feeds = feeds;
        this.subject = subject;
    }

    void write(Path directory, TaskMonitor monitor) {
        Dataset dataset = subject.dataset();
        int all = dataset.instanceCount();
        int[] instances = all <= MOST_POINTS
                ? IntStream.range(0, all).toArray()
                : IntStream.range(0, MOST_POINTS)
                        .map(i -> (int) ((long) i * all / MOST_POINTS)) // evenly spread
                        .toArray();
        List<float[]> positions = new ArrayList<>();
        List<Projector.Point> points = new ArrayList<>();
        try (Feed feed = feeds.evaluation(instances);
                GradientMode off = lease.engine().gradientMode(false)) {
            feed.forEach(0, portion -> {
                monitor.checkCancelled();
                try (TensorScope scope = lease.engine().openScope()) {
                    List<NDArray> layers = session.embeddings(portion.batch(), Masks.NONE);
                    positions.addAll(positions(portion, Matrix.of(layers.get(layers.size() - 1))));
                    NDArray logits = session.forward(portion.batch(), Masks.NONE);
                    long[] predicted = logits.argMax(1).toLongArray();
                    for (int i = 0; i < portion.instances().length; i++) {
                        points.add(point(portion.instances()[i], (int) predicted[portion.rows()[i]]));
                    }
                }
            });
        }
        Projector.write(directory, positions.toArray(float[][]::new), points);
    }

    /** Rows on the host. */
    private record Matrix(float[] values, int columns) {
        static Matrix of(NDArray array) {
            return new Matrix(
                    array.toFloatArray(), Math.toIntExact(array.getShape().get(1)));
        }

        float[] row(int row) {
            return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
        }
    }

    private List<float[]> positions(Feed.Portion portion, Matrix rows) {
        GraphBatch batch = portion.batch().batch();
        Task task = subject.dataset().info().task();
        List<float[]> positions = new ArrayList<>();
        if (task == Task.NODE) {
            for (int row : portion.rows()) {
                positions.add(rows.row(row));
            }
        } else if (task == Task.LINK) {
            int[] sources = batch.linkSources();
            int[] targets = batch.linkTargets();
            for (int pair : portion.rows()) {
                float[] both = Arrays.copyOf(rows.row(sources[pair]), 2 * rows.columns());
                System.arraycopy(rows.row(targets[pair]), 0, both, rows.columns(), rows.columns());
                positions.add(both);
            }
        } else {
            for (float[] nodes : batch.splitRows(rows.values(), rows.columns())) {
                positions.add(mean(nodes, rows.columns()));
            }
        }
        return positions;
    }

    private static float[] mean(float[] nodes, int columns) {
        float[] mean = new float[columns];
        int rows = nodes.length / columns;
        for (int i = 0; i < nodes.length; i++) {
            mean[i % columns] += nodes[i] / rows;
        }
        return mean;
    }

    private Projector.Point point(int instance, int predicted) {
        List<String> names = subject.dataset().classNames();
        int label = subject.dataset().label(instance);
        return new Projector.Point(
                instance, label < 0 ? "unknown" : names.get(label), names.get(predicted), part(instance));
    }

    private String part(int instance) {
        for (Part part : Part.values()) {
            if (Arrays.binarySearch(subject.instances(part), instance) >= 0) {
                return part.prefix();
            }
        }
        return "none";
    }
}
