package org.aitia.visualization.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TypefaceTest {
    private final Typeface typeface = Typeface.get();

    @Test
    void widthsAreArials() {
        // Arial's advance widths in 1/2048 em: A 1366, i 455, 7 1139
        assertThat(typeface.width("Ai7", 20.48)).isCloseTo((1366 + 455 + 1139) / 100.0, within(1e-9));
    }

    @Test
    void outlinesStandOnTheBaseLine() {
        var box = typeface.outline("H", 10, 3, 50).getBounds2D();
        assertThat(box.getMaxY()).isCloseTo(50, within(1e-3));
        assertThat(box.getMinY()).isCloseTo(50 - 10 * 1409 / 2048.0, within(1e-2));
        assertThat(box.getMinX()).isGreaterThan(3);
    }

    @Test
    void lettersOutsideTheFontAreBoxesNotErrors() {
        assertThat(typeface.width("漢字", 10)).isGreaterThan(0);
        assertThat(typeface.outline("漢", 10, 0, 0).getBounds2D().isEmpty()).isFalse();
        assertThat(typeface.outline("Ελλ Жук ñ", 10, 0, 0).getBounds2D().isEmpty())
                .isFalse();
    }

    @Test
    void fitsTextByCuttingItsEnd() {
        assertThat(typeface.fit("short", 10, 100)).isEqualTo("short");
        String cut = typeface.fit("a long text that does not fit", 10, 60);
        assertThat(cut).startsWith("a long").endsWith("…");
        assertThat(typeface.width(cut, 10)).isLessThanOrEqualTo(60);
    }
}
