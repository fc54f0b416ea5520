package org.aitia.dataset.planetoid.internal;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.DataFormatException;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;
import org.aitia.formats.python.CsrMatrix;
import org.aitia.formats.python.NdArray;
import org.aitia.formats.python.PickleLimits;
import org.aitia.formats.python.Pickles;
import org.aitia.formats.text.TextLine;
import org.aitia.formats.text.TextLines;

/** Reads the single files of a Planetoid data set. Whatever is wrong with one, the message names it. */
final class PlanetoidFiles {
    /** Eight times what the largest of the published files needs. */
    private static final PickleLimits LIMITS = new PickleLimits(64L << 20, 2_000_000);

    private static final int MOST_NODES = 1 << 24;

    private PlanetoidFiles() {}

    /**
     * Classes of some nodes.
     *
     * @param classes how many there are
     * @param labels one per node, -1 for none
     */
    record Labels(int classes, int[] labels) {}

    /** Features: {@code x}, {@code tx} and {@code allx}. */
    static SparseFeatures features(Path file) {
        return features(ByteSource.of(file));
    }

    static SparseFeatures features(ByteSource source) {
        return unpickled(source, "a sparse matrix", CsrMatrix.class).features();
    }

    /** One-hot classes: {@code y}, {@code ty} and {@code ally}. */
    static Labels labels(Path file) {
        return labels(ByteSource.of(file));
    }

    static Labels labels(ByteSource source) {
        NdArray array = unpickled(source, "an array of classes", NdArray.class).requireAxes(2);
        int classes = array.length(1);
        if (classes == 0) {
            throw wrong(source, "at least one class", "none");
        }
        int[] values = array.ints();
        int[] labels = new int[array.length(0)];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = hot(source, values, row * classes, classes);
        }
        return new Labels(classes, labels);
    }

    private static int hot(ByteSource source, int[] values, int from, int classes) {
        int hot = -1;
        for (int i = 0; i < classes; i++) {
            int value = values[from + i];
            if (value < 0 || value > 1 || value == 1 && hot >= 0) {
                throw wrong(source, "one class per row", "something else in row " + from / classes);
            } else if (value == 1) {
                hot = i;
            }
        }
        return hot;
    }

    /** Neighbours of every node: {@code graph}. Repeats and loops are part of it. */
    static int[][] neighbours(Path file) {
        return neighbours(ByteSource.of(file));
    }

    static int[][] neighbours(ByteSource source) {
        Map<?, ?> lists = unpickled(source, "a dictionary of neighbours", Map.class);
        int[][] neighbours = new int[lists.size()][];
        for (int node = 0; node < neighbours.length; node++) {
            List<?> list = Pickles.as(source, "a list of the neighbours of node " + node, List.class, lists.get(node));
            neighbours[node] = new int[list.size()];
            for (int i = 0; i < list.size(); i++) {
                int other = Pickles.as(source, "a neighbour of node " + node, Integer.class, list.get(i));
                if (other < 0 || other >= neighbours.length) {
                    throw wrong(
                            source,
                            "neighbours in 0.." + (neighbours.length - 1),
                            "neighbour " + other + " of node " + node);
                }
                neighbours[node][i] = other;
            }
        }
        return neighbours;
    }

    /** Numbers of the test nodes in the order of their features: {@code test.index}. */
    static int[] testIndex(Path file) {
        return testIndex(ByteSource.of(file));
    }

    static int[] testIndex(ByteSource source) {
        IntStream.Builder index = IntStream.builder();
        BitSet seen = new BitSet();
        try (TextLines lines = TextLines.open(source)) {
            for (Optional<TextLine> line = lines.nextFilled(); line.isPresent(); line = lines.nextFilled()) {
                int node = line.get().integer(line.get().text(), 0, MOST_NODES);
                if (seen.get(node)) {
                    throw line.get().wrong("every node once", "node " + node + " again");
                }
                seen.set(node);
                index.add(node);
            }
        }
        return index.build().toArray();
    }

    private static <T> T unpickled(ByteSource source, String what, Class<T> type) {
        return Pickles.as(source, what, type, Pickles.read(source, LIMITS));
    }

    private static DataFormatException wrong(ByteSource source, String expected, String found) {
        return BadFormat.of(source.name(), "", expected, found);
    }
}
