package org.aitia.dataset.planetoid.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.aitia.api.DataFormatException;
import org.aitia.api.Seeds;
import org.aitia.api.TaskMonitor;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.formats.ByteSource;
import org.aitia.testkit.data.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanetoidFilesTest {
    private static final byte[] MATRIX =
            PickleBytes.csr(3, 5, new int[] {0, 2, 2, 3}, new int[] {0, 4, 1}, new float[] {1, 2, 0.5f});
    private static final byte[] LABELS = PickleBytes.labels(new int[][] {{0, 1}, {1, 0}, {0, 0}});
    private static final byte[] NEIGHBOURS = PickleBytes.neighbours(new int[][] {{1, 1}, {0}, {2}});

    private static final String FILE = "ind.test";

    @TempDir
    private Path folder;

    private Path file(byte[] bytes) {
        try {
            return Files.write(folder.resolve("ind.test"), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void matrixIsRead() {
        SparseFeatures matrix = PlanetoidFiles.features(file(MATRIX));
        assertThat(matrix.rows()).isEqualTo(3);
        assertThat(matrix.columns()).isEqualTo(5);
        assertThat(matrix.value(0, 4)).isEqualTo(2);
        assertThat(matrix.value(2, 1)).isEqualTo(0.5f);
        assertThat(matrix.value(1, 0)).isZero();
    }

    @Test
    void rowWithoutClassIsMinusOne() {
        PlanetoidFiles.Labels labels = PlanetoidFiles.labels(file(LABELS));
        assertThat(labels.classes()).isEqualTo(2);
        assertThat(labels.labels()).containsExactly(1, 0, -1);
    }

    @Test
    void neighboursKeepRepeatsAndLoops() {
        assertThat(PlanetoidFiles.neighbours(file(NEIGHBOURS))).isDeepEqualTo(new int[][] {{1, 1}, {0}, {2}});
    }

    @Test
    void testIndexKeepsItsOrder() {
        assertThat(PlanetoidFiles.testIndex(file("7\n5\n6\n".getBytes(StandardCharsets.US_ASCII))))
                .containsExactly(7, 5, 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7\nx\n", "7\n7\n", "-1\n", "7 8\n"})
    void testIndexWithAnythingElseIsRefused(String text) {
        assertThatThrownBy(() -> PlanetoidFiles.testIndex(file(text.getBytes(StandardCharsets.US_ASCII))))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("ind.test");
    }

    @Test
    void everyTruncationIsAnErrorThatNamesTheFile() {
        assertTruncationsFail(MATRIX, PlanetoidFiles::features);
        assertTruncationsFail(LABELS, PlanetoidFiles::labels);
        assertTruncationsFail(NEIGHBOURS, PlanetoidFiles::neighbours);
    }

    private void assertTruncationsFail(byte[] whole, Function<ByteSource, ?> parser) {
        for (int length = 0; length < whole.length; length++) {
            byte[] bytes = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> parser.apply(ByteSource.of(FILE, bytes)))
                    .as("first %d bytes", length)
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageStartingWith("file " + FILE)
                    .hasMessageContaining(": expected ");
        }
    }

    @Test
    void everyFlippedBitIsReadOrRefusedButNothingElse() {
        assertFlipsAreHandled(MATRIX, PlanetoidFiles::features);
        assertFlipsAreHandled(LABELS, PlanetoidFiles::labels);
        assertFlipsAreHandled(NEIGHBOURS, PlanetoidFiles::neighbours);
    }

    private void assertFlipsAreHandled(byte[] whole, Function<ByteSource, ?> parser) {
        int refused = 0;
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            refused += refuses(flipped, parser) ? 1 : 0;
        }
        // most bits are structure; those that are values cannot be told from other values
        assertThat(refused).isGreaterThan(4 * whole.length);
    }

    /** Whether bytes are refused; anything but a value or a DataFormatException fails the test. */
    private boolean refuses(byte[] bytes, Function<ByteSource, ?> parser) {
        try {
            assertThat(parser.apply(ByteSource.of(FILE, bytes))).isNotNull();
            return false;
        } catch (DataFormatException e) {
            assertThat(e).hasMessageContaining("ind.test");
            return true;
        }
    }

    @Test
    void damageOfThePublishedFilesIsReadOrRefusedButNothingElse() throws IOException {
        RandomGenerator random = Seeds.generator(42);
        for (String part : List.of("y", "ty", "graph", "tx")) {
            byte[] whole = Files.readAllBytes(SharedFiles.dataset("planetoid/ind.cora." + part));
            Function<ByteSource, ?> parser = part.equals("graph")
                    ? PlanetoidFiles::neighbours
                    : part.equals("tx") ? PlanetoidFiles::features : PlanetoidFiles::labels;
            for (int i = 0; i < 100; i++) {
                byte[] damaged = whole.clone();
                // half of the damage is in the first 300 bytes, where the structure is
                int at = random.nextInt(i % 2 == 0 ? 300 : whole.length);
                damaged[at] ^= (byte) (1 << random.nextInt(8));
                refuses(damaged, parser);
                assertThat(refuses(Arrays.copyOf(whole, random.nextInt(whole.length)), parser))
                        .isTrue();
            }
        }
    }

    @Test
    void namesThatAreNotAllowedAreRefused() {
        byte[] attack = new PickleBytes()
                .global("os", "system")
                .text("touch /tmp/broken-into")
                .op(0x85, 'R')
                .end();
        assertThatThrownBy(() -> PlanetoidFiles.features(file(attack)))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("found the name 'os system', which is not allowed");
    }

    @Test
    void listThatContainsItselfIsRefused() {
        byte[] own = new PickleBytes()
                .global("collections", "defaultdict")
                .global("__builtin__", "list")
                .op(0x85, 'R', '(')
                .integer(0)
                .op(']', 'q', 1, 'h', 1, 'a', 'u')
                .end();
        assertThatThrownBy(() -> PlanetoidFiles.neighbours(file(own)))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected a neighbour of node 0, found a list of 1");
    }

    @Test
    void matrixThatContradictsItselfIsRefused() {
        assertThatThrownBy(() -> PlanetoidFiles.features(file(
                        PickleBytes.csr(2, 5, new int[] {0, 2, 2, 3}, new int[] {0, 4, 1}, new float[] {1, 2, 3}))))
                .hasMessageContaining("expected 3 row offsets of a matrix of 2 rows, found 4");
        assertThatThrownBy(() -> PlanetoidFiles.features(
                        file(PickleBytes.csr(1, 5, new int[] {0, 1}, new int[] {5}, new float[] {1}))))
                .hasMessageContaining("entry 0: expected a column in 0..4, found column 5");
        assertThatThrownBy(() -> PlanetoidFiles.features(
                        file(PickleBytes.csr(1, 5, new int[] {0, 9}, new int[] {5}, new float[] {1}))))
                .hasMessageContaining("expected row offsets that ascend from 0 to 1");
    }

    @Test
    void neighbourThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> PlanetoidFiles.neighbours(file(PickleBytes.neighbours(new int[][] {{1}, {2}}))))
                .hasMessageContaining("expected neighbours in 0..1, found neighbour 2 of node 1");
    }

    @Test
    void rowWithTwoClassesIsRefused() {
        assertThatThrownBy(() -> PlanetoidFiles.labels(file(PickleBytes.labels(new int[][] {{1, 0}, {1, 1}}))))
                .hasMessageContaining("expected one class per row, found something else in row 1");
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        byte[] longer = Arrays.copyOf(LABELS, LABELS.length + 3);
        assertThatThrownBy(() -> PlanetoidFiles.labels(file(longer))).hasMessageContaining("3 bytes after the end");
    }

    @Test
    void filesOfDifferentDataSetsAreRefused() throws IOException {
        int[][] known = new int[502][2];
        int[] offsets = new int[503];
        int[][] lists = new int[504][0];
        for (int[] row : known) {
            row[0] = 1;
        }
        List<Path> files = List.of(
                Files.write(folder.resolve("y"), PickleBytes.labels(new int[][] {{0, 1}, {1, 0}})),
                Files.write(folder.resolve("allx"), PickleBytes.csr(502, 3, offsets, new int[0], new float[0])),
                Files.write(folder.resolve("ally"), PickleBytes.labels(known)),
                Files.write(folder.resolve("tx"), PickleBytes.csr(1, 3, new int[2], new int[0], new float[0])),
                Files.write(folder.resolve("ty"), PickleBytes.labels(new int[][] {{0, 1}})),
                Files.write(folder.resolve("graph"), PickleBytes.neighbours(lists)),
                Files.write(folder.resolve("test.index"), "503\n".getBytes(StandardCharsets.US_ASCII)));
        PlanetoidGraph graph = PlanetoidGraph.read(files, TaskMonitor.NONE);
        assertThat(graph.testIndex()).containsExactly(503);
        Files.write(folder.resolve("test.index"), "504\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> PlanetoidGraph.read(files, TaskMonitor.NONE))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("do not fit together: they are of different data sets or versions");
    }
}
