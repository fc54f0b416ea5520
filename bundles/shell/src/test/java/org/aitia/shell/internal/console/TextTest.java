package org.aitia.shell.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @ParameterizedTest
    @CsvSource({"abc,3", "'',0", "日本,4", "é,1", "e\u0301,1", "▇▇,2"})
    void widthCountsColumnsNotCharacters(String text, int columns) {
        assertThat(Text.width(text)).isEqualTo(columns);
    }

    @Test
    void paddingFillsColumns() {
        assertThat(Text.pad("日本", 6)).isEqualTo("日本  ");
        assertThat(Text.pad("longer", 3)).isEqualTo("longer");
    }

    @Test
    void textIsBrokenBetweenWords() {
        assertThat(Text.wrap("one two three", 8)).containsExactly("one two", "three");
        assertThat(Text.wrap("incomprehensible", 8)).containsExactly("incomprehensible");
        assertThat(Text.wrap("", 8)).containsExactly("");
    }

    @ParameterizedTest
    @CsvSource({"0,0.000 s", "0.00087,0.87 ms", "0.0421,0.042 s", "7.314,7.31 s", "245,4 min 05 s", "NaN,-"})
    void timesHaveThePrecisionThatMatters(double seconds, String text) {
        assertThat(Text.seconds(seconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"512,512 B", "1536,1.5 KiB", "17179869184,16 GiB"})
    void memoryHasUnits(long bytes, String text) {
        assertThat(Text.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void numbersDoNotDependOnTheLocale() {
        assertThat(Text.decimal(0.925, 2)).isEqualTo("0.93");
        assertThat(Text.percent(0.5)).isEqualTo("50.0 %");
        assertThat(Text.percent(Double.NaN)).isEqualTo("-");
        assertThat(Text.count(19717)).isEqualTo("19,717");
    }
}
