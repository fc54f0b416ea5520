package org.aitia.dataset.benchmarks.internal;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.aitia.api.DataFormatException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;
import org.aitia.formats.python.NdArray;
import org.aitia.formats.python.Pickles;
import org.aitia.formats.split.RandomSplits;

/**
 * BA-2motifs of the PGExplainer authors: a pickle of adjacency, features and one-hot classes of all graphs (Luo et al.
 * 2020). By convention the true edges are those inside the last five nodes.
 */
final class TwoMotifs {
    private static final int MOTIF_NODES = 5;

    private final ByteSource source;
    private final GraphSetOptions options;

    private TwoMotifs(ByteSource source, GraphSetOptions options) {
        this.source = source;
        this.options = options;
    }

    static Dataset.Builder read(DatasetInfo info, ByteSource source, GraphSetOptions options) {
        return new TwoMotifs(source, options).read(info, List.of("cycle", "house"));
    }

    private Dataset.Builder read(DatasetInfo info, List<String> classNames) {
        Object[] tuple = Pickles.as(source, "a tuple of three arrays", Object[].class, Pickles.read(source));
        if (tuple.length != 3) {
            throw BadFormat.of(source.name(), "", "a tuple of three arrays", Pickles.describe(tuple));
        }
        NdArray adjacency = array(tuple[0], 3);
        int count = adjacency.length(0);
        int nodes = adjacency.length(1);
        NdArray features = array(tuple[1], 3);
        int columns = features.length(2);
        NdArray oneHot = array(tuple[2], 2);
        int classes = classNames.size();
        if (count == 0 || nodes < MOTIF_NODES) {
            throw wrong("graphs of five nodes or more", count + " of " + nodes);
        }
        requireShape(adjacency, count, nodes, nodes);
        requireShape(features, count, nodes, columns);
        requireShape(oneHot, count, classes);
        int[] labels = labels(oneHot.floats(), classes);
        float[] edges = finite(adjacency.floats());
        float[] values = finite(features.floats());
        List<Graph> graphs = new ArrayList<>();
        List<BitSet> truth = new ArrayList<>();
        for (int g = 0; g < count; g++) {
            Graph graph = graph(
                    Arrays.copyOfRange(edges, g * nodes * nodes, (g + 1) * nodes * nodes),
                    new DenseFeatures(
                            nodes,
                            columns,
                            FloatBuffer.wrap(
                                    Arrays.copyOfRange(values, g * nodes * columns, (g + 1) * nodes * columns))),
                    g);
            graphs.add(graph);
            truth.add(motif(graph));
        }
        return Dataset.builder(info)
                .graphs(graphs, labels)
                .classNames(classNames)
                .split("random", RandomSplits.fractions(labels, classes, 0.1, 0.1, options.seed()))
                .groundTruth(MotifTruth.ofGraphs(graphs, truth));
    }

    private Graph graph(float[] adjacency, DenseFeatures features, int number) {
        int nodes = features.rows();
        GraphBuilder builder = Graph.builder(nodes).features(features);
        for (int i = 0; i < adjacency.length; i++) {
            if (adjacency[i] != 0) {
                int from = i / nodes;
                int to = i % nodes;
                if (adjacency[to * nodes + from] == 0) {
                    throw wrong("undirected graphs", "edge " + from + " -> " + to + " of graph " + number);
                }
                if (from != to || options.selfLoops()) {
                    builder.edge(from, to);
                }
            }
        }
        return builder.build();
    }

    private static BitSet motif(Graph graph) {
        int first = graph.nodeCount() - MOTIF_NODES;
        BitSet edges = new BitSet();
        for (int e = 0; e < graph.edgeCount(); e++) {
            edges.set(e, graph.source(e) >= first && graph.target(e) >= first && graph.source(e) != graph.target(e));
        }
        return edges;
    }

    private int[] labels(float[] oneHot, int classes) {
        int[] labels = new int[oneHot.length / classes];
        for (int g = 0; g < labels.length; g++) {
            int label = -1;
            for (int c = 0; c < classes; c++) {
                if (oneHot[g * classes + c] != 0) {
                    label = label < 0 ? c : classes;
                }
            }
            if (label < 0 || label == classes) {
                throw wrong("one class per graph", (label < 0 ? "none" : "two") + " of graph " + g);
            }
            labels[g] = label;
        }
        return labels;
    }

    private NdArray array(Object part, int axes) {
        return Pickles.as(source, "an array", NdArray.class, part).requireAxes(axes);
    }

    private void requireShape(NdArray array, long... shape) {
        if (!Arrays.equals(array.shape(), shape)) {
            throw wrong("an array " + Arrays.toString(shape), Arrays.toString(array.shape()));
        }
    }

    private float[] finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw wrong("finite numbers", Float.toString(value));
            }
        }
        return values;
    }

    private DataFormatException wrong(String expected, String found) {
        return BadFormat.of(source.name(), "", expected, found);
    }
}
