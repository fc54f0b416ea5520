package org.aitia.comparison.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.PairedTest.Method;
import org.junit.jupiter.api.Test;

/** Reference values are of SciPy 1.17. */
class StatisticsTest {
    private static final double EXACT = 1e-9;

    @Test
    void intervalsAreStudents() {
        double[] values = {0.82, 0.79, 0.85, 0.90, 0.77};

        Estimate wide = Statistics.estimate(values, 0.95);
        Estimate narrow = Statistics.estimate(values, 0.9);

        assertThat(wide.mean()).isCloseTo(0.826, within(EXACT));
        assertThat(wide.deviation()).isCloseTo(0.051283525619832335, within(EXACT));
        assertThat(wide.low()).isCloseTo(0.7623230925368938, within(EXACT));
        assertThat(wide.high()).isCloseTo(0.8896769074631061, within(EXACT));
        assertThat(narrow.low()).isCloseTo(0.7771067550788937, within(EXACT));
        assertThat(wide.count()).isEqualTo(5);
    }

    @Test
    void oneValueHasNoInterval() {
        Estimate one = Statistics.estimate(new double[] {0.5}, 0.95);

        assertThat(one.mean()).isEqualTo(0.5);
        assertThat(one.hasInterval()).isFalse();
        assertThat(one.deviation()).isNaN();
    }

    @Test
    void missingValuesDoNotCount() {
        Estimate two = Statistics.estimate(new double[] {1, Double.NaN, 3}, 0.95);

        assertThat(two.count()).isEqualTo(2);
        assertThat(two.mean()).isEqualTo(2);
        assertThat(Statistics.estimate(new double[] {Double.NaN}, 0.95)).isEqualTo(Estimate.NONE);
    }

    @Test
    void equalValuesHaveAnIntervalOfNoWidth() {
        Estimate equal = Statistics.estimate(new double[] {0.25, 0.25, 0.25}, 0.95);

        assertThat(equal.low()).isEqualTo(0.25);
        assertThat(equal.high()).isEqualTo(0.25);
    }

    @Test
    void intervalsHoldTheTrueMeanAsOftenAsTheySay() {
        SplittableRandom random = new SplittableRandom(7);
        int held = 0;
        for (int trial = 0; trial < 4000; trial++) {
            double[] values =
                    random.doubles(5).map(u -> Math.sqrt(-2 * Math.log(1 - u))).toArray();
            for (int i = 0; i < values.length; i++) {
                values[i] *= Math.cos(2 * Math.PI * random.nextDouble());
            }
            Estimate estimate = Statistics.estimate(values, 0.9);
            if (estimate.low() <= 0 && 0 <= estimate.high()) {
                held++;
            }
        }
        // four standard errors of a binomial proportion
        assertThat(held / 4000.0).isCloseTo(0.9, within(4 * Math.sqrt(0.9 * 0.1 / 4000)));
    }

    @Test
    void wilcoxonIsExactWithoutTies() {
        double[] darwin = {6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75};

        Statistics.Outcome outcome = Statistics.paired(darwin).orElseThrow();

        assertThat(outcome.method()).isEqualTo(Method.WILCOXON);
        assertThat(outcome.statistic()).isEqualTo(96);
        assertThat(outcome.p()).isCloseTo(0.041259765625, within(EXACT));
    }

    @Test
    void wilcoxonLeavesOutPairsThatDoNotDifferAndSharesRanksOfTies() {
        double[] differences = {0.1, 0.1, 0.2, -0.2, 0.3, 0.3, 0.4, 0.5, 0, 0};

        Statistics.Outcome outcome = Statistics.paired(differences).orElseThrow();

        assertThat(outcome.method()).isEqualTo(Method.WILCOXON);
        assertThat(outcome.p()).isCloseTo(0.04910953919720455, within(EXACT));
    }

    @Test
    void fewPairsAreTestedByStudentsT() {
        Statistics.Outcome outcome =
                Statistics.paired(new double[] {0.1, 0.3, -0.05, 0.2}).orElseThrow();

        assertThat(outcome.method()).isEqualTo(Method.T);
        assertThat(outcome.statistic()).isCloseTo(1.8418803882136277, within(EXACT));
        assertThat(outcome.p()).isCloseTo(0.1627331098242935, within(EXACT));
    }

    @Test
    void equalRowsDoNotDiffer() {
        assertThat(Statistics.paired(new double[] {0, 0, 0}))
                .hasValueSatisfying(outcome -> assertThat(outcome.p()).isEqualTo(1));
    }

    @Test
    void nothingIsTestedWhereNothingCanBeSaid() {
        assertThat(Statistics.paired(new double[] {0.3})).isEmpty();
        assertThat(Statistics.paired(new double[] {0.3, 0.3, 0.3})).isEmpty();
        assertThat(Statistics.paired(new double[] {0.3, Double.NaN})).isEmpty();
    }

    @Test
    void manyEqualDifferencesAreSignificant() {
        double[] same = new double[12];
        Arrays.fill(same, 0.01);

        assertThat(Statistics.paired(same).orElseThrow().p()).isLessThan(0.01);
    }

    @Test
    void holmStepsDown() {
        assertThat(Statistics.holm(new double[] {0.01, 0.04, 0.03, 0.005}))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(EXACT));
        assertThat(Statistics.holm(new double[] {0.6, 0.7})).containsExactly(1, 1);
        assertThat(Statistics.holm(new double[0])).isEmpty();
    }

    @Test
    void holmNeverFallsBelowItsInputNorChangesTheOrder() {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 200; trial++) {
            double[] p = random.doubles(1 + random.nextInt(10)).toArray();
            double[] adjusted = Statistics.holm(p);
            for (int i = 0; i < p.length; i++) {
                assertThat(adjusted[i]).isBetween(p[i], Math.min(1, p.length * p[i]));
                for (int j = 0; j < p.length; j++) {
                    assertThat(p[i] < p[j] && adjusted[i] > adjusted[j]).isFalse();
                }
            }
        }
    }
}
