package org.aitia.dataset.twitch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipOutputStream;
import org.aitia.api.DataFormatException;
import org.aitia.api.DataUnavailableException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Split;
import org.aitia.api.graph.Graph;
import org.aitia.datasets.internal.FileDatasetCache;
import org.aitia.testkit.data.SharedFiles;
import org.aitia.testkit.data.ZipEntries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwitchDatasetsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "DE,   9498, 153138, 315774, 2514, 5742, 3756, 193132",
        "ENGB, 7126,  35324,  77774, 2545, 3888, 3238, 147683"
    })
    void publishedFilesHaveTheKnownCounts(
            String code, int nodes, int edges, int withLoops, int identifiers, int mature, int notMature, int values) {
        SharedFiles.dataset("twitch/" + code);
        String name = "twitch-" + code.toLowerCase(java.util.Locale.ROOT);
        TwitchDatasets datasets = datasets(SharedFiles.datasets());

        Dataset dataset = datasets.load(name, Map.of(), TaskMonitor.NONE);
        Graph graph = dataset.graph();
        assertThat(graph.nodeCount()).isEqualTo(nodes);
        assertThat(graph.edgeCount()).isEqualTo(2 * edges);
        assertThat(graph.isUndirected()).isTrue();
        assertThat(dataset.featureCount()).isEqualTo(3170);
        assertThat(graph.features().storedValues()).isEqualTo(values);
        assertThat(IntStream.range(0, nodes).filter(v -> dataset.label(v) == 0).count())
                .isEqualTo(notMature);
        assertThat(IntStream.range(0, nodes).filter(v -> dataset.label(v) == 1).count())
                .isEqualTo(mature);

        Dataset looped = datasets.load(name, Map.of("selfLoops", "true", "features", "used"), TaskMonitor.NONE);
        assertThat(looped.graph().edgeCount())
                .as("as PyTorch Geometric counts: both directions and a loop per node")
                .isEqualTo(withLoops);
        assertThat(looped.featureCount()).isEqualTo(identifiers);
        assertThat(looped.graph().features().storedValues()).isEqualTo(values);
    }

    @Test
    void targetsAreJoinedByTheirNodeAndNotByTheirRow() throws IOException {
        Country.SMALL.writeLoose(folder, "FR");
        Dataset dataset = load("twitch-fr");
        assertThat(IntStream.range(0, 5).map(dataset::label)).containsExactly(0, 1, 0, 1, 1);
        assertThat(dataset.classNames()).containsExactly("not mature", "mature");
    }

    @Test
    void aNodeMayHaveTwoRowsThatDifferInViews() throws IOException {
        Country.SMALL.writeLoose(folder, "FR");
        assertThat(load("twitch-fr").graph().nodeCount()).isEqualTo(5);
    }

    @Test
    void aNodeWithTwoRowsThatDifferInClassIsRefused() throws IOException {
        Country.SMALL
                .withTarget(Country.SMALL.target() + "902,3,True,30,False,2\n")
                .writeLoose(folder, "FR");
        assertRefused(
                "twitch-fr",
                "musae_FR_target.csv, line 8",
                "the same value of 'mature' for new_id 2 as in line 7",
                "another one");
    }

    @Test
    void featuresAreOnesWhereAnIdentifierIsListedHoweverOften() throws IOException {
        Country.SMALL.writeLoose(folder, "FR");
        Dataset dataset = load("twitch-fr");
        assertThat(dataset.featureCount()).isEqualTo(3170);
        assertThat(dataset.graph().features().storedValues()).isEqualTo(6);
        assertThat(dataset.graph().features().value(1, 7)).isEqualTo(1);
        assertThat(dataset.graph().features().value(1, 3169)).isEqualTo(1);
        assertThat(dataset.featureName(3169)).isEqualTo("attribute 3169");
    }

    @Test
    void identifiersThatNobodyHasCanBeLeftOut() throws IOException {
        Country.SMALL.writeLoose(folder, "FR");
        Dataset used = datasets(folder).load("twitch-fr", Map.of("features", "used"), TaskMonitor.NONE);
        assertThat(used.featureCount()).isEqualTo(6);
        assertThat(IntStream.range(0, 6).mapToObj(used::featureName))
                .containsExactly(
                        "attribute 0", "attribute 4", "attribute 5", "attribute 7", "attribute 12", "attribute 3169");
        assertThat(used.graph().features().value(1, 5)).isEqualTo(1);
    }

    @Test
    void archiveOfTheOriginAndLooseFilesAreTheSameData() throws IOException {
        Country.SMALL.writeLoose(folder.resolve("loose"), "TW");
        Country.SMALL.writeArchive(folder.resolve("zipped"), "TW");
        String loose = datasets(folder.resolve("loose"))
                .load("twitch-tw", Map.of(), TaskMonitor.NONE)
                .digest();
        String zipped = datasets(folder.resolve("zipped"))
                .load("twitch-tw", Map.of(), TaskMonitor.NONE)
                .digest();
        assertThat(zipped).isEqualTo(loose);
    }

    /** The first download tells the licence; loose files that a server does not have are asked for once. */
    @Test
    void archiveIsDownloadedFromAMirrorThatHasNoLooseFiles() throws IOException {
        Country.SMALL.writeArchive(folder.resolve("served"), "TW");
        byte[] archive = Files.readAllBytes(folder.resolve("served/twitch/twitch.zip"));
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            boolean there = exchange.getRequestURI().getPath().equals("/twitch/twitch.zip");
            exchange.sendResponseHeaders(there ? 200 : 404, there ? archive.length : -1);
            if (there) {
                exchange.getResponseBody().write(archive);
            }
            exchange.close();
        });
        server.start();
        try {
            String mirror = "http://127.0.0.1:" + server.getAddress().getPort();
            TwitchDatasets datasets = new TwitchDatasets(new FileDatasetCache(folder.resolve("data"), mirror));
            List<String> messages = new ArrayList<>();
            assertThat(datasets.load("twitch-tw", Map.of(), noting(messages))
                            .graph()
                            .nodeCount())
                    .isEqualTo(5);
            assertThat(asked).containsExactly("/twitch/TW/musae_TW_edges.csv", "/twitch/twitch.zip");
            assertThat(messages).hasSize(1);
            assertThat(messages.get(0)).contains("GPL-3.0").contains("Rozemberczki");
        } finally {
            server.stop(0);
        }
    }

    private static TaskMonitor noting(List<String> messages) {
        return new TaskMonitor() {
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
        };
    }

    @Test
    void absentFilesAreReportedWithBothFormsInWhichTheyMayLie() {
        FileDatasetCache unreachable = new FileDatasetCache(folder.resolve("data"), "");
        TwitchDatasets datasets = new TwitchDatasets((dataset, files, monitor) -> {
            if (files.get(0).origin().getScheme().equals("https")) {
                throw new DataUnavailableException("file twitch/twitch.zip cannot be had");
            }
            return unreachable.fetch(dataset, files, monitor); // without asking any network
        });
        assertThatThrownBy(() -> datasets.load("twitch-ru", Map.of(), TaskMonitor.NONE))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessage("file twitch/twitch.zip cannot be had; a mirror may also hold the files one by one:"
                        + " twitch/RU/musae_RU_edges.csv, RU/musae_RU_features.json, RU/musae_RU_target.csv");
    }

    @Test
    void randomSplitHasAllNodesOnceAndDependsOnTheSeed() throws IOException {
        Country.SMALL.writeLoose(folder, "FR");
        Dataset dataset = load("twitch-fr");
        assertThat(dataset.splits().keySet()).containsExactly("random", "all");
        BitSet nodes = new BitSet();
        Split split = dataset.split();
        Stream.of(split.train(), split.validation(), split.test())
                .flatMapToInt(IntStream::of)
                .forEach(nodes::set);
        assertThat(nodes.cardinality()).isEqualTo(5);
        assertThat(Stream.of("1", "2", "3", "4")
                        .map(seed -> datasets(folder)
                                .load("twitch-fr", Map.of("seed", seed), TaskMonitor.NONE)
                                .digest())
                        .distinct()
                        .count())
                .isGreaterThan(1);
    }

    @Test
    void splitAllHasEveryNodeInEveryPart() throws IOException {
        Country.SMALL.writeLoose(folder, "FR");
        Split all = load("twitch-fr").splits().get("all");
        int[] nodes = {0, 1, 2, 3, 4};
        assertThat(all.train()).containsExactly(nodes);
        assertThat(all.validation()).containsExactly(nodes);
        assertThat(all.test()).containsExactly(nodes);
    }

    @Test
    void edgeToNowhereIsReportedWithItsLine() throws IOException {
        Country.SMALL.withEdges("from,to\n0,1\n1,5\n").writeLoose(folder, "FR");
        assertRefused(
                "twitch-fr", "musae_FR_edges.csv, line 3", "a whole number from 0 to 4 in column 'to'", "found '5'");
    }

    @Test
    void missingColumnIsReported() throws IOException {
        Country.SMALL.withEdges("source,to\n0,1\n").writeLoose(folder, "FR");
        assertRefused("twitch-fr", "musae_FR_edges.csv, line 1", "a column 'from'", "'source, to'");
    }

    @Test
    void identifierThatNobodyKnowsIsReportedWithItsPlace() throws IOException {
        Country.SMALL
                .withFeatures("{\"1\": [7, 3170], \"0\": [], \"2\": [], \"4\": [], \"3\": []}")
                .writeLoose(folder, "FR");
        assertRefused("twitch-fr", "musae_FR_features.json, at $.1[1]", "a whole number from 0 to 3169", "'3170'");
    }

    @Test
    void nodesThatFeaturesDoNotMentionHaveNoneAndAreTold() throws IOException {
        Country.SMALL.withFeatures("{\"1\": [7], \"0\": [], \"4\": []}").writeLoose(folder, "FR");
        List<String> messages = new ArrayList<>();
        Dataset dataset = datasets(folder).load("twitch-fr", Map.of(), noting(messages));
        assertThat(dataset.graph().features().storedValues()).isEqualTo(1);
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0))
                .contains("musae_FR_features.json has features of 3 of 5 nodes")
                .contains("node 2 is the first");
    }

    @Test
    void missingNodesAreReported() throws IOException {
        Country.SMALL
                .withTarget("id,days,mature,views,partner,new_id\n900,1,True,10,False,4\n")
                .writeLoose(folder, "FR");
        assertRefused("twitch-fr", "a row for each new_id from 0 to 4", "none for 0 and 3 others");
    }

    @Test
    void hugeNodeNumberIsRefusedBeforeMemoryIsSpent() throws IOException {
        Country.SMALL
                .withTarget("id,days,mature,views,partner,new_id\n900,1,True,10,False,2147483647\n")
                .writeLoose(folder, "FR");
        assertRefused("twitch-fr", "line 2", "a whole number from 0 to 4194303", "2147483647");
    }

    @Test
    void fileOfPytorchGeometricIsReadWhereTheUserHasIt() throws IOException {
        writeNpz(folder.resolve("twitch/PT.npz"));
        TwitchDatasets datasets = datasets(folder);
        Dataset dataset = datasets.load("twitch-ptbr", Map.of("form", "npz"), TaskMonitor.NONE);
        assertThat(dataset.graph().nodeCount()).isEqualTo(2);
        assertThat(dataset.graph().edgeCount()).isEqualTo(2);
        assertThat(dataset.featureCount()).isEqualTo(3);
        assertThat(dataset.graph().features().value(1, 2)).isEqualTo(6);
        assertThat(IntStream.range(0, 2).map(dataset::label)).containsExactly(1, 0);
        Dataset looped = datasets.load("twitch-ptbr", Map.of("form", "npz", "selfLoops", "true"), TaskMonitor.NONE);
        assertThat(looped.graph().edgeCount()).isEqualTo(4);
    }

    private static void writeNpz(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            ByteBuffer features = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
            IntStream.rangeClosed(1, 6).forEach(features::putFloat);
            addArray(zip, "features", "<f4", "(2, 3)", features.array());
            addArray(zip, "target", "|i1", "(2,)", new byte[] {1, 0});
            addArray(zip, "edges", "|i1", "(4, 2)", new byte[] {0, 1, 1, 0, 0, 0, 1, 1});
        }
    }

    private static void addArray(ZipOutputStream zip, String key, String type, String shape, byte[] values)
            throws IOException {
        zip.putNextEntry(ZipEntries.named(key + ".npy"));
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
        String padded = header + " ".repeat(117 - header.length()) + "\n";
        zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
        zip.write(padded.getBytes(StandardCharsets.US_ASCII));
        zip.write(values);
        zip.closeEntry();
    }

    private void assertRefused(String name, String... parts) {
        assertThatThrownBy(() -> load(name))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContainingAll(parts);
    }

    private Dataset load(String name) {
        return datasets(folder).load(name, Map.of(), TaskMonitor.NONE);
    }

    private TwitchDatasets datasets(Path mirror) {
        return new TwitchDatasets(new FileDatasetCache(folder.resolve("data"), mirror.toString()));
    }
}
