package org.aitia.comparison.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {
    private static final boolean[] LOW_AND_HIGH = {false, true};

    @Test
    void rowsThatAnotherBeatsAreNotBest() {
        double[][] values = {{0.1, 0.5}, {0.2, 0.9}, {0.2, 0.4}, {0.1, 0.4}};

        assertThat(ParetoFront.best(values, LOW_AND_HIGH)).containsExactly(true, true, false, false);
    }

    @Test
    void equalRowsAreBothBest() {
        assertThat(ParetoFront.best(new double[][] {{1, 1}, {1, 1}}, LOW_AND_HIGH))
                .containsExactly(true, true);
    }

    @Test
    void rowsWithMissingValuesAreNotBestAndBeatNone() {
        double[][] values = {{Double.NaN, 9}, {0.5, 0.5}, {0.1, Double.NaN}};

        assertThat(ParetoFront.best(values, LOW_AND_HIGH)).containsExactly(false, true, false);
    }

    @Test
    void someRowIsAlwaysBestAndNoBestRowBeatsAnother() {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 100; trial++) {
            double[][] values = new double[1 + random.nextInt(12)][];
            for (int row = 0; row < values.length; row++) {
                values[row] = random.ints(2, 0, 5).asDoubleStream().toArray();
            }
            boolean[] best = ParetoFront.best(values, LOW_AND_HIGH);
            boolean any = false;
            for (int i = 0; i < best.length; i++) {
                any |= best[i];
                for (int j = 0; best[i] && j < best.length; j++) {
                    boolean beaten = values[j][0] <= values[i][0]
                            && values[j][1] >= values[i][1]
                            && (values[j][0] < values[i][0] || values[j][1] > values[i][1]);
                    assertThat(beaten).isFalse();
                }
            }
            assertThat(any).isTrue();
        }
    }
}
