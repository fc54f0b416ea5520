package org.aitia.dataset.benchmarks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.dataset.Split;
import org.aitia.api.graph.Graph;
import org.aitia.datasets.internal.FileDatasetCache;
import org.aitia.testkit.data.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainerBenchmarksTest {
    @TempDir
    private Path data;

    private ExplainerBenchmarks provider() {
        return new ExplainerBenchmarks(
                new FileDatasetCache(data, SharedFiles.datasets().toString()));
    }

    private Dataset load(String name, Map<String, String> options) {
        SharedFiles.dataset("pgexplainer/" + (name.equals("ba-2motifs-original") ? "BA-2motif.pkl" : "datasets.zip"));
        return provider().load(name, options, TaskMonitor.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ba-shapes-original    |  700 | 2055 | 560 |  70 |  70 | 480 | 300,160,160,80
            ba-community-original | 1400 | 4460 |1120 | 140 | 140 | 960 | 300,160,160,80,300,160,160,80
            tree-cycles-original  |  871 |  971 | 696 |  87 |  88 | 360 | 511,360
            tree-grid-original    | 1231 | 1565 | 984 | 123 | 124 | 960 | 511,720
            """)
    void countsAreThoseOfTheFiles(
            String name, int nodes, int edges, int train, int validation, int test, int truth, String classes) {
        Dataset dataset = load(name, Map.of());
        Graph graph = dataset.graph();
        assertThat(graph.nodeCount()).isEqualTo(nodes);
        assertThat(graph.edgeCount()).isEqualTo(2 * edges);
        assertThat(graph.isUndirected()).isTrue();
        assertThat(dataset.featureCount()).isEqualTo(10);
        Split split = dataset.splits().get("original");
        assertThat(split.train()).hasSize(train);
        assertThat(split.validation()).hasSize(validation);
        assertThat(split.test()).hasSize(test);
        assertThat(dataset.groundTruth().orElseThrow().edges(0).cardinality()).isEqualTo(2 * truth);
        int[] counts = new int[dataset.classCount()];
        IntStream.range(0, nodes).forEach(v -> counts[graph.label(v)]++);
        assertThat(String.join(
                        ",", IntStream.of(counts).mapToObj(Integer::toString).toList()))
                .isEqualTo(classes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ba-shapes-original    |  80 | 5 |  6
            ba-community-original | 160 | 5 |  6
            tree-cycles-original  |  60 | 6 |  6
            tree-grid-original    |  80 | 9 | 12
            """)
    void everyMotifNodeIsExplainedByItsOwnMotif(String name, int motifs, int size, int edges) {
        Dataset dataset = load(name, Map.of());
        GroundTruth truth = dataset.groundTruth().orElseThrow();
        Set<BitSet> different = new HashSet<>();
        for (int node = 0; node < dataset.instanceCount(); node++) {
            List<GroundTruth.Alternative> own = truth.alternatives(node);
            assertThat(own).hasSize(truth.nodes(0).get(node) ? 1 : 0);
            if (!own.isEmpty()) {
                assertThat(own.get(0).nodes().get(node)).isTrue();
                assertThat(own.get(0).nodes().cardinality()).isEqualTo(size);
                assertThat(own.get(0).edges().cardinality()).isEqualTo(2 * edges);
                different.add(own.get(0).nodes());
            }
        }
        assertThat(different).hasSize(motifs);
    }

    @Test
    void explainedInstancesAreThoseOfTheLiterature() {
        assertThat(load("ba-shapes-original", Map.of()).suggestedTargets()).isEqualTo("400..699:5");
        assertThat(load("tree-cycles-original", Map.of()).suggestedTargets()).isEqualTo("511..870:6");
        assertThat(load("tree-grid-original", Map.of()).suggestedTargets()).isEqualTo("511..799");
        assertThat(load("ba-2motifs-original", Map.of()).suggestedTargets()).isEqualTo("0..99,500..599");
    }

    /** The roof touches the two middle nodes, the bottom ones do not touch the roof. */
    @Test
    void classesOfHousesAreWhatTheirNamesSay() {
        Dataset dataset = load("ba-shapes-original", Map.of());
        Graph graph = dataset.graph();
        BitSet truth = dataset.groundTruth().orElseThrow().edges(0);
        assertThat(dataset.classNames()).containsExactly("base", "house middle", "house bottom", "house top");
        truth.stream()
                .filter(e -> graph.label(graph.target(e)) == 3)
                .forEach(e -> assertThat(graph.label(graph.source(e))).isEqualTo(1));
    }

    @Test
    void featuresOfCommunitiesDifferAndOthersAreOnes() {
        Dataset shapes = load("ba-shapes-original", Map.of());
        float[] row = new float[10];
        shapes.graph().features().copyRow(699, row, 0);
        float[] ones = new float[10];
        Arrays.fill(ones, 1);
        assertThat(row).isEqualTo(ones);
        Dataset community = load("ba-community-original", Map.of());
        community.graph().features().copyRow(0, row, 0);
        assertThat(row).isNotEqualTo(ones);
    }

    @Test
    void twoMotifsHaveTheCountsOfTheFile() {
        Dataset dataset = load("ba-2motifs-original", Map.of());
        assertThat(dataset.info().task()).isEqualTo(Task.GRAPH);
        assertThat(dataset.graphs()).hasSize(1000).allSatisfy(graph -> {
            assertThat(graph.nodeCount()).isEqualTo(25);
            assertThat(graph.features().value(7, 3)).isEqualTo(0.1f);
        });
        assertThat(IntStream.range(0, 1000).map(dataset::label).toArray())
                .isEqualTo(IntStream.range(0, 1000).map(i -> i < 500 ? 0 : 1).toArray());
        assertThat(edges(dataset)).isEqualTo(50_920);
        assertThat(dataset.graphs().stream().filter(g -> g.edgeCount() < 50).count())
                .isEqualTo(20); // cycles without the edge to the base have 24 edges, houses without it 25
        assertThat(dataset.split().train()).hasSize(800);
        assertThat(dataset.split().validation()).hasSize(100);
        assertThat(dataset.split().test()).hasSize(100);
    }

    @Test
    void fortyGraphsHaveALoopWhereItIsKept() {
        Dataset dataset = load("ba-2motifs-original", Map.of("selfLoops", "true"));
        assertThat(edges(dataset)).isEqualTo(50_960);
        int[] loops = new int[2];
        for (int g = 0; g < 1000; g++) {
            Graph graph = dataset.graphs().get(g);
            if (graph.edge(20, 20) >= 0) {
                loops[dataset.label(g)]++;
                assertThat(dataset.groundTruth().orElseThrow().edges(g).get(graph.edge(20, 20)))
                        .isFalse();
            }
        }
        assertThat(loops).containsExactly(20, 20);
    }

    private static long edges(Dataset dataset) {
        return dataset.graphs().stream().mapToLong(Graph::edgeCount).sum();
    }

    @Test
    void truthOfTwoMotifsIsCycleOrHouse() {
        Dataset dataset = load("ba-2motifs-original", Map.of());
        GroundTruth truth = dataset.groundTruth().orElseThrow();
        for (int g = 0; g < 1000; g++) {
            assertThat(truth.edges(g).cardinality()).isEqualTo(g < 500 ? 10 : 12);
            assertThat(truth.nodes(g).stream().toArray()).containsExactly(20, 21, 22, 23, 24);
            assertThat(truth.alternatives(g)).hasSize(1);
            assertThat(truth.alternatives(g).get(0).edges()).isEqualTo(truth.edges(g));
        }
    }

    @Test
    void licenceSaysThatThereIsNone() {
        assertThat(provider().datasets()).hasSize(5).allSatisfy(info -> {
            assertThat(info.licence()).startsWith("none stated: do not redistribute");
            assertThat(info.citation()).contains("Parameterized Explainer");
            assertThat(info.origin()).isEqualTo("https://github.com/flyingdoog/PGExplainer");
            assertThat(info.generated()).isFalse();
        });
    }

    @Test
    void badOptionsAreRefused() {
        assertThatThrownBy(() -> provider().load("ba-shapes-original", Map.of("seed", "1"), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("seed");
    }
}
