package org.aitia.dataset.planetoid.internal;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aitia.api.DataFormatException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.Split;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.dataset.planetoid.internal.PlanetoidFiles.Labels;

/**
 * What the files of one data set say together (Yang et al. 2016).
 *
 * <p>{@code allx} and {@code ally} hold the nodes from 0 on, {@code tx} and {@code ty} those that {@code test.index}
 * names, in its order. Of CiteSeer's last thousand numbers fifteen are not named: nodes without features and class.
 *
 * @param trained how many nodes have their class known in training, the first ones
 * @param allx features of the first nodes
 * @param ally classes of the first nodes
 * @param tx features of the test nodes
 * @param ty classes of the test nodes
 * @param neighbours of every node
 * @param testIndex numbers of the test nodes
 */
record PlanetoidGraph(
        int trained,
        SparseFeatures allx,
        Labels ally,
        SparseFeatures tx,
        Labels ty,
        int[][] neighbours,
        int[] testIndex) {

    /** The files to fetch; {@code x} repeats the first rows of {@code allx}. */
    static final List<String> PARTS = List.of("y", "allx", "ally", "tx", "ty", "graph", "test.index");

    private static final int VALIDATION = 500;

    static PlanetoidGraph read(List<Path> files, TaskMonitor monitor) {
        Reader reader = new Reader(files, monitor);
        Labels y = PlanetoidFiles.labels(reader.next());
        PlanetoidGraph graph = new PlanetoidGraph(
                y.labels().length,
                PlanetoidFiles.features(reader.next()),
                PlanetoidFiles.labels(reader.next()),
                PlanetoidFiles.features(reader.next()),
                PlanetoidFiles.labels(reader.next()),
                PlanetoidFiles.neighbours(reader.next()),
                PlanetoidFiles.testIndex(reader.next()));
        graph.check(files.get(0).getParent());
        return graph;
    }

    private static final class Reader {
        private final List<Path> files;
        private final TaskMonitor monitor;
        private int next;

        Reader(List<Path> files, TaskMonitor monitor) {
            this.files = files;
            this.monitor = monitor;
        }

        Path next() {
            monitor.checkCancelled();
            monitor.progress("reading files", next, files.size());
            return files.get(next++);
        }
    }

    private void check(Path folder) {
        int first = allx.rows();
        boolean fits = ally.labels().length == first
                && tx.rows() == testIndex.length
                && ty.labels().length == testIndex.length
                && tx.columns() == allx.columns()
                && ty.classes() == ally.classes()
                && trained + VALIDATION <= first
                && IntStream.of(testIndex).allMatch(node -> node >= first && node < neighbours.length);
        if (!fits) {
            throw new DataFormatException("the Planetoid files in " + folder
                    + " do not fit together: they are of different data sets or versions; fetch them anew");
        }
    }

    /** A class per node, -1 for none. */
    int[] labels() {
        int nodes = neighbours.length;
        int[] labels = Arrays.copyOf(ally.labels(), nodes);
        Arrays.fill(labels, allx.rows(), nodes, -1);
        for (int i = 0; i < testIndex.length; i++) {
            labels[testIndex[i]] = ty.labels()[i];
        }
        return labels;
    }

    int classes() {
        return ally.classes();
    }

    /** The split of the files. */
    Split publicSplit() {
        return new Split(
                IntStream.range(0, trained).toArray(),
                IntStream.range(trained, trained + VALIDATION).toArray(),
                testIndex);
    }

    /** The public split with every other node that has a class for training. */
    Split fullSplit() {
        int[] labels = labels();
        int[] test = publicSplit().test();
        int[] train = IntStream.range(0, labels.length)
                .filter(node -> labels[node] >= 0
                        && (node < trained || node >= trained + VALIDATION)
                        && Arrays.binarySearch(test, node) < 0)
                .toArray();
        return new Split(train, IntStream.range(trained, trained + VALIDATION).toArray(), test);
    }

    Dataset.Builder toDataset(DatasetInfo info, List<String> classNames, boolean normalize) {
        int nodes = neighbours.length;
        GraphBuilder builder =
                Graph.builder(nodes).withoutSelfLoops().labels(labels()).features(features(normalize));
        for (int node = 0; node < nodes; node++) {
            for (int neighbour : neighbours[node]) {
                builder.undirectedEdge(node, neighbour); // the builder drops repeats
            }
        }
        return Dataset.builder(info).graph(builder.build()).classNames(classNames);
    }

    private SparseFeatures features(boolean normalize) {
        int nodes = neighbours.length;
        int[] testRow = new int[nodes]; // row of tx + 1
        for (int i = 0; i < testIndex.length; i++) {
            testRow[testIndex[i]] = i + 1;
        }
        int stored = Math.toIntExact(allx.storedValues() + tx.storedValues());
        Rows rows = new Rows(nodes, stored, normalize);
        for (int node = 0; node < nodes; node++) {
            if (node < allx.rows()) {
                rows.append(allx, node);
            } else if (testRow[node] > 0) {
                rows.append(tx, testRow[node] - 1);
            } else {
                rows.appendEmpty();
            }
        }
        return new SparseFeatures(allx.columns(), rows.offsets, rows.indices, rows.values);
    }

    /** A matrix while it is put together row by row. */
    private static final class Rows {
        private final boolean normalize;
        private final int[] offsets;
        private final int[] indices;
        private final float[] values;
        private int row;
        private int count;

        Rows(int rows, int stored, boolean normalize) {
            this.normalize = normalize;
            offsets = new int[rows + 1];
            indices = new int[stored];
            values = new float[stored];
        }

        void append(SparseFeatures from, int index) {
            int begin = from.offsets().get(index);
            int length = from.offsets().get(index + 1) - begin;
            from.indices().get(begin, indices, count, length);
            from.values().get(begin, values, count, length);
            if (normalize) {
                scale(count, count + length);
            }
            count += length;
            appendEmpty();
        }

        void appendEmpty() {
            offsets[++row] = count;
        }

        private void scale(int begin, int end) {
            double sum = 0;
            for (int i = begin; i < end; i++) {
                sum += values[i];
            }
            for (int i = begin; i < end && sum != 0; i++) {
                values[i] = (float) (values[i] / sum);
            }
        }
    }
}
