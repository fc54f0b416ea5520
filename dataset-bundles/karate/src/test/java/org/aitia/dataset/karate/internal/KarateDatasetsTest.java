package org.aitia.dataset.karate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Split;
import org.aitia.api.graph.Graph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KarateDatasetsTest {
    private static final Pattern GML_EDGE = Pattern.compile("edge\\s*\\[\\s*source\\s+(\\d+)\\s+target\\s+(\\d+)");
    private static final int NPY_HEADER = 128; // of a short header, padded to a multiple of 64

    private final KarateDatasets datasets = new KarateDatasets();

    @Test
    void has34NodesAnd78UndirectedEdges() {
        Graph graph = load("karate").graph();
        assertThat(graph.nodeCount()).isEqualTo(34);
        assertThat(graph.edgeCount()).isEqualTo(156);
        assertThat(graph.isUndirected()).isTrue();
        assertThat(graph.inDegree(0)).isEqualTo(16);
        assertThat(graph.inDegree(33)).isEqualTo(17);
    }

    @Test
    void featuresSayOnlyWhichNodeItIs() {
        Dataset karate = load("karate");
        assertThat(karate.featureCount()).isEqualTo(34);
        assertThat(karate.graph().features().storedValues()).isEqualTo(34);
        assertThat(karate.graph().features().value(7, 7)).isEqualTo(1);
        assertThat(karate.graph().features().value(7, 8)).isZero();
        assertThat(karate.featureName(7)).isEqualTo("is node 7");
    }

    @Test
    void communitiesAreOf13And12And4And5Nodes() {
        Dataset karate = load("karate");
        assertThat(classSizes(karate)).containsExactly(13, 12, 4, 5);
        assertThat(karate.label(0)).isEqualTo(1);
        assertThat(karate.label(33)).isZero();
    }

    @Test
    void factionsAreOf17NodesEach() {
        Dataset factions = load("karate-factions");
        assertThat(classSizes(factions)).containsExactly(17, 17);
        assertThat(factions.classNames()).containsExactly("Mr. Hi", "Officer");
        assertThat(factions.label(0)).isZero();
        assertThat(factions.label(33)).isOne();
        assertThat(factions.label(8)).as("left the officer for a black belt").isZero();
    }

    @Test
    void splitOfPytorchGeometricLearnsFromTheFirstNodeOfEachClass() {
        Split split = load("karate").splits().get("one-per-class");
        assertThat(split.train()).containsExactly(0, 4, 8, 24);
        assertThat(split.validation()).isEmpty();
        assertThat(split.test()).hasSize(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"karate", "karate-factions"})
    void defaultSplitHasEveryClassInEveryPart(String name) {
        Dataset dataset = load(name);
        Split split = dataset.split();
        assertThat(split.train().length + split.validation().length + split.test().length)
                .isEqualTo(34);
        for (int[] part : new int[][] {split.train(), split.validation(), split.test()}) {
            assertThat(IntStream.of(part).map(dataset::label).distinct().count())
                    .isEqualTo(dataset.classCount());
        }
    }

    @Test
    void seedChangesTheSplit() {
        Split other =
                datasets.load("karate", Map.of("seed", "1"), TaskMonitor.NONE).split();
        assertThat(other.test()).isNotEqualTo(load("karate").split().test());
    }

    @ParameterizedTest
    @ValueSource(strings = {"karate.gml", "gs-gephi_karate.gml"})
    void edgesAreThoseOfPublishedFiles(String file) throws IOException {
        String gml = Files.readString(shared(file));
        Set<String> published = new TreeSet<>();
        for (Matcher edge = GML_EDGE.matcher(gml); edge.find(); ) {
            published.add(pair(Integer.parseInt(edge.group(1)) - 1, Integer.parseInt(edge.group(2)) - 1));
        }
        Graph graph = load("karate").graph();
        Set<String> builtIn = new TreeSet<>();
        for (int e = 0; e < graph.edgeCount(); e++) {
            builtIn.add(pair(graph.source(e), graph.target(e)));
        }
        assertThat(builtIn).hasSize(78).isEqualTo(published);
    }

    /** The published file has the clusters of highest modularity; PyTorch Geometric's differ from them in two nodes. */
    @Test
    void communitiesAreThoseOfAPublishedFileButForTwoNodes() throws IOException {
        int[] published = publishedClusters();
        Dataset karate = load("karate");
        Map<Integer, Integer> renamed = new TreeMap<>(Map.of(0, 1, 1, 3, 2, 0, 3, 2));
        int[] different = IntStream.range(0, 34)
                .filter(node -> renamed.get(published[node]) != karate.label(node))
                .toArray();
        assertThat(different).containsExactly(23, 27);
    }

    private static int[] publishedClusters() throws IOException {
        try (ZipFile npz = new ZipFile(shared("graphgallery_karate_club.npz").toFile())) {
            byte[] npy = npz.getInputStream(npz.getEntry("node_label.npy")).readAllBytes();
            int[] clusters = new int[(npy.length - NPY_HEADER) / Integer.BYTES];
            ByteBuffer.wrap(npy, NPY_HEADER, npy.length - NPY_HEADER)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asIntBuffer()
                    .get(clusters);
            return clusters;
        }
    }

    private static Path shared(String name) {
        Path file = Path.of(System.getProperty("aitia.shared", "absent"), "datasets", "karate", name);
        assumeTrue(Files.isRegularFile(file), () -> "skipped: there is no " + file);
        return file;
    }

    private static String pair(int a, int b) {
        return Math.min(a, b) + "-" + Math.max(a, b);
    }

    private static int[] classSizes(Dataset dataset) {
        int[] sizes = new int[dataset.classCount()];
        IntStream.range(0, dataset.instanceCount()).forEach(i -> sizes[dataset.label(i)]++);
        return sizes;
    }

    private Dataset load(String name) {
        return datasets.load(name, Map.of(), TaskMonitor.NONE);
    }
}
