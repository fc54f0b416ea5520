package org.aitia.dataset.tudataset.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipOutputStream;
import org.aitia.api.AitiaException;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.graph.Graph;
import org.aitia.datasets.internal.FileDatasetCache;
import org.aitia.testkit.data.ZipEntries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuDatasetsTest {
    private static final Texts SMALL = Texts.small("X");

    @TempDir
    private Path folder;

    @Test
    void nodesHaveTheirAttributesAndThenTheirOneHotLabels() throws IOException {
        Dataset set = load(SMALL);
        assertThat(set.featureCount()).isEqualTo(6);
        assertThat(IntStream.range(0, 6).mapToObj(set::featureName))
                .as("label 2 does not occur, but numbers have a column from the smallest to the largest")
                .containsExactly(
                        "node attribute 0",
                        "node attribute 1",
                        "node label 0",
                        "node label 1",
                        "node label 2",
                        "node label 3");
        assertThat(row(set.graphs().get(0), 2)).containsExactly(-300, 1, 0, 0, 0, 1);
        assertThat(row(set.graphs().get(1), 1)).containsExactly(6, 0, 0, 1, 0, 0);
    }

    @Test
    void attributesCanBeLeftOut() throws IOException {
        Dataset set = load(SMALL, Map.of("attributes", "false"));
        assertThat(row(set.graphs().get(0), 2)).containsExactly(0, 0, 0, 1);
    }

    @Test
    void edgesHaveTheirAttributesAndThenTheirOneHotLabels() throws IOException {
        Dataset set = load(SMALL);
        assertThat(set.edgeFeatureCount()).isEqualTo(4);
        assertThat(IntStream.range(0, 4).mapToObj(set::edgeFeatureName))
                .containsExactly("edge attribute 0", "edge label 0", "edge label 1", "edge label 2");
        Graph first = set.graphs().get(0);
        float[] row = new float[4];
        first.edgeFeatures().copyRow(first.edge(2, 3), row, 0);
        assertThat(row).containsExactly(.4f, 0, 0, 1);
        Graph second = set.graphs().get(1);
        second.edgeFeatures().copyRow(second.edge(1, 0), row, 0);
        assertThat(row).containsExactly(.5f, 0, 1, 0);
    }

    @Test
    void classesAreNumberedFromZeroAndNamedAsInTheFile() throws IOException {
        Dataset set = load(SMALL);
        assertThat(set.classNames()).containsExactly("1", "2");
        assertThat(set.label(0)).isOne();
        assertThat(set.label(1)).isZero();
    }

    @Test
    void repeatedEdgesBecomeOneAndLoopsAreDropped() throws IOException {
        Dataset set = load(SMALL.with("X_A.txt", SMALL.text("X_A.txt") + "1, 2\n4, 4\n")
                .with("X_edge_labels.txt", SMALL.text("X_edge_labels.txt") + "2\n2\n")
                .with("X_edge_attributes.txt", SMALL.text("X_edge_attributes.txt") + "9\n9\n"));
        Graph first = set.graphs().get(0);
        assertThat(first.edgeCount()).isEqualTo(8);
        assertThat(first.edgeFeatures().value(first.edge(0, 1), 0))
                .as("the first one is kept")
                .isEqualTo(.1f);
    }

    @Test
    void nodesOfAGraphNeedNotFollowEachOther() throws IOException {
        Dataset set = load(new Texts(new java.util.TreeMap<>())
                .with("X_A.txt", "1,3\n3,1\n2,4\n4,2\n4,5\n5,4\n")
                .with("X_graph_indicator.txt", "1\n2\n1\n2\n2\n")
                .with("X_graph_labels.txt", "0\n1\n"));
        assertThat(set.graphs().get(0).nodeCount()).isEqualTo(2);
        assertThat(set.graphs().get(1).nodeCount()).isEqualTo(3);
        assertThat(set.graphs().get(1).edge(1, 2)).isNotNegative();
        assertThat(set.graphs().get(1).edge(0, 2)).isNegative();
    }

    @Test
    void withoutLabelsAndAttributesNodesHaveAConstant() throws IOException {
        Texts bare = SMALL.without("X_node_labels.txt", "X_node_attributes.txt", "X_edge_labels.txt");
        assertThat(row(load(bare).graphs().get(0), 2)).containsExactly(1);
        assertThat(load(SMALL, Map.of("features", "constant")).featureCount()).isOne();
    }

    @Test
    void degreesCanBeFeatures() throws IOException {
        Dataset set = load(SMALL, Map.of("features", "degree"));
        assertThat(set.featureCount()).isEqualTo(4);
        assertThat(row(set.graphs().get(0), 2)).containsExactly(0, 0, 0, 1);
        assertThat(row(set.graphs().get(1), 0)).containsExactly(0, 1, 0, 0);
    }

    @Test
    void manyLabelsAreKeptSparse() throws IOException {
        Dataset set = load(SMALL.with("X_node_labels.txt", "0\n100\n3\n1\n0\n1\n"));
        assertThat(set.featureCount()).isEqualTo(103);
        assertThat(set.graphs().get(0).features().storedValues()).isEqualTo(4 * 3);
        assertThat(set.graphs().get(0).features().value(1, 0)).isEqualTo(2);
        assertThat(set.graphs().get(0).features().value(1, 102)).isEqualTo(1);
    }

    @Test
    void labelsFarApartHaveAColumnForEachThatOccurs() throws IOException {
        Dataset set = load(SMALL.with("X_node_labels.txt", "-2147483648\n2147483647\n3\n3\n3\n3\n"));
        assertThat(set.featureCount()).isEqualTo(5);
        assertThat(set.featureName(4)).isEqualTo("node label 2147483647");
    }

    @Test
    void labelsOfSeveralColumnsAreOneHotEach() throws IOException {
        Dataset set = load(
                SMALL.without("X_node_attributes.txt").with("X_node_labels.txt", "0,5\n1,5\n0,6\n0,5\n0,5\n0,5\n"));
        assertThat(set.featureCount()).isEqualTo(4);
        assertThat(set.featureName(3)).isEqualTo("node label 1 is 6");
        assertThat(row(set.graphs().get(0), 2)).containsExactly(1, 0, 0, 1);
    }

    @Test
    void markedEdgesExplainTheirGraph() throws IOException {
        Dataset set = load(SMALL.with("X_edge_gt.txt", "0\n0\n1\n1\n0\n0\n1\n1\n0\n0\n"));
        GroundTruth truth = set.groundTruth().orElseThrow();
        Graph graph = set.graphs().get(0);
        BitSet expected = new BitSet();
        expected.set(graph.edge(1, 2));
        expected.set(graph.edge(2, 1));
        expected.set(graph.edge(2, 3));
        expected.set(graph.edge(3, 2));
        assertThat(truth.edges(0)).isEqualTo(expected);
        assertThat(truth.alternatives(0)).hasSize(1);
        assertThat(truth.alternatives(0).get(0).nodes().stream()).containsExactly(1, 2, 3);
        assertThat(truth.alternatives(1)).isEmpty();
        assertThat(set.suggestedTargets()).isEqualTo("0");
    }

    @Test
    void markedEdgesInTwoGroupsAreAnAlternativeTogetherAndEach() throws IOException {
        Dataset set = load(SMALL.with("X_edge_gt.txt", "1\n1\n0\n0\n0\n0\n1\n1\n0\n0\n"));
        GroundTruth truth = set.groundTruth().orElseThrow();
        assertThat(truth.alternatives(0).stream().map(a -> a.nodes().toString()))
                .containsExactly("{0, 1, 2, 3}", "{0, 1}", "{2, 3}");
    }

    @Test
    void anArchiveWithClutterIsTheSameAsAFolder() throws IOException {
        SMALL.writeFolder(folder.resolve("set"));
        SMALL.writeZip(folder.resolve("set.zip"), "some/X");
        assertThat(loadFrom(folder.resolve("set.zip"), Map.of()).digest())
                .isEqualTo(loadFrom(folder.resolve("set"), Map.of()).digest());
    }

    @Test
    void ofSeveralSetsOneIsChosenByName() throws IOException {
        Path sets = folder.resolve("sets");
        SMALL.writeFolder(sets.resolve("X"));
        Texts.small("Y").without("Y_edge_labels.txt").writeFolder(sets.resolve("Y"));
        assertThat(loadFrom(sets, Map.of("name", "Y")).edgeFeatureCount()).isOne();
        assertThatThrownBy(() -> loadFrom(sets, Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContainingAll("'X, Y'", "choose one with option name");
        assertThatThrownBy(() -> loadFrom(sets, Map.of("name", "Z")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("'Z'");
    }

    @Test
    void mirrorsMayHoldAKnownSetLooseOrZipped() throws IOException {
        Texts enzymes = Texts.small("ENZYMES").without("ENZYMES_edge_labels.txt", "ENZYMES_edge_attributes.txt");
        enzymes.writeFolder(folder.resolve("loose/tudataset/ENZYMES"));
        enzymes.writeZip(folder.resolve("zipped/tudataset/ENZYMES.zip"), "ENZYMES");
        String loose = known("loose", "enzymes").digest();
        assertThat(known("zipped", "enzymes").digest()).isEqualTo(loose);
    }

    @Test
    void splitHasBothClassesInEveryPartAndDependsOnTheSeed() throws IOException {
        StringBuilder edges = new StringBuilder();
        StringBuilder indicator = new StringBuilder();
        StringBuilder labels = new StringBuilder();
        for (int g = 0; g < 100; g++) {
            edges.append(2 * g + 1).append(", ").append(2 * g + 2).append('\n');
            indicator.append(g + 1).append('\n').append(g + 1).append('\n');
            labels.append(g < 30 ? -1 : 1).append('\n');
        }
        Texts many = new Texts(new java.util.TreeMap<>())
                .with("M_A.txt", edges.toString())
                .with("M_graph_indicator.txt", indicator.toString())
                .with("M_graph_labels.txt", labels.toString());
        Dataset set = load(many);
        assertThat(set.split().train()).hasSize(80);
        assertThat(set.split().validation()).hasSize(10);
        assertThat(set.split().test()).hasSize(10);
        assertThat(IntStream.of(set.split().test())
                        .filter(g -> set.label(g) == 0)
                        .count())
                .isEqualTo(3);
        assertThat(load(many, Map.of("seed", "1")).split().test())
                .isNotEqualTo(set.split().test());
    }

    @Test
    void edgeAcrossGraphsIsReportedWithItsLine() {
        assertRefused(
                SMALL.with("X_A.txt", "1, 2\n2, 1\n4, 5\n"),
                "X_A.txt, line 3",
                "two nodes of one graph",
                "node 4 of graph 1 and node 5 of graph 2");
    }

    @Test
    void edgeToNowhereIsReportedWithItsLine() {
        assertRefused(
                SMALL.with("X_A.txt", "1, 2\n7, 1\n"), "X_A.txt, line 2", "a whole number from 1 to 6", "found 7");
    }

    @Test
    void nodeOfNoGraphIsReportedWithItsLine() {
        assertRefused(
                SMALL.with("X_graph_indicator.txt", "1\n1\n1\n1\n2\n3\n"),
                "X_graph_indicator.txt, line 6",
                "a whole number from 1 to 2");
    }

    @Test
    void graphWithoutNodesIsReported() {
        assertRefused(
                SMALL.with("X_graph_labels.txt", "2\n1\n1\n"),
                "X_graph_indicator.txt",
                "nodes of each of the 3 graphs with a label",
                "none of graph 3");
    }

    @Test
    void filesOfDifferentLengthsAreReported() {
        assertRefused(
                SMALL.with("X_node_labels.txt", "0\n0\n3\n1\n0\n"),
                "X_node_labels.txt",
                "a line for each of 6 nodes",
                "only 5 lines");
        assertRefused(
                SMALL.with("X_edge_labels.txt", SMALL.text("X_edge_labels.txt") + "1\n"),
                "X_edge_labels.txt, line 11",
                "the end, with a line for each of 10 edges");
    }

    @Test
    void attributesOfDifferentNumberAreReportedWithTheirLine() {
        assertRefused(
                SMALL.with("X_node_attributes.txt", "1,2\n1,2\n1\n1,2\n1,2\n1,2\n"),
                "X_node_attributes.txt, line 3",
                "2 values as in the first line",
                "found 1");
    }

    @Test
    void wordsAmongNumbersAreReportedWithTheirLine() {
        assertRefused(
                SMALL.with("X_node_attributes.txt", "1\n2\nNaN\n4\n5\n6\n"),
                "X_node_attributes.txt, line 3",
                "a number",
                "'NaN'");
    }

    @Test
    void setForRegressionIsRefused() {
        assertRefused(
                SMALL.without("X_graph_labels.txt").with("X_graph_attributes.txt", "1.5\n2.5\n"),
                "classes of graphs",
                "regression is not supported");
    }

    @Test
    void setOfOneClassIsRefused() {
        assertRefused(SMALL.with("X_graph_labels.txt", "1\n1\n"), "graphs of one class only");
    }

    @Test
    void missingFileIsReported() {
        assertRefused(SMALL.without("X_graph_indicator.txt"), "a file 'X_graph_indicator.txt'");
        assertRefused(
                SMALL.without("X_A.txt"), "expected NAME_A.txt, NAME_graph_indicator.txt and NAME_graph_labels.txt");
    }

    /** A few kilobytes that would become gigabytes: what is read is bounded by rows, whatever the archive says. */
    @Test
    void bombIsRefusedAfterAsManyRowsAsASetMayHave() throws IOException {
        byte[] rows = "1\n".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        Path bomb = folder.resolve("bomb.zip");
        try (OutputStream out = Files.newOutputStream(bomb);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(ZipEntries.named("X_graph_labels.txt"));
            for (int i = 0; i < 64; i++) {
                zip.write(rows);
            }
            zip.closeEntry();
            zip.putNextEntry(ZipEntries.named("X_A.txt"));
            zip.closeEntry();
        }
        assertThat(bomb)
                .isRegularFile()
                .satisfies(file -> assertThat(file.toFile().length()).isLessThan(1 << 18));
        assertThatThrownBy(() -> loadFrom(bomb, Map.of()))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContainingAll("X_graph_labels.txt, line 16777217", "at most 16777216 graphs");
    }

    @Test
    void pathHasToBeGivenAndToExist() {
        assertThatThrownBy(() -> datasets("none").load("tu", Map.of(), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("needs option path");
        assertThatThrownBy(() -> loadFrom(folder.resolve("nowhere"), Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContainingAll("nowhere", "name a folder or zip archive");
    }

    private void assertRefused(Texts texts, String... parts) {
        assertThatThrownBy(() -> load(texts)).isInstanceOf(AitiaException.class).hasMessageContainingAll(parts);
    }

    private static float[] row(Graph graph, int node) {
        float[] row = new float[graph.features().columns()];
        graph.features().copyRow(node, row, 0);
        return row;
    }

    private Dataset load(Texts texts) throws IOException {
        return load(texts, Map.of());
    }

    private Dataset load(Texts texts, Map<String, String> options) throws IOException {
        Path set = Files.createTempDirectory(folder, "set");
        texts.writeFolder(set);
        return loadFrom(set, options);
    }

    private Dataset loadFrom(Path path, Map<String, String> options) {
        Map<String, String> all = new LinkedHashMap<>(options);
        all.put("path", path.toString());
        return datasets("none").load("tu", all, TaskMonitor.NONE);
    }

    private Dataset known(String mirror, String name) {
        return datasets(mirror).load(name, Map.of(), TaskMonitor.NONE);
    }

    private TuDatasets datasets(String mirror) {
        return new TuDatasets(new FileDatasetCache(
                folder.resolve("data-" + mirror), folder.resolve(mirror).toString()));
    }
}
