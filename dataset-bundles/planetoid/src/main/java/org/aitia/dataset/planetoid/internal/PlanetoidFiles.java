package org.aitia.dataset.planetoid.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.razorvine.pickle.PickleException;
import org.aitia.api.DataFormatException;
import org.aitia.api.graph.SparseFeatures;

/** Reads the single files of a Planetoid data set. Whatever is wrong with one, the message names it. */
final class PlanetoidFiles {
    private static final long LARGEST = 64L << 20; // eight times the largest of the published files

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
        return read(file, PlanetoidFiles::parseFeatures);
    }

    static SparseFeatures parseFeatures(byte[] bytes) {
        return as(CsrMatrix.class, unpickled(bytes)).features();
    }

    /** One-hot classes: {@code y}, {@code ty} and {@code ally}. */
    static Labels labels(Path file) {
        return read(file, PlanetoidFiles::parseLabels);
    }

    static Labels parseLabels(byte[] bytes) {
        NumpyArray array = as(NumpyArray.class, unpickled(bytes));
        int[] values = array.ints();
        int[] shape = array.shape();
        if (shape.length != 2 || shape[1] == 0) {
            throw new PickleException("classes are not a table");
        }
        int classes = shape[1];
        int[] labels = new int[shape[0]];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = hot(values, row * classes, classes);
        }
        return new Labels(classes, labels);
    }

    private static int hot(int[] values, int from, int classes) {
        int hot = -1;
        for (int i = 0; i < classes; i++) {
            int value = values[from + i];
            if (value < 0 || value > 1 || value == 1 && hot >= 0) {
                throw new PickleException("row " + from / classes + " does not name one class");
            } else if (value == 1) {
                hot = i;
            }
        }
        return hot;
    }

    /** Neighbours of every node: {@code graph}. Repeats and loops are part of it. */
    static int[][] neighbours(Path file) {
        return read(file, PlanetoidFiles::parseNeighbours);
    }

    static int[][] parseNeighbours(byte[] bytes) {
        Map<?, ?> lists = as(Map.class, unpickled(bytes));
        int[][] neighbours = new int[lists.size()][];
        for (int node = 0; node < neighbours.length; node++) {
            List<?> list = as(List.class, lists.get(node));
            neighbours[node] =
                    list.stream().mapToInt(other -> as(Integer.class, other)).toArray();
            for (int other : neighbours[node]) {
                if (other < 0 || other >= neighbours.length) {
                    throw new PickleException(
                            "node " + node + " has neighbour " + other + " of " + neighbours.length + " nodes");
                }
            }
        }
        return neighbours;
    }

    /** Numbers of the test nodes in the order of their features: {@code test.index}. */
    static int[] testIndex(Path file) {
        return read(file, PlanetoidFiles::parseTestIndex);
    }

    static int[] parseTestIndex(byte[] bytes) {
        int[] index = new String(bytes, StandardCharsets.US_ASCII)
                .lines()
                .mapToInt(line -> Integer.parseInt(line.strip()))
                .toArray();
        BitSet seen = new BitSet();
        for (int node : index) {
            if (node < 0 || seen.get(node)) {
                throw new PickleException("node " + node + " is negative or listed twice");
            }
            seen.set(node);
        }
        return index;
    }

    private static Object unpickled(byte[] bytes) {
        try {
            return RestrictedUnpickler.read(bytes);
        } catch (IOException e) {
            throw new PickleException("it ends too early", e);
        }
    }

    private static <T> T as(Class<T> type, Object value) {
        if (!type.isInstance(value)) {
            throw new PickleException("it holds "
                    + (value == null ? "nothing" : "a " + value.getClass().getSimpleName()) + " where a "
                    + type.getSimpleName() + " should be");
        }
        return type.cast(value);
    }

    private static <T> T read(Path file, Function<byte[], T> parser) {
        byte[] bytes;
        try {
            if (Files.size(file) > LARGEST) {
                throw new DataFormatException(
                        "file " + file + " is larger than any file of these data sets; fetch it anew");
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new DataFormatException("file " + file + " cannot be read (" + e + ")", e);
        }
        return parse(file, bytes, parser);
    }

    /** Turns every way in which wrong bytes can break a parser into one error that names the file. */
    static <T> T parse(Path file, byte[] bytes, Function<byte[], T> parser) {
        try {
            return parser.apply(bytes);
        } catch (RuntimeException e) {
            String reason = e instanceof PickleException || e instanceof IllegalArgumentException
                    ? e.getMessage()
                    : "its structure is damaged (" + e.getClass().getSimpleName() + ")";
            throw new DataFormatException(
                    "file " + file + " is not a valid Planetoid file: " + reason + "; fetch it anew", e);
        }
    }
}
