package org.aitia.comparison.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.aitia.api.compare.Estimate;
import org.junit.jupiter.api.Test;

class DigitsTest {
    private static Estimate estimate(double mean, double half) {
        return new Estimate(mean, 1, mean - half, mean + half, 5);
    }

    @Test
    void meansEndAtTheSecondDigitOfTheirInterval() {
        assertThat(Digits.of(estimate(0.82612, 0.0637))).isEqualTo("0.826 ± 0.064");
        assertThat(Digits.of(estimate(123.456, 23.4))).isEqualTo("123 ± 23");
        assertThat(Digits.of(estimate(0.5, 0.25))).isEqualTo("0.50 ± 0.25");
        assertThat(Digits.of(estimate(-0.00004, 0.01))).isEqualTo("0.000 ± 0.010");
    }

    @Test
    void withoutAnIntervalThereAreFourDigits() {
        assertThat(Digits.of(new Estimate(0.123456, Double.NaN, Double.NaN, Double.NaN, 1)))
                .isEqualTo("0.1235");
        assertThat(Digits.of(Estimate.NONE)).isEqualTo("-");
    }

    @Test
    void anIntervalOfNoWidthIsShown() {
        assertThat(Digits.of(estimate(0.25, 0))).isEqualTo("0.25 ± 0");
    }

    @Test
    void numbersAreShort() {
        assertThat(Digits.number(0)).isEqualTo("0");
        assertThat(Digits.number(12345.678)).isEqualTo("12350");
        assertThat(Digits.number(0.000012346)).isEqualTo("1.235e-05");
        assertThat(Digits.number(3)).isEqualTo("3");
        assertThat(Digits.number(Double.POSITIVE_INFINITY)).isEqualTo("inf");
        assertThat(Digits.of(estimate(0.1, 2e-7))).isEqualTo("0.1 ± 2.0e-07");
    }

    @Test
    void tinyPValuesAreNotToldApart() {
        assertThat(Digits.p(0.0412)).isEqualTo("0.041");
        assertThat(Digits.p(1e-9)).isEqualTo("< 0.001");
    }
}
