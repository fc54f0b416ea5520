package org.aitia.bench.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.aitia.api.compare.Estimate;
import org.junit.jupiter.api.Test;

class DigitsTest {
    private static Estimate estimate(double mean, double half) {
        return new Estimate(mean, half, mean - half, mean + half, 5);
    }

    private static Estimate one(double mean) {
        return new Estimate(mean, Double.NaN, Double.NaN, Double.NaN, 1);
    }

    @Test
    void meansEndWithTheSecondDigitOfTheirInterval() {
        assertThat(Digits.of(estimate(0.98765, 0.0123))).isEqualTo("0.988 ± 0.012");
        assertThat(Digits.of(estimate(0.98765, 0))).isEqualTo("0.9877 ± 0");
        assertThat(Digits.of(Estimate.NONE)).isEqualTo("–");
    }

    @Test
    void scoresOfATableHaveThreeDecimalsOrFourWhereTheyAreThatSure() {
        assertThat(Digits.score(estimate(0.98765, 0.0123))).isEqualTo("0.988 ± 0.012");
        assertThat(Digits.score(estimate(0.5, 0.123))).isEqualTo("0.500 ± 0.123");
        assertThat(Digits.score(estimate(0.99973, 0.0002))).isEqualTo("0.9997 ± 0.0002");
        assertThat(Digits.score(estimate(0.99973, 0.00001))).isEqualTo("0.9997 ± < 0.0001");
        assertThat(Digits.score(estimate(0.75, 0))).isEqualTo("0.750 ± 0");
        assertThat(Digits.score(one(0.9997))).isEqualTo("0.9997");
        assertThat(Digits.score(one(0.5))).isEqualTo("0.500");
        assertThat(Digits.score(estimate(1234.5, 12))).isEqualTo("1234 ± 12");
        assertThat(Digits.score(one(0.0003672))).isEqualTo("0.0004");
        assertThat(Digits.score(one(0.00000367))).isEqualTo("3.670e-06");
        assertThat(Digits.score(Double.NaN)).isEqualTo("–");
    }

    @Test
    void differencesHaveASign() {
        assertThat(Digits.signedScore(estimate(0.1, 0.02))).isEqualTo("+0.100 ± 0.020");
        assertThat(Digits.signedScore(estimate(-0.1, 0.02))).isEqualTo("-0.100 ± 0.020");
        assertThat(Digits.signed(Estimate.NONE)).isEqualTo("–");
    }

    @Test
    void timesAreInTheUnitThatFits() {
        assertThat(Digits.seconds(7200)).isEqualTo("2 h 0 min");
        assertThat(Digits.seconds(600)).isEqualTo("10 min");
        assertThat(Digits.seconds(2.345)).isEqualTo("2.35 s");
        assertThat(Digits.seconds(0.0456)).isEqualTo("45.6 ms");
        assertThat(Digits.seconds(12e-6)).isEqualTo("12 µs");
        assertThat(Digits.seconds(Double.NaN)).isEqualTo("–");
    }

    @Test
    void numbersForMachinesHaveEightDigitsAndNoneForNaN() {
        assertThat(Digits.exact(1.0 / 3)).isEqualTo("0.33333333");
        assertThat(Digits.exact(0)).isEqualTo("0");
        assertThat(Digits.exact(Double.NaN)).isEmpty();
    }

    @Test
    void smallProbabilitiesAreNotToldApart() {
        assertThat(Digits.p(0.0009)).isEqualTo("< 0.001");
        assertThat(Digits.p(0.04567)).isEqualTo("0.046");
    }

    @Test
    void comparedNumbersLookDifferentWhereTheyAre() {
        assertThat(Digits.scoreAgainst(0.9987, 0.999)).isEqualTo("0.9987");
        assertThat(Digits.scoreAgainst(0.999, 0.9987)).isEqualTo("0.9990");
        assertThat(Digits.scoreAgainst(0.9, 0.8)).isEqualTo("0.900");
        assertThat(Digits.scoreAgainst(0.9, 0.9)).isEqualTo("0.900");
        assertThat(Digits.scoreAgainst(Double.NaN, 0.9)).isEqualTo(Digits.MISSING);
    }
}
