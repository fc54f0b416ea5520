package org.aitia.formats.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.aitia.api.DataFormatException;
import org.aitia.formats.ByteSource;
import org.aitia.formats.Damage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    private static NdArray read(byte[] bytes) {
        return Npy.read(ByteSource.of("x.npy", bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void versionsDifferInTheirHeaders(int version) {
        NdArray array = read(NpyBytes.npy(version, NpyBytes.header("<i4", false, "(2, 2)"), NpyBytes.ints(1, 2, 3, 4)));
        assertThat(array.shape()).containsExactly(2, 2);
        assertThat(array.ints()).containsExactly(1, 2, 3, 4);
        assertThat(array.type()).isEqualTo("<i4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
            |b1 01 1
            |i1 ff -1
            |u1 ff 255
            <i2 feff -2
            >i2 fffe -2
            <u2 feff 65534
            >i4 00000102 258
            <u4 ffffff7f 2147483647
            <i8 0500000000000000 5
            >i8 fffffffffffffffb -5
            """)
    void wholeNumbersOfAllSizesAreRead(String type, String hex, int value) {
        NdArray array = read(NpyBytes.npy(type, "(1,)", java.util.HexFormat.of().parseHex(hex)));
        assertThat(array.ints()).containsExactly(value);
        assertThat(array.longs()).containsExactly(value);
        assertThat(array.floats()).containsExactly(value);
        assertThat(array.isInteger()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
            <f2 003c 1
            >f2 c100 -2.5
            <f2 0100 5.9604644775390625e-8
            <f2 007c Infinity
            <f4 0000c03f 1.5
            >f4 3fc00000 1.5
            <f8 000000000000f8bf -1.5
            >f8 bff8000000000000 -1.5
            """)
    void numbersOfAllSizesAreRead(String type, String hex, double value) {
        NdArray array = read(NpyBytes.npy(type, "(1,)", java.util.HexFormat.of().parseHex(hex)));
        assertThat(array.doubles()).containsExactly(value);
        assertThat(array.floats()).containsExactly((float) value);
        assertThat(array.floatBuffer().get(0)).isEqualTo((float) value);
    }

    @Test
    void columnsFirstIsTurnedIntoRowsFirst() {
        byte[] stored = NpyBytes.ints(1, 4, 2, 5, 3, 6);
        assertThat(read(NpyBytes.npy(1, NpyBytes.header("<i4", true, "(2, 3)"), stored))
                        .ints())
                .containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(read(NpyBytes.npy(1, NpyBytes.header("<i4", true, "(2, 3)"), stored))
                        .floats())
                .containsExactly(1, 2, 3, 4, 5, 6);
        byte[] cube = NpyBytes.ints(0, 4, 2, 6, 1, 5, 3, 7);
        assertThat(read(NpyBytes.npy(1, NpyBytes.header("<i4", true, "(2, 2, 2)"), cube))
                        .longs())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void arraysLongerThanTheBufferAreRead() {
        int[] values = new int[100_000];
        Arrays.setAll(values, i -> 7 * i);
        NdArray array = read(NpyBytes.npy("<i4", "(100000,)", NpyBytes.ints(values)));
        assertThat(array.ints()).isEqualTo(values);
        assertThat(array.doubles()[99_999]).isEqualTo(699_993);
    }

    @Test
    void textLosesTheZerosAtItsEnd() {
        ByteBuffer little = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        little.putInt('a').putInt(0x1F600).putInt(0).putInt('b');
        assertThat(read(NpyBytes.npy("<U3", "(2,)", little.array())).strings()).containsExactly("a\uD83D\uDE00", "b");
        ByteBuffer big = ByteBuffer.allocate(4).putInt(0, 'z');
        assertThat(read(NpyBytes.npy(">U1", "(1,)", big.array())).strings()).containsExactly("z");
        assertThat(read(NpyBytes.npy("|S2", "(2,)", new byte[] {'a', 'b', 'c', 0}))
                        .strings())
                .containsExactly("ab", "c");
        assertThat(read(NpyBytes.npy("<U0", "(2,)", new byte[0])).strings()).containsExactly("", "");
    }

    @Test
    void objectsAreAPickleInside() {
        byte[] pickle = new PickleBytes(3)
                .beginArray("O8", "|", false, 2)
                .op(']', '(', 'N')
                .text("x")
                .op('e', 't', 'b')
                .end();
        NdArray array = read(NpyBytes.npy("|O", "(2,)", pickle));
        assertThat(array.objects()).containsExactly(null, "x");
        assertThat(array.shape()).containsExactly(2);
        assertThatThrownBy(array::ints)
                .hasMessage(
                        "file x.npy: expected whole numbers, found elements of type |O; correct it or fetch it anew");
    }

    @Test
    void scalarsHaveNoAxes() {
        NdArray array = read(NpyBytes.npy("<i4", "()", NpyBytes.ints(9)));
        assertThat(array.shape()).isEmpty();
        assertThat(array.ints()).containsExactly(9);
        assertThatThrownBy(() -> array.length(0)).hasMessageContaining("expected an axis 0, found an array []");
    }

    @Test
    void numbersThatDoNotFitAreRefused() {
        byte[] large = {0, 0, 0, 0, 1, 0, 0, 0};
        assertThatThrownBy(() -> read(NpyBytes.npy("<i8", "(1,)", large)).ints())
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected numbers of at most 32 bits, found 4294967296 at position 0");
        assertThatThrownBy(() -> read(NpyBytes.npy("<f4", "(2,)", large)).ints())
                .hasMessageContaining("expected whole numbers, found elements of type <f4");
        byte[] unsigned = {-1, -1, -1, -1, -1, -1, -1, -1};
        assertThatThrownBy(() -> read(NpyBytes.npy("<u8", "(1,)", unsigned)).longs())
                .hasMessageContaining("found 18446744073709551615 at position 0");
    }

    /** Nothing may be allocated on the word of a header. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(2147483647,)",
                "(9223372036854775807,)",
                "(4294967296, 4294967296, 2)",
                "(9223372036854775807, 9223372036854775807)",
                "(3,)",
                "(1,)",
                "(99999999999999999999,)"
            })
    void shapesThatTheBytesDoNotFillAreRefused(String shape) {
        assertThatThrownBy(() -> read(NpyBytes.npy("<f4", shape, new byte[8])))
                .isInstanceOf(DataFormatException.class)
                .hasMessageStartingWith("file x.npy")
                .hasMessageContaining("; correct it or fetch it anew");
    }

    @Test
    void shapesWithoutElementsAreRead() {
        assertThat(read(NpyBytes.npy("<f4", "(0, 3)", new byte[0])).floats()).isEmpty();
        assertThatThrownBy(() ->
                        read(NpyBytes.npy("<U0", "(9000000000,)", new byte[0])).strings())
                .hasMessageContaining("expected at most 2147483639 elements, found 9000000000");
    }

    @Test
    void headersThatAreNoneAreRefused() {
        assertThatThrownBy(() -> read("hello, world".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .hasMessage(
                        "file x.npy, offset 0: expected an npy file, found other bytes; correct it or fetch it anew");
        assertThatThrownBy(() -> read(NpyBytes.npy(4, "{}", new byte[0])))
                .hasMessageContaining("offset 6: expected version 1, 2 or 3 of the npy format, found 4");
        byte[] huge = NpyBytes.npy(2, "{}", new byte[0]);
        huge[11] = 0x7f;
        assertThatThrownBy(() -> read(huge)).hasMessageContaining("expected a header of at most 65536 bytes");
        assertThatThrownBy(() -> read(Arrays.copyOf(NpyBytes.npy("<f4", "(0,)", new byte[0]), 20)))
                .hasMessageContaining("offset 10: expected a header of ");
        assertThatThrownBy(() -> read(NpyBytes.npy("<c8", "(1,)", new byte[8])))
                .hasMessageContaining("found type '<c8'; store the array as one of those");
        assertThatThrownBy(() -> read(NpyBytes.npy(1, "{'descr': [('a', '<f4')], 'shape': (1,)}", new byte[4])))
                .hasMessageContaining("its header: expected a simple type of elements");
    }

    @Test
    void damageIsReadOrRefusedButNothingElse() throws Exception {
        byte[] floats = NpyBytes.npy("<f4", "(3, 2)", NpyBytes.floats(1, 2, 3, 4, 5, 6));
        int refused = Damage.assertReadOrRefused(floats, 4000, 1, bytes -> {
            NdArray array = read(bytes);
            assertThat(array.floats().length).isEqualTo((int) array.count());
        });
        assertThat(refused).isGreaterThan(1500);
        byte[] text = NpyBytes.npy("<U2", "(2,)", NpyBytes.ints('a', 'b', 'c', 0));
        Damage.assertReadOrRefused(text, 2000, 2, bytes -> read(bytes).strings());
    }
}
