package org.aitia.comparison.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MaskSizesTest {
    private static final float[] MASK = {0, 0.001f, -0.01f, 0.5f, -0.9f};

    @Test
    void exactSparsityCountsOnlyZeros() {
        assertThat(MaskSizes.shareUpTo(MASK, 0)).isEqualTo(0.2);
    }

    @Test
    void smallValuesAreCountedByTheirSize() {
        assertThat(MaskSizes.shareUpTo(MASK, MaskSizes.SMALL)).isEqualTo(0.6);
    }

    @Test
    void entropyIsThatOfSharesOverItsGreatestValue() {
        assertThat(MaskSizes.entropy(new float[] {.5f, .25f, -.125f, .125f})).isCloseTo(0.875, within(1e-12));
        assertThat(MaskSizes.entropy(new float[] {3, 3, 3})).isCloseTo(1, within(1e-12));
        assertThat(MaskSizes.entropy(new float[] {0, 7, 0})).isZero();
        assertThat(MaskSizes.entropy(new float[] {7})).isZero();
    }

    @Test
    void nothingHasNeitherSparsityNorEntropy() {
        assertThat(MaskSizes.shareUpTo(new float[0], 0)).isNaN();
        assertThat(MaskSizes.entropy(new float[] {0, 0})).isNaN();
    }
}
