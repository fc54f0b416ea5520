package org.aitia.formats.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aitia.api.dataset.Split;
import org.junit.jupiter.api.Test;

class RandomSplitsTest {
    /** 400 nodes: 100 of class 0, 290 of class 1, 8 of class 2, 2 without. */
    private static final int[] LABELS = IntStream.range(0, 400)
            .map(v -> v % 200 == 7 ? -1 : v % 50 == 3 ? 2 : v % 4 == 0 ? 0 : 1)
            .toArray();

    private static int count(int[] nodes, int label) {
        return (int) Arrays.stream(nodes).filter(v -> LABELS[v] == label).count();
    }

    private static void assertPartsAreDisjointAndLabelled(Split split) {
        int[] all = Stream.of(split.train(), split.validation(), split.test())
                .flatMapToInt(Arrays::stream)
                .toArray();
        assertThat(Arrays.stream(all).distinct().count()).isEqualTo(all.length);
        assertThat(count(all, -1)).isZero();
    }

    @Test
    void overallHasTheSameNumberOfTrainingNodesOfEachClass() {
        Split split = RandomSplits.overall(LABELS, 3, 5, 50, 100, 1);
        assertPartsAreDisjointAndLabelled(split);
        for (int label = 0; label < 3; label++) {
            assertThat(count(split.train(), label)).isEqualTo(5);
        }
        assertThat(split.validation()).hasSize(50);
        assertThat(split.test()).hasSize(100);
    }

    @Test
    void overallTakesWhatThereIs() {
        Split split = RandomSplits.overall(LABELS, 3, 20, 300, Integer.MAX_VALUE, 1);
        assertPartsAreDisjointAndLabelled(split);
        assertThat(count(split.train(), 2)).isEqualTo(8);
        assertThat(split.train().length + split.validation().length + split.test().length)
                .isEqualTo(398);
    }

    @Test
    void perClassCoversEveryLabelledNode() {
        Split split = RandomSplits.perClass(LABELS, 3, 20, 30, 1);
        assertPartsAreDisjointAndLabelled(split);
        assertThat(count(split.train(), 0)).isEqualTo(20);
        assertThat(count(split.validation(), 1)).isEqualTo(30);
        assertThat(split.train().length + split.validation().length + split.test().length)
                .isEqualTo(398);
    }

    @Test
    void perClassSharesSmallClassesOut() {
        Split split = RandomSplits.perClass(LABELS, 3, 20, 30, 1);
        assertThat(count(split.train(), 2)).isEqualTo(1);
        assertThat(count(split.validation(), 2)).isEqualTo(2);
        assertThat(count(split.test(), 2)).isEqualTo(5);
    }

    @Test
    void seedDecidesEverything() {
        int[] first = RandomSplits.perClass(LABELS, 3, 20, 30, 1).train();
        assertThat(RandomSplits.perClass(LABELS, 3, 20, 30, 1).train()).isEqualTo(first);
        assertThat(RandomSplits.perClass(LABELS, 3, 20, 30, 2).train()).isNotEqualTo(first);
    }

    @Test
    void fractionsAreTheSameInEveryClass() {
        Split split = RandomSplits.fractions(LABELS, 3, 0.1, 0.2, 1);
        assertPartsAreDisjointAndLabelled(split);
        assertThat(split.train().length + split.validation().length + split.test().length)
                .isEqualTo(398);
        for (int label = 0; label < 3; label++) {
            int members = (int) Arrays.stream(LABELS).filter(labelIs(label)).count();
            assertThat(count(split.validation(), label)).isEqualTo((int) Math.round(0.1 * members));
            assertThat(count(split.test(), label)).isEqualTo((int) Math.round(0.2 * members));
        }
    }

    private static java.util.function.IntPredicate labelIs(int label) {
        return value -> value == label;
    }

    @Test
    void fractionsGiveSmallClassesToTestFirstAndKeepOneForTraining() {
        Split split = RandomSplits.fractions(new int[] {0, 1, 1, 2, 2, 2}, 3, 0.1, 0.1, 7);
        assertThat(split.train()).contains(0).hasSize(3);
        assertThat(split.test()).hasSize(2);
        assertThat(split.validation()).hasSize(1);
    }

    @Test
    void fractionsDependOnTheSeedOnly() {
        assertThat(RandomSplits.fractions(LABELS, 3, 0.1, 0.1, 1).test())
                .isEqualTo(RandomSplits.fractions(LABELS, 3, 0.1, 0.1, 1).test())
                .isNotEqualTo(RandomSplits.fractions(LABELS, 3, 0.1, 0.1, 2).test());
    }
}
