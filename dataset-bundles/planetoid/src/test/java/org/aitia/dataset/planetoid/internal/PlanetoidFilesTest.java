package org.aitia.dataset.planetoid.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import net.razorvine.pickle.Unpickler;
import org.aitia.api.DataFormatException;
import org.aitia.api.Seeds;
import org.aitia.api.TaskMonitor;
import org.aitia.api.graph.SparseFeatures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanetoidFilesTest {
    private static final byte[] MATRIX =
            PickleBytes.csr(3, 5, new int[] {0, 2, 2, 3}, new int[] {0, 4, 1}, new float[] {1, 2, 0.5f});
    private static final byte[] LABELS = PickleBytes.labels(new int[][] {{0, 1}, {1, 0}, {0, 0}});
    private static final byte[] NEIGHBOURS = PickleBytes.neighbours(new int[][] {{1, 1}, {0}, {2}});

    private static final Path FILE = Path.of("ind.test");

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
    @ValueSource(strings = {"7\nx\n", "7\n7\n", "-1\n", "7\n\n8\n"})
    void testIndexWithAnythingElseIsRefused(String text) {
        assertThatThrownBy(() -> PlanetoidFiles.testIndex(file(text.getBytes(StandardCharsets.US_ASCII))))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("ind.test");
    }

    @Test
    void everyTruncationIsAnErrorThatNamesTheFile() {
        assertTruncationsFail(MATRIX, PlanetoidFiles::parseFeatures);
        assertTruncationsFail(LABELS, PlanetoidFiles::parseLabels);
        assertTruncationsFail(NEIGHBOURS, PlanetoidFiles::parseNeighbours);
    }

    private void assertTruncationsFail(byte[] whole, Function<byte[], ?> parser) {
        for (int length = 0; length < whole.length; length++) {
            byte[] bytes = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> PlanetoidFiles.parse(FILE, bytes, parser))
                    .as("first %d bytes", length)
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageStartingWith("file " + FILE + " is not a valid Planetoid file: ");
        }
    }

    @Test
    void everyFlippedBitIsReadOrRefusedButNothingElse() {
        assertFlipsAreHandled(MATRIX, PlanetoidFiles::parseFeatures);
        assertFlipsAreHandled(LABELS, PlanetoidFiles::parseLabels);
        assertFlipsAreHandled(NEIGHBOURS, PlanetoidFiles::parseNeighbours);
    }

    private void assertFlipsAreHandled(byte[] whole, Function<byte[], ?> parser) {
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
    private boolean refuses(byte[] bytes, Function<byte[], ?> parser) {
        try {
            assertThat(PlanetoidFiles.parse(FILE, bytes, parser)).isNotNull();
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
            byte[] whole = Files.readAllBytes(SharedFiles.require("ind.cora." + part));
            Function<byte[], ?> parser = part.equals("graph")
                    ? PlanetoidFiles::parseNeighbours
                    : part.equals("tx") ? PlanetoidFiles::parseFeatures : PlanetoidFiles::parseLabels;
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
                .hasMessageContaining("it names 'os system', which is not allowed");
        byte[] constructor = new PickleBytes()
                .global("decimal", "Decimal") // the library would call a Java constructor
                .text("1")
                .op(0x85, 'R')
                .end();
        assertThatThrownBy(() -> PlanetoidFiles.features(file(constructor)))
                .hasMessageContaining("it names 'decimal Decimal', which is not allowed");
    }

    @Test
    void operationsThatTheFilesDoNotNeedAreRefused() {
        // INST, OBJ, STACK_GLOBAL, PERSID, EXT1, LONG4, BINUNICODE, FRAME
        for (int opcode : new int[] {'i', 'o', 0x93, 'P', 0x82, 0x8b, 'X', 0x95}) {
            byte[] bytes = new PickleBytes().op(opcode).raw("os\nsystem\n").end();
            assertThatThrownBy(() -> PlanetoidFiles.features(file(bytes)))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining("operation " + opcode + " has no place here");
        }
    }

    @Test
    void constructorsThatOthersRegisterAreNotCalled() {
        List<String> calls = new ArrayList<>();
        Unpickler.registerConstructor("somebody", "Else", arguments -> calls.add("called"));
        byte[] bytes = new PickleBytes().global("somebody", "Else").op(')', 'R').end();
        assertThatThrownBy(() -> PlanetoidFiles.features(file(bytes))).isInstanceOf(DataFormatException.class);
        assertThat(calls).isEmpty();
    }

    @Test
    void nothingIsRegisteredForOthers() {
        PlanetoidFiles.features(file(MATRIX));
        assertThat(Registry.names())
                .isNotEmpty()
                .noneMatch(name -> name.startsWith("numpy") || name.startsWith("scipy"));
    }

    private static final class Registry extends Unpickler {
        static Iterable<String> names() {
            return objectConstructors.keySet();
        }
    }

    @Test
    void lengthsThatTheFileDoesNotHaveAreNotAllocated() {
        byte[] huge = new PickleBytes().op('T').int32(Integer.MAX_VALUE).end();
        assertThatThrownBy(() -> PlanetoidFiles.features(file(huge)))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("a string of 2147483647 bytes begins 1 bytes before the end");
        byte[] negative = new PickleBytes().op('T').int32(-1).end();
        assertThatThrownBy(() -> PlanetoidFiles.features(file(negative))).isInstanceOf(DataFormatException.class);
        byte[] shape = new PickleBytes()
                .array("i4", new byte[4], Integer.MAX_VALUE, Integer.MAX_VALUE, 4)
                .end();
        assertThatThrownBy(() -> PlanetoidFiles.labels(file(shape)))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("[2147483647, 2147483647, 4]");
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
                .hasMessageContaining("it holds a ArrayList where a Integer should be");
        byte[] key = new PickleBytes()
                .op('}', '(', ']', 'q', 1, 'h', 1, 'a')
                .integer(0)
                .op('u')
                .end();
        assertThatThrownBy(() -> PlanetoidFiles.neighbours(file(key)))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("a key that is neither number nor text");
    }

    @Test
    void matrixThatContradictsItselfIsRefused() {
        assertThatThrownBy(() -> PlanetoidFiles.features(file(
                        PickleBytes.csr(2, 5, new int[] {0, 2, 2, 3}, new int[] {0, 4, 1}, new float[] {1, 2, 3}))))
                .hasMessageContaining("a matrix of 2 rows has 4 row offsets");
        assertThatThrownBy(() -> PlanetoidFiles.features(
                        file(PickleBytes.csr(1, 5, new int[] {0, 1}, new int[] {5}, new float[] {1}))))
                .hasMessageContaining("row 0 has column 5; columns must ascend within 0..4");
        assertThatThrownBy(() -> PlanetoidFiles.features(
                        file(PickleBytes.csr(1, 5, new int[] {0, 9}, new int[] {5}, new float[] {1}))))
                .hasMessageContaining("do not fit together");
    }

    @Test
    void neighbourThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> PlanetoidFiles.neighbours(file(PickleBytes.neighbours(new int[][] {{1}, {2}}))))
                .hasMessageContaining("node 1 has neighbour 2 of 2 nodes");
    }

    @Test
    void rowWithTwoClassesIsRefused() {
        assertThatThrownBy(() -> PlanetoidFiles.labels(file(PickleBytes.labels(new int[][] {{1, 0}, {1, 1}}))))
                .hasMessageContaining("row 1 does not name one class");
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        byte[] longer = Arrays.copyOf(LABELS, LABELS.length + 3);
        assertThatThrownBy(() -> PlanetoidFiles.labels(file(longer))).hasMessageContaining("3 bytes follow the end");
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
