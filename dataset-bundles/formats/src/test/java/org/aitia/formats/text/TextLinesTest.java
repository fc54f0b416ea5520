package org.aitia.formats.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aitia.api.DataFormatException;
import org.aitia.formats.ByteSource;
import org.aitia.formats.Damage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextLinesTest {
    private static List<TextLine> lines(byte[] bytes) {
        List<TextLine> found = new ArrayList<>();
        try (TextLines lines = TextLines.open(ByteSource.of("x.txt", bytes))) {
            for (Optional<TextLine> line = lines.next(); line.isPresent(); line = lines.next()) {
                found.add(line.get());
            }
        }
        return found;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\n\nd\n", "a\r\nb\r\n\r\nd", "a\rb\r\rd\r", "a\nb\r\n\rd", "\uFEFFa  \nb\t\n\nd\n"})
    void linesEndInAnyWay(String text) {
        assertThat(lines(utf8(text))).extracting(TextLine::text).containsExactly("a", "b", "", "d");
        assertThat(lines(utf8(text))).extracting(TextLine::number).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void emptyFileHasNoLines() {
        assertThat(lines(new byte[0])).isEmpty();
        assertThat(lines(utf8("\n"))).hasSize(1);
    }

    @Test
    void lineBreaksAcrossTheBufferAreOne() {
        for (int length = (1 << 16) - 3; length < (1 << 16) + 3; length++) {
            String first = "x".repeat(length);
            assertThat(lines(utf8(first + "\r\nb\r" + "\nc")))
                    .extracting(TextLine::text)
                    .containsExactly(first, "b", "c");
        }
    }

    @Test
    void carriageReturnAtTheEndOfTheBufferIsALineEnd() {
        for (int length = (1 << 16) - 2; length < (1 << 16) + 2; length++) {
            String first = "x".repeat(length);
            assertThat(lines(utf8(first + "\rb"))).extracting(TextLine::text).containsExactly(first, "b");
        }
    }

    @Test
    void numbersAreReadWithTheBlanksAroundThem() {
        TextLine line = lines(utf8("1, 2 ,-3,+4")).get(0);
        assertThat(line.integers(',')).containsExactly(1, 2, -3, 4);
        assertThat(line.split(',', 4)).containsExactly("1", "2", "-3", "+4");
        assertThat(line.number("1.5e-3")).isEqualTo(0.0015);
    }

    @Test
    void errorsNameTheLine() {
        TextLine line = lines(utf8("1 2\n3 x\n")).get(1);
        assertThatThrownBy(() -> line.integers(' '))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("file x.txt, line 2: expected a whole number, found 'x'; correct the line or fetch the file"
                        + " anew");
        assertThatThrownBy(() -> line.split(' ', 3))
                .hasMessageContaining("line 2: expected 3 fields, found 2 in '3 x'");
        assertThatThrownBy(() -> line.integer("5000000000"))
                .hasMessageContaining("expected a whole number of at most 32 bits, found '5000000000'");
        assertThatThrownBy(() -> line.integer("7", 0, 6))
                .hasMessageContaining("expected a whole number from 0 to 6, found 7");
        assertThatThrownBy(() -> line.integer("")).hasMessageContaining("expected a whole number, found nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "1e999", "0x10", "1f", "1,5", "--1", "1 2"})
    void whatIsNoFiniteNumberIsRefused(String field) {
        TextLine line = new TextLine("x.txt", 1, field);
        assertThatThrownBy(() -> line.number(field)).hasMessageContaining("expected a number, found '" + field + "'");
    }

    @Test
    void otherEncodingsAreRefusedByLine() {
        assertThatThrownBy(() -> lines(new byte[] {'a', '\n', (byte) 0xe9, '\n'}))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("file x.txt, line 2: expected text in UTF-8, found other bytes; save it in UTF-8");
    }

    @Test
    void foundTextIsQuotedOnOneLine() {
        TextLine line = new TextLine("x.txt", 1, "");
        assertThatThrownBy(() -> line.integer("a\u0007" + "b".repeat(100)))
                .hasMessageContaining("found 'a?" + "b".repeat(58) + "...'");
    }

    @Test
    void damageIsReadOrRefusedButNothingElse() throws Exception {
        byte[] whole = utf8("\uFEFF1, 2\r\n3, 4\n5, 6\r7, 8\n\n9, 10é");
        int refused = Damage.assertReadOrRefused(
                whole,
                5000,
                21,
                bytes -> lines(bytes).forEach(line -> line.split(',', 2).forEach(line::integer)));
        assertThat(refused).isBetween(4000, 5000); // the last line is wrong, unless it is cut off
    }
}
