package org.aitia.dataset.benchmarks.internal;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.aitia.api.DataFormatException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.Split;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;
import org.aitia.formats.python.NdArray;
import org.aitia.formats.python.Pickles;
import org.aitia.formats.zip.ZipArchive;
import org.aitia.formats.zip.ZipLimits;

/**
 * A node data set of the PGExplainer authors: a pickle of nine arrays in an archive (Luo et al. 2020, {@code
 * dataset/datasets.zip}).
 *
 * <p>Adjacency, features, one-hot classes of the training, validation and test nodes (each zero elsewhere), the three
 * masks, and a matrix of the true edges, each of them in one direction only.
 */
final class NodeSet {
    /** 76 MB of zeros and ones are packed into 235 kB. */
    private static final ZipLimits LIMITS =
            ZipLimits.DEFAULT.withBytes(128L << 20, 256L << 20).withRatio(1032);

    private static final int PARTS = 9;

    private final ByteSource source;
    private final NdArray[] parts;
    private final int nodes;

    private NodeSet(ByteSource source, NdArray[] parts) {
        this.source = source;
        this.parts = parts;
        this.nodes = parts[0].requireAxes(2).length(0);
    }

    static Dataset.Builder read(DatasetInfo info, Path archive, String entry, List<String> classNames) {
        try (ZipArchive zip = ZipArchive.open(archive, LIMITS)) {
            List<ByteSource> found = zip.named(entry);
            return read(info, found.isEmpty() ? zip.require(entry) : found.get(0), classNames);
        }
    }

    static Dataset.Builder read(DatasetInfo info, ByteSource source, List<String> classNames) {
        Object[] tuple = Pickles.as(source, "a tuple of nine arrays", Object[].class, Pickles.read(source));
        if (tuple.length != PARTS) {
            throw BadFormat.of(source.name(), "", "a tuple of nine arrays", Pickles.describe(tuple));
        }
        NdArray[] parts = new NdArray[PARTS];
        for (int i = 0; i < PARTS; i++) {
            parts[i] = Pickles.as(source, "an array as part " + i, NdArray.class, tuple[i]);
        }
        return new NodeSet(source, parts).toDataset(info, classNames);
    }

    private Dataset.Builder toDataset(DatasetInfo info, List<String> classNames) {
        float[] adjacency = matrix(0, nodes);
        int columns = parts[1].requireAxes(2).length(1);
        float[] features = matrix(1, columns);
        int[] labels = labels(classNames.size());
        GraphBuilder builder = Graph.builder(nodes)
                .labels(labels)
                .features(new DenseFeatures(nodes, columns, FloatBuffer.wrap(features)));
        for (int i = 0; i < adjacency.length; i++) {
            if (adjacency[i] != 0) {
                if (adjacency[i % nodes * nodes + i / nodes] == 0 || i / nodes == i % nodes) {
                    throw wrong("an undirected graph without loops", "edge " + i / nodes + " -> " + i % nodes);
                }
                builder.edge(i / nodes, i % nodes);
            }
        }
        Graph graph = builder.build();
        return Dataset.builder(info)
                .graph(graph)
                .classNames(classNames)
                .split("original", new Split(mask(5), mask(6), mask(7)))
                .groundTruth(MotifTruth.ofNodes(graph, trueEdges(graph)));
    }

    /** The file has each in one direction. */
    private BitSet trueEdges(Graph graph) {
        float[] marked = matrix(8, nodes);
        BitSet edges = new BitSet();
        for (int i = 0; i < marked.length; i++) {
            if (marked[i] != 0) {
                int from = i / nodes;
                int to = i % nodes;
                if (graph.edge(from, to) < 0) {
                    throw wrong("true edges that are edges", from + " -> " + to);
                }
                edges.set(graph.edge(from, to));
                edges.set(graph.edge(to, from));
            }
        }
        return edges;
    }

    private int[] labels(int classes) {
        int[] labels = new int[nodes];
        Arrays.fill(labels, -1);
        for (int part = 2; part <= 4; part++) {
            float[] oneHot = matrix(part, classes);
            for (int i = 0; i < oneHot.length; i++) {
                if (oneHot[i] != 0) {
                    if (labels[i / classes] >= 0) {
                        throw wrong("one class per node", "two of node " + i / classes);
                    }
                    labels[i / classes] = i % classes;
                }
            }
        }
        return labels;
    }

    private int[] mask(int part) {
        if (parts[part].requireAxes(1).length(0) != nodes) {
            throw wrong("masks of " + nodes + " nodes", "one of " + parts[part].count());
        }
        boolean[] mask = parts[part].booleans();
        return IntStream.range(0, nodes).filter(node -> mask[node]).toArray();
    }

    private float[] matrix(int part, int columns) {
        NdArray array = parts[part].requireAxes(2);
        if (array.length(0) != nodes || array.length(1) != columns) {
            throw wrong(
                    "an array of " + nodes + " x " + columns + " as part " + part,
                    array.length(0) + " x " + array.length(1));
        }
        float[] values = array.floats();
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw wrong("finite numbers in part " + part, Float.toString(value));
            }
        }
        return values;
    }

    private DataFormatException wrong(String expected, String found) {
        return BadFormat.of(source.name(), "", expected, found);
    }
}
