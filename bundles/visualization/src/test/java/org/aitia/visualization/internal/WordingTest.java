package org.aitia.visualization.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.Provenance;
import org.junit.jupiter.api.Test;

class WordingTest {
    @Test
    void numbersAreShortButNeverRoundedToWhatTheyAreNot() {
        assertThat(Wording.importance(0)).isEqualTo("0.000");
        assertThat(Wording.importance(0.00012)).isEqualTo("1.2e-04");
        assertThat(Wording.importance(-0.5)).isEqualTo("-0.500");
        assertThat(Wording.percent(1)).isEqualTo("100.0 %");
        assertThat(Wording.percent(0.99999)).isEqualTo("> 99.9 %");
        assertThat(Wording.seconds(0.0123)).isEqualTo("12 ms");
        assertThat(Wording.seconds(3)).isEqualTo("3.00 s");
        assertThat(Markup.number(-0.001)).isEqualTo("0");
        assertThat(Markup.number(12.50)).isEqualTo("12.5");
    }

    @Test
    void classesWithoutNameAreNumbered() {
        assertThat(Wording.className(List.of("0", "cat"), 0)).isEqualTo("class 0");
        assertThat(Wording.className(List.of("0", "cat"), 1)).isEqualTo("cat");
        assertThat(Wording.className(List.of(), 4)).isEqualTo("class 4");
    }

    @Test
    void targetsAreWrittenAsOnTheCommandLine() {
        assertThat(CommandLine.targets(List.of(5))).isEqualTo("5");
        assertThat(CommandLine.targets(List.of(5, 7))).isEqualTo("5,7");
        assertThat(CommandLine.targets(List.of(400, 405, 410, 3, 4, 5, 6))).isEqualTo("400..410:5,3..6");
        assertThat(CommandLine.targets(List.of(7, 7, 6))).isEqualTo("7,7,6");
    }

    @Test
    void theCommandSurvivesBothShells() {
        Dataset houses = Samples.houses();
        ExplanationResult result = Samples.result(houses, Samples.house(houses, 62, false));
        var was = result.provenance();
        var odd = new Provenance(
                was.explainer(),
                was.explainerBundle(),
                Map.of("note", "it's $5 \"now\""),
                ExplanationType.PHENOMENON,
                was.task(),
                "my model",
                was.architecture(),
                was.hops(),
                was.modelDigest(),
                was.dataset(),
                was.datasetOptions(),
                was.datasetDigest(),
                was.seed(),
                was.device(),
                was.libraries(),
                was.started());
        assertThat(CommandLine.of(new ExplanationResult(result.explanations(), odd, 1), houses))
                .isEqualTo(
                        "bin/aitia -c 'explain -m \"my model\" -x gnnexplainer -d ba-shapes -n 62 --seed 0 --type phenomenon"
                                + " -o \"note=it'\\''s \\$5 \\\"now\\\"\" --html again.html'");
    }

    @Test
    void textOnEveryClassColourIsLegible() {
        for (int c = 0; c < 16; c++) {
            Colour colour = Colour.ofClass(c);
            assertThat(contrast(colour.rgb(), colour.legible().rgb()))
                    .as("class %d", c)
                    .isGreaterThan(4.5);
        }
    }

    private static double contrast(int a, int b) {
        double lighter = Math.max(luminance(a), luminance(b));
        double darker = Math.min(luminance(a), luminance(b));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(int rgb) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double value = (rgb >> 16 - 8 * i & 255) / 255.0;
            sum += weights[i] * (value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}
