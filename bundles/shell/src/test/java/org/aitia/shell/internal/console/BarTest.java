package org.aitia.shell.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarTest {
    @ParameterizedTest
    @CsvSource({"0,''", "0.5,##", "1,####", "2,####", "-1,''", "NaN,''"})
    void lengthFollowsTheValue(double share, String bar) {
        assertThat(Bar.of(share, 4, false)).isEqualTo(bar);
    }

    @Test
    void blocksAreUsedWhereTheyCanBeShown() {
        assertThat(Bar.of(0.93, 10, true)).isEqualTo("▇▇▇▇▇▇▇▇▇");
    }

    @Test
    void progressKeepsItsWidth() {
        for (double share = 0; share <= 1; share += 0.01) {
            assertThat(Text.width(Bar.progress(share, 12, true))).isEqualTo(12);
            assertThat(Text.width(Bar.progress(share, 12, false))).isEqualTo(12);
        }
        assertThat(Bar.progress(0.5, 4, false)).isEqualTo("==> ");
        assertThat(Bar.progress(1, 4, true)).isEqualTo("████");
    }
}
