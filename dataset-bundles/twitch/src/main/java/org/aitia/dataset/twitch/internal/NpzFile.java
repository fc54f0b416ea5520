package org.aitia.dataset.twitch.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.formats.BadFormat;
import org.aitia.formats.python.NdArray;
import org.aitia.formats.python.Npz;

/**
 * Reads the file that PyTorch Geometric used to download: {@code features} [N, 128], {@code target} [N] and
 * {@code edges} [E, 2], both directions and a self-loop of each node among them.
 */
final class NpzFile {
    private NpzFile() {}

    static Streamers read(Path file) {
        try (Npz npz = Npz.open(file)) {
            int[] mature = npz.require("target").ints();
            NdArray features = npz.require("features").requireAxes(2);
            NdArray edges = npz.require("edges").requireAxes(2);
            int nodes = mature.length;
            if (nodes == 0 || features.length(0) != nodes) {
                throw BadFormat.of(
                        npz.name(), "array 'features'", nodes + " rows as in 'target'", features.length(0) + "");
            }
            if (edges.length(1) != 2) {
                throw BadFormat.of(npz.name(), "array 'edges'", "2 columns", edges.length(1) + "");
            }
            for (int node = 0; node < nodes; node++) {
                if (mature[node] != 0 && mature[node] != 1) {
                    throw BadFormat.of(npz.name(), "row " + node + " of 'target'", "0 or 1", mature[node] + "");
                }
            }
            float[] values = features.floats();
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    throw BadFormat.of(
                            npz.name(),
                            "row " + i / features.length(1) + " of 'features'",
                            "finite numbers",
                            values[i] + "");
                }
            }
            int[] pairs = edges.ints();
            for (int i = 0; i < pairs.length; i++) {
                if (pairs[i] < 0 || pairs[i] >= nodes) {
                    throw BadFormat.of(
                            npz.name(),
                            "row " + i / 2 + " of 'edges'",
                            "a node from 0 to " + (nodes - 1),
                            pairs[i] + "");
                }
            }
            int count = pairs.length / 2;
            return new Streamers(
                    mature,
                    new DenseFeatures(nodes, features.length(1), java.nio.FloatBuffer.wrap(values)),
                    List.of(),
                    IntStream.range(0, count).map(e -> pairs[2 * e]).toArray(),
                    IntStream.range(0, count).map(e -> pairs[2 * e + 1]).toArray(),
                    true);
        }
    }
}
