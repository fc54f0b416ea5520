package org.aitia.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SeedsTest {
    @Test
    void derivedSeedsNeverChange() {
        // results that users publish depend on these
        assertThat(Seeds.derive(0, 0)).isEqualTo(5197578548964807871L);
        assertThat(Seeds.derive(42, 7)).isEqualTo(3603600226484403572L);
        assertThat(Seeds.derive(-1, Long.MAX_VALUE)).isEqualTo(5524389457902268392L);
    }

    @Test
    void neighbouringSeedsAndItemsGiveDifferentSeeds() {
        Set<Long> seen = new HashSet<>();
        for (long seed = -100; seed < 100; seed++) {
            for (long id = 0; id < 1000; id++) {
                seen.add(Seeds.derive(seed, id));
            }
        }
        assertThat(seen).hasSize(200 * 1000);
    }

    @Test
    void everyBitOfADerivedSeedIsSetHalfTheTime() {
        int[] set = new int[64];
        int n = 10_000;
        for (int id = 0; id < n; id++) {
            long seed = Seeds.derive(5, id);
            for (int bit = 0; bit < 64; bit++) {
                set[bit] += (int) (seed >>> bit & 1);
            }
        }
        // six standard deviations
        for (int count : set) {
            assertThat(count).isBetween(n / 2 - 300, n / 2 + 300);
        }
    }

    @Test
    void streamsOfNeighbouringItemsAreNotCorrelated() {
        int n = 10_000;
        double sum = 0;
        for (int id = 0; id < n; id++) {
            RandomGenerator first = Seeds.generator(Seeds.derive(0, id));
            RandomGenerator second = Seeds.generator(Seeds.derive(0, id + 1));
            sum += (first.nextDouble() - 0.5) * (second.nextDouble() - 0.5);
        }
        // the mean of such products has a standard deviation of 1/12 / sqrt(n)
        assertThat(sum / n).isBetween(-6 / 12.0 / Math.sqrt(n), 6 / 12.0 / Math.sqrt(n));
    }

    @Test
    void sameSeedGivesTheSameStream() {
        RandomGenerator first = Seeds.generator(3);
        RandomGenerator second = Seeds.generator(3);
        for (int i = 0; i < 100; i++) {
            assertThat(first.nextGaussian()).isEqualTo(second.nextGaussian());
        }
        assertThat(Seeds.generator(4).nextLong())
                .isNotEqualTo(Seeds.generator(3).nextLong());
    }
}
