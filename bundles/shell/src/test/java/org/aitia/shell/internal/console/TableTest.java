package org.aitia.shell.internal.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TableTest {
    private static String print(Table table, int width) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), width, "");
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    @Test
    void columnsAreAligned() {
        assertThat(print(
                        new Table("NAME", "N", "TITLE")
                                .right(1)
                                .row("a", "100", "x")
                                .row("long", "7", "y"),
                        80))
                .isEqualTo("""
                        NAME    N  TITLE
                        a     100  x
                        long    7  y
                        """);
    }

    @Test
    void wideCharactersTakeTheirColumns() {
        assertThat(print(new Table("A", "B").row("日本", "x").row("abcd", "y"), 80))
                .isEqualTo("A     B\n日本  x\nabcd  y\n");
    }

    @Test
    void theLastColumnIsWrappedBelowItself() {
        assertThat(print(new Table("K", "MEANING").row("a", "one two three four five six seven eight nine ten"), 50))
                .isEqualTo("""
                        K  MEANING
                        a  one two three four five six seven eight nine
                           ten
                        """);
    }

    @Test
    void whereThereIsNoRoomBesideTheLastColumnStandsBelow() {
        assertThat(print(new Table("K", "MEANING").row("a", "one two three four five six seven"), 30))
                .isEqualTo("""
                        K
                        a
                            one two three four five
                            six seven
                        """);
    }

    @Test
    void rowsMustFit() {
        assertThatThrownBy(() -> new Table("A", "B").row("only one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 cells for 2 columns");
    }
}
