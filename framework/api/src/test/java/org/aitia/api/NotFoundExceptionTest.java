package org.aitia.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotFoundExceptionTest {
    private static final List<String> KNOWN =
            List.of("cora", "citeseer", "pubmed", "ba-shapes", "ba-community", "tree-cycles", "tree-grid");

    @ParameterizedTest
    @CsvSource({
        "coar,cora",
        "Cora,cora",
        "siteseer,citeseer",
        "pub-med,pubmed",
        "BA-Shape,ba-shapes",
        "treecycles,tree-cycles"
    })
    void nearestNameIsSuggestedFirst(String typed, String meant) {
        assertThat(NotFoundException.of("dataset", typed, KNOWN))
                .hasMessageStartingWith("unknown dataset '" + typed + "'; did you mean '" + meant + "'")
                .hasMessageEndingWith("?");
    }

    @Test
    void atMostThreeAreSuggested() {
        assertThat(NotFoundException.of("node", "nodeX", List.of("node1", "node2", "node3", "node4", "node5")))
                .hasMessage("unknown node 'nodeX'; did you mean 'node1' or 'node2' or 'node3'?");
    }

    @Test
    void whatThereIsIsListedWhenNothingIsNear() {
        assertThat(NotFoundException.of("dataset", "x", List.of("pubmed", "cora")))
                .hasMessage("unknown dataset 'x'; there are: cora, pubmed");
    }

    @Test
    void longListsAreCut() {
        List<String> names = java.util.stream.IntStream.range(100, 200)
                .mapToObj(i -> "m" + i)
                .toList();
        assertThat(NotFoundException.of("model", "x", names))
                .hasMessageStartingWith("unknown model 'x'; there are: m100, m101, ")
                .hasMessageEndingWith(", m139 and 60 more");
    }

    @Test
    void thatThereIsNothingIsSaid() {
        assertThat(NotFoundException.of("model", "cora-gcn", List.of()))
                .hasMessage("unknown model 'cora-gcn'; there are none");
    }
}
