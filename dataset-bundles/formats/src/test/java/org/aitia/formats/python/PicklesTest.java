package org.aitia.formats.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.Unpickler;
import org.aitia.api.DataFormatException;
import org.aitia.formats.ByteSource;
import org.aitia.formats.Damage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PicklesTest {
    private static ByteSource source(byte[] bytes) {
        return ByteSource.of("x.pkl", bytes);
    }

    private static Object read(byte[] bytes) {
        return Pickles.read(source(bytes));
    }

    private static byte[] everything(int protocol) {
        return new PickleBytes(protocol)
                .op('}', '(')
                .text("array")
                .array("f8", ">", false, new byte[] {63, -8, 0, 0, 0, 0, 0, 0}, 1)
                .text("columns")
                .array("i4", "<", true, NpyBytes.ints(1, 3, 2, 4), 2, 2)
                .text("matrix")
                .matrix(2, 3, new int[] {0, 2, 3}, new int[] {2, 0, 1}, new float[] {5, 6, 7})
                .text("tuple")
                .op('K', 7, 'M', 1, 2, 'N', 0x87)
                .text("list")
                .op(']', '(', 0x88, 0x89, 'G', 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 'e')
                .text("long")
                .op(0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1)
                .integer(5)
                .text("five")
                .op('u')
                .end();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void allProtocolsHoldTheSame(int protocol) {
        Map<?, ?> map = (Map<?, ?>) read(everything(protocol));
        assertThat(((NdArray) map.get("array")).doubles()).containsExactly(1.5);
        assertThat(((NdArray) map.get("columns")).ints()).containsExactly(1, 2, 3, 4);
        CsrMatrix matrix = (CsrMatrix) map.get("matrix");
        assertThat(matrix.features().value(0, 0)).isEqualTo(6);
        assertThat(matrix.features().value(0, 2)).isEqualTo(5);
        assertThat((Object[]) map.get("tuple")).containsExactly(7, 513, null);
        assertThat((List<?>) map.get("list")).isEqualTo(List.of(true, false, 1.5));
        assertThat(map.get("long")).isEqualTo(BigInteger.ONE.shiftLeft(64));
        assertThat(map.get(5)).isEqualTo("five");
    }

    /** BINSTRING and SHORT_BINSTRING, as Python 2 wrote them into Planetoid's files. */
    @Test
    void byteStringsOfPython2AreText() {
        byte[] bytes = new PickleBytes(2)
                .op('U', 2, 'a', 0xe9, 'T', 1, 0, 0, 0, 'b', 0x86)
                .end();
        assertThat((Object[]) read(bytes)).containsExactly("a\u00e9", "b");
    }

    @Test
    void scalarsAreArraysWithoutAxes() {
        byte[] bytes = new PickleBytes(3)
                .global("numpy._core.multiarray", "scalar")
                .type("f4", "<")
                .bytes(NpyBytes.floats(2.5f))
                .op(0x86, 'R')
                .end();
        assertThat(((NdArray) read(bytes)).floats()).containsExactly(2.5f);
    }

    @Test
    void scalarsAreNumbersAsKeys() {
        byte[] bytes = new PickleBytes(3)
                .op('}')
                .global("numpy.core.multiarray", "scalar")
                .type("i8", "<")
                .bytes(new byte[] {3, 0, 0, 0, 0, 0, 0, 0})
                .op(0x86, 'R')
                .text("three")
                .op('s')
                .end();
        assertThat(((Map<?, ?>) read(bytes)).get(3L)).isEqualTo("three");
    }

    @Test
    void arraysInsideArraysOfObjectsAreArrays() {
        byte[] bytes = new PickleBytes(4)
                .beginArray("O8", "|", false, 1)
                .op(']', ']')
                .array("i4", "<", false, NpyBytes.ints(8), 1)
                .op('a', 'a', 't', 'b')
                .end();
        List<?> inner = (List<?>) ((NdArray) read(bytes)).objects().get(0);
        assertThat(((NdArray) inner.get(0)).ints()).containsExactly(8);
    }

    @ParameterizedTest
    @CsvSource({
        "os, system",
        "posix, system",
        "nt, system",
        "subprocess, Popen",
        "builtins, eval",
        "builtins, exec",
        "builtins, getattr",
        "__builtin__, eval",
        "builtins, bytearray",
        "decimal, Decimal",
        "datetime, datetime",
        "numpy, load",
        "numpy.testing._private.utils, runstring",
        "copyreg, _reconstructor",
        "torch, load"
    })
    void nothingThatIsNotAllowedIsNamed(String module, String name) {
        for (int protocol = 2; protocol <= 4; protocol++) {
            byte[] attack = new PickleBytes(protocol)
                    .global(module, name)
                    .text("touch /tmp/broken-into")
                    .op(0x85, 'R')
                    .end();
            assertThatThrownBy(() -> read(attack))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageStartingWith("file x.pkl, offset ")
                    .hasMessageContaining("expected a pickle of arrays and plain data, found the name '" + module + " "
                            + name + "', which is not allowed");
        }
    }

    @Test
    void operationsThatFilesDoNotNeedAreRefused() {
        // INST, OBJ, PERSID, BINPERSID, EXT1, EXT4, LONG4, INT, LONG, STRING, UNICODE, FLOAT, GET, PUT, LIST, DICT,
        // NEWOBJ_EX, NEXT_BUFFER, BYTEARRAY8
        for (int opcode : new int[] {
            'i', 'o', 'P', 'Q', 0x82, 0x84, 0x8b, 'I', 'L', 'S', 'V', 'F', 'g', 'p', 'l', 'd', 0x92, 0x97, 0x96
        }) {
            byte[] bytes = new PickleBytes(2)
                    .op(opcode)
                    .raw("os\nsystem\n".getBytes(StandardCharsets.US_ASCII))
                    .end();
            assertThatThrownBy(() -> read(bytes))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining("found operation " + opcode + ", which has no place here");
        }
    }

    @Test
    void constructorsThatOthersRegisterAreNotCalled() {
        List<String> calls = new ArrayList<>();
        Unpickler.registerConstructor("somebody", "Else", arguments -> calls.add("called"));
        byte[] bytes =
                new PickleBytes(2).global("somebody", "Else").op(')', 'R').end();
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(DataFormatException.class);
        assertThat(calls).isEmpty();
    }

    @Test
    void nothingIsRegisteredForOthers() {
        read(everything(4));
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
        for (int opcode : new int[] {'T', 'B', 'X'}) {
            byte[] huge = new PickleBytes(3).op(opcode).int32(Integer.MAX_VALUE).end();
            assertThatThrownBy(() -> read(huge))
                    .hasMessageContaining("a string of 2147483647 bytes that begins 1 bytes before the end");
            byte[] negative = new PickleBytes(3).op(opcode).int32(-1).end();
            assertThatThrownBy(() -> read(negative)).hasMessageContaining("a string of 4294967295 bytes");
        }
        for (int opcode : new int[] {0x8d, 0x8e}) {
            byte[] huge = new PickleBytes(4).op(opcode).int64(Long.MAX_VALUE).end();
            assertThatThrownBy(() -> read(huge)).hasMessageContaining("a string of 9223372036854775807 bytes");
            byte[] negative = new PickleBytes(4).op(opcode).int64(-1).end();
            assertThatThrownBy(() -> read(negative)).hasMessageContaining("a string of 18446744073709551615 bytes");
        }
        byte[] shape = new PickleBytes(3)
                .array("i4", "<", false, new byte[4], Integer.MAX_VALUE, Integer.MAX_VALUE, 4)
                .end();
        assertThatThrownBy(() -> read(shape))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("[2147483647, 2147483647, 4]");
    }

    @Test
    void depthCostsNoStack() {
        byte[] lists = new byte[600_003];
        lists[0] = (byte) 0x80;
        lists[1] = 2;
        Arrays.fill(lists, 2, 300_002, (byte) ']');
        Arrays.fill(lists, 300_002, 600_001, (byte) 'a');
        lists[600_001] = '.';
        assertThat(read(Arrays.copyOf(lists, 600_002))).isInstanceOf(List.class);
        byte[] tuples = new byte[500_004];
        tuples[0] = (byte) 0x80;
        tuples[1] = 2;
        tuples[2] = 'N';
        Arrays.fill(tuples, 3, 500_003, (byte) 0x85);
        tuples[500_003] = '.';
        assertThat(read(tuples)).isInstanceOf(Object[].class);
    }

    /** Sixty tuples of twice the one before: 2^60 elements for whoever follows every reference. */
    @Test
    void sharedPartsAreVisitedOnce() {
        PickleBytes pickle = new PickleBytes(2).op('N');
        for (int i = 0; i < 60; i++) {
            pickle.op('2', 0x86); // DUP, TUPLE2
        }
        assertThat(read(pickle.end())).isInstanceOf(Object[].class);
    }

    /** One string of a mebibyte, a thousand arrays that refer to it. */
    @Test
    void sharedBytesAreNotCopied() {
        byte[] data = new byte[1 << 20];
        Arrays.fill(data, (byte) 'a'); // one byte per character
        PickleBytes pickle =
                new PickleBytes(2).op('T').int32(data.length).raw(data).op('q', 1, '0', ']', '(');
        for (int i = 0; i < 1000; i++) {
            pickle.beginArray("i1", "|", false, data.length).op('h', 1, 't', 'b');
        }
        List<?> arrays = (List<?>) read(pickle.op('e').end());
        assertThat(arrays).hasSize(1000);
        assertThat(((NdArray) arrays.get(999)).count()).isEqualTo(data.length);
    }

    @Test
    void listThatContainsItselfIsRead() {
        byte[] own = new PickleBytes(2).op(']', 'q', 1, 'h', 1, 'a').end();
        List<?> list = (List<?>) read(own);
        assertThat(list.get(0)).isSameAs(list);
    }

    @Test
    void keysAreTextOrNumbers() {
        byte[] key = new PickleBytes(2)
                .op('}', '(', ']', 'q', 1, 'h', 1, 'a', 'N', 'u')
                .end();
        assertThatThrownBy(() -> read(key))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("a dictionary with a key that is neither number nor text");
    }

    @Test
    void limitsAreKept() {
        byte[] bytes = everything(3);
        assertThatThrownBy(() -> Pickles.read(source(bytes), new PickleLimits(100, 1000)))
                .hasMessage("file x.pkl: expected at most 100 bytes, found " + bytes.length
                        + " bytes; correct it or fetch it anew");
        assertThatThrownBy(() -> Pickles.read(source(bytes), new PickleLimits(1 << 20, 20)))
                .hasMessageContaining("found more operations than are allowed");
    }

    /** A byte makes an object of sixty; six million of them would fill the heap of these tests. */
    @Test
    void objectsAreBoundedByOperations() {
        byte[] dictionaries = new byte[6_000_000];
        Arrays.fill(dictionaries, (byte) '}');
        dictionaries[0] = (byte) 0x80;
        dictionaries[1] = 2;
        assertThatThrownBy(() -> read(dictionaries))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("found more operations than are allowed");
    }

    @Test
    void otherProtocolsAndBytesAfterTheEndAreRefused() {
        assertThatThrownBy(() -> read(new PickleBytes(5).op('N').end()))
                .hasMessageContaining(
                        "offset 2: expected a pickle of arrays and plain data, found protocol 5 where 2, 3"
                                + " or 4 can be read");
        byte[] longer = Arrays.copyOf(everything(3), everything(3).length + 3);
        assertThatThrownBy(() -> read(longer)).hasMessageContaining("found 3 bytes after the end");
        assertThatThrownBy(() -> read(new byte[0]))
                .hasMessageContaining("offset 0: ")
                .hasMessageContaining("the end");
    }

    @Test
    void matrixThatContradictsItselfIsRefused() {
        assertThatThrownBy(() -> read(new PickleBytes(3)
                        .matrix(2, 5, new int[] {0, 2, 2, 3}, new int[] {0, 4, 1}, new float[] {1, 2, 3})
                        .end()))
                .hasMessageContaining("expected 3 row offsets of a matrix of 2 rows, found 4");
        CsrMatrix outside = (CsrMatrix) read(new PickleBytes(3)
                .matrix(1, 5, new int[] {0, 1}, new int[] {5}, new float[] {1})
                .end());
        assertThatThrownBy(outside::features).hasMessageContaining("expected a column in 0..4, found column 5");
        CsrMatrix jumping = (CsrMatrix) read(new PickleBytes(3)
                .matrix(2, 5, new int[] {0, 9, 1}, new int[] {0}, new float[] {1})
                .end());
        assertThatThrownBy(jumping::features).hasMessageContaining("expected row offsets that ascend from 0 to 1");
    }

    @Test
    void entriesOfOnePlaceAreAddedUp() {
        CsrMatrix matrix = (CsrMatrix) read(new PickleBytes(3)
                .matrix(2, 5, new int[] {0, 3, 4}, new int[] {4, 1, 4, 0}, new float[] {1, 2, 3, 9})
                .end());
        assertThat(matrix.features().storedValues()).isEqualTo(3);
        assertThat(matrix.features().value(0, 4)).isEqualTo(4);
        assertThat(matrix.features().value(1, 0)).isEqualTo(9);
    }

    @Test
    void everyTruncationIsRefused() {
        for (int protocol = 2; protocol <= 4; protocol++) {
            byte[] whole = everything(protocol);
            for (int length = 0; length < whole.length; length++) {
                byte[] bytes = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> read(bytes))
                        .as("first %d bytes of protocol %d", length, protocol)
                        .isInstanceOf(DataFormatException.class)
                        .hasMessageStartingWith("file x.pkl");
            }
        }
    }

    @Test
    void damageIsReadOrRefusedButNothingElse() throws Exception {
        for (int protocol = 2; protocol <= 4; protocol++) {
            int refused = Damage.assertReadOrRefused(everything(protocol), 4000, protocol, bytes -> {
                if (read(bytes) instanceof Map<?, ?> map) {
                    if (map.get("matrix") instanceof CsrMatrix matrix) {
                        matrix.features();
                    }
                    if (map.get("array") instanceof NdArray array) {
                        array.doubles();
                    }
                }
            });
            assertThat(refused).isGreaterThan(2000);
        }
    }

    /** Nothing but operations, in any order. */
    @Test
    void randomProgramsAreReadOrRefused() {
        java.util.random.RandomGenerator random = org.aitia.api.Seeds.generator(77);
        int[] operations = {
            '(', ')', '.', '0', '1', '2', 'B', 'C', 'J', 'K', 'M', 'N', 'R', 'T', 'U', 'X', ']', 'a', 'b', 'c', 'e',
            'h', 'j', 'q', 'r', 's', 't', 'u', '}', 0x81, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8c, 0x93, 0x94
        };
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            PickleBytes pickle = new PickleBytes(4);
            for (int n = random.nextInt(40); n > 0; n--) {
                pickle.op(operations[random.nextInt(operations.length)]);
                if (random.nextInt(8) == 0) {
                    pickle.global("numpy", "dtype");
                } else if (random.nextInt(8) == 0) {
                    pickle.global("numpy.core.multiarray", "_reconstruct");
                }
            }
            try {
                read(pickle.end());
            } catch (DataFormatException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(10_000, 20_000);
    }
}
