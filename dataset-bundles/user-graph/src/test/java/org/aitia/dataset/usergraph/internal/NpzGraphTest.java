package org.aitia.dataset.usergraph.internal;

import static org.aitia.dataset.usergraph.internal.UserFiles.doubles;
import static org.aitia.dataset.usergraph.internal.UserFiles.file;
import static org.aitia.dataset.usergraph.internal.UserFiles.floats;
import static org.aitia.dataset.usergraph.internal.UserFiles.ints;
import static org.aitia.dataset.usergraph.internal.UserFiles.load;
import static org.aitia.dataset.usergraph.internal.UserFiles.longs;
import static org.aitia.dataset.usergraph.internal.UserFiles.npz;
import static org.aitia.dataset.usergraph.internal.UserFiles.truths;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.aitia.api.DataFormatException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.SparseFeatures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpzGraphTest {
    @TempDir
    Path temp;

    private static Map<String, byte[]> arrays() {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("x", floats("3, 2", 1, 2, 3, 4, 5, 6));
        arrays.put("edge_index", longs("2, 4", 2, 0, 1, 1, 1, 1, 0, 2));
        arrays.put("y", longs("3,", 1, 0, 1));
        arrays.put("train_mask", truths(true, true, false));
        arrays.put("val_mask", truths(false, false, false));
        arrays.put("test_mask", truths(false, false, true));
        return arrays;
    }

    private Path save(Map<String, byte[]> arrays) {
        return npz(temp.resolve("my graph.npz"), arrays, false);
    }

    @Test
    void arraysOfPyGMakeADataset() {
        Dataset dataset = load(save(arrays()));
        Graph graph = dataset.graph();
        assertThat(graph.edgeCount()).isEqualTo(4);
        assertThat(graph.edge(2, 1)).isNotNegative();
        assertThat(graph.features().value(2, 1)).isEqualTo(6);
        assertThat(dataset.classNames()).containsExactly("0", "1");
        assertThat(dataset.label(1)).isZero();
        assertThat(dataset.split().train()).containsExactly(0, 1);
        assertThat(dataset.split().test()).containsExactly(2);
        assertThat(dataset.info().description()).contains("directed, as listed; 2 features; classes: 0, 1");
    }

    @Test
    void storedFeaturesStayInTheFileAndCompressedOnesAreEqual() {
        Dataset mapped = load(save(arrays()));
        Dataset inflated = load(npz(temp.resolve("compressed.npz"), arrays(), true));
        assertThat(((DenseFeatures) mapped.graph().features()).values().isDirect())
                .isTrue();
        assertThat(((DenseFeatures) inflated.graph().features()).values().isDirect())
                .isFalse();
        assertThat(inflated.digest()).isEqualTo(mapped.digest());
    }

    @Test
    void typesOfNumbersMakeNoDifference() {
        Map<String, byte[]> wide = arrays();
        wide.put("x", doubles("3, 2", 1, 2, 3, 4, 5, 6));
        wide.put("edge_index", ints("2, 4", 2, 0, 1, 1, 1, 1, 0, 2));
        assertThat(load(npz(temp.resolve("wide.npz"), wide, false)).digest())
                .isEqualTo(load(save(arrays())).digest());
    }

    @Test
    void sparseFeaturesStaySparse() {
        Map<String, byte[]> sparse = arrays();
        sparse.remove("x");
        sparse.put("x_data", floats("2,", 7, 8));
        sparse.put("x_indices", ints("2,", 1, 0));
        sparse.put("x_indptr", ints("4,", 0, 1, 1, 2));
        sparse.put("x_shape", longs("2,", 3, 2));
        Dataset dataset = load(save(sparse));
        assertThat(dataset.graph().features()).isInstanceOf(SparseFeatures.class);
        assertThat(dataset.graph().features().value(0, 1)).isEqualTo(7);
        assertThat(dataset.graph().features().value(2, 0)).isEqualTo(8);
    }

    @Test
    void edgesHaveWeightsAndFeatures() {
        Map<String, byte[]> arrays = arrays();
        arrays.put("edge_weight", floats("4,", 1, 2, 3, 4));
        arrays.put("edge_attr", floats("4, 1", 10, 20, 30, 40));
        Graph graph = load(save(arrays)).graph();
        assertThat(graph.edgeWeight(graph.edge(0, 1))).isEqualTo(2);
        assertThat(graph.edgeFeatures().value(graph.edge(1, 2), 0)).isEqualTo(40);
    }

    @Test
    void descriptorBesideTheFileIsHeeded() {
        Map<String, byte[]> arrays = arrays();
        arrays.put("edge_index", longs("2, 2", 2, 0, 1, 1));
        arrays.put("edge_attr", floats("2,", 5, 6));
        Path path = save(arrays);
        file(
                temp.resolve("my graph.json"),
                "{\"directed\": false, \"classes\": [\"no\", \"yes\"], \"normalization\": \"row\"}");
        Dataset dataset = load(path);
        assertThat(dataset.graph().edgeCount()).isEqualTo(4);
        assertThat(dataset.graph().edgeFeatures().value(dataset.graph().edge(1, 2), 0))
                .isEqualTo(5);
        assertThat(dataset.classNames()).containsExactly("no", "yes");
        assertThat(dataset.graph().features().value(1, 0)).isEqualTo(3 / 7f);
    }

    @Test
    void adjacencyMatrixIsUndirected() {
        Map<String, byte[]> arrays = arrays();
        arrays.remove("edge_index");
        arrays.put("adj_data", floats("2,", 1, 1));
        arrays.put("adj_indices", ints("2,", 1, 2));
        arrays.put("adj_indptr", ints("4,", 0, 1, 2, 2));
        arrays.put("adj_shape", longs("2,", 3, 3));
        Graph graph = load(save(arrays)).graph();
        assertThat(graph.edgeCount()).isEqualTo(4);
        assertThat(graph.isWeighted()).isFalse();
    }

    private void assertFault(String key, byte[] array, String message) {
        Map<String, byte[]> arrays = arrays();
        if (array.length == 0) {
            arrays.remove(key);
        } else {
            arrays.put(key, array);
        }
        Path path = save(arrays);
        assertThatThrownBy(() -> load(path))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("file " + path + message);
    }

    @Test
    void faultsAreNamedByArrayAndPlace() {
        String again = "; correct the array and save the file again";
        assertFault(
                "edge_index",
                longs("2, 2", 0, 1, 3, 1),
                ", edge_index, edge 0: expected nodes in 0..2, found 0 -> 3" + again);
        assertFault("edge_index", longs("3, 1", 0, 1, 2), ", edge_index: expected shape [2, E], found [3, 1]" + again);
        assertFault(
                "x",
                floats("3, 2", 1, 2, 3, Float.NaN, 5, 6),
                ", x, row 1, column 1: expected a finite number, found NaN" + again);
        assertFault("y", longs("2,", 1, 0), ", y: expected 3 labels, one for each node, found 2" + again);
        assertFault(
                "y",
                longs("3,", 1, 5000, 0),
                ", y, row 1: expected a class from 0 to 999, or -1 for none, found 5000" + again);
        assertFault(
                "train_mask",
                truths(true),
                ", train_mask: expected 3 truth values, one for each node, found 1" + again);
        assertFault(
                "y",
                longs("3,", 1, -1, 0),
                ", train_mask: expected only nodes with labels, found node 1 without one" + again);
        assertFault(
                "edge_index",
                new byte[0],
                ": expected edges: edge_index, or adj_data, adj_indices, adj_indptr and adj_shape, found only"
                        + " 'test_mask, train_mask, val_mask, x, y'; add them");
    }

    @Test
    void graphTasksNeedTables() {
        Path path = save(arrays());
        file(temp.resolve("my graph.json"), "{\"task\": \"graph\"}");
        assertThatThrownBy(() -> load(path))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("file " + path
                        + ": expected the task node, found another; bring graph and link tasks as folders of tables");
    }

    /** Files that other programs wrote; the counts are those that the literature gives, with the file's self-loops. */
    @ParameterizedTest
    @CsvSource({
        "gnn-benchmark/amazon_electronics_photo.npz, 7650, 238163, 745, 1979909, 8",
        "gnn-benchmark/cora.npz, 2708, 10556, 1433, 49216, 7",
        "ppnp/cora_ml.npz, 2995, 16316, 2879, 151171, 7"
    })
    void publishedFilesLoad(String name, int nodes, int edges, int features, long values, int classes) {
        Path file = Path.of(System.getProperty("aitia.shared", "absent"), "datasets", name);
        assumeTrue(Files.isRegularFile(file), () -> "skipped: there is no " + file);
        Dataset dataset = load(file);
        assertThat(dataset.graph().nodeCount()).isEqualTo(nodes);
        assertThat(dataset.graph().edgeCount()).isEqualTo(edges);
        assertThat(dataset.featureCount()).isEqualTo(features);
        assertThat(dataset.graph().features().storedValues()).isEqualTo(values);
        assertThat(dataset.classCount()).isEqualTo(classes);
        assertThat(dataset.classNames()).allMatch(c -> c.equals(c.strip()));
    }
}
