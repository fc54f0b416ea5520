package org.aitia.models.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.aitia.api.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dropout keeps the expected value and depends on nothing but its stream. */
class DropoutTest {
    private static final int SIZE = 200_001;

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.999})
    void dropsAtTheRateAndKeepsTheMean(double rate) {
        float[] values = new float[SIZE];
        Arrays.fill(values, 3);
        float[] dropped = Dropout.apply(values, rate, Seeds.generator(1));
        int zeros = 0;
        for (float value : dropped) {
            zeros += value == 0 ? 1 : 0;
            assertThat(value == 0 || Math.abs(value - 3 / (1 - rate)) < 1e-4 / (1 - rate))
                    .isTrue();
        }
        // five standard deviations of the share
        assertThat((double) zeros / SIZE).isCloseTo(rate, within(5 * Math.sqrt(rate * (1 - rate) / SIZE)));
        assertThat(values).containsOnly(3);
    }

    @Test
    void oneStreamOneResult() {
        float[] values = new float[101];
        Arrays.fill(values, 1);
        assertThat(Dropout.apply(values, 0.5, Seeds.generator(7)))
                .isEqualTo(Dropout.apply(values, 0.5, Seeds.generator(7)));
    }

    @Test
    void neighboursAreDroppedIndependently() {
        float[] values = new float[SIZE];
        Arrays.fill(values, 1);
        float[] dropped = Dropout.apply(values, 0.5, Seeds.generator(3));
        int equal = 0;
        for (int i = 1; i < SIZE; i++) {
            equal += dropped[i] == dropped[i - 1] ? 1 : 0;
        }
        assertThat((double) equal / (SIZE - 1)).isCloseTo(0.5, within(0.006));
    }
}
