package org.aitia.dataset.usergraph.internal;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.DataFormatException;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Split;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.formats.BadFormat;
import org.aitia.formats.python.CsrMatrix;
import org.aitia.formats.python.NdArray;
import org.aitia.formats.python.Npz;

/**
 * Reads a graph from arrays: the way for large ones. Dense features of single precision that are stored uncompressed
 * (as {@code numpy.savez} does) stay in the file and are mapped into memory.
 */
final class NpzGraph {
    private static final int CHUNK = 1 << 16;
    private static final long MOST_MAPPED = 1L << 29; // values: 2 GiB, what a buffer can hold

    private final Descriptor descriptor;
    private final UserData data;

    NpzGraph(Descriptor descriptor, UserData data) {
        this.descriptor = descriptor;
        this.data = data;
        if (descriptor.task().filter(task -> task != Descriptor.TaskName.NODE).isPresent()) {
            throw BadFormat.of(
                    data.path(), "", "the task node", "another", "bring graph and link tasks as folders of tables");
        }
    }

    Dataset load(Path file) {
        try (Npz npz = Npz.open(file, UserGraphs.limits(file))) {
            return load(npz);
        }
    }

    private Dataset load(Npz npz) {
        Optional<Features> given = features(npz);
        data.monitor().checkCancelled();
        Optional<int[]> labels = labels(npz);
        int nodes = nodes(npz, given, labels);
        if (labels.isPresent() && labels.get().length != nodes) {
            throw wrong(npz, "y", nodes + " labels, one for each node", labels.get().length + "");
        }
        Features features = given.orElseGet(() -> DenseFeatures.constant(nodes, 1, 1));
        List<String> classes = classes(npz, labels.orElse(new int[0]));
        GraphBuilder builder = Graph.builder(nodes).features(features);
        labels.ifPresent(builder::labels);
        if (descriptor.selfLoops() == Descriptor.Loops.DROP) {
            builder.withoutSelfLoops();
        }
        npz.find("node_names").ifPresent(names -> builder.nodeNames(names(npz, "node_names", names, nodes)));
        boolean directed = edges(npz, builder, nodes);
        data.monitor().checkCancelled();
        Graph graph = builder.build();
        List<String> findings = List.of(
                directed ? "directed, as listed" : "undirected",
                given.isPresent()
                        ? features.columns() + (features instanceof SparseFeatures ? " sparse features" : " features")
                        : "no features, so each node has the constant 1",
                UserData.classes(classes));
        Dataset.Builder dataset =
                data.begin(descriptor, Task.NODE, findings).graph(graph).classNames(classes);
        npz.find("feature_names")
                .ifPresent(names -> dataset.featureNames(names(npz, "feature_names", names, features.columns())));
        splits(npz, labels.orElse(new int[0]), nodes, classes.size()).forEach(dataset::split);
        return dataset.build();
    }

    private static Optional<String> key(Npz npz, String... keys) {
        return Arrays.stream(keys).filter(npz.keys()::contains).findFirst();
    }

    private Optional<Features> features(Npz npz) {
        Optional<String> dense = key(npz, "x", "features", "attr_matrix");
        Optional<String> sparse = key(npz, "x_shape", "features_shape", "attr_shape", "attr_matrix.shape");
        if (dense.isEmpty()) {
            return sparse.map(key -> sparse(npz, key.substring(0, key.length() - "shape".length())));
        }
        String name = dense.get();
        NdArray array = npz.require(name).requireAxes(2);
        int rows = array.length(0);
        int columns = array.length(1);
        if (array.count() >= MOST_MAPPED) {
            throw wrong(
                    npz,
                    name,
                    "less than " + MOST_MAPPED + " values, as a buffer holds 2 GiB",
                    rows + " x " + columns + "; store them sparse (x_data, x_indices, x_indptr, x_shape)");
        }
        FloatBuffer values = array.floatBuffer();
        checkFinite(npz, name, values.duplicate(), columns);
        if (descriptor.normalization() != Descriptor.Normalization.NONE) {
            float[] copy = new float[values.remaining()];
            values.duplicate().get(copy);
            Normalizer.apply(descriptor.normalization(), copy, columns);
            values = FloatBuffer.wrap(copy);
        }
        return Optional.of(new DenseFeatures(rows, columns, values));
    }

    private void checkFinite(Npz npz, String key, FloatBuffer values, int columns) {
        float[] chunk = new float[CHUNK];
        long at = 0;
        while (values.hasRemaining()) {
            int count = Math.min(chunk.length, values.remaining());
            values.get(chunk, 0, count);
            for (int i = 0; i < count; i++) {
                if (!Float.isFinite(chunk[i])) {
                    throw wrong(
                            npz,
                            key + ", row " + (at + i) / columns + ", column " + (at + i) % columns,
                            "a finite number",
                            chunk[i] + "");
                }
            }
            at += count;
            if ((at & (CHUNK * 64L - 1)) == 0) {
                data.monitor().checkCancelled();
            }
        }
    }

    private Features sparse(Npz npz, String prefix) {
        CsrMatrix matrix = CsrMatrix.of(npz, prefix);
        SparseFeatures features = matrix.features();
        checkFinite(npz, prefix + "data", features.values(), Math.max(1, features.columns()));
        switch (descriptor.normalization()) {
            case NONE -> {
                return features;
            }
            case ROW -> {
                return rowNormalized(features);
            }
            default ->
                throw wrong(
                        npz,
                        prefix + "data",
                        "dense features, as standard normalization makes all values differ from 0",
                        "sparse ones");
        }
    }

    private static Features rowNormalized(SparseFeatures features) {
        int[] offsets = new int[features.rows() + 1];
        features.offsets().get(offsets);
        int[] indices = new int[features.indices().remaining()];
        features.indices().get(indices);
        float[] values = new float[indices.length];
        features.values().get(values);
        for (int r = 0; r < features.rows(); r++) {
            float[] row = Arrays.copyOfRange(values, offsets[r], offsets[r + 1]);
            if (row.length > 0) {
                Normalizer.apply(Descriptor.Normalization.ROW, row, row.length);
            }
            System.arraycopy(row, 0, values, offsets[r], row.length);
        }
        return new SparseFeatures(features.columns(), offsets, indices, values);
    }

    private Optional<int[]> labels(Npz npz) {
        return key(npz, "y", "labels").map(key -> {
            NdArray array = npz.require(key);
            boolean column = array.shape().length == 2 && array.length(1) == 1;
            int[] labels = (column ? array : array.requireAxes(1)).ints();
            for (int i = 0; i < labels.length; i++) {
                if (labels[i] < -1 || labels[i] >= Labels.MOST) {
                    throw wrong(
                            npz,
                            key + ", row " + i,
                            "a class from 0 to " + (Labels.MOST - 1) + ", or -1 for none",
                            labels[i] + "");
                }
            }
            return labels;
        });
    }

    private int nodes(Npz npz, Optional<Features> features, Optional<int[]> labels) {
        if (features.isPresent()) {
            return features.get().rows();
        }
        Optional<NdArray> count = npz.find("num_nodes");
        if (count.isPresent()) {
            int[] one = count.get().ints();
            if (one.length != 1 || one[0] < 0) {
                throw wrong(npz, "num_nodes", "one number, 0 or more", Arrays.toString(one));
            }
            return one[0];
        }
        return labels.map(l -> l.length)
                .orElseThrow(() -> BadFormat.of(
                        npz.name(),
                        "",
                        "features (x), labels (y) or num_nodes, which tell how many nodes there are",
                        "only '" + String.join(", ", npz.keys()) + "'",
                        "add one of them"));
    }

    private List<String> classes(Npz npz, int[] labels) {
        int count = Arrays.stream(labels).max().orElse(-1) + 1;
        List<String> names = descriptor.classes();
        String where = "\"classes\" of the descriptor";
        if (names.isEmpty() && npz.keys().contains("class_names")) {
            names = stripped(npz.require("class_names"));
            where = "class_names";
        }
        if (names.isEmpty()) {
            return IntStream.range(0, count).mapToObj(Integer::toString).toList();
        }
        if (names.size() < count || names.stream().distinct().count() < names.size()) {
            throw wrong(
                    npz, where, count + " different names, one for each class", "'" + String.join(", ", names) + "'");
        }
        return names;
    }

    private static List<String> names(Npz npz, String key, NdArray array, int expected) {
        List<String> names = stripped(array);
        if (names.size() != expected) {
            throw wrong(npz, key, expected + " names", names.size() + "");
        }
        return names;
    }

    private static List<String> stripped(NdArray array) {
        return array.strings().stream().map(String::strip).toList();
    }

    /** Adds the edges; tells whether they have directions. */
    private boolean edges(Npz npz, GraphBuilder builder, int nodes) {
        if (key(npz, "edge_index").isPresent()) {
            return edgeIndex(npz, builder, nodes);
        }
        Optional<String> adjacency = key(npz, "adj_shape", "adj_matrix.shape");
        if (adjacency.isEmpty()) {
            throw BadFormat.of(
                    npz.name(),
                    "",
                    "edges: edge_index, or adj_data, adj_indices, adj_indptr and adj_shape",
                    "only '" + String.join(", ", npz.keys()) + "'",
                    "add them");
        }
        String key = adjacency.get();
        return adjacency(npz, key.substring(0, key.length() - "shape".length()), builder, nodes);
    }

    private boolean edgeIndex(Npz npz, GraphBuilder builder, int nodes) {
        NdArray array = npz.require("edge_index").requireAxes(2);
        boolean pairs = array.length(0) != 2 && array.length(1) == 2; // a row per edge
        if (!pairs && array.length(0) != 2) {
            throw wrong(npz, "edge_index", "shape [2, E]", Arrays.toString(array.shape()));
        }
        int count = array.length(pairs ? 0 : 1);
        int[] ends = array.ints();
        Optional<float[]> weights = npz.find("edge_weight").map(w -> weights(npz, w, count));
        boolean directed = descriptor.directed().orElse(true);
        builder.reserve(directed ? count : Math.multiplyExact(count, 2));
        boolean loopsAreFaults = descriptor.selfLoops() == Descriptor.Loops.ERROR;
        for (int e = 0; e < count; e++) {
            int from = ends[pairs ? 2 * e : e];
            int to = ends[pairs ? 2 * e + 1 : count + e];
            if (from < 0 || from >= nodes || to < 0 || to >= nodes || loopsAreFaults && from == to) {
                throw wrong(
                        npz,
                        "edge_index, edge " + e,
                        (loopsAreFaults ? "two different nodes" : "nodes") + " in 0.." + (nodes - 1),
                        from + " -> " + to);
            }
            float weight = weights.isPresent() ? weights.get()[e] : 1;
            builder.edge(from, to, weight);
            if (!directed && from != to) {
                builder.edge(to, from, weight);
            }
        }
        npz.find("edge_attr")
                .ifPresent(attributes ->
                        builder.edgeFeatures(edgeFeatures(npz, attributes, ends, count, pairs, directed)));
        if (descriptor.duplicates() == Descriptor.Duplicates.ERROR && directed) {
            int built = builder.build().edgeCount();
            if (built < count && descriptor.selfLoops() != Descriptor.Loops.DROP) {
                throw wrong(npz, "edge_index", "no edge twice", (count - built) + " repeated edges");
            }
        }
        return directed;
    }

    private float[] weights(Npz npz, NdArray array, int count) {
        float[] weights = array.requireAxes(1).floats();
        if (weights.length != count) {
            throw wrong(npz, "edge_weight", count + " weights, one for each edge", weights.length + "");
        }
        checkFinite(npz, "edge_weight", FloatBuffer.wrap(weights), 1);
        return weights;
    }

    private Features edgeFeatures(Npz npz, NdArray array, int[] ends, int count, boolean pairs, boolean directed) {
        boolean single = array.shape().length == 1;
        if (!single) {
            array.requireAxes(2);
        }
        if (array.length(0) != count) {
            throw wrong(npz, "edge_attr", count + " rows, one for each edge", array.length(0) + "");
        }
        int columns = single ? 1 : array.length(1);
        FloatBuffer values = array.floatBuffer();
        checkFinite(npz, "edge_attr", values.duplicate(), Math.max(1, columns));
        Features features = new DenseFeatures(count, columns, values);
        if (directed) {
            return features;
        }
        Ints rows = new Ints();
        for (int e = 0; e < count; e++) {
            rows.add(e);
            if (ends[pairs ? 2 * e : e] != ends[pairs ? 2 * e + 1 : count + e]) {
                rows.add(e);
            }
        }
        return features.select(rows.toArray());
    }

    /** The layout of gnn-benchmark: a matrix of which each entry is an edge, and both directions are meant. */
    private boolean adjacency(Npz npz, String prefix, GraphBuilder builder, int nodes) {
        CsrMatrix matrix = CsrMatrix.of(npz, prefix);
        if (matrix.rows() != nodes || matrix.columns() != nodes) {
            throw wrong(npz, prefix + "shape", nodes + " x " + nodes, matrix.rows() + " x " + matrix.columns());
        }
        int[] offsets = matrix.offsets();
        int[] indices = matrix.indices();
        float[] values = matrix.values();
        checkFinite(npz, prefix + "data", FloatBuffer.wrap(values), 1);
        boolean directed = descriptor.directed().orElse(false);
        builder.reserve(directed ? indices.length : Math.multiplyExact(indices.length, 2));
        for (int v = 0; v < nodes; v++) {
            for (int i = offsets[v]; i < offsets[v + 1]; i++) {
                builder.edge(v, indices[i], values[i]);
                if (!directed && v != indices[i]) {
                    builder.edge(indices[i], v, values[i]);
                }
            }
        }
        return directed;
    }

    private Map<String, Split> splits(Npz npz, int[] labels, int nodes, int classes) {
        Map<String, Split> splits = new LinkedHashMap<>();
        if (npz.keys().contains("train_mask") || npz.keys().contains("train_idx")) {
            splits.put(
                    "given",
                    new Split(
                            part(npz, "train", labels, nodes),
                            part(npz, "val", labels, nodes),
                            part(npz, "test", labels, nodes)));
        }
        Splits.random(labels, classes, descriptor.fractions(), data.seed(), splits);
        return splits;
    }

    private static int[] part(Npz npz, String part, int[] labels, int nodes) {
        Ints members = new Ints();
        if (npz.keys().contains(part + "_mask")) {
            boolean[] mask = npz.require(part + "_mask").requireAxes(1).booleans();
            if (mask.length != nodes) {
                throw wrong(npz, part + "_mask", nodes + " truth values, one for each node", mask.length + "");
            }
            for (int v = 0; v < nodes; v++) {
                if (mask[v]) {
                    members.add(v);
                }
            }
        } else if (npz.keys().contains(part + "_idx")) {
            for (int v : npz.require(part + "_idx").requireAxes(1).ints()) {
                if (v < 0 || v >= nodes) {
                    throw wrong(npz, part + "_idx", "nodes in 0.." + (nodes - 1), v + "");
                }
                members.add(v);
            }
        }
        for (int i = 0; i < members.size(); i++) {
            if (labels.length == 0 || labels[members.get(i)] < 0) {
                throw wrong(npz, part + "_mask", "only nodes with labels", "node " + members.get(i) + " without one");
            }
        }
        return members.toArray();
    }

    private static DataFormatException wrong(Npz npz, String place, String expected, String found) {
        return BadFormat.of(npz.name(), place, expected, found, "correct the array and save the file again");
    }
}
