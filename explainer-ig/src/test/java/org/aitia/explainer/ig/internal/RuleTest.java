package org.aitia.explainer.ig.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {
    private static double integral(Rule rule, int steps, DoubleUnaryOperator function) {
        Rule.Weighted weighted = rule.of(steps);
        double sum = 0;
        for (int k = 0; k < steps; k++) {
            sum += weighted.weights()[k] * function.applyAsDouble(weighted.points()[k]);
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CAPTUM_TRAPEZOID")
    void weightsAddUpToOneForAnyNumberOfSteps(Rule rule) {
        for (int steps : new int[] {rule.leastSteps(), 3, 50, 128, 129, 1600}) {
            assertThat(integral(rule, steps, x -> 1)).isCloseTo(1, within(1e-12));
            double[] points = rule.of(steps).points();
            assertThat(points).isSorted();
            assertThat(points[0]).isNotNegative();
            assertThat(points[steps - 1]).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void captumsTrapezoidHasWeightsThatAddUpToOneLessOneStep() {
        assertThat(integral(Rule.CAPTUM_TRAPEZOID, 50, x -> 1)).isCloseTo(0.98, within(1e-12));
        assertThat(Rule.CAPTUM_TRAPEZOID.of(50).points())
                .isEqualTo(Rule.RIEMANN_TRAPEZOID.of(50).points());
    }

    @Test
    void pointsOfRiemannSumsLieAtTheEndOrInTheMiddleOfEachStep() {
        assertThat(Rule.RIEMANN_LEFT.of(4).points()).containsExactly(new double[] {0, .25, .5, .75}, within(1e-15));
        assertThat(Rule.RIEMANN_RIGHT.of(4).points()).containsExactly(new double[] {.25, .5, .75, 1}, within(1e-15));
        assertThat(Rule.RIEMANN_MIDDLE.of(2).points()).containsExactly(new double[] {.25, .75}, within(1e-15));
        assertThat(Rule.RIEMANN_MIDDLE.of(1).points()).containsExactly(.5);
    }

    /** n points are exact for polynomials of degree 2 n - 1. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 20})
    void gaussLegendreIsExactForPolynomials(int steps) {
        int degree = 2 * steps - 1;
        assertThat(integral(Rule.GAUSSLEGENDRE, steps, x -> Math.pow(x, degree)))
                .isCloseTo(1.0 / (degree + 1), within(1e-14));
    }

    /** 200 points are two rules of 100, each on half of the path. */
    @Test
    void manyGaussPointsAreSharedAmongEqualPartsOfThePath() {
        double[] hundred = Rule.GAUSSLEGENDRE.of(100).points();
        double[] expected = new double[200];
        for (int i = 0; i < 100; i++) {
            expected[i] = hundred[i] / 2;
            expected[100 + i] = 0.5 + hundred[i] / 2;
        }
        assertThat(Rule.GAUSSLEGENDRE.of(200).points()).containsExactly(expected, within(1e-15));
        assertThat(integral(Rule.GAUSSLEGENDRE, 200, x -> Math.exp(x))).isCloseTo(Math.E - 1, within(1e-13));
        assertThat(Arrays.stream(Rule.GAUSSLEGENDRE.of(129).weights()).sum()).isCloseTo(1, within(1e-13));
    }
}
