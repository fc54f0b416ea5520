package org.aitia.dataset.webkb.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipOutputStream;
import org.aitia.api.DataFormatException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Split;
import org.aitia.api.graph.Graph;
import org.aitia.testkit.data.ZipEntries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Actor has no published checksum, so that its files can be made here. */
class WebkbDatasetsTest {
    static final String NODES = """
            node_id\tfeature(feature_amount:931)\tlabel
            2\t7,931,7\t0
            0\t0\t1
            1\t\t0
            3\t5,4\t1
            """;
    static final String EDGES = "node_id\tnode_id\n0\t1\n1\t2\n0\t1\n3\t3\n";

    @TempDir
    private Path folder;

    @Test
    void listedFeaturesAreOnesAndTheLargestIdIsAColumnToo() throws IOException {
        write(NODES, EDGES);
        Dataset actor = load();
        assertThat(actor.featureCount()).as("the header says 931").isEqualTo(932);
        assertThat(actor.graph().features().storedValues()).isEqualTo(5);
        assertThat(actor.graph().features().value(2, 931)).isEqualTo(1);
        assertThat(actor.graph().features().value(3, 4)).isEqualTo(1);
        assertThat(IntStream.range(0, 4).map(actor::label)).containsExactly(1, 0, 0, 1);
    }

    @Test
    void edgesAreDirectedAndRepeatedOnesAreOne() throws IOException {
        write(NODES, EDGES);
        Graph graph = load().graph();
        assertThat(graph.edgeCount()).isEqualTo(3);
        assertThat(graph.edge(0, 1)).isNotNegative();
        assertThat(graph.edge(1, 0)).isNegative();
        assertThat(graph.edge(3, 3)).isNotNegative();
        Graph both = load(Map.of("undirected", "true"), new ArrayList<>()).graph();
        assertThat(both.edgeCount()).isEqualTo(5);
    }

    @Test
    void fullFeaturesMayBeAnyNumbers() throws IOException {
        write("node_id\tfeature\tlabel\n0\t0,.5,1\t0\n1\t0,0,-2\t1\n", "node_id\tnode_id\n0\t1\n");
        Dataset actor = load();
        assertThat(actor.featureCount()).isEqualTo(3);
        assertThat(actor.graph().features().storedValues()).isEqualTo(3);
        assertThat(actor.graph().features().value(1, 2)).isEqualTo(-2);
    }

    @Test
    void splitsOfGeomGcnComeFirstWhetherOfBytesOrTruthValues() throws IOException {
        write(NODES, EDGES);
        writeSplit(0, "|u1", "1000", "0100", "0011");
        writeSplit(1, "|b1", "0100", "1000", "0010");
        List<String> messages = new ArrayList<>();
        Dataset actor = load(Map.of(), messages);
        assertThat(actor.splits().keySet()).containsExactly("geom-gcn-0", "geom-gcn-1", "random");
        assertThat(actor.split().test()).containsExactly(2, 3);
        assertThat(actor.splits().get("geom-gcn-1").train()).containsExactly(1);
        assertThat(messages)
                .containsExactly("data set 'actor' has only 2 of Geom-GCN's ten splits:"
                        + " geom-gcn/splits/film_split_0.6_0.2_2.npz is neither on a mirror nor to be had from its"
                        + " origin");
    }

    @Test
    void withoutThemTheRandomSplitIsTheDefault() throws IOException {
        write(NODES, EDGES);
        Dataset actor = load();
        assertThat(actor.splits().keySet()).containsExactly("random");
        Split split = actor.split();
        assertThat(split.train()).hasSize(2);
        assertThat(split.test()).hasSize(2);
    }

    @Test
    void splitOfAnotherGraphIsRefused() throws IOException {
        write(NODES, EDGES);
        writeSplit(0, "|u1", "10000", "01000", "00100");
        assertRefused("film_split_0.6_0.2_0.npz", "a value for each of 4 nodes", "found 5");
    }

    @Test
    void splitWithANodeInTwoPartsIsRefused() throws IOException {
        write(NODES, EDGES);
        writeSplit(0, "|u1", "1000", "1100", "0010");
        assertRefused("film_split_0.6_0.2_0.npz", "node 0", "every node in one part");
    }

    @Test
    void featureBeyondTheAnnouncedAmountIsReportedWithItsLine() throws IOException {
        write(NODES.replace("5,4", "5,932"), EDGES);
        assertRefused("out1_node_feature_label.txt, line 5", "a whole number from 0 to 931", "found 932");
    }

    @Test
    void hugeAmountInTheHeaderIsRefused() throws IOException {
        write(NODES.replace("931)", "9999999)"), EDGES);
        assertRefused("line 1", "a whole number from 0 to 1048575");
        write(NODES.replace("931)", "99999999999999)"), EDGES);
        assertRefused("line 1", "the header 'node_id', 'feature', 'label'");
    }

    @Test
    void repeatedAndMissingNodesAreReportedWithTheirLine() throws IOException {
        write(NODES.replace("\n1\t", "\n0\t"), EDGES);
        assertRefused("line 4", "each node once", "node 0 as in line 3");
        write(NODES.replace("\n1\t", "\n4\t"), EDGES);
        assertRefused("line 4", "a node from 0 to 3, of 4", "found 4");
    }

    @Test
    void rowsOfDifferentWidthAreReportedWithTheirLine() throws IOException {
        write("node_id\tfeature\tlabel\n0\t0,1,1\t0\n1\t0,0\t1\n", "node_id\tnode_id\n0\t1\n");
        assertRefused("line 3", "3 features as in the first line", "found 2");
    }

    @Test
    void edgeToNowhereIsReportedWithItsLine() throws IOException {
        write(NODES, "node_id\tnode_id\n0\t1\n1\t4\n");
        assertRefused("out1_graph_edges.txt, line 3", "a whole number from 0 to 3", "found 4");
    }

    @Test
    void fileOfAnotherFormIsReported() throws IOException {
        write(EDGES, NODES);
        assertRefused("out1_node_feature_label.txt, line 1", "3 fields");
        write(NODES, NODES);
        assertRefused("out1_graph_edges.txt, line 1", "the header 'node_id', 'node_id'");
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(this::load).isInstanceOf(DataFormatException.class).hasMessageContainingAll(parts);
    }

    private Dataset load() throws IOException {
        return load(Map.of(), new ArrayList<>());
    }

    private Dataset load(Map<String, String> options, List<String> messages) throws IOException {
        Path data = Files.createTempDirectory(folder, "data"); // nothing is remembered of earlier files
        return new WebkbDatasets(new MirrorOnly(folder, data)).load("actor", options, new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                // not of interest
            }

            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public void message(String text) {
                messages.add(text);
            }
        });
    }

    private void write(String nodes, String edges) throws IOException {
        Path film = folder.resolve("geom-gcn/new_data/film");
        Files.createDirectories(film);
        Files.writeString(film.resolve("out1_node_feature_label.txt"), nodes);
        Files.writeString(film.resolve("out1_graph_edges.txt"), edges);
    }

    private void writeSplit(int number, String type, String train, String validation, String test) throws IOException {
        Path file = folder.resolve("geom-gcn/splits/film_split_0.6_0.2_" + number + ".npz");
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            addMask(zip, "train_mask", type, train);
            addMask(zip, "val_mask", type, validation);
            addMask(zip, "test_mask", type, test);
        }
    }

    private static void addMask(ZipOutputStream zip, String key, String type, String mask) throws IOException {
        zip.putNextEntry(ZipEntries.named(key + ".npy"));
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + mask.length() + ",), }";
        String padded = header + " ".repeat(117 - header.length()) + "\n";
        zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
        zip.write(padded.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < mask.length(); i++) {
            zip.write(mask.charAt(i) - '0');
        }
        zip.closeEntry();
    }
}
