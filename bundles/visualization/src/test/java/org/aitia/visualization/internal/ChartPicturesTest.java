package org.aitia.visualization.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.render.Chart;
import org.aitia.api.render.Chart.Axis;
import org.aitia.api.render.Chart.Kind;
import org.aitia.api.render.Chart.Point;
import org.aitia.api.render.Chart.Series;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;

class ChartPicturesTest {
    private static byte[] bytes(Chart chart, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new ChartPictures().render(chart, format, out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static Rendered svg(Chart chart) {
        return new Rendered(bytes(chart, "svg"));
    }

    private static Chart chart(Kind kind, Axis x, Axis y, Series... series) {
        return new Chart(kind, "Fidelity", "How well explanations hold.", x, y, List.of(series));
    }

    private static Chart chart(Kind kind, Series... series) {
        return chart(kind, Axis.linear("sparsity"), Axis.linear("fidelity"), series);
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    /** A sweep as a user may plot it: three explainers with deviations. */
    static Chart sweep(Kind kind) {
        List<String> names = List.of("gnnexplainer", "integrated gradients", "random");
        return chart(
                kind,
                IntStream.range(0, 3)
                        .mapToObj(s -> new Series(
                                names.get(s),
                                IntStream.rangeClosed(0, 6)
                                        .mapToObj(i -> new Point(
                                                0.5 + 0.08 * i,
                                                0.9 - 0.2 * s - (0.02 + 0.03 * s) * i,
                                                0.02 + 0.01 * s,
                                                kind == Kind.LINE ? "" : "beta " + i))
                                        .toList()))
                        .toArray(Series[]::new));
    }

    @Test
    void aLineJoinsItsPointsInTheirOrder() throws Exception {
        Rendered picture = svg(chart(
                Kind.LINE, new Series("a", List.of(Point.of(0, 1), Point.of(1, 3), Point.of(2, 2), Point.of(3, 2.5)))));
        assertThat(picture.elements("circle")).hasSize(4);
        List<Element> lines = picture.elements("line").stream()
                .filter(line ->
                        line.getAttribute("stroke").equals(Colour.ofSeries(0).hex()))
                .toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).getAttribute("x2")).isEqualTo(lines.get(1).getAttribute("x1"));
        assertThat(number(lines.get(0), "y2")).isLessThan(number(lines.get(0), "y1"));
    }

    @Test
    void aPointThatIsNoNumberIsAGap() throws Exception {
        Rendered picture = svg(chart(
                Kind.LINE,
                new Series(
                        "a",
                        DoubleStream.of(1, 2, Double.NaN, 4, 5)
                                .mapToObj(v -> Point.of(Double.isNaN(v) ? 3 : v, v))
                                .toList())));
        assertThat(picture.elements("circle")).hasSize(4);
        assertThat(picture.elements("line").stream()
                        .filter(line -> line.getAttribute("stroke")
                                .equals(Colour.ofSeries(0).hex())))
                .hasSize(2);
    }

    @Test
    void errorBarsReachAsFarAsTheErrorWithCaps() throws Exception {
        Rendered picture = svg(chart(
                Kind.SCATTER,
                Axis.linear("x").from(0, 2),
                Axis.linear("y").from(0, 10),
                new Series("a", List.of(Point.of(1, 5).withError(2)))));
        List<Element> lines = picture.elements("line").stream()
                .filter(line ->
                        line.getAttribute("stroke").equals(Colour.ofSeries(0).hex()))
                .toList();
        assertThat(lines).hasSize(3);
        double middle = number(picture.elements("circle").get(0), "cy");
        assertThat(middle - number(lines.get(0), "y1"))
                .isCloseTo(number(lines.get(0), "y2") - middle, within(1e-9))
                .isBetween(60.0, 61.0); // a fifth of the height of the plot
        assertThat(picture.texts("title")).contains("1 x: 5 ± 2 y");
    }

    @Test
    void anErrorBarThatReachesZeroEndsWithALogarithmicAxis() throws Exception {
        Rendered picture = svg(chart(
                Kind.SCATTER,
                Axis.linear("x"),
                Axis.logarithmic("y"),
                new Series("a", List.of(Point.of(1, 5).withError(7), Point.of(2, 50)))));
        List<Element> lines = picture.elements("line").stream()
                .filter(line ->
                        line.getAttribute("stroke").equals(Colour.ofSeries(0).hex()))
                .toList();
        assertThat(lines).hasSize(2);
        assertThat(picture.text()).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void severalSeriesHaveALegendWithColoursAndShapesOfTheirOwn() throws Exception {
        Rendered picture = svg(sweep(Kind.SCATTER));
        assertThat(picture.texts("text")).contains("gnnexplainer", "integrated gradients", "random");
        assertThat(picture.elements("circle")).hasSize(8);
        assertThat(picture.elements("polygon")).hasSize(16);
        Rendered single = svg(chart(Kind.LINE, new Series("alone", List.of(Point.of(0, 1), Point.of(1, 2)))));
        assertThat(single.texts("text")).doesNotContain("alone");
    }

    @Test
    void barsOfTheSameNameStandSideBySide() throws Exception {
        Rendered picture = svg(chart(
                Kind.BAR,
                new Series("edges", List.of(Point.bar("ig", 4), Point.bar("random", 1))),
                new Series(
                        "features",
                        List.of(Point.bar("random", 2), Point.bar("ig", 3).withError(.5)))));
        assertThat(picture.texts("title")).contains("ig, features: 3 ± 0.5 fidelity");
        List<Double> lefts = picture.elements("polygon").stream()
                .filter(polygon -> polygon.getTextContent().startsWith("ig"))
                .map(polygon ->
                        Double.parseDouble(polygon.getAttribute("points").split(" ")[0]))
                .toList();
        assertThat(lefts).hasSize(2);
        assertThat(lefts.get(1) - lefts.get(0)).isBetween(10.0, 120.0);
    }

    @Test
    void negativeBarsHangFromZero() throws Exception {
        Rendered picture =
                svg(chart(Kind.BAR, new Series("lift", List.of(Point.bar("better", 2), Point.bar("worse", -1)))));
        double[] up = corners(picture.hinted("polygon", "better"));
        double[] down = corners(picture.hinted("polygon", "worse"));
        assertThat(up[1]).isEqualTo(down[1]);
        assertThat(up[3]).isLessThan(up[1]);
        assertThat(down[3]).isGreaterThan(down[1]);
    }

    private static double[] corners(Element polygon) {
        return java.util.Arrays.stream(polygon.getAttribute("points").split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Test
    void manyBarsMakeTheChartWiderRatherThanTheirNamesShorter() throws Exception {
        List<Point> bars = IntStream.range(0, 11)
                .mapToObj(i -> Point.bar("guided-backprop" + i, i + 1))
                .toList();
        Rendered picture = svg(chart(Kind.BAR, new Series("seconds", bars)));
        assertThat(picture.texts("text")).contains("guided-backprop0", "guided-backprop10");
    }

    @Test
    void namesOfPointsNeverCoverEachOther() throws Exception {
        List<Point> crowd = IntStream.range(0, 60)
                .mapToObj(i -> Point.of(1 + 0.001 * i, 1).named("beta " + i))
                .toList();
        Rendered picture = svg(chart(Kind.SCATTER, new Series("all", crowd)));
        assertThat(picture.texts("text").stream().filter(text -> text.startsWith("beta")))
                .hasSizeBetween(1, 30);
        assertThat(picture.elements("circle")).hasSize(60);
    }

    @Test
    void aChartWithoutAnyNumberIsAnEmptyFrame() throws Exception {
        for (Kind kind : Kind.values()) {
            Chart empty = chart(kind, new Series("a", List.of(new Point(Double.NaN, Double.NaN, 0, "x"))));
            assertThat(svg(empty).text()).doesNotContain("NaN").doesNotContain("Infinity");
        }
        assertThat(svg(chart(Kind.BAR, new Series("a", List.of()))).text()).doesNotContain("NaN");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyKindComesInBothFormatsAndTheSameEachTime(Kind kind) throws Exception {
        assertThat(bytes(sweep(kind), "svg")).isEqualTo(bytes(sweep(kind), "svg"));
        assertThat(ImageIO.read(new ByteArrayInputStream(bytes(sweep(kind), "png"))))
                .isNotNull();
    }

    @Test
    void otherFormatsAreRefused() {
        assertThatThrownBy(() -> new ChartPictures().render(sweep(Kind.LINE), "bmp", new ByteArrayOutputStream()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("charts come as svg or png, not as 'bmp'");
    }

    @Test
    void longNamesOfBarsStandInTwoLines() throws Exception {
        String name = "GNNExplainer with all its edges";
        List<Point> bars = new ArrayList<>(List.of(Point.bar(name, 1)));
        IntStream.range(0, 6).forEach(i -> bars.add(Point.bar("bar " + i, 2)));
        assertThat(svg(chart(Kind.BAR, new Series("one", bars))).texts("text"))
                .contains("GNNExplainer", "with all its edges", "bar 0")
                .doesNotContain(name);
    }

    @Test
    void valuesStandOnAllBarsOrOnNone() throws Exception {
        Series[] series = IntStream.range(0, 6)
                .mapToObj(s -> new Series(
                        "series " + s,
                        IntStream.range(0, 6)
                                .mapToObj(i -> Point.bar("bar " + i, s + i == 0 ? 1 : 0.123 + 0.1 * s + 0.01 * i))
                                .toList()))
                .toArray(Series[]::new);
        // 0.123 does not fit into a bar of six, 1 would
        assertThat(svg(chart(Kind.BAR, series)).elements("text").stream()
                        .filter(text -> text.getTextContent().equals("1"))
                        .filter(text -> text.getAttribute("text-anchor").equals("middle")))
                .isEmpty();
        assertThat(svg(chart(Kind.BAR, series[0])).texts("text")).contains("1", "0.133", "0.143");
    }
}
