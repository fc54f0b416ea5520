package org.aitia.datasets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.aitia.api.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodePairsTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void numbersAndPairsAreOneToOne(boolean undirected) {
        NodePairs pairs = new NodePairs(9, undirected);
        assertThat(pairs.count()).isEqualTo(undirected ? 36 : 72);
        long number = 0;
        for (int target = 0; target < 9; target++) {
            for (int source = 0; source < (undirected ? target : 9); source++) {
                if (source != target) {
                    assertThat(pairs.number(source, target)).isEqualTo(number);
                    assertThat(pairs.source(number)).isEqualTo(source);
                    assertThat(pairs.target(number)).isEqualTo(target);
                    number++;
                }
            }
        }
        assertThat(number).isEqualTo(pairs.count());
    }

    @Test
    void numbersOfHugeGraphsAreExact() {
        NodePairs pairs = new NodePairs(Integer.MAX_VALUE, true);
        RandomGenerator random = Seeds.generator(3);
        for (int i = 0; i < 10_000; i++) {
            int target = 1 + random.nextInt(Integer.MAX_VALUE - 1);
            int source =
                    switch (i % 3) {
                        case 0 -> 0;
                        case 1 -> target - 1;
                        default -> random.nextInt(target);
                    };
            long number = pairs.number(source, target);
            assertThat(pairs.target(number)).isEqualTo(target);
            assertThat(pairs.source(number)).isEqualTo(source);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 13, 25, 26})
    void drawnPairsAreDistinctAndNotLinked(int wanted) {
        NodePairs pairs = new NodePairs(9, true);
        long[] linked = {0, 1, 2, 7, 8, 17, 23, 30, 34, 35};
        long[] drawn = pairs.draw(linked, wanted, Seeds.generator(5));
        assertThat(drawn).hasSize(wanted).isSorted().doesNotHaveDuplicates();
        assertThat(Arrays.stream(drawn)).allMatch(number -> number >= 0 && number < 36);
        assertThat(Arrays.stream(drawn).filter(n -> Arrays.binarySearch(linked, n) >= 0))
                .isEmpty();
    }

    /** Chi-squared over the 26 free pairs: far below the 1e-9 quantile of a distribution with 25 degrees of freedom. */
    @ParameterizedTest
    @ValueSource(ints = {4, 20})
    void everyPairIsDrawnEquallyOften(int wanted) {
        NodePairs pairs = new NodePairs(9, true);
        long[] linked = {0, 1, 2, 7, 8, 17, 23, 30, 34, 35};
        int[] counts = new int[36];
        int rounds = 20_000;
        for (int round = 0; round < rounds; round++) {
            LongStream.of(pairs.draw(linked, wanted, Seeds.generator(round))).forEach(number -> counts[(int) number]++);
        }
        double expected = (double) rounds * wanted / 26;
        double chi = 0;
        for (int number = 0; number < 36; number++) {
            if (Arrays.binarySearch(linked, number) < 0) {
                chi += Math.pow(counts[number] - expected, 2) / expected;
            } else {
                assertThat(counts[number]).isZero();
            }
        }
        assertThat(chi).isLessThan(90);
    }
}
