package org.aitia.api.dataset;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.aitia.api.Task;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.SparseFeatures;

/**
 * The content digest of a data set; independent of platform and JVM.
 *
 * <p>Every list is preceded by its length and every alternative by its number, so that different content is different
 * input.
 */
final class DatasetDigest {
    private final MessageDigest sha;
    private final ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
    private final int[] ints = new int[(1 << 16) / Integer.BYTES]; // a chunk of them: buffers are quick in bulk
    private final float[] floats = new float[ints.length];

    private DatasetDigest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static String of(Dataset dataset) {
        DatasetDigest digest = new DatasetDigest();
        digest.add(dataset.graphs().size());
        for (Graph graph : dataset.graphs()) {
            digest.add(graph);
        }
        digest.add(dataset.graphLabels());
        for (int end = 0; end < 3 && dataset.info().task() == Task.LINK; end++) {
            for (int i = 0; i < dataset.instanceCount(); i++) {
                digest.add(end == 0 ? dataset.linkSource(i) : end == 1 ? dataset.linkTarget(i) : dataset.label(i));
            }
        }
        digest.add(dataset.splits().size());
        dataset.splits().forEach((name, split) -> {
            digest.add(name.chars().toArray());
            digest.add(split.train());
            digest.add(split.validation());
            digest.add(split.test());
        });
        digest.flush();
        return "sha256:" + HexFormat.of().formatHex(digest.sha.digest());
    }

    private void add(Graph graph) {
        add(graph.inOffsets());
        add(graph.sources());
        add(graph.edgeWeights());
        add(graph.features());
        if (graph.edgeFeatures().columns() > 0) {
            add(graph.edgeFeatures());
        }
        add(graph.hasLabels() ? 1 : 0);
        for (int v = 0; graph.hasLabels() && v < graph.nodeCount(); v++) {
            add(graph.label(v));
        }
    }

    private void add(Features features) {
        add(features.rows());
        add(features.columns());
        if (features instanceof SparseFeatures sparse) {
            add(1);
            add(sparse.offsets());
            add(sparse.indices());
            add(sparse.values());
        } else if (features instanceof DenseFeatures dense) {
            add(0);
            add(dense.values());
        }
    }

    private void add(int[] values) {
        add(values.length);
        for (int value : values) {
            add(value);
        }
    }

    private void add(IntBuffer values) {
        add(values.remaining());
        flush();
        while (values.hasRemaining()) {
            int count = Math.min(values.remaining(), ints.length);
            values.get(ints, 0, count);
            addMany(count);
        }
    }

    private void add(FloatBuffer values) {
        add(values.remaining());
        flush();
        while (values.hasRemaining()) {
            int count = Math.min(values.remaining(), floats.length);
            values.get(floats, 0, count);
            for (int i = 0; i < count; i++) {
                ints[i] = Float.floatToIntBits(floats[i]); // every NaN is the same
            }
            addMany(count);
        }
    }

    /** Adds the first of {@link #ints}; the chunk is empty. */
    private void addMany(int count) {
        chunk.asIntBuffer().put(ints, 0, count);
        chunk.position(count * Integer.BYTES);
        flush();
    }

    private void add(int value) {
        if (chunk.remaining() < Integer.BYTES) {
            flush();
        }
        chunk.putInt(value);
    }

    private void flush() {
        sha.update(chunk.flip());
        chunk.clear();
    }
}
