package org.aitia.visualization.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.aitia.api.render.Chart.Axis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTest {
    private static Scale linear(double... values) {
        return Scale.of(Axis.linear("x"), values, true);
    }

    private static Scale logarithmic(double... values) {
        return Scale.of(Axis.logarithmic("x"), values, false);
    }

    @Test
    void onLogarithmicAxesEqualFactorsAreEqualDistances() {
        Scale scale = logarithmic(1.2, 800);
        assertThat(scale.place(10) - scale.place(1)).isCloseTo(scale.place(100) - scale.place(10), within(1e-12));
        assertThat(scale.ticks()).containsExactly(1.0, 10.0, 100.0, 1000.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 0.003, 1, 7, 95, 1e6})
    void aLogarithmicAxisOfOneValueHasTicksOnBothSides(double value) {
        Scale scale = logarithmic(value);
        assertThat(scale.ticks()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(scale.ticks().get(0)).isLessThan(value);
        assertThat(scale.ticks().get(scale.ticks().size() - 1)).isGreaterThan(value);
    }

    @Test
    void ticksOfManyDecadesAreThinnedOut() {
        assertThat(logarithmic(1e-12, 1e12).ticks()).hasSizeBetween(5, 10);
    }

    @Test
    void ticksAreRoundAndCoverTheValues() {
        assertThat(linear(0, 168).ticks()).containsExactly(0.0, 50.0, 100.0, 150.0);
        assertThat(linear(-1, 1).ticks()).containsExactly(-1.0, -0.5, 0.0, 0.5, 1.0);
        Scale flat = Scale.of(Axis.linear("x"), new double[] {3, 3}, false);
        assertThat(flat.low()).isLessThan(3);
        assertThat(flat.high()).isGreaterThan(3);
    }

    @Test
    void aScaleFromZeroHasNoRoomBelowIt() {
        assertThat(linear(2, 10).low()).isZero();
        assertThat(linear(-2, -10).high()).isZero();
    }

    @Test
    void aRangeIsKeptUnlessPointsLieOutside() {
        Axis axis = Axis.linear("x").from(0, 1);
        assertThat(Scale.of(axis, new double[] {.2, .9}, false)).isEqualTo(new Scale("x", 0, 1, false));
        assertThat(Scale.of(axis, new double[] {.2, 1.4}, false).high()).isGreaterThan(1.4);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "0; 0",
                "42; 42",
                "-3; -3",
                "12345; 12,345",
                "0.5; 0.5",
                "0.30000000000000004; 0.3",
                "0.66666; 0.667",
                "1234.56; 1,230",
                "0.00123; 0.00123",
                "0.0000123; 1.23e-5",
                "1e-12; 1e-12",
                "2.5e12; 2.5e12"
            },
            delimiter = ';')
    void numbersAreShort(double value, String text) {
        assertThat(Scale.text(value)).isEqualTo(text);
    }
}
