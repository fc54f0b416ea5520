package org.aitia.comparison.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static Table table() {
        Table table = new Table(1, List.of("who", "ROC ↑", "p"));
        table.add("random", "0.5 ± 0.1", "-");
        table.add("a|b", "1", "< 0.001");
        return table;
    }

    @Test
    void namesStandToTheLeftAndNumbersToTheRight() {
        assertThat(table().text(80))
                .containsExactly(
                        "who         ROC ↑        p", //
                        "random  0.5 ± 0.1        -",
                        "a|b             1  < 0.001");
    }

    @Test
    void wideTablesContinueBelowWithTheirNames() {
        assertThat(table().text(20))
                .containsExactly(
                        "who         ROC ↑",
                        "random  0.5 ± 0.1",
                        "a|b             1",
                        "",
                        "who           p",
                        "random        -",
                        "a|b     < 0.001");
    }

    @Test
    void markdownEscapesWhatItWouldRead() {
        assertThat(table().markdown())
                .containsExactly(
                        "| who | ROC ↑ | p |",
                        "| --- | ---: | ---: |",
                        "| random | 0.5 ± 0.1 | - |",
                        "| a\\|b | 1 | &lt; 0.001 |");
    }

    @Test
    void rowsFitTheHeader() {
        assertThatThrownBy(() -> table().add("one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 cells for 3 columns");
    }
}
