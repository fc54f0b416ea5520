package org.aitia.dataset.npz.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.DataFormatException;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.formats.BadFormat;
import org.aitia.formats.python.CsrMatrix;
import org.aitia.formats.python.NdArray;
import org.aitia.formats.python.Npz;
import org.aitia.formats.zip.ZipLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A graph as gnn-benchmark, ppnp and graph2gauss store it: adjacency and attributes in compressed-row form, a class per
 * node, and sometimes names of nodes, attributes and classes.
 *
 * @param graph undirected and without self-loops
 * @param labels a class per node
 * @param classNames [C]
 * @param featureNames [F]; empty if they have none
 */
record NpzGraph(Graph graph, int[] labels, List<String> classNames, List<String> featureNames) {
    private static final Logger LOG = LoggerFactory.getLogger(NpzGraph.class);

    /** Several times the largest of the published files. */
    private static final ZipLimits LIMITS = ZipLimits.DEFAULT.withBytes(512L << 20, 1L << 30);

    private static final int MOST_CLASSES = 100_000;

    static NpzGraph read(Path file, NpzOptions options) {
        try (Npz npz = Npz.open(file, LIMITS)) {
            return new Reader(npz).read(options);
        }
    }

    /** Reads one file. */
    private record Reader(Npz npz) {
        NpzGraph read(NpzOptions options) {
            CsrMatrix adjacency = matrix("adj");
            CsrMatrix attributes = matrix("attr");
            int nodes = adjacency.rows();
            int[] labels = npz.require("labels").requireAxes(1).ints();
            if (adjacency.columns() != nodes || attributes.rows() != nodes || labels.length != nodes) {
                throw wrong(
                        "a square adjacency with as many rows of attributes and as many labels",
                        nodes + " x " + adjacency.columns() + ", " + attributes.rows() + " and " + labels.length);
            }
            List<String> classes = classNames(labels);
            GraphBuilder builder = Graph.builder(nodes)
                    .withoutSelfLoops()
                    .labels(labels)
                    .features(prepared(attributes.features(), options));
            int[] offsets = adjacency.offsets();
            int[] targets = adjacency.indices();
            for (int node = 0; node < nodes; node++) {
                for (int i = offsets[node]; i < offsets[node + 1]; i++) {
                    builder.undirectedEdge(node, targets[i]); // the builder drops repeats
                }
            }
            names(nodes, "node_names", "idx_to_node").ifPresent(builder::nodeNames);
            List<String> featureNames =
                    names(attributes.columns(), "attr_names", "idx_to_attr").orElse(List.of());
            return new NpzGraph(builder.build(), labels, classes, featureNames);
        }

        /** In gnn-benchmark the keys are like adj_data, in ppnp like adj_matrix.data. */
        private CsrMatrix matrix(String name) {
            boolean dotted = npz.keys().contains(name + "_matrix.data");
            return CsrMatrix.of(npz, name + (dotted ? "_matrix." : "_"));
        }

        private List<String> classNames(int[] labels) {
            int largest = Arrays.stream(labels).max().orElse(-1);
            if (largest < 0 || largest >= MOST_CLASSES || Arrays.stream(labels).anyMatch(label -> label < 0)) {
                throw wrong(
                        "classes from 0 on",
                        "class "
                                + Arrays.stream(labels)
                                        .filter(label -> label < 0)
                                        .findFirst()
                                        .orElse(largest));
            }
            List<String> numbers = new ArrayList<>();
            for (int i = 0; i <= largest; i++) {
                numbers.add(Integer.toString(i));
            }
            return names(largest + 1, "class_names", "idx_to_class")
                    .filter(names -> new HashSet<>(names).size() == names.size())
                    .orElse(numbers);
        }

        /** Names are an array of text, or a dictionary from numbers to text. */
        private Optional<List<String>> names(int count, String arrayKey, String dictionaryKey) {
            Optional<NdArray> array = npz.find(arrayKey);
            Optional<List<String>> names = array.isPresent() ? listed(array.get()) : numbered(dictionaryKey, count);
            return names.filter(list -> list.size() == count);
        }

        private Optional<List<String>> listed(NdArray array) {
            if (array.shape().length != 1) {
                return Optional.empty(); // None, for example
            }
            return Optional.of(array.strings().stream().map(String::strip).toList());
        }

        /** Without names that only Python can read a graph is as good. */
        private Optional<List<String>> numbered(String key, int count) {
            try {
                return npz.find(key).flatMap(array -> numbered(array, count));
            } catch (DataFormatException e) {
                LOG.warn("names are left out: {}", e.getMessage());
                return Optional.empty();
            }
        }

        private static Optional<List<String>> numbered(NdArray array, int count) {
            if (array.count() != 1 || !(array.objects().get(0) instanceof Map<?, ?> map)) {
                return Optional.empty();
            }
            List<String> names = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Object name = map.get(i) == null ? map.get((long) i) : map.get(i);
                if (!(name instanceof String text)) {
                    return Optional.empty();
                }
                names.add(text.strip());
            }
            return Optional.of(names);
        }

        private SparseFeatures prepared(SparseFeatures features, NpzOptions options) {
            int[] from = new int[features.rows() + 1];
            features.offsets().get(from);
            int[] columns = new int[(int) features.storedValues()];
            features.indices().get(columns);
            float[] values = new float[columns.length];
            features.values().get(values);
            int[] to = new int[from.length];
            int count = 0;
            for (int row = 0; row < features.rows(); row++) {
                int first = count;
                double sum = 0;
                for (int i = from[row]; i < from[row + 1]; i++) {
                    float value = values[i];
                    if (!Float.isFinite(value)) {
                        throw wrong("attributes that are numbers", value + " of node " + row);
                    }
                    if (value != 0) { // a stored zero says nothing
                        columns[count] = columns[i];
                        values[count] = options.binarize() && value > 0 ? 1 : value;
                        sum += values[count++];
                    }
                }
                for (int i = first; i < count && options.normalize() && sum != 0; i++) {
                    values[i] = (float) (values[i] / sum);
                }
                to[row + 1] = count;
            }
            return new SparseFeatures(
                    features.columns(), to, Arrays.copyOf(columns, count), Arrays.copyOf(values, count));
        }

        private DataFormatException wrong(String expected, String found) {
            return BadFormat.of(npz.name(), "", expected, found);
        }
    }
}
