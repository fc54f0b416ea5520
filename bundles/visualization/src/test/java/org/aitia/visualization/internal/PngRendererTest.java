package org.aitia.visualization.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.render.RenderRequest;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class PngRendererTest {
    private final PngRenderer renderer = new PngRenderer();
    private final Dataset houses = Samples.houses();

    @Test
    void hasTwiceTheSizeOfTheSvg() throws Exception {
        BufferedImage image = read(Rendered.by(renderer, houses, Samples.house(houses, 64, false)));
        Element svg = Rendered.by(new SvgRenderer(), houses, Samples.house(houses, 64, false))
                .document()
                .getDocumentElement();
        assertThat(image.getWidth()).isEqualTo(2 * Integer.parseInt(svg.getAttribute("width")));
        assertThat(image.getHeight()).isEqualTo(2 * Integer.parseInt(svg.getAttribute("height")));
    }

    @Test
    void showsTheColoursOfTheClassesOnWhite() throws Exception {
        BufferedImage image = read(Rendered.by(renderer, houses, Samples.house(houses, 64, false)));
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        assertThat(pixels[0] & 0xFFFFFF).isEqualTo(0xFFFFFF);
        for (int c = 0; c < 4; c++) {
            int colour = Colour.ofClass(c).rgb();
            assertThat(java.util.Arrays.stream(pixels)
                            .filter(p -> (p & 0xFFFFFF) == colour)
                            .count())
                    .as("pixels of class %d", c)
                    .isGreaterThan(100);
        }
    }

    @Test
    void sameInputGivesSameBytes() {
        assertThat(Rendered.by(renderer, houses, Samples.house(houses, 76, true))
                        .bytes())
                .isEqualTo(Rendered.by(renderer, houses, Samples.house(houses, 76, true))
                        .bytes());
    }

    @Test
    void refusesSeveralExplanations() {
        assertThatThrownBy(() -> Rendered.by(
                        renderer, houses, Samples.house(houses, 62, false), Samples.house(houses, 64, false)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("a png picture shows exactly one explanation, but there are 2");
    }

    /** Machines without fonts make Java's font manager throw, so it must never be asked. */
    @Test
    void needsNoFontsOfTheMachine() throws Exception {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Djava.awt.headless=true",
                        "-verbose:class",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WithoutFonts.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as(() -> String.join("\n", lines)).isZero();
        assertThat(lines).anyMatch(line -> line.contains(Typeface.class.getName()));
        assertThat(lines).noneMatch(line -> line.contains("FontManager") || line.contains("FontConfiguration"));
    }

    /** Draws a picture in a process of its own. */
    static final class WithoutFonts {
        private WithoutFonts() {}

        public static void main(String[] args) throws IOException {
            Dataset dataset = Samples.houses();
            new PngRenderer()
                    .render(
                            RenderRequest.of(Samples.result(dataset, Samples.house(dataset, 64, false)), dataset),
                            OutputStream.nullOutputStream());
        }
    }

    private static BufferedImage read(Rendered picture) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(picture.bytes()));
    }
}
