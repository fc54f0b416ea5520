package org.aitia.shell.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {
    @ParameterizedTest
    @CsvSource({"en_GB.UTF-8,true", "de_DE.utf8,true", "C,false", "POSIX,false", "en_US.ISO-8859-1,false"})
    void theLocaleSaysWhetherBlocksCanBeShown(String locale, boolean unicode) {
        assertThat(Console.unicode(Optional.empty(), Optional.of(locale))).isEqualTo(unicode);
    }

    @Test
    void noLocaleMeansUnicode() {
        assertThat(Console.unicode(Optional.empty(), Optional.empty())).isTrue();
    }

    @Test
    void thePropertyWins() {
        assertThat(Console.unicode(Optional.of("true"), Optional.of("en_GB.UTF-8")))
                .isFalse();
        assertThat(Console.unicode(Optional.of("false"), Optional.of("C"))).isTrue();
    }

    @Test
    void widthIsThatOfTheTerminalWithinReason() {
        assertThat(Console.width(132)).isEqualTo(132);
        assertThat(Console.width(20)).isEqualTo(60);
        assertThat(Console.width("wide")).isEqualTo(100);
    }
}
