package org.aitia.dataset.webkb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Split;
import org.aitia.api.graph.Graph;
import org.aitia.testkit.data.SharedFiles;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published files have the counts that are known of them. */
class PublishedGraphsTest {
    @TempDir
    private Path data;

    @ParameterizedTest
    @CsvSource({
        "texas,     183, 325, 16, 279, 15266, '33, 1, 18, 101, 30',  '87, 59, 37'",
        "wisconsin, 251, 515, 16, 450, 24057, '10, 70, 118, 32, 21', '120, 80, 51'"
    })
    void haveTheKnownCounts(
            String name, int nodes, int edges, int loops, int undirected, int values, String classes, String split) {
        SharedFiles.dataset("geom-gcn/new_data/" + name);
        Dataset dataset = load(name, Map.of());
        Graph graph = dataset.graph();
        assertThat(graph.nodeCount()).isEqualTo(nodes);
        assertThat(graph.edgeCount()).isEqualTo(edges);
        assertThat(loops(graph)).isEqualTo(loops);
        assertThat(dataset.featureCount()).isEqualTo(1703);
        assertThat(graph.features().storedValues()).isEqualTo(values);
        int[] sizes = new int[dataset.classCount()];
        IntStream.range(0, nodes).forEach(node -> sizes[dataset.label(node)]++);
        assertThat(Arrays.toString(sizes)).isEqualTo("[" + classes + "]");

        Graph both = load(name, Map.of("undirected", "true")).graph();
        assertThat(both.isUndirected()).isTrue();
        assertThat(both.edgeCount()).isEqualTo(2 * undirected + loops);

        assertThat(dataset.splits().keySet()).containsExactly("geom-gcn-0", "geom-gcn-1", "random");
        Split first = dataset.split();
        assertThat(first.train().length + ", " + first.validation().length + ", " + first.test().length)
                .isEqualTo(split);
    }

    private static int loops(Graph graph) {
        return (int) IntStream.range(0, graph.edgeCount())
                .filter(e -> graph.source(e) == graph.target(e))
                .count();
    }

    private Dataset load(String name, Map<String, String> options) {
        return new WebkbDatasets(new MirrorOnly(SharedFiles.datasets(), data)).load(name, options, TaskMonitor.NONE);
    }
}
