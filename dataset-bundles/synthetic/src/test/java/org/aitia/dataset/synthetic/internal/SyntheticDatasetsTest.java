package org.aitia.dataset.synthetic.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.dataset.GroundTruth.Alternative;
import org.aitia.api.graph.Graph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticDatasetsTest {
    private final SyntheticDatasets datasets = new SyntheticDatasets();

    private Dataset load(String name, Map<String, String> options) {
        return datasets.load(name, options, TaskMonitor.NONE);
    }

    // the table of the files published with PGExplainer
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ba-shapes    |  700 | 2055 | 480 |  560 |  70 |  70 | 300,160,160,80
            ba-community | 1400 | 4460 | 960 | 1120 | 140 | 140 | 300,160,160,80,300,160,160,80
            tree-cycles  |  871 |  971 | 360 |  696 |  87 |  88 | 511,360
            tree-grid    | 1231 | 1565 | 960 |  984 | 123 | 124 | 511,720
            """)
    void countsAreThoseOfThePublishedFiles(
            String name, int nodes, int edges, int truth, int train, int validation, int test, String classes) {
        for (String seed : List.of("0", "1", "-7")) {
            Dataset dataset = load(name, Map.of("seed", seed));
            Graph graph = dataset.graph();
            assertThat(graph.nodeCount()).isEqualTo(nodes);
            assertThat(graph.edgeCount()).isEqualTo(2 * edges);
            assertThat(graph.isUndirected()).isTrue();
            assertThat(selfLoops(graph)).isZero();
            assertThat(dataset.groundTruth().orElseThrow().edges(0).cardinality())
                    .isEqualTo(2 * truth);
            assertThat(dataset.split().train()).hasSize(train);
            assertThat(dataset.split().validation()).hasSize(validation);
            assertThat(dataset.split().test()).hasSize(test);
            assertThat(classCounts(dataset)).isEqualTo(classes);
            assertThat(dataset.featureCount()).isEqualTo(10);
        }
    }

    @Test
    void twoMotifsHasAThousandGraphsOf25Nodes() {
        Dataset dataset = load("ba-2motifs", Map.of());
        assertThat(dataset.graphs()).hasSize(1000);
        assertThat(classCounts(dataset)).isEqualTo("500,500");
        assertThat(dataset.split().train()).hasSize(800);
        assertThat(dataset.split().validation()).hasSize(100);
        assertThat(dataset.split().test()).hasSize(100);
        for (int g = 0; g < 1000; g++) {
            Graph graph = dataset.graphs().get(g);
            assertThat(graph.nodeCount()).isEqualTo(25);
            assertThat(graph.edgeCount()).isEqualTo(g < 500 ? 2 * 25 : 2 * 26);
            assertThat(reachable(graph)).isEqualTo(25);
            assertThat(dataset.label(g)).isEqualTo(g < 500 ? 0 : 1);
        }
        assertThat(dataset.classNames()).containsExactly("cycle", "house");
    }

    @Test
    void truthOfTwoMotifsIsEveryEdgeInsideNodes20To24() {
        Dataset dataset = load("ba-2motifs", Map.of());
        GroundTruth truth = dataset.groundTruth().orElseThrow();
        for (int g = 0; g < 1000; g++) {
            Graph graph = dataset.graphs().get(g);
            BitSet inside = new BitSet();
            for (int e = 0; e < graph.edgeCount(); e++) {
                inside.set(e, graph.source(e) >= 20 && graph.target(e) >= 20);
            }
            assertThat(truth.edges(g)).isEqualTo(inside);
            assertThat(truth.alternatives(g)).containsExactly(new Alternative(inside, bits(IntStream.range(20, 25))));
        }
    }

    @Test
    void houseHasTwoMiddlesTwoBottomsAndATop() {
        Dataset dataset = load("ba-shapes", Map.of());
        Graph graph = dataset.graph();
        GroundTruth truth = dataset.groundTruth().orElseThrow();
        for (int first = 300; first < 700; first += 5) {
            List<Alternative> explanations = truth.alternatives(first);
            assertThat(explanations).hasSize(1);
            Alternative house = explanations.get(0);
            assertThat(house.nodes()).isEqualTo(bits(IntStream.range(first, first + 5)));
            assertThat(house.edges().cardinality()).isEqualTo(12);
            int[] degree = new int[5];
            house.edges().stream().forEach(e -> degree[graph.target(e) % 5]++);
            assertThat(degree).containsExactly(3, 3, 2, 2, 2);
            for (int i = 0; i < 5; i++) {
                assertThat(truth.alternatives(first + i)).isEqualTo(explanations);
                assertThat(dataset.classNames().get(graph.label(first + i)))
                        .isEqualTo(List.of("house middle", "house middle", "house bottom", "house bottom", "house top")
                                .get(i));
            }
            // the top touches the middle only, by its own edges
            assertThat(house.edges().get(graph.edge(first + 4, first))).isTrue();
            assertThat(house.edges().get(graph.edge(first + 4, first + 1))).isTrue();
        }
        assertThat(truth.alternatives(0)).isEmpty();
        assertThat(truth.alternatives(299)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ba-shapes,300,5,6", "tree-cycles,511,6,6", "tree-grid,511,9,12"})
    void motifsAreContiguousAfterTheBaseAndTiedToIt(String name, int base, int size, int edges) {
        Dataset dataset = load(name, Map.of("noise", "0"));
        Graph graph = dataset.graph();
        GroundTruth truth = dataset.groundTruth().orElseThrow();
        int motifs = (graph.nodeCount() - base) / size;
        for (int first = base; first < graph.nodeCount(); first += size) {
            Alternative motif = truth.alternatives(first).get(0);
            assertThat(motif.nodes()).isEqualTo(bits(IntStream.range(first, first + size)));
            assertThat(motif.edges().cardinality()).isEqualTo(2 * edges);
            int spacing = base / motifs;
            assertThat(graph.edge(first, (first - base) / size * spacing)).isNotNegative();
        }
        assertThat(truth.nodes(0)).isEqualTo(bits(IntStream.range(base, graph.nodeCount())));
        assertThat(reachable(graph)).isEqualTo(graph.nodeCount());
    }

    @Test
    void communitiesDifferInTwoFeatures() {
        Dataset dataset = load("ba-community", Map.of());
        for (int feature = 0; feature < 10; feature++) {
            for (int community = 0; community < 2; community++) {
                double sum = 0;
                double squares = 0;
                for (int node = 700 * community; node < 700 * community + 700; node++) {
                    float value = dataset.graph().features().value(node, feature);
                    sum += value;
                    squares += value * value;
                }
                double mean = sum / 700;
                double variance = squares / 700 - mean * mean;
                // five standard errors of 700 samples
                assertThat(mean)
                        .isBetween(expectedMean(feature, community) - 0.19, expectedMean(feature, community) + 0.19);
                assertThat(variance / (feature < 2 ? 0.5 : 1)).isBetween(0.73, 1.27);
            }
        }
    }

    private static double expectedMean(int feature, int community) {
        return feature >= 2 ? 0 : community == 0 ? -1 : 1;
    }

    @Test
    void otherFeaturesAreConstant() {
        for (String name : List.of("ba-shapes", "tree-cycles", "tree-grid")) {
            Dataset dataset = load(name, Map.of());
            for (int node = 0; node < dataset.graph().nodeCount(); node++) {
                for (int feature = 0; feature < 10; feature++) {
                    assertThat(dataset.graph().features().value(node, feature)).isEqualTo(1);
                }
            }
        }
        assertThat(load("ba-2motifs", Map.of()).graphs().get(0).features().value(24, 9))
                .isEqualTo(0.1f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ba-shapes", "ba-community", "tree-cycles", "tree-grid", "ba-2motifs"})
    void seedDecidesEverything(String name) {
        String digest = load(name, Map.of("seed", "3")).digest();
        assertThat(load(name, Map.of("seed", "3")).digest()).isEqualTo(digest);
        assertThat(load(name, Map.of("seed", "4")).digest()).isNotEqualTo(digest);
    }

    @Test
    void twoHalvesOfBaCommunityAreDifferentGraphs() {
        Graph graph = load("ba-community", Map.of("noise", "0")).graph();
        Set<List<Integer>> first = new HashSet<>();
        Set<List<Integer>> second = new HashSet<>();
        int bridges = 0;
        for (int e = 0; e < graph.edgeCount(); e++) {
            int from = graph.source(e);
            int to = graph.target(e);
            if (from < 700 && to < 700) {
                first.add(List.of(from, to));
            } else if (from >= 700 && to >= 700) {
                second.add(List.of(from - 700, to - 700));
            } else {
                bridges++;
            }
        }
        assertThat(bridges).isEqualTo(2 * 350);
        assertThat(first).hasSameSizeAs(second).isNotEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ba-shapes", "tree-cycles", "tree-grid"})
    void noiseAddsEdgesAndChangesNothingElse(String name) {
        Dataset clean = load(name, Map.of("noise", "0"));
        Dataset noisy = load(name, Map.of("noise", "0.1"));
        int edges = clean.graph().edgeCount() / 2;
        assertThat(noisy.graph().edgeCount()).isEqualTo(2 * (edges + edges / 10));
        for (int e = 0; e < clean.graph().edgeCount(); e++) {
            assertThat(noisy.graph().edge(clean.graph().source(e), clean.graph().target(e)))
                    .isNotNegative();
        }
        assertThat(classCounts(noisy)).isEqualTo(classCounts(clean));
        assertThat(noisy.split().test()).isEqualTo(clean.split().test());
        assertThat(truthPairs(noisy)).isEqualTo(truthPairs(clean));
    }

    @Test
    void twoMotifsTakesNoiseToo() {
        Dataset noisy = load("ba-2motifs", Map.of("noise", "0.2"));
        assertThat(noisy.graphs().get(0).edgeCount()).isEqualTo(2 * 30);
        assertThat(noisy.graphs().get(999).edgeCount()).isEqualTo(2 * 31);
        assertThat(noisy.groundTruth().orElseThrow().edges(999).cardinality()).isEqualTo(12);
    }

    @Test
    void degreesOfTheBaseFollowAPowerLawLikeThePublishedFile() {
        // there: mean 10.2, largest 64; the extremes over ten seeds here
        List<Integer> largest = new ArrayList<>();
        for (int seed = 0; seed < 10; seed++) {
            Graph graph =
                    load("ba-shapes", Map.of("seed", Integer.toString(seed))).graph();
            double sum = 0;
            int max = 0;
            for (int node = 0; node < 300; node++) {
                sum += graph.inDegree(node);
                max = Math.max(max, graph.inDegree(node));
            }
            assertThat(sum / 300).isBetween(10.05, 10.3);
            largest.add(max);
        }
        assertThat(largest).allSatisfy(max -> assertThat(max).isBetween(40, 110));
    }

    @Test
    void badOptionsAreRefusedWithOneClearLine() {
        assertThatThrownBy(() -> load("ba-shapes", Map.of("nose", "0.1")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("unknown option 'nose'; did you mean 'noise'?");
        assertThatThrownBy(() -> load("ba-shapes", Map.of("noise", "-1")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option 'noise' must be >= 0 and <= 1, not '-1'");
    }

    /** Generated data are part of results: they must be the same on every machine and Java version. */
    @ParameterizedTest
    @CsvSource({
        "ba-shapes,b0f5398abf10c6fc0d4d20a32a1426f413c3d5c7a5ed8ac2d7505571132f5e3d",
        "ba-community,ec177a32a22729887c6aa986131a837bcf58227b9b2530bd51b70c59690d1b7e",
        "tree-cycles,b0909512794230eb27bd2e07602b5d2372d95ac5c25d41301e2b7879208394e4",
        "tree-grid,1496ed6fbf555eadc3cd6af8f015aaf00755a509b502b41e0cd51f1e4b5f3179",
        "ba-2motifs,428c8e9fc2f04775457efce9a0268cdb55bd292b5e6badf1dcb670fe7d15f11a"
    })
    void generatedDataNeverChange(String name, String digest) {
        assertThat(load(name, Map.of()).digest()).isEqualTo("sha256:" + digest);
    }

    private static Set<List<Integer>> truthPairs(Dataset dataset) {
        Graph graph = dataset.graph();
        Set<List<Integer>> pairs = new HashSet<>();
        dataset.groundTruth().orElseThrow().edges(0).stream()
                .forEach(e -> pairs.add(List.of(graph.source(e), graph.target(e))));
        return pairs;
    }

    private static String classCounts(Dataset dataset) {
        int[] counts = new int[dataset.classCount()];
        for (int i = 0; i < dataset.instanceCount(); i++) {
            counts[dataset.label(i)]++;
        }
        return String.join(",", IntStream.of(counts).mapToObj(Integer::toString).toList());
    }

    private static int selfLoops(Graph graph) {
        return (int) IntStream.range(0, graph.edgeCount())
                .filter(e -> graph.source(e) == graph.target(e))
                .count();
    }

    private static int reachable(Graph graph) {
        BitSet seen = new BitSet();
        List<Integer> queue = new ArrayList<>(List.of(0));
        seen.set(0);
        for (int i = 0; i < queue.size(); i++) {
            int node = queue.get(i);
            for (int e = graph.inOffset(node); e < graph.inOffset(node + 1); e++) {
                if (!seen.get(graph.source(e))) {
                    seen.set(graph.source(e));
                    queue.add(graph.source(e));
                }
            }
        }
        return queue.size();
    }

    private static BitSet bits(IntStream values) {
        BitSet bits = new BitSet();
        values.forEach(bits::set);
        return bits;
    }
}
