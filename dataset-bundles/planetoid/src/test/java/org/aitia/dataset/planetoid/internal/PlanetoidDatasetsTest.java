package org.aitia.dataset.planetoid.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Split;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.datasets.internal.FileDatasetCache;
import org.aitia.testkit.data.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanetoidDatasetsTest {
    @TempDir
    private Path data;

    private Dataset load(String name, Map<String, String> options) {
        PlanetoidGraph.PARTS.forEach(part -> SharedFiles.dataset("planetoid/ind." + name + "." + part));
        return new PlanetoidDatasets(
                        new FileDatasetCache(data, SharedFiles.datasets().toString()))
                .load(name, options, TaskMonitor.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cora     |  2708 | 10556 | 1433 | 140 | 49216  |  0 | 351,217,418,818,426,298,180
            citeseer |  3327 |  9104 | 3703 | 120 | 105165 | 48 | 249,590,668,701,596,508
            pubmed   | 19717 | 88648 |  500 |  60 | 988031 |  0 | 4103,7739,7875
            """)
    void countsAreThoseOfTheLiterature(
            String name, int nodes, int edges, int features, int train, int stored, int isolated, String classes) {
        Dataset dataset = load(name, Map.of());
        Graph graph = dataset.graph();
        assertThat(graph.nodeCount()).isEqualTo(nodes);
        assertThat(graph.edgeCount()).isEqualTo(edges);
        assertThat(graph.isUndirected()).isTrue();
        assertThat(graph.isWeighted()).isFalse();
        assertThat(IntStream.range(0, edges).filter(e -> graph.source(e) == graph.target(e)))
                .isEmpty();
        assertThat(IntStream.range(0, nodes).filter(v -> graph.inDegree(v) == 0).count())
                .isEqualTo(isolated);
        assertThat(graph.features().columns()).isEqualTo(features);
        assertThat(graph.features()).isInstanceOf(SparseFeatures.class);
        assertThat(graph.features().storedValues()).isEqualTo(stored);
        assertThat(dataset.split().train()).isEqualTo(IntStream.range(0, train).toArray());
        assertThat(dataset.split().validation())
                .isEqualTo(IntStream.range(train, train + 500).toArray());
        assertThat(dataset.split().test()).hasSize(1000);
        assertThat(dataset.splits()).containsOnlyKeys("public");
        int[] counts = new int[dataset.classCount()];
        int[] trained = new int[dataset.classCount()];
        for (int v = 0; v < nodes; v++) {
            if (graph.label(v) >= 0) {
                counts[graph.label(v)]++;
                trained[graph.label(v)] += v < train ? 1 : 0;
            }
        }
        assertThat(String.join(
                        ",", IntStream.of(counts).mapToObj(Integer::toString).toList()))
                .isEqualTo(classes);
        assertThat(trained).containsOnly(20);
    }

    /** What is in the files before repeats and loops are dropped. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cora     | 10858 |   0 | 302 | 2647 | 17955 |  31261
            citeseer |  9464 | 248 | 236 | 3778 | 31992 |  73173
            pubmed   | 88676 |   6 |  25 | 2819 | 50140 | 937891
            """)
    void filesHoldWhatTheirReadersCounted(
            String name, int entries, int loops, int repeats, int storedX, int storedTx, int storedAllx) {
        int[][] neighbours = PlanetoidFiles.neighbours(SharedFiles.dataset("planetoid/ind." + name + ".graph"));
        assertThat(Stream.of(neighbours).mapToInt(list -> list.length).sum()).isEqualTo(entries);
        assertThat(IntStream.range(0, neighbours.length)
                        .mapToLong(v ->
                                IntStream.of(neighbours[v]).filter(u -> u == v).count())
                        .sum())
                .isEqualTo(loops);
        assertThat(Stream.of(neighbours)
                        .mapToLong(list ->
                                list.length - IntStream.of(list).distinct().count())
                        .sum())
                .isEqualTo(repeats);
        assertThat(PlanetoidFiles.features(SharedFiles.dataset("planetoid/ind." + name + ".x"))
                        .storedValues())
                .isEqualTo(storedX);
        assertThat(PlanetoidFiles.features(SharedFiles.dataset("planetoid/ind." + name + ".tx"))
                        .storedValues())
                .isEqualTo(storedTx);
        assertThat(PlanetoidFiles.features(SharedFiles.dataset("planetoid/ind." + name + ".allx"))
                        .storedValues())
                .isEqualTo(storedAllx);
    }

    @Test
    void citeseerHasFifteenNodesWithoutFeaturesAndClass() {
        Dataset dataset = load("citeseer", Map.of());
        Graph graph = dataset.graph();
        SparseFeatures features = (SparseFeatures) graph.features();
        int[] bare = IntStream.range(0, graph.nodeCount())
                .filter(v -> features.offsets().get(v) == features.offsets().get(v + 1))
                .toArray();
        int[] unlabelled = IntStream.range(0, graph.nodeCount())
                .filter(v -> graph.label(v) == -1)
                .toArray();
        assertThat(bare).hasSize(15).isEqualTo(unlabelled);
        assertThat(bare[0]).isGreaterThanOrEqualTo(2312);
        assertThat(dataset.split().test()).doesNotContain(bare);
    }

    /** Line 3 of ind.cora.test.index is node 1778: the third row of tx is its row. */
    @Test
    void testFeaturesBelongToTheNodesOfTheShuffledIndex() {
        Dataset dataset = load("cora", Map.of("normalize", "false"));
        int[] index = PlanetoidFiles.testIndex(SharedFiles.dataset("planetoid/ind.cora.test.index"));
        SparseFeatures tx = PlanetoidFiles.features(SharedFiles.dataset("planetoid/ind.cora.tx"));
        PlanetoidFiles.Labels ty = PlanetoidFiles.labels(SharedFiles.dataset("planetoid/ind.cora.ty"));
        assertThat(index).isNotEqualTo(dataset.split().test()); // it is shuffled
        float[] expected = new float[1433];
        float[] found = new float[1433];
        for (int i = 0; i < index.length; i++) {
            tx.copyRow(i, expected, 0);
            dataset.graph().features().copyRow(index[i], found, 0);
            assertThat(found).isEqualTo(expected);
            assertThat(dataset.label(index[i])).isEqualTo(ty.labels()[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cora", "citeseer", "pubmed"})
    void normalizedRowsSumToOne(String name) {
        SparseFeatures raw = (SparseFeatures)
                load(name, Map.of("normalize", "false")).graph().features();
        SparseFeatures scaled = (SparseFeatures) load(name, Map.of()).graph().features();
        assertThat(scaled.indices()).isEqualTo(raw.indices());
        for (int v = 0; v < raw.rows(); v++) {
            double rawSum = 0;
            double sum = 0;
            for (int i = raw.offsets().get(v); i < raw.offsets().get(v + 1); i++) {
                rawSum += raw.values().get(i);
                sum += scaled.values().get(i);
            }
            assertThat(sum).isCloseTo(rawSum == 0 ? 0 : 1, within(1e-5));
        }
    }

    @Test
    void rawWordsOfCoraAreZeroOrOne() {
        SparseFeatures raw = (SparseFeatures)
                load("cora", Map.of("normalize", "false")).graph().features();
        for (int i = 0; i < raw.storedValues(); i++) {
            assertThat(raw.values().get(i)).isEqualTo(1);
        }
    }

    @Test
    void randomSplitHasTwentyTrainingNodesOfEachClass() {
        Dataset dataset = load("cora", Map.of("split", "random", "seed", "3"));
        assertThat(dataset.splits().keySet()).containsExactly("random", "public");
        Split random = dataset.split();
        int[] trained = new int[7];
        IntStream.of(random.train()).forEach(v -> trained[dataset.label(v)]++);
        assertThat(trained).containsOnly(20);
        assertThat(random.validation()).hasSize(500);
        assertThat(random.test()).hasSize(1000);
        assertThat(load("cora", Map.of("split", "random", "seed", "3")).digest())
                .isEqualTo(dataset.digest());
        assertThat(load("cora", Map.of("split", "random", "seed", "4")).split().train())
                .isNotEqualTo(random.train());
    }

    @Test
    void sizesOfTheRandomSplitCanBeChosen() {
        Map<String, String> options =
                Map.of("split", "random", "trainPerClass", "5", "validation", "70", "test", "100000");
        Split split = load("citeseer", options).split();
        assertThat(split.train()).hasSize(30);
        assertThat(split.validation()).hasSize(70);
        assertThat(split.test()).hasSize(3312 - 100);
    }

    /** PyTorch Geometric counts CiteSeer's fifteen nodes without class too. */
    @ParameterizedTest
    @CsvSource({"cora, 1208", "citeseer, 1812", "pubmed, 18217"})
    void fullSplitTrainsOnEverythingElse(String name, int train) {
        Dataset dataset = load(name, Map.of("split", "full"));
        Split full = dataset.splits().get("full");
        assertThat(full.train()).hasSize(train);
        assertThat(full.validation()).isEqualTo(dataset.splits().get("public").validation());
        assertThat(full.test()).isEqualTo(dataset.splits().get("public").test());
    }

    /** Not all 2708 nodes are in it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void geomGcnSplitsAreThoseOfTheFiles(int index) {
        SharedFiles.dataset("geom-gcn/splits/cora_split_0.6_0.2_" + index + ".npz");
        Dataset dataset = load("cora", Map.of("split", "geom-gcn", "splitIndex", Integer.toString(index)));
        assertThat(dataset.splits().keySet()).containsExactly("geom-gcn-" + index, "public");
        assertThat(dataset.split().train()).hasSize(1192);
        assertThat(dataset.split().validation()).hasSize(796);
        assertThat(dataset.split().test()).hasSize(497);
    }

    @Test
    void splitThatDoesNotExistIsRefusedBeforeAnythingIsFetched() {
        PlanetoidDatasets datasets = new PlanetoidDatasets(new FileDatasetCache(data, ""));
        assertThatThrownBy(
                        () -> datasets.load("cora", Map.of("split", "geom-gcn", "splitIndex", "10"), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("splitIndex");
        assertThatThrownBy(() -> datasets.load("cora", Map.of("split", "private"), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("public, random, full, geom-gcn");
    }

    /** The identity that models trained before there were other splits carry. */
    @ParameterizedTest
    @CsvSource({
        "cora, 25cbd90ad9a4c25afef634b93eda4eaa92dc6e01e47f003b9ddb9dac14598860",
        "citeseer, fe3eb6f770e04d4fe4c298c480745de1cfd2563f8fee91504f533071d9539e7f",
        "pubmed, cf2ddbb889e0ed6d02cdab1a5a67ea01d2ddd9e084495df52c944873e5109d87"
    })
    void digestsStayWhatTheyWere(String name, String digest) {
        assertThat(load(name, Map.of()).digest()).isEqualTo("sha256:" + digest);
    }

    @Test
    void classNamesAreThoseOfTheOriginalCorpora() {
        assertThat(load("cora", Map.of()).classNames().get(3)).isEqualTo("Neural Networks");
        assertThat(load("citeseer", Map.of()).classNames().get(5)).isEqualTo("HCI");
        assertThat(load("pubmed", Map.of()).classNames()).containsExactly("0", "1", "2");
    }

    @Test
    void badOptionsAreRefused() {
        PlanetoidDatasets datasets = new PlanetoidDatasets(new FileDatasetCache(data, ""));
        assertThatThrownBy(() -> datasets.load("cora", Map.of("normalise", "true"), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("unknown option 'normalise'; did you mean 'normalize'?");
        assertThatThrownBy(() -> datasets.load("cora", Map.of("normalize", "yes"), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option 'normalize' takes one of true, false, not 'yes'");
    }

    @Test
    void damagedFileIsNamedWithItsChecksums() throws IOException {
        Path mirror = Files.createDirectories(data.resolve("mirror/planetoid"));
        for (String part : PlanetoidGraph.PARTS) {
            Files.copy(SharedFiles.dataset("planetoid/ind.cora." + part), mirror.resolve("ind.cora." + part));
        }
        Path damaged = mirror.resolve("ind.cora.graph");
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[1000] ^= 1;
        Files.delete(damaged); // the copy may be read-only
        Files.write(damaged, bytes);
        PlanetoidDatasets datasets = new PlanetoidDatasets(
                new FileDatasetCache(data, data.resolve("mirror").toString()));
        assertThatThrownBy(() -> datasets.load("cora", Map.of(), TaskMonitor.NONE))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(damaged.toString())
                .hasMessageContaining("58f13302f39dde8852dad6fe6d15b89b077b6d7f837626bce671ef80344b383d")
                .hasMessageContaining("put an intact copy on the mirror");
    }
}
