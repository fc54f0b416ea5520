package org.aitia.bench.report.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SheetTest {
    @Test
    void textStaysText() {
        assertThat(Sheet.escape("<b> *x* [a](b) `c` _d_ A&B e_f\ng"))
                .isEqualTo("\\<b> \\*x\\* \\[a\\](b) \\`c\\` \\_d\\_ A\\&B e_f g");
    }

    @Test
    void codeHasAFenceThatIsNotInIt() {
        assertThat(Sheet.code("a=1")).isEqualTo("`a=1`");
        assertThat(Sheet.code("a`b")).isEqualTo("``a`b``");
        assertThat(Sheet.code("`a")).isEqualTo("`` `a ``");
        assertThat(Sheet.code("")).isEmpty();
    }

    @Test
    void anchorsAreThoseOfGitHub() {
        assertThat(Sheet.anchor("Why the published numbers differ")).isEqualTo("why-the-published-numbers-differ");
        assertThat(Sheet.anchor("ROC-AUC ↑, paper (x)")).isEqualTo("roc-auc--paper-x");
    }

    @Test
    void blocksAreSetApart() {
        String markdown = new Sheet()
                .heading(2, "A *b*")
                .paragraph("text")
                .paragraph(" ")
                .bullets(List.of("one", "two"))
                .fenced("sh", "ls\n")
                .markdown();
        assertThat(markdown).isEqualTo("## A \\*b\\*\n\ntext\n\n- one\n- two\n\n```sh\nls\n```\n");
    }

    @Test
    void barsInCellsDoNotEndThem() {
        Grid grid = new Grid(1, List.of("a", "b")).add("x|y", "1");
        assertThat(grid.markdown()).containsExactly("| a | b |", "| --- | ---: |", "| x\\|y | 1 |");
    }

    @Test
    void columnsInWhichNoRowSaysAnythingAreLeftOut() {
        Grid grid = new Grid(1, List.of("a", "b", "c")).add("x", "", "1").add("y", "–", "");
        assertThat(grid.withoutEmptyColumns().markdown())
                .containsExactly("| a | c |", "| --- | ---: |", "| x | 1 |", "| y |  |");
    }

    @Test
    void rowsOfAnotherLengthAreAMistake() {
        Grid grid = new Grid(1, List.of("a", "b"));
        assertThatThrownBy(() -> grid.add("x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 cells for 2 columns");
    }
}
